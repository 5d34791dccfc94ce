"""A question asks the news of a topic, or something else."""

import pytest

from service.topics import asks_for_more, asks_for_others, find_topic, is_topic, look_up


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("What is the latest on canola?", "canola"),
        ("what's the latest news about the Wexcombe terminal today?", "the Wexcombe terminal"),
        ("latest on canola", "canola"),
        ("Any news on lobsters?", "lobsters"),
        ("is there any recent news from Tern Harbour, please", "Tern Harbour"),
        ("news about Carney in Beijing", "Carney in Beijing"),
        ("What's new with Chinese electric cars?", "Chinese electric cars"),
        ("what's going on with the tariffs right now?", "the tariffs"),
        ("Tell me about the pea growers.", "the pea growers"),
        ("anything new on the ferry?", "the ferry"),
        ("What do the articles say about potash?", "potash"),
        ("Summarize the energy agreement", "the energy agreement"),
        ("What are the details of the deal?", "the deal"),
        ("What should I know about the ferry?", "the ferry"),
        ("What is known about the mill?", "the mill"),
        ("canola news", "canola"),
        ("Give me the canola news, please", "canola"),
        ("is there any canola news?", "canola"),
        ("latest pea grower updates", "pea grower"),
    ],
)
def test_topic_of_a_question_for_the_news(question: str, topic: str) -> None:
    assert find_topic(question) == topic


@pytest.mark.parametrize(
    "question",
    [
        "What was agreed on canola?",
        "What is the latest?",
        "any news?",
        "What is the latest on it?",
        "Who reads the news on Fridays?",
        "Which paper had the news?",
        "When was the latest deal on canola signed?",
        "Fox News",
        "Explain why canola prices fell",
        "Tell me about how Xi reacted",
        "",
    ],
)
def test_question_for_something_else_has_no_topic(question: str) -> None:
    assert find_topic(question) is None


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Any news on lobsters?", "lobsters"),
        ("Was anything agreed on lobsters?", "what was agreed on lobsters?"),
        ("has anything been decided about the ferry?", "what was decided about the ferry?"),
        ("Who agreed to anything?", "Who agreed to anything?"),
        ("", ""),
    ],
)
def test_what_is_looked_up(question: str, text: str) -> None:
    assert look_up(question) == text


@pytest.mark.parametrize("question", ["tell me more", "Any updates?", "who else?", "What else did the mayor say?"])
def test_more_is_asked_for_than_was_told(question: str) -> None:
    assert asks_for_others(question)


@pytest.mark.parametrize("question", ["what was agreed on canola?", "who is the mayor?", "Else Holm", "why?"])
def test_nothing_more_is_asked_for(question: str) -> None:
    assert not asks_for_others(question)


@pytest.mark.parametrize("query", ["canola", "the pea growers", "Carney in Beijing", "lobster prices"])
def test_few_words_that_ask_nothing_are_a_topic(query: str) -> None:
    assert is_topic(query)


@pytest.mark.parametrize("query", ["why?", "who agreed", "49,000 cars", "is canola cheap", "canola deal of last March"])
def test_what_asks_something_is_no_topic(query: str) -> None:
    assert not is_topic(query)


@pytest.mark.parametrize(
    ("question", "more"),
    [
        ("Any updates?", True), ("what's new?", True), ("What is the latest on it?", True), ("tell me more", True),
        ("Could you give me more details, please?", True), ("more details please", True), ("latest news now", True),
        ("anything else?", True), ("What else do we know?", True), ("go on", True), ("tell me more about her", True),
        ("What's new with Chinese electric cars?", False), ("any news on lobsters?", False), ("news", True),
        ("What else did Ford say?", False), ("Which news?", False), ("more tariffs", False), ("", False),
    ],
)
def test_more_is_asked_for_of_what_was_spoken_of(question: str, more: bool) -> None:
    assert asks_for_more(question) is more
