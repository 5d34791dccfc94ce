"""The command `footnote`: the commands of the service, to which the evaluation harness adds its own."""

from eval.commands import eval_app
from service.cli import app

app.add_typer(eval_app, name="eval")

__all__ = ["app"]
