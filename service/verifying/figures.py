"""The numbers and dates that a sentence holds, each in one form, however it was written."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number: `value` in one form; `bound` is what stands before it (over, under, near, range).

    `noun` is the stem of what is counted, `lead` a "from" or "to" before it.
    """

    value: str
    unit: str
    bound: str = ""
    noun: str = ""
    lead: str = ""
    shown: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A date as precisely as it is written."""

    year: str | None = None
    month: int | None = None
    day: str | None = None
    shown: str = ""

    def is_within(self, other: "Day") -> bool:
        """Whether the other says everything that this says."""
        pairs = ((self.year, other.year), (self.month, other.month), (self.day, other.day))
        return all(mine is None or mine == theirs for mine, theirs in pairs)


@dataclass(slots=True, kw_only=True)
class Figures:
    """The numbers and dates of a sentence, which of its tokens they are made of, and where the last number stands."""

    quantities: list[Quantity] = field(default_factory=list)
    days: list[Day] = field(default_factory=list)
    used: set[int] = field(default_factory=set)
    last: tuple[int, int] = (0, 0)
