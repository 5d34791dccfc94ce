"""The command `footnote`: the commands of the service, to which the evaluation harness adds its own."""

from service.cli import app

__all__ = ["app"]
