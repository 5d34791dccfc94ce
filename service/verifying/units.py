"""Number words, scales, units, currencies, months and weekdays, as news in English writes them."""

from collections.abc import Mapping


def _number(words: str, *, first: int, step: int = 1) -> Mapping[str, int]:
    """Each word with its number; semicolons part the words, spaces the ways to write one."""
    return {
        name: first + step * place for place, names in enumerate(words.split(";")) for name in names.split()
    }


SMALL = _number(
    "zero;one;two;three;four;five;six;seven;eight;nine;ten;eleven;twelve;thirteen;fourteen;fifteen;sixteen;seventeen;"
    "eighteen;nineteen",
    first=0,
)
TENS = _number("twenty;thirty;forty;fifty;sixty;seventy;eighty;ninety", first=20, step=10)
ORDINALS = _number("first;second;third;fourth;fifth;sixth;seventh;eighth;ninth;tenth;eleventh;twelfth", first=1)
SCALES = {
    "hundred": 100, "thousand": 1_000, "k": 1_000, "million": 10**6, "mln": 10**6, "m": 10**6, "billion": 10**9,
    "bn": 10**9, "bln": 10**9, "b": 10**9, "trillion": 10**12, "dozen": 12,
}
_UNITS = """
% percent pct pc; usd dlrs; cad; eur euro euros; gbp pound pounds sterling; yuan renminbi rmb; yen;
km kilometre kilometres kilometer kilometers; mile miles; m metre metres meter meters; ft foot feet;
kg kilogram kilograms kilo kilos; t tonne tonnes; ton tons; lb lbs; g gram grams; hectare hectares ha; acre acres;
litre litres liter liters; barrel barrels; bushel bushels; degree degrees; second seconds; minute minutes; hour hours;
day days; week weeks; month months; year years; decade decades; century centuries; mw megawatt megawatts;
gw gigawatt gigawatts; cent cents; kwh; mph; kmh
"""
UNITS = {name: names.split()[0] for names in _UNITS.split(";") for name in names.split()}
SIGNS = {"$": "$", "€": "eur", "£": "gbp", "¥": "yen"}
DOLLARS = {"c": "cad", "ca": "cad", "canadian": "cad", "us": "usd", "u.s": "usd", "american": "usd", "a": "aud"}
MONEY = frozenset({*SIGNS.values(), *DOLLARS.values(), "yuan"})
MONTHS = _number(
    "january jan;february feb;march mar;april apr;may;june jun;july jul;august aug;september sept sep;october oct;"
    "november nov;december dec",
    first=1,
)
WEEKDAYS = frozenset({"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"})
