"""Sentences against spans: what is supported, what is not and why; every pair was written by hand."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from service.verifying.verification import gives, verify
from tests.effort import grows_linearly

MILL = "The Dunmere mill will reopen on 4 May 2026 and hire about 120 workers, Mayor Ilse Tarrant said on Tuesday."
RATES = "Unemployment in Lowmere fell by 1.5 percentage points to 8 per cent in March 2026."
COST = "Repairs to the Aldergate bridge cost C$4.5 million and took two hundred and fifty days."
VOTE = "The council did not approve the new quarry, but it may vote again in June."
QUOTE = "“This is very good news for growers,” Premier Odran Vell told reporters in Brackwater."
PLAN = "Tern Harbour plans to close three canneries if prices fall below $12 a crate."
ALLEGED = "Police alleged that the driver stole 40 crates of lobster from the depot."
SURVEY = "A survey found that 49.7 per cent of the 1,200 fishers had lost money since 2019."
TRADE = "Norvia exported 300 tonnes of peas to Sudmark in 2025, more than half of its harvest."
RANGE = "Growers expect to harvest 10 to 15 per cent less barley this year."
DEAL = "Canada and China signed a deal in Beijing that covers canola, lobster and peas."
DENIED = "The company denied that it had sold the granary to Kestrel Foods."
NOBODY = "Nobody was injured when the tannery burned down on Saturday night."
PRICE = "The price of a crate rose from $9 to $14 between January and April."
QUEUE = "Drivers under 25 waited at least three hours at St. Aldric, where lifts have been used for over 200 years."
TEAM = "The Wexcombe team finished third in the 21st regional regatta."
BALLOT = (
    "The council voted 7-4 to spend half of its reserve, though a fifth of Tarn’s members, or one in three women, left."
)
PASS = (
    "“We will pay,” said Norvane’s chief engineer Doreen Valk: a pass lasts three years, some as long as ten years."
)
CAREER = (
    "Ada Quill, 28, was the only baker at the University of Tarn until 1846, when Norvia’s army "
    "and one apprentice in five left."
)
FRENCH = "Le port de Tern Harbour ne fermera pas avant le 3 avril."
ARABIC = "وصلت السفينة إلى الميناء يوم الجمعة ومعها ٤٠ طنا من القمح."

SUPPORTED = [
    ("Ms. Quill told him that she grew peas near Tarn.", "She grew peas near Tarn."),
    ("Ada Quill grew peas near Tarn.", "Ms. Quill grew peas near Tarn."),
    (MILL, "The Dunmere mill will reopen on May 4, 2026."),
    (MILL, "The Dunmere mill will reopen on 2026-05-04."),
    (MILL, "The mill will reopen on 4 May."),
    (MILL, "The mill will reopen in May 2026."),
    (MILL, "Mayor Ilse Tarrant said on Tuesday that the Dunmere mill will reopen."),
    (MILL, "Tarrant said the mill will hire around 120 workers."),
    (MILL, "The mill will hire approximately one hundred and twenty workers."),
    (RATES, "Unemployment in Lowmere fell to 8% in March 2026."),
    (RATES, "Unemployment fell by 1.5 percentage points."),
    (RATES, "Unemployment in Lowmere declined to eight percent."),
    (COST, "Repairs to the Aldergate bridge cost $4,500,000."),
    (COST, "Repairs to the bridge took 250 days."),
    (COST, "Repairs to the bridge cost 4.5 million Canadian dollars."),
    (VOTE, "The council did not approve the quarry."),
    (VOTE, "The quarry was not approved by the council."),
    (VOTE, "The council might vote again in June."),
    (QUOTE, "Vell told reporters in Brackwater that it was “very good news for growers.”"),
    (QUOTE, 'Premier Odran Vell said: "This is very good news for growers."'),
    (QUOTE, "According to Vell, it is 'very good news for growers'."),
    (PLAN, "Tern Harbour plans to close 3 canneries if prices fall below $12."),
    (PLAN, "Tern Harbour intends to close three canneries if prices fall below $12."),
    (ALLEGED, "The driver allegedly stole 40 crates of lobster."),
    (SURVEY, "About 50 per cent of the fishers had lost money."),
    (SURVEY, "The survey found that 49.7% of 1200 fishers had lost money."),
    (SURVEY, "Nearly 50 per cent of the fishers had lost money."),
    (TRADE, "In 2025 Norvia exported 300 t of peas to Sudmark."),
    (RANGE, "Growers expect to harvest 10–15% less barley this year."),
    (RANGE, "Growers expect to harvest between 10 and 15 per cent less barley."),
    (DEAL, "Canada and China signed an agreement in Beijing."),
    (DEAL, "A Canadian deal with China covers lobster."),
    (DENIED, "The company denied that it had sold the granary."),
    (NOBODY, "Nobody was injured when the tannery burned down."),
    (NOBODY, "The tannery burned down on Saturday."),
    (PRICE, "The price of a crate climbed from $9 to $14."),
    (TEAM, "The Wexcombe team finished 3rd in the twenty-first regional regatta."),
    (FRENCH, FRENCH),
    (ARABIC, ARABIC),
    (BALLOT, "The council voted seven to four to spend half of its reserve."),
    (BALLOT, "The council voted to spend 50 per cent of its reserve."),
    (BALLOT, "One-fifth of Tarn’s members left."),
    (BALLOT, "20 per cent of Tarn’s members left."),
    (BALLOT, "Though one-third of women left, the council voted 7-4."),
    (PASS, "“we will pay,” said Doreen Valk of Norvane."),
    (PASS, "A pass lasts three years, some up to 10."),
    (CAREER, "Ada Quill was 28 years old."),
    (CAREER, "Ada Quill was the only baker at Tarn University."),
    (CAREER, "Ada Quill was the only baker there up to 1846."),
    (CAREER, "The Norvian army left in 1846."),
    (CAREER, "A fifth of the apprentices left."),
    ("Tarrant’s plan — the  “long road” — was approved.", 'Tarrant\'s plan - the "long road" - was approved.'),
    ("It rose by ١٥ per cent.", "It rose by 15%."),
]

MATCH = "Defending champion Ilse Brandt lost 3–5 against Mona Fiske in the second round."
LEAK = "The ferry company has yet to find the cause of the leak, spokesman Aldo Renn said."
GUARDS = "Saudi officials had sent 4,000 guards to the well, a visitor remarked to The Tarn Courier."

UNSUPPORTED = [
    (MATCH, "Ilse Brandt beat Mona Fiske 5–3 in the second round.", "contradicted"),
    (MATCH, "Mona Fiske lost 5–3 against Ilse Brandt in the second round.", "contradicted"),
    (MATCH, "Ilse Brandt lost 3–6 against Mona Fiske in the second round.", "contradicted"),
    (LEAK, "The ferry company has found the cause of the leak, spokesman Aldo Renn said.", "contradicted"),
    (LEAK, "The ferry company is going to find the cause of the leak, spokesman Aldo Renn said.", "contradicted"),
    (GUARDS, "Saudi officials were supposed to send 4,000 guards to the well.", "contradicted"),
    ("Ms. Quill grew peas near Tarn.", "Mr. Quill grew peas near Tarn.", "contradicted"),
    ("He grew peas near Tarn, Quill said.", "She grew peas near Tarn, Quill said.", "contradicted"),
    (GUARDS, "Officials in Arabia had sent 4,000 guards to the well.", "fabricated"),
    (MILL, "The Dunmere mill will reopen on 5 May 2026.", "contradicted"),
    (MILL, "The Dunmere mill will reopen on 4 June 2026.", "contradicted"),
    (MILL, "The Dunmere mill will reopen on 4 May 2027.", "contradicted"),
    (MILL, "The Dunmere mill reopened on 4 May 2026.", "contradicted"),
    (MILL, "The Dunmere mill may reopen on 4 May 2026.", "contradicted"),
    (MILL, "The Dunmere mill will hire 120 workers.", "contradicted"),
    (MILL, "The Dunmere mill will hire more than 120 workers.", "contradicted"),
    (MILL, "The Dunmere mill will hire about 120,000 workers.", "contradicted"),
    (MILL, "The Dunmere mill will close on 4 May 2026.", "contradicted"),
    (MILL, "The Lowmere mill will reopen on 4 May 2026.", "fabricated"),
    (MILL, "Mayor Edda Tarrant said that the Dunmere mill will reopen.", "fabricated"),
    (MILL, "Mayor Odran Vell said that the Dunmere mill will reopen on 4 May.", "misattributed"),
    (MILL, "Mayor Ilse Tarrant said on Wednesday that the Dunmere mill will reopen.", "contradicted"),
    (RATES, "Unemployment in Lowmere fell by 1.5 per cent.", "contradicted"),
    (RATES, "Unemployment in Lowmere fell to 8 percentage points.", "contradicted"),
    (RATES, "Unemployment in Lowmere fell to 80 per cent.", "contradicted"),
    (RATES, "Unemployment in Lowmere rose to 8 per cent in March 2026.", "contradicted"),
    (RATES, "Unemployment in Lowmere fell to 8 per cent in March 2025.", "contradicted"),
    (COST, "Repairs to the Aldergate bridge cost US$4.5 million.", "contradicted"),
    (COST, "Repairs to the Aldergate bridge cost $4.5 billion.", "contradicted"),
    (COST, "Repairs to the Aldergate bridge cost €4.5 million.", "contradicted"),
    (COST, "Repairs to the Aldergate bridge took 250 weeks.", "contradicted"),
    (VOTE, "The council approved the new quarry.", "contradicted"),
    (VOTE, "The council will vote again in June.", "contradicted"),
    (VOTE, "The council may vote again in July.", "contradicted"),
    (VOTE, "The council may not vote again in June.", "contradicted"),
    (QUOTE, "Vell told reporters it was “very bad news for growers.”", "fabricated"),
    (QUOTE, "Vell told reporters it was “good news for all growers.”", "fabricated"),
    (QUOTE, "Ilse Tarrant told reporters it was “very good news for growers.”", "misattributed"),
    (PLAN, "Tern Harbour closed three canneries.", "contradicted"),
    (PLAN, "Tern Harbour plans to close three canneries if prices rise below $12.", "contradicted"),
    (PLAN, "Tern Harbour will close three canneries.", "contradicted"),
    (PLAN, "Tern Harbour plans to close one cannery.", "contradicted"),
    (ALLEGED, "The driver stole 40 crates of lobster from the depot.", "contradicted"),
    (ALLEGED, "Police alleged that the driver stole 400 crates of lobster.", "contradicted"),
    (SURVEY, "About 60 per cent of the fishers had lost money.", "contradicted"),
    (SURVEY, "Exactly 50 per cent of the fishers had lost money.", "contradicted"),
    (SURVEY, "More than 50 per cent of the fishers had lost money.", "contradicted"),
    (SURVEY, "The survey found that 1,200 per cent of the fishers had lost money.", "contradicted"),
    (TRADE, "Sudmark exported 300 tonnes of peas to Norvia in 2025.", "contradicted"),
    (TRADE, "Norvia imported 300 tonnes of peas in 2025.", "contradicted"),
    (TRADE, "Norvia exported 300 tonnes of peas, less than half of its harvest.", "contradicted"),
    (RANGE, "Growers expect to harvest 15 per cent less barley this year.", "contradicted"),
    (RANGE, "Growers expect to harvest 10 to 50 per cent less barley this year.", "contradicted"),
    (DEAL, "Canada and China did not sign a deal in Beijing.", "contradicted"),
    (DEAL, "Canada and China signed a deal in Ottawa.", "fabricated"),
    (DENIED, "The company had sold the granary to Kestrel Foods.", "contradicted"),
    (NOBODY, "Somebody was injured when the tannery burned down.", "contradicted"),
    (PRICE, "The price of a crate fell from $9 to $14.", "contradicted"),
    (QUEUE, "Drivers under 25 waited three hours or less.", "contradicted"),
    (QUEUE, "Drivers older than 25 waited at least three hours.", "contradicted"),
    (QUEUE, "Drivers under 25 waited at least three hours at St. Tarn.", "fabricated"),
    (BALLOT, "The council voted seven to five to spend half of its reserve.", "contradicted"),
    (CAREER, "Ada Quill was 29 years old.", "fabricated"),
    (CAREER, "One apprentice in four left.", "contradicted"),
    (CAREER, "The Norlandian army left in 1846.", "fabricated"),
    ("Victor Norel and Mark Rusk met Ilse Lind in Tarn.", "Victoria Norel met Ilse Lind.", "fabricated"),
    ("Victor Norel and Mark Rusk met Ilse Lind in Tarn.", "Mark Lind met in Tarn.", "fabricated"),
    ("Mayor Ilse Brandt opened the Rusk lock on Monday.", "Mayor Ilse Rusk opened the lock on Monday.", "fabricated"),
    ("Julia said that she would go.", "Julian said that she would go.", "misattributed"),
    (BALLOT, "A quarter of Tarn’s members left.", "contradicted"),
    (BALLOT, "One in four women left.", "contradicted"),
    (PASS, "A pass lasts three years, some up to 12.", "fabricated"),
    ("Brandt was too ill to go on.", "Brandt went on.", "contradicted"),
    ("Brandt was too ill to go on.", "Brandt could go on.", "contradicted"),
    ("The mill has nearly closed.", "The mill has closed.", "contradicted"),
    ("The Tarn is the fastest boat.", "No boat is as slow as the Tarn.", "contradicted"),
    ("The most useful tool is a lamp.", "No tool is not more useful than a lamp.", "contradicted"),
    ("Norvia charged a tariff on cars from Sudmark.", "The tariff on cars was imposed by Sudmark.", "contradicted"),
    (
        "Ministers want an end to the tariffs on Norvian cars.",
        "The tariff was a tariff on Norvian cars that was not a tariff on Norvian cars themselves.", "unsupported",
    ),
    (
        "Norvia held two men: Mikal Korvin, a former diplomat, and Mikal Spar, a trader.",
        "Mikal Korvin, a former diplomat, is a Norvian citizen.", "unsupported",
    ),
    ("The World Health Organization asked for calm.", "The WTO asked for calm.", "misattributed"),
    (TEAM, "The Wexcombe team finished first in the 21st regional regatta.", "contradicted"),
    (FRENCH, "Le port de Tern Harbour fermera avant le 3 avril.", "unsupported"),
    (ARABIC, "وصلت السفينة إلى الميناء يوم السبت ومعها ٤٠ طنا من القمح.", "unsupported"),
    (DEAL, "The orchard won a prize for its cider.", "unsupported"),
]


@pytest.mark.parametrize(
    "sentence",
    [
        "Drivers younger than 25 waited three hours or more.", "Drivers waited three hours or longer.",
        "For more than 200 years lifts have been used at St. Aldric.", "The two kinds of lifts are old.",
    ],
)
def test_bounds_of_numbers_may_be_worded_otherwise(sentence: str) -> None:
    assert "number" not in {reason.kind for reason in verify(sentence, cited=[QUEUE]).reasons}


@pytest.mark.parametrize(("span", "sentence"), SUPPORTED)
def test_faithful_sentence_is_verified(span: str, sentence: str) -> None:
    finding = verify(sentence, cited=[span])
    assert (finding.verdict, finding.reasons) == ("verified", ())


@pytest.mark.parametrize(("span", "sentence", "verdict"), UNSUPPORTED)
def test_altered_sentence_is_not_supported_and_the_verdict_says_how(span: str, sentence: str, verdict: str) -> None:
    finding = verify(sentence, cited=[span])
    assert (finding.verdict, bool(finding.reasons)) == (verdict, True)


def test_sentence_that_another_span_supports_is_cited_from_there() -> None:
    finding = verify("Repairs to the Aldergate bridge took 250 days.", cited=[MILL], others=[RATES, COST])
    assert (finding.verdict, finding.places) == ("re-cited", (2,))


def test_every_span_that_supports_is_named_the_cited_ones_first() -> None:
    finding = verify("The council did not approve the quarry.", cited=[MILL, VOTE], others=[VOTE])
    assert (finding.verdict, finding.places) == ("verified", (1, 2))


def test_quotation_of_halves_from_two_spans_is_stitched() -> None:
    first, second = "“We will rebuild the mill by spring,” she said.", "“The quarry is closed for good,” she said."
    finding = verify("She said: “We will rebuild the mill for good.”", cited=[first, second])
    assert finding.verdict == "stitched"
    finding = verify("She said: “We will rebuild the quarry one day.”", cited=[first, second])
    assert finding.verdict == "fabricated"


def test_statement_of_halves_from_two_spans_is_stitched() -> None:
    spans = ["Ilse Tarrant visited the mill in Dunmere.", "Odran Vell visited the cannery in Brackwater."]
    assert verify("Ilse Tarrant visited the cannery in Brackwater.", cited=spans).verdict == "stitched"


def test_quotation_that_another_speaker_said_is_misattributed() -> None:
    other = "“The road will be long,” Ilse Tarrant said."
    finding = verify("Vell said: “The road will be long.”", cited=[QUOTE], others=[other])
    assert finding.verdict == "misattributed"


def test_reasons_name_what_is_missing_and_what_stands_there_instead() -> None:
    (reason,) = verify("The Dunmere mill will reopen on 5 May 2026.", cited=[MILL]).reasons
    assert (reason.kind, reason.text, reason.rival) == ("date", "5 May 2026", "4 May 2026")


@pytest.mark.parametrize(
    ("country", "people"),
    [("Slovakia", "Slovak"), ("Nepal", "Nepali"), ("Congo", "Congolese"), ("Kazakhstan", "Kazakh")],
)
def test_country_is_named_by_its_people(country: str, people: str) -> None:
    said = f"Two climbers from {country} were rescued by helicopter on Friday."
    assert verify(f"Two {people} climbers were rescued by helicopter on Friday.", cited=[said]).supported
    assert not verify("Two Danish climbers were rescued by helicopter on Friday.", cited=[said]).supported


@pytest.mark.parametrize(
    ("answer", "sentence", "is_given"),
    [
        ("4 May 2026", "It will reopen on May 4, 2026.", True),
        ("4 May 2026", "It will reopen on May 5, 2026.", False),
        ("C$4.5 million", "The repairs cost 4.5 million Canadian dollars.", True),
        ("120", "It will hire 130 workers.", False),
        ("Ilse Tarrant", "Mayor Tarrant said so.", False),
        ("Tarrant", "Mayor Ilse Tarrant said so.", True),
        ("canola, lobster and peas", "The deal covers canola and peas.", True),
        ("canola, lobster and peas", "The deal was signed in Beijing.", False),
        ("No", "The council did not approve it.", True),
    ],
)
def test_short_answer_is_given_by_its_figures_names_and_half_of_its_words(
    answer: str, sentence: str, *, is_given: bool
) -> None:
    assert gives(answer, sentence) == is_given


def test_without_spans_nothing_is_supported() -> None:
    finding = verify(MILL, cited=[])
    assert (finding.verdict, finding.places) == ("unsupported", ())


@pytest.mark.parametrize("unit", ["9", "1,", "1-", ", whether ", "“", "a.", "x1", "- ", "not ", "1 ", "Bo ", "said "])
def test_work_is_linear_in_hostile_text(unit: str) -> None:
    assert grows_linearly(lambda size: verify(unit * (size // len(unit)), cited=[MILL]), size=12_500)


def test_a_token_of_fifty_thousand_digits_is_read_in_linear_work_and_is_not_supported() -> None:
    def work(size: int) -> bool:
        return verify(f"The mill cost {'9' * size} dollars.", cited=[COST]).supported

    assert not work(50_000)
    assert grows_linearly(work, size=12_500)


SPANS = [span for span, _ in SUPPORTED]


@settings(deadline=None)
@given(st.sampled_from(SPANS), st.lists(st.sampled_from(SPANS), max_size=4))
def test_sentence_copied_from_a_span_is_verified(span: str, before: list[str]) -> None:
    assert verify(span, cited=[*before, span]).verdict == "verified"


@settings(deadline=None)
@given(st.text(min_size=1, max_size=300))
def test_no_text_breaks_it_and_a_verdict_on_unsupported_text_has_reasons(text: str) -> None:
    finding = verify(text, cited=[MILL, text[::-1]])
    assert finding.supported or finding.reasons


FIGURES = (
    "one in 5 out of third a - , . 7 1,23 1.2.3 million hundred k % $ half quarters cent from to between and May 3rd"
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(FIGURES.split()), min_size=1, max_size=9), st.sampled_from(["", " "]))
@example(["1,23", "-", "5", "million"], " ")
@example(["5", "million", "and"], " ")
def test_no_run_of_figures_breaks_it(parts: list[str], joint: str) -> None:
    assert verify(joint.join(parts), cited=[joint.join(parts)]).verdict == "verified"


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_one_other_digit_is_never_supported(data: st.DataObject) -> None:
    span = data.draw(st.sampled_from([span for span in SPANS if any("0" <= one <= "9" for one in span)]))
    place = data.draw(st.sampled_from([place for place, one in enumerate(span) if "0" <= one <= "9"]))
    digit = data.draw(st.sampled_from([one for one in "0123456789" if one != span[place]]))
    altered = span[:place] + digit + span[place + 1 :]
    assert not verify(altered, cited=[span]).supported


# Written before the rules were tried on them; where a word is in no table, a sentence is not supported.
PARAPHRASES = [
    (
        "Yvonne Starchuk grew 1,150 acres of peas last season and was offered $7.40 a bushel.",
        ("Last season Yvonne Starchuk grew 1,150 acres of peas.", "Starchuk was offered $7.40 a bushel.",),
    ),
    (
        "The co-operative sold 480 tonnes of lobster to China in 2024.",
        (
            "In 2024 the co-operative sold China 480 tonnes of lobster.",
            "China bought 480 tonnes of lobster from the co-operative in 2024.",
        ),
    ),
    (
        "About 340 people work at the stamping plant in Aldergate, the union said.",
        (
            "The union said about 340 people work at the Aldergate stamping plant.",
            "Roughly 340 people are employed at the stamping plant in Aldergate.",
        ),
    ),
    (
        "The packers will return to work on March 2 after a strike of six weeks.",
        (
            "The packers' strike lasted six weeks.",
            "Packers will go back to work on 2 March.",
            "After a six-week strike, the packers will return to work on 2 March.",
        ),
    ),
    (
        "The terminal at Wexcombe holds 16,000 tonnes of canola, twice what it held in 2019.",
        (
            "The Wexcombe terminal holds 16,000 tonnes of canola.",
            "The Wexcombe terminal holds twice as much canola as in 2019.",
        ),
    ),
    (
        "The Tarn council met on Monday; it asked for eight weeks, and the court allowed five.",
        ("Councillors in Tarn met on Monday.", "The court allowed the Tarn council five weeks."),
    ),
    (
        "The plan, which ranges from ten to 32 pages, lost in the second half after at least seventeen men left.",
        ("The plan has between 10 and 32 pages.", "The plan lost in the second half after seventeen men or more left."),
    ),
    (
        "The marsh hen has a darker cap and a quite different call.",
        ("The marsh hen has a darker cap and another call.",),
    ),
    (
        "North and South Norvia opened talks with Mark J. Rusk on Monday.",
        ("North Norvia and South Norvia opened talks with Mark Rusk.", "South Norvia opened talks on Monday."),
    ),
    (
        "Parliament passed the bill by 212 votes to 98 late on Thursday.",
        ("The bill was passed by parliament on Thursday.", "Parliament passed the bill with 212 votes to 98.",),
    ),
    (
        "The storm left 14,000 homes without power across the county.",
        (
            "14,000 homes across the county lost power in the storm.",
            "The storm left fourteen thousand homes without power.",
        ),
    ),
    (
        "Judge Ora Lindqvist ruled that the permit was unlawful and ordered a new review.",
        ("The judge, Ora Lindqvist, ordered a new review.", "The permit was unlawful, Judge Ora Lindqvist ruled.",),
    ),
    (
        "Shares of Norvia Rail fell 6.2 per cent on Monday, their worst day since 2020.",
        (
            "Norvia Rail shares dropped 6.2% on Monday.",
            "Monday was the worst day since 2020 for shares of Norvia Rail.",
        ),
    ),
    (
        "The minister said the talks had failed because neither side would give way on quotas.",
        (
            "The talks failed because neither side would give way on quotas, the minister said.",
            "Neither side would give way on quotas.",
        ),
    ),
    (
        "Two climbers were rescued from the north face on Sunday after spending 30 hours in a snow cave.",
        (
            "Rescuers saved two climbers on the north face on Sunday.",
            "Two climbers spent 30 hours in a snow cave before they were rescued.",
        ),
    ),
    (
        "The city will spend €2.4 billion over five years to rebuild its sewers.",
        (
            "Over five years, the city will spend 2.4 billion euros on rebuilding its sewers.",
            "The city will spend €2.4bn to rebuild its sewers.",
        ),
    ),
    (
        "The harbour authority has not decided whether to dredge the channel.",
        (
            "The harbour authority has yet to decide whether to dredge the channel.",
            "Whether to dredge the channel has not been decided.",
        ),
    ),
    (
        "Inflation could reach 4 per cent by December, the bank warned.",
        (
            "The bank warned that inflation could reach 4% by December.",
            "By December, inflation might reach four per cent, according to the bank.",
        ),
    ),
    (
        "The museum opened in 1911 and has been free to enter since 2001.",
        ("The museum has been free since 2001.",),
    ),
]
REJECTED = 6  # of the 30


def test_most_free_paraphrases_are_supported() -> None:
    rejected = [text for span, texts in PARAPHRASES for text in texts if not verify(text, cited=[span]).supported]
    assert len(rejected) <= REJECTED, rejected


def test_clauses_that_two_spans_prove_each_alone_are_verified_together() -> None:
    finding = verify(
        "The council did not approve the new quarry, and the Dunmere mill will reopen on 4 May 2026.",
        cited=[VOTE], others=[RATES, MILL],
    )
    assert (finding.verdict, finding.places, finding.joined) == ("re-cited", (0, 2), True)
    finding = verify(
        "The Dunmere mill will reopen on 4 May 2026, and the council approved the new quarry.", cited=[MILL, VOTE]
    )
    assert not finding.supported
