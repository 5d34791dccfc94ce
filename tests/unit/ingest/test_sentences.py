"""Sentences and headings: hard cases in our own words, and offsets that hold for any text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.characters import canonicalise
from ingest.sentences import LONGEST_SENTENCE, split_sentences

# A bar stands where a sentence ends; the text is the line without bars.
HARD_CASES = [
    "The U.S. raised its duties in March.| Ottawa answered in April.",
    "He moved to the U.S. in 1998.| She stayed behind.",
    "It moved to the U.S.| But it failed there.",
    "The Canada-U.S.-Mexico deal expires soon.| Nobody knows when.",
    "A non-U.S. supplier won.| The rest lost.",
    "The E.U. and the U.K. agreed.| The deal is thin.",
    "She works for the U.N. Security Council.| He does not.",
    "Platform No. 1 was closed on Friday.| Platform No. 2 was not.",
    "Is it true?| The answer was No.| Then he left.",
    "Prices rose 3.5 per cent in May.| Wages did not.",
    "It rose to $1.2 billion.| Then it fell.",
    "Sales were 1,234.5 tonnes vs. 1,100 before.| Costs fell.",
    "The vote was 5-4.| The court sat late.",
    "Mr. Lake agreed.| Mrs. Ford said no, said Mr. Carney.| Dr. Poe left.",
    "Sen. Lee and Rep. Diaz voted yes.| Gov. Marsh vetoed it.",
    "Prof. Dr. Hahn spoke.| Then the crowd sang.",
    "Lt.-Gen. Paul Roy took command.| He is 51.",
    "Const. Lee made the arrest.| Two men were held.",
    "J. R. Martin wrote the report.| It was long.",
    "George W. Bell and Mary K. Stone signed.| Others refused.",
    "Harry S. Trent ran.| J.K. Rowan wrote.| C. S. Lowe read it.",
    "Vitamin C.| The doctors recommend it.",
    "She has lived there since World War I.| Her house is old.",
    '"We will not wait," Mr. Hill said.| He left at noon.',
    '"Why now?" she asked.| Nobody knew.',
    '"Stop!" he cried.| They stopped.',
    'He said, "It is over."| The room fell silent.',
    "“It is over,” he said.| “We lost.”",
    "They waited … and waited.| Then it came.",
    "(It rained all day.)| The match went ahead.",
    "The minister (he resigned in June) denied it.| His party did not.",
    "The bus left at 7 a.m. Monday from the depot.| It was full.",
    "The bus left at 7 a.m.| The driver was ill.",
    "They met at 4:30 p.m. ET on Tuesday.| Nothing came of it.",
    "It is 5 p.m. in Rome.| They eat late.",
    "B.C. Premier Ann Lowe was there.| So was her cabinet.",
    "Windsor, Ont. MP Dan Poe voted yes.| He is new.",
    "He works in Washington, D.C.| The team does not.",
    "St. John's is a port.| St. Paul is not.",
    "It happened on Main St.| The shop was closed.",
    "Acme Inc. reported a loss.| Its shares fell.",
    "He worked for Acme Inc.| They liked him.",
    "Acme Ltd. and Bolt Corp. merged.| Nobody was hurt.",
    "Yahoo! shares rose.| Others fell.",
    "The firm, e.g. its Paris office, is sound.| It will grow.",
    "It cost approx. 40 dollars.| That is cheap.",
    "It was Smith vs. Jones again.| Jones won.",
    "Smith v. The Crown was heard.| It ended in June.",
    "See www.example.com for the list.| It is free.",
    "He was born on Jan. 5, 1990.| She was born in Feb. 1991.",
    "1. Open the box.| 2. Read the note.",
    "They left.[1]| Others stayed.",
    "What is next?| Nobody can say!| We wait.",
    "The visit ended.|The memorandum was signed later.",
    "他昨天走了。|她留下了。",
]


def sentences_of(text: str) -> list[str]:
    return [text[sentence.start : sentence.end] for sentence in split_sentences(text)]


def headings_of(text: str) -> list[str]:
    return [text[sentence.start : sentence.end] for sentence in split_sentences(text) if sentence.heading]


@pytest.mark.parametrize("marked", HARD_CASES)
def test_hard_cases_are_cut_where_a_reader_would(marked: str) -> None:
    assert sentences_of(marked.replace("|", "")) == [part.strip() for part in marked.split("|")]


def test_a_sentence_never_crosses_a_line() -> None:
    assert sentences_of("Rain fell\non the town.") == ["Rain fell", "on the town."]


def test_empty_text_has_no_sentences() -> None:
    assert split_sentences("") == ()


def test_offsets_count_code_points() -> None:
    first, second = split_sentences("😀 Yes. Él vino.")
    assert (first.start, first.end, second.start, second.end) == (0, 6, 7, 15)


def test_a_short_line_above_a_paragraph_is_a_heading() -> None:
    text = "The mill closed in June.\n\nA long decline\n\nSales had fallen for nine years."
    assert headings_of(text) == ["A long decline"]


def test_stacked_headings_are_both_headings() -> None:
    assert headings_of("Part two\nA long decline\nSales had fallen for nine years.") == ["Part two", "A long decline"]


def test_a_question_of_its_own_is_a_heading() -> None:
    assert headings_of("What happens next?\n\nThe council votes on Monday.") == ["What happens next?"]


def test_a_label_is_a_heading_and_the_lead_in_of_speech_is_not() -> None:
    assert headings_of("What we know so far:\n\nThe mill is closed.") == ["What we know so far:"]
    assert headings_of("Asked about it, she said:\n\n“The mill is closed.”") == []


def test_lists_quotes_and_the_last_line_are_no_headings() -> None:
    assert headings_of("- one pear\n- two figs\nThey were sold.\nNews Desk") == []
    assert headings_of("“A long decline”\n\nSales had fallen for nine years.") == []


def test_rows_of_figures_are_no_headings() -> None:
    assert headings_of("Net 12 cts vs 9 cts 1986\nRevenue 8.1 mln vs 7.3 mln\nThe year ended in June.") == []


def test_a_heading_is_short() -> None:
    words = "Word " * 15
    assert headings_of(f"{words.strip()}\n\nThe council votes on Monday.") == []


def test_a_sentence_too_long_is_cut_at_a_clause() -> None:
    text = "a" * 700 + ", " + "b" * 700
    assert sentences_of(text) == ["a" * 700 + ",", "b" * 700]


def test_a_megabyte_without_an_end_is_cut_to_size() -> None:
    sentences = split_sentences("word " * 200_000)
    assert max(sentence.end - sentence.start for sentence in sentences) <= LONGEST_SENTENCE


def test_a_long_line_of_open_quotes_is_cut_to_size() -> None:
    sentences = split_sentences("(“" * 100_000)
    assert sum(sentence.end - sentence.start for sentence in sentences) == 200_000
    assert max(sentence.end - sentence.start for sentence in sentences) <= LONGEST_SENTENCE


SNIPPETS = st.sampled_from(
    ["U.S.", "Mr.", "No.", " ", "\n", "a.m.", "1.", "“", "”", '"', "(", ")", "?", "…", "May.", "The", "😀", "e\u0301"]
)


@given(st.lists(SNIPPETS | st.text(max_size=8), max_size=40).map("".join))
def test_sentences_are_in_order_disjoint_trimmed_and_cover_every_word(raw: str) -> None:
    text = canonicalise(raw)
    end = 0
    for sentence in split_sentences(text):
        assert text[end : sentence.start].strip() == ""
        assert sentence.start < sentence.end
        assert text[sentence.start : sentence.end] == text[sentence.start : sentence.end].strip()
        end = sentence.end
    assert text[end:].strip() == ""
