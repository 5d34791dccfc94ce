"""Settings in, ready parts out: the one place that chooses which implementation serves each seam."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import cache, partial
from importlib.util import find_spec
from pathlib import Path

from ingest.catalog import Catalog
from ingest.embedding import Encoder, OnnxEncoder
from ingest.errors import UsageError
from ingest.exporting import MAX_TOKENS, encoder_id, ensure_export, exported_folder
from ingest.lexical import LexicalIndex
from ingest.projections import index_folder, lexical_folder
from ingest.settings import DEFAULT_EMBEDDING_MODEL, Settings
from ingest.vectors import VectorIndex
from service.answering import Answerer
from service.conversing.conversation import Rewriter, RuleRewriter
from service.conversing.model_rewriter import ModelRewriter
from service.events import Cancelled
from service.pool import AnswererPool
from service.reading.reader_card import read_card
from service.reading.readers import MODEL_FOLDER, OpenModel, OpenReader, choose_reader
from service.reading.span_model import SpanModel
from service.retrieval import Indexes
from service.verifying.entailment import Entailment
from service.verifying.judge import Judge
from service.verifying.strict_judge import StrictJudge
from service.verifying.trained_judge import TrainedJudge
from service.writing.generative import ProvingWriter, Writer
from service.writing.language_model import LanguageModel, Prompt

WRITTEN = 3.0  # log odds that a claim must reach at least where a language model wrote it, which makes things up


def open_encoder(settings: Settings) -> Encoder:
    """The configured embedding model; the default one is exported first where it never was (some 20 s, once)."""
    if settings.embedding_model == DEFAULT_EMBEDDING_MODEL:
        return OnnxEncoder(
            ensure_export(settings.cache), encoder_id=encoder_id("int8"), max_tokens=MAX_TOKENS,
            threads=settings.encoder_threads,
        )
    from ingest.sentence_transformer import SentenceTransformerEncoder

    return SentenceTransformerEncoder(settings.embedding_model)


def share_encoder(encoder: Encoder, settings: Settings) -> Encoder:
    """The encoder for what goes on in the background, so that questions need not wait for it where that can be."""
    return encoder.sharing(threads=settings.encoder_threads) if isinstance(encoder, OnnxEncoder) else encoder


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenParts:
    """The parts of an answer that the settings choose, loaded once for all who answer."""

    open_reader: OpenReader
    writer: Writer | None
    judge: Judge | None = None
    model_rewriter: Rewriter | None = None


def choose_parts(settings: Settings) -> ChosenParts:
    """Load what the settings name; ModelError or UsageError where that cannot be."""
    open_model = _open_models(settings)
    open_reader = choose_reader(settings.reader, open_model=open_model)
    judge = _make_judge(open_model)
    writer = make_writer(settings, judge=_make_judge(open_model, written=True))
    model_rewriter = ModelRewriter(LateModel(settings), rules=RuleRewriter()) if writer else None
    return ChosenParts(open_reader=open_reader, writer=writer, judge=judge, model_rewriter=model_rewriter)


def make_judge(settings: Settings, *, written: bool = False) -> Judge | None:
    """The built-in model as a judge of claims, loaded when it is first asked; None where it has not learned that.

    Of what was `written` by a language model it must be surer, and it excuses no denial.
    """
    return _make_judge(_open_models(settings), written=written)


def _make_judge(open_model: OpenModel, *, written: bool = False) -> Judge | None:
    bounds = read_card(MODEL_FOLDER).claims
    if bounds is None:
        return None
    if not written:
        return TrainedJudge(partial(open_model, MODEL_FOLDER), bounds)
    surer = replace(bounds, said=max(bounds.said, WRITTEN))
    return StrictJudge(TrainedJudge(partial(open_model, MODEL_FOLDER), surer))


def _open_models(settings: Settings) -> OpenModel:
    """What loads the model of a folder, once."""
    return cache(partial(SpanModel, threads=settings.encoder_threads))


def is_prepared(settings: Settings) -> bool:
    """Whether opening the encoder costs no export."""
    return settings.embedding_model != DEFAULT_EMBEDDING_MODEL or exported_folder(settings.cache).is_dir()


def make_writer(settings: Settings, *, judge: Judge | None = None) -> Writer | None:
    """What writes with the configured language model, None where none is configured. The judge helps to prove it.

    UsageError where half of it is configured, or its packages are missing.
    """
    url, model = settings.llm_base_url, settings.llm_model
    if url is None and model is None:
        return None
    if url is None or model is None:
        missing, there = ("BASE_URL", "MODEL") if url is None else ("MODEL", "BASE_URL")
        raise UsageError(f"FOOTNOTE_LLM_{there} is set and FOOTNOTE_LLM_{missing} is not; set both, or neither.")
    if any(find_spec(name) is None for name in ("llama_index.llms.openai_like", "stamina")):
        raise UsageError("A language model needs further packages; install them with: pip install 'footnote-news[llm]'")
    return ProvingWriter(
        LateModel(settings), evidence_characters=settings.llm_evidence_characters,
        judge=judge, entailment=_make_entailment(settings.entailment_model),
    )


class LateModel:
    """The configured language model; its packages take two seconds to load, and are loaded when it is first asked."""

    def __init__(self, settings: Settings) -> None:
        self.id = settings.llm_model or ""
        self._open = cache(lambda: _open_model(settings))

    def stream(self, prompt: Prompt, *, cancelled: Cancelled) -> Iterator[str]:
        return self._open().stream(prompt, cancelled=cancelled)


def _open_model(settings: Settings) -> LanguageModel:
    from service.writing.openai_like import Endpoint, OpenAILikeModel

    return OpenAILikeModel(
        Endpoint(
            base_url=settings.llm_base_url or "", model=settings.llm_model or "", api_key=settings.llm_api_key,
            seconds=settings.llm_timeout, output_tokens=settings.llm_output_tokens, at_once=settings.llm_concurrency,
        )
    )


def _make_entailment(model: str | None) -> Callable[[], Entailment] | None:
    """What opens the model, once; None where none is named."""
    if model is None:
        return None

    @cache
    def open_entailment() -> Entailment:
        from service.verifying.cross_encoder import CrossEncoderEntailment

        return CrossEncoderEntailment(model)

    return open_entailment


@contextmanager
def open_answerer(
    settings: Settings, folder: Path, *, warm: bool, parts: ChosenParts | None = None
) -> Iterator[Answerer]:
    """Everything that answers questions over a data folder. `warm`: for many questions rather than one.

    Other `parts` may take the place of those that the settings choose.

    EmptyCatalog where there are no articles; IndexMismatch where they were embedded with another model.
    """
    with Catalog(folder) as catalog:
        catalog.require_articles()
        encoder, chosen = open_encoder(settings), parts or choose_parts(settings)
        with _open_answerer(catalog, encoder, parts=chosen, warm=warm) as answerer:
            yield answerer


@contextmanager
def open_pool(folder: Path, encoder: Encoder, *, parts: ChosenParts, size: int) -> Iterator[AnswererPool]:
    """`size` warm Answerers over a data folder, which may be without articles; they share the parts."""
    with ExitStack() as stack:
        catalogs = [stack.enter_context(Catalog(folder)) for _ in range(size)]
        opened = (_open_answerer(one, encoder, parts=parts, warm=True) for one in catalogs)
        yield AnswererPool([stack.enter_context(one) for one in opened])


@contextmanager
def _open_answerer(catalog: Catalog, encoder: Encoder, *, parts: ChosenParts, warm: bool) -> Iterator[Answerer]:
    catalog.check_encoder(encoder.id)
    vectors = VectorIndex(index_folder(catalog.folder), catalog, warm=warm)
    try:
        lexical = LexicalIndex(lexical_folder(catalog.folder), catalog)
        yield Answerer(
            encoder=encoder, indexes=Indexes(catalog=catalog, vectors=vectors, lexical=lexical),
            reader=parts.open_reader(encoder, lexical), rewriter=RuleRewriter(), writer=parts.writer,
            model_rewriter=parts.model_rewriter, judge=parts.judge,
        )
    finally:
        vectors.close()
