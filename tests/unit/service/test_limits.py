"""Limits: one place, which says what the settings leave or set."""

import pytest
from pydantic import ValidationError

from ingest.settings import Settings
from service.limits import Limits


def _settings(**given: object) -> Settings:
    return Settings.model_validate(given)


def test_limits_are_those_of_the_settings() -> None:
    limits = Limits.of(
        _settings(max_body_bytes=2_000, max_upload_bytes=3_000, max_article_bytes=1_500, rate="7/hour", waiting=2)
    )
    assert (limits.body_bytes, limits.upload_bytes, limits.article_bytes) == (2_000, 3_000, 1_500)
    assert (limits.rate, limits.waiting) == ("7/hour", 2)


def test_what_cannot_be_set_is_shown_too() -> None:
    limits = Limits.of(_settings())
    assert (limits.question_characters, limits.conversation_turns, limits.conversation_characters) == (2000, 20, 16000)
    assert (limits.sentences, limits.publishers, limits.search_results) == (10, 50, 50)
    assert (limits.listed_articles, limits.posted_articles) == (200, 50)


@pytest.mark.parametrize("rate", ["1/second", "3000/minute", "5/hour", "999999999/day"])
def test_rate_is_a_number_of_requests_in_a_time(rate: str) -> None:
    assert Limits.of(_settings(rate=rate)).rate == rate


@pytest.mark.parametrize("rate", ["", "0/minute", "-1/minute", "10", "10/week", "10 per minute", "1/minute;9/hour"])
def test_rate_that_cannot_be_understood_is_refused(rate: str) -> None:
    with pytest.raises(ValidationError):
        _settings(rate=rate)
