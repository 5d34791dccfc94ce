"""A follow-up in, the question that stands alone as a language model words it out, held to what was said.

A model is never believed: rules decide whether a question leans on the conversation at all, and their own rewriting is
taken wherever the model's says what nobody said, leaves out what was asked, or does not stand alone.
"""

from collections.abc import Sequence

from service.conversing.conversation import Rewriter
from service.conversing.prompts import write_rewriting_prompt
from service.domain import Turn
from service.english import ASKING, INVERTING
from service.errors import WriterUnavailable
from service.events import Cancelled, never
from service.limits import QUESTION_CHARACTERS
from service.verifying.tokens import Token, fold, split_tokens
from service.verifying.units import SMALL, TENS
from service.verifying.wording import FUNCTION
from service.writing.instructions import commands_machine, holds_markup
from service.writing.language_model import LanguageModel

MOST_NEW = 1  # ordinary words that nobody said, as a model needs to make a question of "why?"
_SMALL_WORDS = FUNCTION | ASKING | INVERTING


class ModelRewriter:
    """Has a language model word a follow-up anew, and takes the rules' wording where the model's is not proved."""

    def __init__(self, model: LanguageModel, *, rules: Rewriter) -> None:
        self._model = model
        self._rules = rules

    def rewrite(
        self, question: str, *, conversation: Sequence[Turn], cancelled: Cancelled = never
    ) -> str | None:
        made = self._rules.rewrite(question, conversation=conversation)
        if made is None or cancelled():
            return made
        worded = self._ask(question, conversation=conversation, cancelled=cancelled)
        fits = worded and _is_said(worded, question, conversation) and _keeps(worded, question)
        if not fits or self._rules.rewrite(worded, conversation=conversation) is not None:
            return made
        return worded

    def _ask(self, question: str, *, conversation: Sequence[Turn], cancelled: Cancelled) -> str:
        """The one question that the model wrote; empty where it wrote anything else, or nothing."""
        prompt, said = write_rewriting_prompt(question, conversation), ""
        try:
            for piece in self._model.stream(prompt, cancelled=cancelled):
                said += piece
                if len(said) > QUESTION_CHARACTERS:
                    return ""
        except WriterUnavailable:
            return ""
        text = said.strip().strip("“”\"").strip()
        single = text.endswith("?") and len(text.splitlines()) == 1
        return text if single and not commands_machine(text) and not holds_markup(text) else ""


def _is_said(worded: str, question: str, conversation: Sequence[Turn]) -> bool:
    """Whether every name and number in it was said, and all but very few of its other words."""
    said = [token for text in (question, *(turn.content for turn in conversation)) for token in _read(text)]
    words, stems = {token.lower for token in said}, {token.stem for token in said}
    new = [token for token in _read(worded) if token.lower not in words and token.lower not in _SMALL_WORDS]
    if any(_is_exact(token) for token in new):
        return False
    return sum(token.stem not in stems for token in new) <= MOST_NEW


def _is_exact(token: Token) -> bool:
    """Whether a word is a name or a number: not to be had in another form."""
    return token.has_digit or token.lower in SMALL or token.lower in TENS or token.is_capital


def _keeps(worded: str, question: str) -> bool:
    """Whether what the question itself says is still asked: its names, its numbers and its other words."""
    kept = {token.stem for token in _read(worded)}
    return all(token.stem in kept for token in _read(question) if token.lower not in _SMALL_WORDS)


def _read(text: str) -> list[Token]:
    return [token for token in split_tokens(fold(text)) if not token.is_sign]
