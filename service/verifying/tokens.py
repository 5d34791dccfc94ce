"""A sentence in, its tokens out, in one pass: written alike where only typography differs, each with its stem."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.lexical import analyze
from service.verifying.irregular import base_of

_ALIKE = str.maketrans(
    {
        **dict.fromkeys("“”„‟«»″", '"'), **dict.fromkeys("‘’‚‛′ʼ", "'"), **dict.fromkeys("‐‑‒–—−―", "-"),
        "…": ".", "％": "%", "＄": "$", "￡": "£", "￥": "¥",
    }
)
# One alternative for each first character, and nothing that can be matched in two ways: the time is linear.
_TOKEN = re.compile(r"[^\W_]+(?:(?:(?<=\d),(?=\d)|\.(?=[^\W_])|'(?=[^\W_]))[^\W_]+)*|[^\w\s]|_")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_SENTENCE_ENDS = frozenset(".!?")
_SHORTENED = frozenset({"st", "mr", "mrs", "ms", "dr", "gen", "gov", "prof", "rep", "rev", "sen"})  # a name follows


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A word, a number or a sign. `stem` is empty for signs; `opens` where a capital letter may mean nothing.

    `owns`: a possessive, whose "'s" is cut off.
    """

    text: str
    lower: str
    stem: str
    glued: bool
    opens: bool
    owns: bool

    @property
    def is_number(self) -> bool:
        return _NUMBER.fullmatch(self.text) is not None

    @property
    def is_word(self) -> bool:
        return self.text[0].isalpha()

    @property
    def is_sign(self) -> bool:
        return not self.text[0].isalnum()

    @property
    def has_digit(self) -> bool:
        return any(map(str.isdigit, self.text))

    @property
    def is_capital(self) -> bool:
        return self.text[0].isupper()


def fold(text: str) -> str:
    """The text with one form of quotation marks, dashes, digits and white space; letters and case stay."""
    alike = unicodedata.normalize("NFC", text).translate(_ALIKE)
    if not alike.isascii():
        alike = "".join(str(unicodedata.decimal(one)) if one.isdecimal() else one for one in alike)
    return " ".join(alike.split())


def split_tokens(folded: str) -> tuple[Token, ...]:
    """The tokens of a folded text, in order."""
    tokens: list[Token] = []
    end, opens = -1, True
    for found in _TOKEN.finditer(folded):
        text = found.group().removesuffix("'s").removesuffix("'S")
        sign = not text[0].isalnum()
        tokens.append(
            Token(
                text=text, lower=text.lower(), stem="" if sign else stem(text), glued=found.start() == end,
                opens=opens and not sign, owns=text != found.group(),
            )
        )
        end = found.end()
        shortened = text == "." and len(tokens) > 1 and tokens[-2].lower in _SHORTENED
        opens = (text in _SENTENCE_ENDS and not shortened) or (opens and sign) or (text == '"')
    return tuple(tokens)


def lower_at(tokens: Sequence[Token], place: int) -> str:
    """The token at a place in lower case; empty where there is none."""
    return tokens[place].lower if 0 <= place < len(tokens) else ""


def stem(word: str) -> str:
    """The index term of a word; the word itself where it has none, or several (U.S)."""
    acronym = len(word) > 1 and word.isupper()  # "LED" is no form of "lead"
    base = word.lower() if acronym else base_of(word.lower())
    terms = analyze(base)
    return terms[0] if len(terms) == 1 else base.replace(".", "")
