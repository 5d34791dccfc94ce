"""What can go wrong in a service beside what goes wrong with articles and indexes: the rest of the one error tree."""

from ingest.errors import FootnoteError


class Overloaded(FootnoteError):
    """More is waiting than may wait; ask again later."""


class UnknownIngestion(FootnoteError):
    """No ingestion has this id."""


class UnknownKey(FootnoteError):
    """No key has this id."""


class BrokenKeys(FootnoteError):
    """The file of the keys cannot be read: nobody is let in by it."""


class BrokenFeedback(FootnoteError):
    """The file of the votes cannot be read."""


class ServiceRefused(FootnoteError):
    """A running service did not do what a command asked of it; the message is the service's own."""


class ServiceUnreachable(FootnoteError):
    """Nothing answers at the address that a service announced."""
