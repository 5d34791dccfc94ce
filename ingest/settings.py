"""The environment in, one frozen Settings out: every knob of Footnote, its default and its variable."""

import os
import re
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from ingest.errors import UsageError

DEFAULT_EMBEDDING_MODEL = "sentence-transformers/all-MiniLM-L6-v2"


def _split(value: object) -> object:
    return tuple(name.strip() for name in value.split(",") if name.strip()) if isinstance(value, str) else value


def _check_origins(origins: tuple[str, ...]) -> tuple[str, ...]:
    for origin in origins:
        if not _ORIGIN.fullmatch(origin):
            raise ValueError(f"{origin!r} is no origin; name each as https://news.example")
    return origins


_ORIGIN = re.compile(r"https?://[^/\s*?#@]+")
Names = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_split)]  # a,b,c


def _split_questions(value: object) -> object:
    """Commas are part of questions."""
    return tuple(one.strip() for one in value.split("|") if one.strip()) if isinstance(value, str) else value


Question = Annotated[str, Field(min_length=1, max_length=200)]
Questions = Annotated[
    tuple[Question, ...], NoDecode, BeforeValidator(_split_questions), Field(max_length=8)
]  # What was agreed?|Who was there?


def default_cache() -> Path:
    """Where exported models are kept: the user's cache folder, shared by all data folders."""
    return Path.home() / ".cache" / "footnote"


class Settings(BaseSettings):
    """What can be configured; each field reads FOOTNOTE_<NAME>. Made once at the process edge and passed on."""

    model_config = SettingsConfigDict(env_prefix="FOOTNOTE_", frozen=True, extra="ignore")

    data: Path = Path("footnote-data")
    cache: Path = Field(default_factory=default_cache)
    embedding_model: str = DEFAULT_EMBEDDING_MODEL
    reader: str = "built-in"
    threads: int = Field(default=0, ge=0, le=256, description="threads that encode; 0 = one for each core, at most 4")
    max_article_bytes: int = Field(default=10_000_000, ge=1_000)
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65_535)
    allowed_hosts: Names = ()
    cors_origins: Annotated[Names, AfterValidator(_check_origins)] = ()
    proxies: Names = Field(default=(), description="addresses of proxies that say who asks (X-Forwarded-For)")
    rate: str = Field(default="3000/minute", pattern=r"^[1-9]\d{0,8}/(second|minute|hour|day)$")
    answer_threads: int = Field(default=0, ge=0, le=64)
    waiting: int = Field(default=64, ge=0, le=10_000, description="questions that may wait for a thread")
    max_body_bytes: int = Field(default=1_000_000, ge=1_000)
    max_upload_bytes: int = Field(default=20_000_000, ge=1_000)
    log_questions: bool = False
    suggested_questions: Questions = ()
    feedback_days: int = Field(default=90, ge=0, le=36_500, description="that votes on answers are kept; 0 takes none")
    feedback_questions: bool = False
    api_key: SecretStr | None = Field(default=None, description="what `footnote eval run --url` shows the service")
    llm_base_url: str | None = Field(default=None, pattern=r"^https?://[^\s/@]+(/\S*)?$")
    llm_model: str | None = None
    llm_api_key: SecretStr | None = None
    llm_timeout: float = Field(default=20.0, gt=0, le=3_600, description="seconds for a whole answer")
    llm_concurrency: int = Field(default=4, ge=1, le=64, description="calls that may be under way")
    llm_evidence_characters: int = Field(default=4_000, ge=200, le=200_000)
    llm_output_tokens: int = Field(default=400, ge=16, le=8_000)
    entailment_model: str | None = Field(default=None, description="a CrossEncoder that may reject written sentences")

    @property
    def encoder_threads(self) -> int:
        """How many threads encode."""
        return self.threads or min(os.cpu_count() or 1, 4)

    @property
    def answerers(self) -> int:
        """How many questions a service answers at a time."""
        return self.answer_threads or min(os.cpu_count() or 1, 4)


def load_settings() -> Settings:
    """The settings of this process's environment; UsageError names the variable that cannot be used."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = f"FOOTNOTE_{'_'.join(str(part) for part in first['loc']).upper()}"
        raise UsageError(f"{name} is {str(first['input'])[:40]!r}, which cannot be used: {first['msg']}.") from error
