"""What is not the story is cut and reported; what only looks like it stays."""

import pytest

from ingest.article import Metadata
from ingest.cleaning import Cleaned, clean

STORY = """The town of Lowmere will close its last paper mill in June, the council said on Monday.

Mayor Ann Poe called the vote “the hardest of my life” and promised help for 240 workers.

The union said it would challenge the decision in court before the end of the month."""


def cleaned(body: str, **known: str) -> Cleaned:
    return clean(body, metadata=Metadata(title=known.get("title"), publisher=known.get("publisher")))


def reasons(page: Cleaned) -> list[str]:
    return [cut.reason for cut in page.cuts]


HEADER = """Lowmere mill to close in June | Riverside Wire
Hello!
Source Feed: The Lowmere Herald
Author: Dana Field
Publication Date: March 3, 2026 - 06:15

Stay informed

Lowmere mill to close in June

March 3, 2026

"""

OTHER_STORIES = """


Riverside Newswire

\u00a0
A ferry ran aground near Port Hale on Sunday with eighty people on board.Nobody was hurt.
March 3, 2026 - 05:39 | Sam Reed | The Hale Courier
Why our parks need more benches, and what the city could learn from its neighbours. Read More
March 3, 2026 - 05:00 | Kim Low, Hale Courier | Port Sun
The trial of a former banker opened on Monday in a packed room...
March 3, 2026 - 05:00 | Lee Marsh | The Lowmere Herald"""


def test_a_story_alone_is_kept_whole() -> None:
    page = cleaned(STORY)
    assert page.text == STORY
    assert page.cuts == ()
    assert page.metadata == Metadata()


def test_an_aggregator_header_becomes_metadata() -> None:
    page = cleaned(HEADER + STORY)
    assert page.text == STORY
    assert page.metadata.title == "Lowmere mill to close in June"
    assert page.metadata.publisher == "The Lowmere Herald"
    assert page.metadata.author == "Dana Field"
    assert page.metadata.published_at is not None
    assert page.metadata.published_at.iso == "2026-03-03T06:15"
    assert reasons(page) == ["aggregator header"]


def test_a_header_fills_only_what_is_not_known() -> None:
    page = cleaned(HEADER + STORY, title="Mill closes", publisher="Given Press")
    assert (page.metadata.title, page.metadata.publisher, page.metadata.author) == (
        "Mill closes",
        "Given Press",
        "Dana Field",
    )


def test_one_label_is_no_header() -> None:
    body = "Source: the council’s own figures for 2025, seen by this reporter on Monday.\n\n" + STORY
    assert cleaned(body).text == body


def test_speakers_of_an_interview_are_no_header() -> None:
    body = "Host: When will the mill close?\nMayor: In June, if the council agrees to it.\n\n" + STORY
    assert cleaned(body).text == body


def test_two_stacked_headlines_are_title_and_subtitle() -> None:
    page = cleaned(f"Lowmere to close its last mill\nCouncil votes to shut paper mill\n\n{STORY}")
    assert page.text == STORY
    assert page.metadata.title == "Lowmere to close its last mill"
    assert page.metadata.subtitle == "Council votes to shut paper mill"
    assert reasons(page) == ["headline"]


def test_a_headline_line_is_the_title() -> None:
    for gap in ("\n", "\n\n"):
        page = cleaned(f"Lowmere to close its last mill{gap}{STORY}")
        assert (page.metadata.title, page.text) == ("Lowmere to close its last mill", STORY)


def test_the_title_repeated_above_the_story_is_cut() -> None:
    page = cleaned(f"Lowmere to close its last mill\n\n{STORY}", title="Lowmere to Close its Last Mill")
    assert (page.metadata.title, page.text) == ("Lowmere to Close its Last Mill", STORY)


def test_a_title_repeated_with_its_date_is_cut_and_dates_the_story() -> None:
    page = cleaned(
        f"Lowmere to close its last mill Tuesday, March 3, 2026\n{STORY}", title="Lowmere to close its last mill"
    )
    assert page.text == STORY
    assert page.metadata.published_at is not None
    assert page.metadata.published_at.iso == "2026-03-03"


def test_the_headline_stacked_with_the_known_title_is_the_subtitle() -> None:
    page = cleaned(f"Council shuts paper mill\nLowmere loses its mill\n{STORY}", title="Lowmere loses its mill")
    assert (page.metadata.subtitle, page.text) == ("Council shuts paper mill", STORY)


def test_a_first_sentence_that_was_taken_for_a_title_stays_in_the_text() -> None:
    first = "The town of Lowmere will close its last paper mill in June, the council said on Monday."
    assert cleaned(STORY, title=first).text == STORY


def test_another_first_line_is_not_cut_where_the_title_is_known() -> None:
    body = f"Lowmere to close its last mill\n\n{STORY}"
    assert cleaned(body, title="Something else").text == body


def test_other_stories_go_with_their_heading() -> None:
    page = cleaned(STORY + OTHER_STORIES)
    assert page.text == STORY
    assert reasons(page) == ["other stories"]
    assert page.cuts[0].excerpt.startswith("Riverside Newswire A ferry ran aground")
    assert len(page.cuts[0].excerpt) <= 80


def test_other_stories_go_where_no_gap_is_left() -> None:
    squeezed = "\n".join(line for line in (STORY + OTHER_STORIES).split("\n") if line.strip())
    assert cleaned(squeezed).text == STORY.replace("\n\n", "\n")


