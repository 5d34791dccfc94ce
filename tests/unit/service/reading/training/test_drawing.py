"""A pass of training draws examples whose spans still hold their answers, and foils that hold none."""

from random import Random

from service.reading.training.drawing import Sources, draw
from service.reading.training.examples import Example
from service.reading.training.news import Block, NewsQuestion
from service.reading.training.wording import misname, retype

CONTEXT = "The bridge opened in May. Mayor Ada Quill paid for it."
PAID = Example(
    question="Who paid for the bridge at Dunmere?", context=CONTEXT, exact=True, part="squad",
    spans=((CONTEXT.index("Ada Quill"), CONTEXT.index("Ada Quill") + len("Ada Quill")),),
)
BLOCK = Block(
    title="Pilots settle", sentences=("The pilots settled.", "They get 4 per cent."),
    questions=(NewsQuestion(text="What do the pilots of Oslo get?", sentences=(1,), short="4 per cent"),),
)
BESIDE = "The tunnel at Dunmere was paid for by a bank. It opened late. " * 20


def test_answers_stand_where_the_spans_say() -> None:
    sources = Sources(examples=(PAID,), blocks=(BLOCK,), mined={PAID.question: (BESIDE,)})
    drawn = [one for seed in range(200) for one in draw(sources, Random(seed))]
    assert {one.answer for one in drawn} == {"Ada Quill", "4 per cent", ""}
    assert any(one.context != CONTEXT and one.answer == "Ada Quill" for one in drawn)
    assert any(one.part == "squad" and not one.spans and one.context in BESIDE for one in drawn)


def test_claims_are_drawn_as_they_are_written_and_made_false_with_others() -> None:
    texts = ("The ferry at Dunmere stops on Sundays.", "Ada Quill sold the old mill in May.")
    claims = tuple(
        Example(question=f"It is so that {text[:-1]}", context=text, spans=((0, len(text)),), exact=False, part="claim")
        for text in texts
    )
    drawn = [one for seed in range(60) for one in draw(Sources(examples=claims, blocks=(), mined={}), Random(seed))]
    true = {(one.question, one.context) for one in drawn if one.spans}
    false = {(one.question, one.context) for one in drawn if not one.spans}
    assert true == {(one.question, one.context) for one in claims}
    assert (claims[0].question, texts[1]) in false
    assert any(question.startswith("It is so that") and "mill in May" in question for question, _ in false)


def test_question_is_retyped_as_people_type() -> None:
    typed = {retype("Who paid for the Dunmere bridge?", Random(seed)) for seed in range(300)}
    assert "Who paid for the Dunmere bridge?" in typed
    assert "who paid for the dunmere bridge" in typed
    assert "paid dunmere bridge" in typed


def test_misnamed_question_names_what_its_context_does_not() -> None:
    others = ("Tarn", "1987", "Mayor Ada Quill")
    assert misname(PAID.question, CONTEXT, others=others, random=Random(0)) == "Who paid for the bridge at Tarn?"
    assert misname("Who paid for it?", CONTEXT, others=others, random=Random(0)) is None
