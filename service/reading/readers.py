"""The setting FOOTNOTE_READER in, the reader that it names out."""

from collections.abc import Callable
from pathlib import Path

from ingest.embedding import Encoder
from ingest.errors import ModelError
from ingest.exporting import MODEL
from ingest.lexical import LexicalIndex
from service.reading.reader import Reader
from service.reading.span_model import SpanModel
from service.reading.trained_reader import TrainedReader
from service.reading.untrained_reader import UntrainedReader

BUILT_IN, UNTRAINED = "built-in", "untrained"
MODEL_FOLDER = Path(__file__).with_name("model")

OpenModel = Callable[[Path], SpanModel]
OpenReader = Callable[[Encoder, LexicalIndex], Reader]


def choose_reader(name: str, *, open_model: OpenModel) -> OpenReader:
    """What opens the named reader over an index. A model is loaded once, here, for all the readers that use it.

    A name is `built-in`, `untrained`, the folder of a reader that `service.reading.training` wrote, or the folder or
    hub name of a sentence-transformers CrossEncoder. ModelError where it is none of these.
    """
    if name == UNTRAINED:
        return UntrainedReader
    folder = MODEL_FOLDER if name == BUILT_IN else Path(name)
    if (folder / MODEL).is_file():
        model = open_model(folder)
        return lambda encoder, lexical: TrainedReader(folder, model, lexical=lexical)
    if name == BUILT_IN:
        raise ModelError(f"The built-in reader is missing from {folder}; install Footnote again.")
    from service.reading.cross_encoder_reader import CrossEncoderReader, load_cross_encoder

    scorer = load_cross_encoder(name)
    return lambda encoder, lexical: CrossEncoderReader(name, scorer, lexical=lexical)
