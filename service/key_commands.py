"""Command lines of `footnote keys` in: who may use a service, and from which pages."""

from typing import Annotated

import typer

from service import terminal
from service.keys import KeyRing
from service.options import DataOption, JsonOption, choose_folder, print_json, print_line

keys_app = typer.Typer(no_args_is_help=True, help="Who may use the service.")


@keys_app.command("create")
def create_key(
    name: Annotated[str, typer.Argument(help="Whom or what it is for.")],
    scope: Annotated[list[str] | None, typer.Option(help="ask, ingest or admin (all); may be repeated.")] = None,
    origin: Annotated[
        list[str] | None,
        typer.Option(help="Make a public key, for the chat widget on pages of https://news.example; may be repeated."),
    ] = None,
    rate: Annotated[
        str | None, typer.Option(help="Requests with this key, of each reader where it is public, as 30/minute.")
    ] = None,
    data: DataOption = None,
) -> None:
    """Make a key and print it; a secret one is printed once: only its hash is kept."""
    made = KeyRing(choose_folder(data)).create(name, scope or ["ask"], origins=origin or (), rate=rate)
    print_line(made.secret)
    key = made.key
    line = f"This is the key {key.id} ({', '.join(key.scopes)}). Keep it: it is not shown again."
    if key.public:
        line = f"This is the public key {key.id}, for pages of {' and '.join(key.origins)}: it may stand in them."
    terminal.say(terminal.make_console(stderr=True), line)


@keys_app.command("list")
def list_keys(data: DataOption = None, as_json: JsonOption = False) -> None:
    """Every key: a public one as it stands in pages, the others without their secrets."""
    keys = KeyRing(choose_folder(data)).list()
    if as_json:
        print_json([key.model_dump(mode="json", exclude={"sha256"}) for key in keys])
    else:
        terminal.show_keys(terminal.make_console(), keys)


@keys_app.command("revoke")
def revoke_key(key_id: Annotated[str, typer.Argument(metavar="ID")], data: DataOption = None) -> None:
    """Make a key worthless, at once."""
    gone = KeyRing(choose_folder(data)).revoke(key_id)
    terminal.say(terminal.make_console(), f"The key {gone.id} ({gone.name}) is worth nothing any more.")
