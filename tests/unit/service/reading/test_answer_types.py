"""What kind of thing a question asks for, and where a sentence holds such things."""

import pytest

from ingest.lexical import analyze
from service.reading.answer_types import AnswerType, answer_type, find_candidates


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Who cut the ribbon?", "person"),
        ("Whose boat sank?", "person"),
        ("To whom was the prize given?", "person"),
        ("Which minister resigned?", "person"),
        ("Which hockey player scored twice?", "person"),
        ("Who is the mayor of Wexcombe?", "person"),
        ("Who is Jane Doe?", "other"),
        ("Who’s Jane Doe?", "other"),
        ("who is dr. Amara Whitcombe?", "other"),
        ("Who are Wang Wen and Jin Zhen?", "other"),
        ("When did the bridge open?", "date"),
        ("In which year was the mill built?", "date"),
        ("What day does the fair begin?", "date"),
        ("On what date do the tariffs end?", "date"),
        ("How soon will the ferry return?", "date"),
        ("What time does the library close?", "date"),
        ("When and where is the meeting?", "date"),
        ("Where did the leaders meet?", "place"),
        ("In which city is the court?", "place"),
        ("Which province grows most peas?", "place"),
        ("What country does he come from?", "place"),
        ("How many farms were hit?", "number"),
        ("How much lobster was sold?", "number"),
        ("How much of the crop is unsold?", "number"),
        ("How long is the bridge?", "number"),
        ("How old is the reeve?", "number"),
        ("How far is the mine from the port?", "number"),
        ("What amount was missing?", "number"),
        ("How much did the bridge cost?", "money"),
        ("How much does a bushel of peas cost?", "money"),
        ("How much money was raised?", "money"),
        ("What price was paid for the peas?", "money"),
        ("How much did the co-op pay for the tanks?", "money"),
        ("What percentage of exports goes south?", "percent"),
        ("What share of the catch may be sold?", "percent"),
        ("What per cent of voters agreed?", "percent"),
        ("How many per cent of voters agreed?", "percent"),
        ("What rate did the bank set?", "percent"),
        ("Which company built the plant?", "name"),
        ("What is the name of the boat?", "name"),
        ("Which newspaper made the mistake?", "name"),
        ("What was agreed on canola?", "other"),
        ("Why was the rink closed?", "other"),
        ("How does the review work?", "other"),
        ("Did Canada abolish its tariffs?", "other"),
        ("What is the minister’s plan?", "other"),
        ("Tell me about the peas", "other"),
        ("", "other"),
    ],
)
def test_question_words_tell_what_is_asked_for(question: str, kind: AnswerType) -> None:
    assert answer_type(question) == kind


@pytest.mark.parametrize(
    ("sentence", "kind", "found"),
    [
        ("The G7 met for 12 days on an A380.", "number", ["12"]),
        ("COVID-19 kept 340 people at home.", "number", ["340"]),
        ("It took 1,234.5 tonnes, then 16,000, then 7.", "number", ["1,234.5", "16,000", "7"]),
        ("Twenty-one boats and two dozen cars came.", "number", ["Twenty-one", "two dozen"]),
        ("It is home to 1.4 million people.", "number", ["1.4 million"]),
        ("The bridge cost $4.2 million, or €3 million, in 2024.", "money", ["$4.2 million", "€3 million"]),
        ("He was offered US$7.40 and then 5,000 dollars.", "money", ["US$7.40", "5,000 dollars"]),
        ("It holds 38,000 tonnes.", "money", []),
        ("Some 70 per cent, 12%, 3.5 pct and two percentage points.", "percent",
         ["70 per cent", "12%", "3.5 pct", "two percentage points"]),
        ("About 70 farms closed.", "percent", []),
        ("It opened on Tuesday, March 3, 2026.", "date", ["Tuesday, March 3, 2026"]),
        ("It opened on 3 March 2026 and closed last week.", "date", ["3 March 2026", "last week"]),
        ("Ministers signed on Jan. 15, after talks since 2017.", "date", ["Jan. 15", "2017"]),
        ("The mill employs 2,017 people.", "date", []),
        ("“No,” said Reeve Walter Onyszko.", "person", ["Reeve Walter Onyszko"]),
        ("Élodie Ångström beat Иван Петров.", "person", ["Élodie Ångström", "Иван Петров"]),
        ("The council met on Thursday in January.", "person", []),
        ("They met in South Korea.", "place", ["South Korea"]),
        ("Nothing is asked of this sentence by Jane Doe in 2024.", "other", []),
    ],
)
def test_sentence_shows_where_it_holds_such_things(sentence: str, kind: AnswerType, found: list[str]) -> None:
    spans = find_candidates(sentence, kind, known=frozenset())
    assert [sentence[span.start : span.end] for span in spans] == found


@pytest.mark.parametrize(
    ("question", "sentence", "found"),
    [
        ("Who is the mayor of Wexcombe?", "The Mayor of Wexcombe, Ilse Brandvold, cut the ribbon.", ["Ilse Brandvold"]),
        ("Where did Carney meet Xi?", "Carney met Xi in South Korea.", ["South Korea"]),
        ("How many of the 58 members agreed?", "Of the 58 members, 31 agreed.", ["31"]),
        ("Who beat Jane Doe?", "Jane Doe lost.", []),
    ],
)
def test_what_the_question_names_itself_is_no_answer(question: str, sentence: str, found: list[str]) -> None:
    spans = find_candidates(sentence, answer_type(question), known=frozenset(analyze(question)))
    assert [sentence[span.start : span.end] for span in spans] == found
