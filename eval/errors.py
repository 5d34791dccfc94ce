"""What can go wrong in an evaluation: errors of the one tree, whose message names the value and the remedy."""

from ingest.errors import FootnoteError


class BadQuestions(FootnoteError):
    """A file of gold questions cannot be used."""


class RunMismatch(FootnoteError):
    """Two runs, or a run and its continuation, are not over the same questions, articles or settings."""


class BrokenRun(FootnoteError):
    """A run folder is not there, is not complete, or holds what cannot be read."""


class TooManyErrors(FootnoteError):
    """More questions failed than the run allows, so nothing can be judged."""


class MissingArticles(FootnoteError):
    """Gold articles are not in the index, so every question about them would count as a miss."""


class ServiceFailure(FootnoteError):
    """The service that is asked cannot be reached or did not answer as the contract says."""


class BadGate(FootnoteError):
    """A gate file or a baseline cannot be used."""
