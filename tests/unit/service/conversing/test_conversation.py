"""Follow-ups are made to stand alone in the words of the conversation; what stands alone is left as it is."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from service.conversing.conversation import RuleRewriter
from service.domain import Turn
from tests.conversations import FollowUp, read_chats, read_follow_ups, read_standalone
from tests.effort import grows_linearly

RULES = RuleRewriter()
CANOLA = ("what was agreed on canola?", "China agreed to lower its tariffs on Canadian canola from March.")
FORD = ("What did Doug Ford say about the China deal?", "Mr. Ford said that it gives China a base.")
TANKS = ("Which tanks are shut?", "The Rusk tank, the Marrow tank and the Tarn tank are shut.")
LAID_OFF = ("Did the Rusk mill lay anybody off?", "It laid off six of its 22 workers last November.")
RIDDLE = ("What is in the box?", "Two notes: the first one; the second one.")
LISTED = ("What will the town build?", "Three things: a library, a bridge over the Tarn, and a new school.")
ABOLISHED = ("Did Canada abolish its tariffs?", "No. It promised to reduce some of them.")
BURNED = ("Wasn't the mill reopened?", "No. It burned down.")
TERMINAL = ("How many workers did the Wexcombe terminal lay off in 2024?", "It laid off six of its 22 workers.")

NEWS = (
    "What's the latest on the Harlow dam?",
    "Engineers lowered the water on Sunday. About 1,200 people were told to leave. But Ada Nagy said no.",
)
STRIKE = ("Tell me about the nurses' strike", "Nurses at five hospitals in Orland walked off the job over pay.")
AGROUND = ("ferry accident news", "A ferry with 212 people on board ran aground near Sandwick on Monday night.")
VACCINE = ("Is the new measles vaccine safe?", "It is recommended from the age of one.")
CLEANUP = ("anything new on the Tarn cleanup?", "Volunteers took 14 tonnes. The town of Lowmere pays the boats.")
PRIZE = ("Who won the Heron prize?", "The novelist Amadou Sy won the Heron prize for “Salt Roads”.")
MATCH = (
    "How did Brannock beat Oslo?", "It won 2-1 with two late goals by striker Tom Achebe. Keeper Ivo Lund was sent off."
)
CLOSED = ("Why did Norrby Steel close its plant?", "Power in Vik is too expensive. About 900 workers lose their jobs.")
JUDGE = ("Did Judge Amal Haddad step down?", "Yes. Judge Haddad stepped down on Friday.")
FIRE = ("wildfire in Alta Serra", "The fire has burned 3,000 hectares. Firefighters from Spain are on their way.")
TRAINS = ("What did the minister announce on trains?", "Sven Aalto announced 40 new night trains from 2028.")
BAY = ("Tell me about the mussel poisoning", "Eleven people fell ill last week. The food agency has closed the bay.")
SKERRY = ("Who is Ngozi Adler?", "Ngozi Adler leads the seabird survey on Skerry.")
BUSES = ("Why are bus drivers on strike in Halden?", "The strike began on Monday.")
VOTES = ("how many votes did the Green party get in Tessin?", "It got 18.4 per cent.")
CLIMATE = ("What is in the new climate report?", "It warns of drier summers.")
VISIT = ("tell me about the trip to Beijing", "It secured what he called a landmark deal.")
FLIGHTS = ("news on the airline strike", "Skylark cancelled 340 flights.")
FARM = ("any news on the salmon farm?", "A storm tore two nets at the Fjellvik farm, and 14,000 fish escaped.")
TOPIC = ("Elena Markovic", "Elena Markovic was elected president of the chess federation on Saturday.")
SEEDS = ("latest on canola", "China’s duties on canola hit 412 farms in the Rural Municipality of Dunmere last year.")


def _turns(*said: str) -> tuple[Turn, ...]:
    return tuple(Turn(role="assistant" if number % 2 else "user", content=text) for number, text in enumerate(said))


@pytest.mark.parametrize(
    ("said", "asked", "standalone"),
    [
        (CANOLA, "and on lobsters?", "what was agreed on lobsters?"),
        (CANOLA, "And in 2024?", "what was agreed on canola in 2024?"),
        (CANOLA, "when does that start?", "when does what was agreed on canola start?"),
        (CANOLA, "what about the union?", "What about the union with regard to what was agreed on canola?"),
        (CANOLA, "what did he say?", "what did he say, with regard to what was agreed on canola?"),
        (FORD, "what did he say about cars?", "what did Doug Ford say about cars?"),
        (FORD, "why?", "Why did Doug Ford say that about the China deal?"),
        (FORD, "And Pierre Poilievre?", "What did Pierre Poilievre say about the China deal?"),
        (FORD, "who is his deputy?", "who is Doug Ford’s deputy?"),
        (FORD, "was he right?", "was Doug Ford right, with regard to “What did Doug Ford say about the China deal”?"),
        (FORD, "which union?", "which union, with regard to “What did Doug Ford say about the China deal”?"),
        (FORD, "why tho", "Why did Doug Ford say that about the China deal?"),
        (FORD, "why not?", "Why not, with regard to “What did Doug Ford say about the China deal”?"),
        (ABOLISHED, "why?", "Why not, with regard to “Did Canada abolish its tariffs”?"),
        (ABOLISHED, "why not?", "Why not, with regard to “Did Canada abolish its tariffs”?"),
        (ABOLISHED, "since when?", "Since when did Canada abolish its tariffs?"),
        (BURNED, "why?", "Why wasn't the mill reopened?"),
        (TANKS, "why was the second one shut?", "why was the Marrow tank shut?"),
        (TANKS, "is the last of them full?", "is the Tarn tank full?"),
        (TANKS, "and the latter?", "What about the latter with regard to “Which tanks are shut”?"),
        (RIDDLE, "what is the second one?", "what is the second one, with regard to what is in the box?"),
        (LISTED, "who pays for the second one?", "who pays for a bridge over the Tarn?"),
        (LISTED, "when does the last one open?", "when does a new school open?"),
        (FORD, "what about Ada Nagy, what does she want?", "what does Ada Nagy want?"),
        (TERMINAL, "and last year, how many did it hire?", "last year, how many did the Wexcombe terminal hire?"),
        (LAID_OFF, "will they be back?", "will the workers be back, with regard to the Rusk mill?"),
        (CANOLA, "did they agree?", "did they agree, with regard to what was agreed on canola (China)?"),
        (TERMINAL, "and how many trucks?", "how many trucks did the Wexcombe terminal lay off in 2024?"),
        (
            TERMINAL, "were the managers happy?",
            "were the managers happy, with regard to “How many workers did the Wexcombe terminal lay off in 2024”?",
        ),
        (
            TERMINAL, "why the difference?",
            "why the difference, with regard to “How many workers did the Wexcombe terminal lay off in 2024”?",
        ),
        (CANOLA, "and the others?", "What about the others with regard to what was agreed on canola?"),
        (TERMINAL, "and in 2025?", "How many workers did the Wexcombe terminal lay off in 2025?"),
        (TERMINAL, "And the year after?", "How many workers did the Wexcombe terminal lay off in 2025?"),
        (TERMINAL, "who manages it?", "who manages the Wexcombe terminal?"),
        (TERMINAL, "Thanks. And the Dunmere mill?", "How many workers did the Dunmere mill lay off in 2024?"),
        (
            TERMINAL, "when will they be called back?",
            "when will the workers be called back, with regard to the Wexcombe terminal?",
        ),
        (CANOLA, "who benefits?", "who benefits, with regard to what was agreed on canola (China)?"),
        (TERMINAL, "any updates?", "What is the latest on the Wexcombe terminal?"),
        (CANOLA, "tell me more", "What is the latest on canola?"),
        (FORD, "what's new with him?", "What is the latest on Doug Ford?"),
    ],
)
def test_follow_up_says_what_it_left_out(said: tuple[str, ...], asked: str, standalone: str) -> None:
    assert RULES.rewrite(asked, conversation=_turns(*said)) == standalone


@pytest.mark.parametrize(
    ("said", "asked", "standalone"),
    [
        (NEWS, "any updates?", "What is the latest on the Harlow dam?"),
        (NEWS, "can you tell me more, please?", "What is the latest on the Harlow dam?"),
        (NEWS, "and the Brannock dam?", "What is the latest on the Brannock dam?"),
        (NEWS, "is it safe?", "is the Harlow dam safe?"),
        (NEWS, "what caused the leak?", "what caused the leak, with regard to the Harlow dam?"),
        (NEWS, "when can they go back?", "when can the people go back, with regard to the Harlow dam?"),
        (NEWS, "what does the mayor say?", "what does the mayor say, with regard to the Harlow dam?"),
        (NEWS, "and what do the Orland docks say?", "what do the Orland docks say, with regard to the Harlow dam?"),
        (NEWS, "what did she say?", "what did Ada Nagy say?"),
        (FLIGHTS, "when will it end?", "when will the airline strike end?"),
        (STRIKE, "since when?", "Since when, with regard to the nurses' strike?"),
        (STRIKE, "when does it end?", "when does the nurses' strike end?"),
        (STRIKE, "what do they want?", "what do the nurses want, with regard to the nurses' strike?"),
        (STRIKE, "was there one last year?", "was there one last year, with regard to the nurses' strike?"),
        (STRIKE, "and the doctors?", "What about the doctors with regard to the nurses' strike?"),
        (FARM, "how many were caught?", "how many were caught, with regard to the salmon farm?"),
        (FARM, "why did they escape?", "why did the fish escape, with regard to the salmon farm?"),
        (FARM, "is that dangerous for trout?", "is that dangerous for trout, with regard to the salmon farm?"),
        (FARM, "which nets were torn?", "which nets were torn, with regard to the salmon farm?"),
        (FARM, "will it ever happen again?", "will it ever happen again, with regard to the salmon farm?"),
        (TOPIC, "how old is she?", "how old is Elena Markovic?"),
        (TOPIC, "who is she?", "who is Elena Markovic?"),
        (TOPIC, "how did it happen?", "how did it happen, with regard to Elena Markovic?"),
        (TOPIC, "where is she from?", "where is Elena Markovic from?"),
        (TOPIC, "and her deputy?", "What about her deputy with regard to Elena Markovic?"),
        (SEEDS, "and peas?", "What is the latest on peas?"),
        (SEEDS, "how long does it last?", "how long does it last, with regard to canola?"),
        (SEEDS, "what does Ottawa say about it?", "what does Ottawa say about canola?"),
        (SEEDS, "and its price?", "What about its price with regard to canola?"),
        (SEEDS, "what is its price?", "what is canola’s price?"),
    ],
)
def test_conversation_is_about_the_topic_whose_news_was_asked_for(
    said: tuple[str, ...], asked: str, standalone: str
) -> None:
    assert RULES.rewrite(asked, conversation=_turns(*said)) == standalone


@pytest.mark.parametrize(
    "asked",
    [
        "Which star of the Tarn league announced his retirement on Tuesday?",
        "Which singer is being sued for starting her concerts late?",
        "Which farmers sold their canola in December?",
        "What are clades?",
        "When did the ferry company that runs the boats from Tern Harbour to Lowmere say that its boats will be late?",
    ],
)
def test_question_that_says_whom_it_means_is_never_changed(asked: str) -> None:
    assert all(RULES.rewrite(asked, conversation=_turns(*said)) is None for said in (CANOLA, FORD, NEWS, TOPIC, SEEDS))


@pytest.mark.parametrize(
    ("said", "asked", "standalone"),
    [
        (AGROUND, "how did they get off", "how did the people get off, with regard to ferry accident?"),
        (AGROUND, "is there an investigation", "is there an investigation, with regard to ferry accident?"),
        (AGROUND, "is it still snowing there?", "is it still snowing near Sandwick?"),
        (VACCINE, "who makes it?", "who makes the new measles vaccine?"),
        (VACCINE, "are there side effects?", f"are there side effects, with regard to “{VACCINE[0][:-1]}”?"),
        (CLEANUP, "will they do it again?", "will the volunteers do the Tarn cleanup again?"),
        (CLEANUP, "what did they say?", "what did the town of Lowmere say?"),
        (TRAINS, "who builds them?", "who builds the trains, with regard to the minister?"),
        (TRAINS, "and buses?", "What did the minister announce on buses?"),
        (BAY, "how long is it closed?", "how long is the bay closed, with regard to the mussel poisoning?"),
        (BAY, "whose mussels was it?", "whose mussels was it, with regard to the mussel poisoning?"),
        (SKERRY, "has she written a book?", "has Ngozi Adler written a book?"),
        (BUSES, "how long will it last?", "how long will the strike last, with regard to Halden?"),
        (VOTES, "and the liberals?", "how many votes did the liberals get in Tessin?"),
        (VOTES, "what about 2022?", "how many votes did the Green party get in Tessin in 2022?"),
        (VOTES, "how much money is missing?", f"how much money is missing, with regard to “{VOTES[0][:-1]}”?"),
        (
            CLIMATE, "does it mention farming?",
            "does the new climate report mention farming?",
        ),
        (MATCH, "why was he sent off?", "why was Keeper Ivo Lund sent off?"),
        (MATCH, "when do they play again?", "when do Brannock play again?"),
        (CLOSED, "can the town help them?", "can the town help the workers, with regard to Norrby Steel?"),
        (CLOSED, "when will they leave?", "when will the workers leave, with regard to Norrby Steel?"),
        (JUDGE, "when was she appointed?", "when was Judge Amal Haddad appointed?"),
        (JUDGE, "more on that please", "What is the latest on Judge Amal Haddad?"),
        (FIRE, "how did it start?", "how did the wildfire in Alta Serra start?"),
        (VISIT, "what was agreed there?", "what was agreed there, with regard to the trip to Beijing?"),
        (FIRE, "is anyone hurt?", "is anyone hurt, with regard to wildfire in Alta Serra?"),
        (FIRE, "what's the weather like there?", "what is the weather like in Alta Serra?"),
        (FIRE, "when will they arrive?", "when will the firefighters arrive, with regard to Alta Serra?"),
        (PRIZE, "has he won before?", "has the novelist Amadou Sy won before, with regard to the Heron prize?"),
    ],
)
def test_pronoun_means_who_can_do_that(said: tuple[str, ...], asked: str, standalone: str) -> None:
    assert RULES.rewrite(asked, conversation=_turns(*said)) == standalone


def test_why_behind_who_somebody_is_asks_no_why_of_that() -> None:
    said = (*SKERRY, "why?", "She has counted puffins since 2012.")
    standalone = RULES.rewrite("why?", conversation=_turns(*SKERRY))
    assert standalone == "Why, with regard to who is Ngozi Adler (the seabird survey, Skerry)?"
    assert RULES.rewrite("who pays her?", conversation=_turns(*said)) == "who pays Ngozi Adler?"


def test_film_of_his_son_is_not_his_own() -> None:
    standalone = RULES.rewrite("which film did his son make?", conversation=_turns(*FORD))
    assert standalone == "which film did Doug Ford’s son make?"


@pytest.mark.parametrize(
    ("said", "asked", "standalone"),
    [
        (("Who opposes the dam?", "Ada Nagy does."), "who else?", "Who else opposes the dam?"),
        (("Who opposes the dam?", "Ada Nagy of Lowmere does."), "who else opposes it?", "Who else opposes the dam?"),
        (("Who else opposes the dam?", "The fishers do."), "And who else?", "Who else opposes the dam?"),
        (
            ("What did Ada Nagy say about the dam?", "That it leaks."), "what else did she say?",
            "what else did Ada Nagy say?",
        ),
    ],
)
def test_others_are_asked_for(said: tuple[str, ...], asked: str, standalone: str) -> None:
    assert RULES.rewrite(asked, conversation=_turns(*said)) == standalone


def test_follow_up_of_a_follow_up_leans_on_what_that_one_meant() -> None:
    said = (*FORD, "And Pierre Poilievre?", "Mr. Poilievre asked for an explanation.")
    assert RULES.rewrite("what did he want?", conversation=_turns(*said)) == "what did Pierre Poilievre want?"


def test_pronoun_never_means_somebody_of_the_other_sex() -> None:
    said = ("What did Doug Ford tell Ms. Surette?", "Mr. Ford told Ms. Surette that he agreed.")
    assert RULES.rewrite("what did she answer?", conversation=_turns(*said)) == "what did Ms. Surette answer?"
    assert RULES.rewrite("what did he answer?", conversation=_turns(*said)) == "what did Doug Ford answer?"


def test_answer_that_says_nothing_is_no_antecedent() -> None:
    said = ("Who leads the Wexcombe terminal?", "The articles do not say.")
    rewritten = RULES.rewrite("who replaced her?", conversation=_turns(*said))
    assert rewritten == "who replaced her, with regard to the Wexcombe terminal?"


WORDS = (
    "and what about the others one which who it that they is did a an tho Carney U.S. film first in of 's ’s “ ” ? , . "
    "7-4 too else how many so there"
)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.lists(st.sampled_from(WORDS.split()), max_size=9).map(" ".join), min_size=2, max_size=4))
@example(["What did Carney say?", "did a tho"])
def test_no_words_break_it(said: list[str]) -> None:
    rewritten = RULES.rewrite(said[-1], conversation=_turns(*said[:-1]))
    assert rewritten is None or rewritten.strip()


@pytest.mark.parametrize("asked", ["why?", "and on lobsters?", "what did he say?"])
def test_follow_up_without_a_conversation_is_left_as_it_is(asked: str) -> None:
    assert RULES.rewrite(asked, conversation=()) is None
    assert RULES.rewrite(asked, conversation=_turns("")) is None


def test_question_that_stands_alone_is_never_changed() -> None:
    questions = read_standalone()
    assert len(questions) >= 60
    conversations = {one.conversation for one in read_follow_ups("followups_sample.yaml")}
    changed = {
        question for question in questions for said in conversations
        if RULES.rewrite(question, conversation=said) is not None
    }
    assert changed == set()


def test_first_questions_of_every_conversation_stand_alone_after_every_other() -> None:
    cases = [*read_follow_ups("followups_sample.yaml"), *read_follow_ups("followups_held_out.yaml")]
    questions, conversations = {one.said[0] for one in cases}, {one.conversation for one in cases}
    assert not [
        question for question in questions for said in conversations
        if RULES.rewrite(question, conversation=said) is not None
    ]


@pytest.mark.parametrize("case", read_chats(), ids=lambda case: f"{case.said[0]} … {case.ask}")
def test_chat_stays_on_its_subject(case: FollowUp) -> None:
    standalone = case.rewrite(RULES)
    assert case.is_named_by(standalone), standalone
    assert standalone.count("with regard to") <= 1


@pytest.mark.parametrize(
    ("name", "least", "share"),
    [
        ("followups_sample.yaml", 40, 0.95), ("followups_readers.yaml", 410, 0.81),
        ("followups_invented.yaml", 80, 0.9), ("followups_held_out.yaml", 40, 0.9),
        ("followups_news.yaml", 320, 0.95),
    ],
)
def test_follow_ups_name_what_they_are_about(name: str, least: int, share: float) -> None:
    cases = read_follow_ups(name)
    right = [one for one in cases if one.is_named_by(one.rewrite(RULES))]
    assert len(cases) >= least
    assert len(right) / len(cases) >= share


@pytest.mark.parametrize(
    "unit",
    [
        "the climate report ", "did the mayor report that ", "it ", "and the ", "1,", "(", "the the of ", "Mr. X’s ",
        "that that ", "\u0301",
    ],
)
def test_work_is_linear_in_the_length_of_anything_that_was_said(unit: str) -> None:
    def work(size: int) -> str | None:
        said = _turns(*[(unit * 800)[: size * 2 // 5]] * 20)
        return RULES.rewrite((unit * 2_000)[:size], conversation=said)

    assert grows_linearly(work, size=500)
