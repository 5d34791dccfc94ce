"""Settings in, every limit of what may be asked and sent out: one place, which `/v1/config` shows."""

from pydantic import BaseModel, ConfigDict

from ingest.settings import Settings

QUESTION_CHARACTERS = 2_000
CONVERSATION_TURNS = 20
CONVERSATION_CHARACTERS = 16_000
SENTENCES = 10
PUBLISHERS = 50
SEARCH_RESULTS = 50
LISTED_ARTICLES = 200
POSTED_ARTICLES = 50
CHECK_CHARACTERS = 50_000
CHECK_SENTENCES = 200
REASON_CHARACTERS = 1_000
WIDGET_RATE = "30/minute"  # of one reader, where a public key names no other


class Limits(BaseModel):
    """Sizes in bytes, lengths in Unicode code points; `rate` is requests a client may make."""

    model_config = ConfigDict(frozen=True)

    body_bytes: int
    upload_bytes: int
    article_bytes: int
    question_characters: int = QUESTION_CHARACTERS
    conversation_turns: int = CONVERSATION_TURNS
    conversation_characters: int = CONVERSATION_CHARACTERS
    sentences: int = SENTENCES
    publishers: int = PUBLISHERS
    search_results: int = SEARCH_RESULTS
    listed_articles: int = LISTED_ARTICLES
    posted_articles: int = POSTED_ARTICLES
    check_characters: int = CHECK_CHARACTERS
    check_sentences: int = CHECK_SENTENCES
    reason_characters: int = REASON_CHARACTERS
    rate: str
    waiting: int

    @classmethod
    def of(cls, settings: Settings) -> "Limits":
        """The limits that the settings leave or set."""
        return cls(
            body_bytes=settings.max_body_bytes, upload_bytes=settings.max_upload_bytes,
            article_bytes=settings.max_article_bytes, rate=settings.rate, waiting=settings.waiting,
        )