def test_other_stories_go_where_neither_gap_nor_heading_is_left() -> None:
    body = f"""{STORY}

A ferry ran aground near Port Hale on Sunday.
March 3, 2026 | Sam Reed | The Hale Courier
Our parks need more benches, writes a reader.
March 3, 2026 | Kim Low | Port Sun"""
    assert cleaned(body).text == STORY


def test_items_with_a_headline_of_their_own_go_too() -> None:
    body = f"""{STORY}

More headlines
Ferry runs aground
Eighty people were on board when it happened.
2026-03-03 | Sam Reed | The Hale Courier
Parks need benches
A reader asks the city for more of them.
2026-03-02 | Kim Low | Port Sun"""
    assert cleaned(body).text == STORY


def test_a_single_byline_stays() -> None:
    body = f"{STORY}\n\nThe account was first given elsewhere.\nMarch 3, 2026 | Sam Reed | The Hale Courier"
    assert cleaned(body).text == body


def test_bylines_in_the_middle_of_a_story_stay() -> None:
    body = f"""The archive lists two reports.

March 3, 1926 | Sam Reed | The Hale Courier
March 9, 1926 | Kim Low | Port Sun

{STORY}

The clippings were found by chance in an attic.

They will be shown in the library.

Entrance is free for all of June."""
    assert cleaned(body).text == body


def test_the_rows_of_a_table_stay() -> None:
    body = f"""{STORY}

Dates of the hearings

March 9, 2026 | Town Hall | Lowmere
March 16, 2026 | School | Port Hale
March 23, 2026 | Library | Lowmere"""
    assert cleaned(body).text == body


def test_house_lines_and_the_name_of_the_paper_go() -> None:
    body = f"""{STORY}

The Lowmere Herald

Our website is the place for local news. Please bookmark herald.example and sign up for our newsletters here."""
    page = cleaned(body, publisher="The Lowmere Herald")
    assert page.text == STORY
    assert reasons(page) == ["house line", "sign-off"]


@pytest.mark.parametrize(
    "line",
    [
        "Sign up for our daily newsletter.",
        "Subscribe to the Herald today.",
        "Follow Dana Field on Twitter: @danafield",
        "Dana Field is a reporter for the Herald. Reach her at dfield@herald.example.",
        "Support local journalism.",
        "***",
        "Additional research by Kim Low",
        "Additional reporting by Sam Reed in Port Hale",
        "With files from The Canadian Press",
        "— Kim Low contributed to this report.",
        "Reporting by Sam Reed in Port Hale; Editing by Lee Marsh",
        "Contributing: Kim Low, Sam Reed",
    ],
)
def test_closing_lines_go(line: str) -> None:
    page = cleaned(f"{STORY}\n\n{line}")
    assert page.text == STORY
    assert len(page.cuts) == 1


@pytest.mark.parametrize(
    "line",
    [
        "The mayor said the Herald had asked readers to sign up for its newsletter.",
        "“Sign up for our newsletter,” the mayor told the crowd.",
        "Anyone who saw the truck is asked to contact police at tips@lowmere.example.",
        "Contact Lowmere police at tips@lowmere.example.",
        "Sources close to the minister said the vote had been bought.",
        "Reporting by the commission shows that the mill lost money for nine years.",
        "The Lowmere Herald reported the plan first, and the council denied it at the time.",
        "Volunteers can register at the town hall.",
        "Correction: an earlier version of this story gave the wrong month.",
    ],
)
def test_lines_of_a_story_that_look_like_others_stay(line: str) -> None:
    body = f"{STORY}\n\n{line}"
    assert cleaned(body, publisher="The Lowmere Herald").text == body


@pytest.mark.parametrize("heading", ["Sources & Reference Material", "References", "Further reading", "Sources:"])
def test_a_list_of_sources_at_the_end_goes(heading: str) -> None:
    page = cleaned(
        f"{STORY}\n{heading}\n- Budget of the town — COUNCIL OF LOWMERE\n- A mill’s last year — HALE COURIER\n\n"
    )
    assert page.text == STORY
    assert reasons(page) == ["source list"]


def test_a_list_inside_the_story_stays() -> None:
    above = "Sources of income\n\n- paper\n- timber\n- fish"
    below = "The council will decide on:\n\n- the pier\n- the school"
    body = f"{above}\n\n{STORY}\n\n{below}"
    assert cleaned(body, title="Known").text == body


def test_a_section_about_sources_stays() -> None:
    body = f"{STORY}\n\nSources\n\nThe river has two sources, and both of them dried up last summer."
    assert cleaned(body).text == body


def test_useful_lines_under_more_on_it_stay() -> None:
    body = f"{STORY}\n\nMore on the vote:\n\nTown Hall\n\nOpen from 9 to 5"
    assert cleaned(body).text == body


def test_everything_is_never_cut() -> None:
    page = cleaned("Sign up for our daily newsletter.")
    assert page.text == "Sign up for our daily newsletter."
    assert page.cuts == ()
    assert page.warnings == ("all of the text looks like house line, so it was kept",)


def test_a_short_article_of_short_lines_is_kept() -> None:
    body = "Fire at mill\nNobody hurt\nCause unknown"
    page = cleaned(body)
    assert (page.text, page.metadata.title) == (body, None)


def test_many_closing_lines_are_cut_in_linear_time() -> None:
    page = cleaned(STORY + "\n***" * 100_000)
    assert page.text == STORY
    assert len(page.cuts) == 1
