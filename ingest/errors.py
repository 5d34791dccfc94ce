"""The one tree of errors: every error of ours is a FootnoteError whose message names the value and the remedy."""


class FootnoteError(Exception):
    """Something went wrong that a person can mend; `str(error)` is one sentence that says how."""


class UnreadableArticle(FootnoteError):
    """One article could not be read; the others go in."""


class UsageError(FootnoteError, ValueError):
    """The caller asked for something that cannot be asked."""


class EmptyCatalog(FootnoteError):
    """The data folder holds no articles; ingest some."""


class DuplicateArticle(FootnoteError):
    """Two sources claim one article id."""


class UnknownArticle(FootnoteError):
    """No article has this id."""


class Locked(FootnoteError):
    """Another process writes to this data folder."""


class ModelError(FootnoteError):
    """A model is missing, damaged or not the one that was expected."""


class IndexMismatch(FootnoteError):
    """The index was built with another embedding model; rebuild it or change FOOTNOTE_EMBEDDING_MODEL."""


class BrokenIndex(FootnoteError):
    """A projection of the catalog cannot be opened or disagrees with it; it can be rebuilt."""


class BrokenCatalog(FootnoteError):
    """The catalog itself is damaged or from another version of Footnote."""
