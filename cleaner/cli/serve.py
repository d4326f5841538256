"""`cleaner serve`: clean for other programs, and for people in a browser."""

from __future__ import annotations

import os

from cleaner.batch.options import cores
from cleaner.cli.codes import DONE, INPUT, USAGE
from cleaner.cli.commands import parse
from cleaner.cli.options import settled, unreadable_rules
from cleaner.cli.serving import ServiceOptions, serve_parser
from cleaner.cli.stop import Stop
from cleaner.cli.streams import note, read_bytes
from cleaner.errors import shown
from cleaner.formats.extras import way

TOKEN = "CLEANER_TOKEN"


def run(args: list[str]) -> int:
    """`cleaner serve`."""
    asked = settled(parse(serve_parser(), args, ServiceOptions()))
    try:
        from cleaner.service.app import Limits, with_folder
        from cleaner.service.guard import LEAST_TOKEN
        from cleaner.service.server import address, is_loopback, listen, serve
    except ImportError as error:
        raise Stop(USAGE, f"a service needs the package {error.name}: {way('serve')}") from None
    folder = _rule_folder(asked)
    options = with_folder(asked.options(), folder) if folder and os.path.isdir(folder) else asked.options()
    token = _token(asked)
    if token is not None and len(token) < LEAST_TOKEN:
        raise Stop(USAGE, f"the token is too short; it needs {LEAST_TOKEN} characters, as {_MAKE} makes them")
    if token is None and not is_loopback(asked.host):
        raise Stop(USAGE, f"--host {asked.host} lets others in: put a token into {TOKEN}, as {_MAKE} makes one")
    try:
        sock = listen(asked.host, asked.port)
    except OSError as error:
        why = error.strerror or error
        raise Stop(USAGE, f"cannot listen at {shown(asked.host)}:{asked.port}: {why}; try another --port") from None
    limits = Limits(options.max_bytes, asked.queue, asked.jobs or cores())
    with sock:
        try:
            serve(
                sock,
                options,
                limits,
                memory=int(asked.max_memory * 1_000_000),
                token=token,
                folder=folder,
                ready=lambda: note(f"cleaner: serving at {address(sock)} (Ctrl-C ends it)"),
            )
        except OSError as error:
            raise unreadable_rules(error) from None
    note("cleaner: stopped")
    return DONE


def _rule_folder(asked: ServiceOptions) -> str | None:
    """Where rules from the page go: the first folder of rules that the settings have, or the user's."""
    from cleaner.settings.find import RULES, places, user_folder

    if asked.save_rules is not None:
        return os.path.abspath(asked.save_rules)
    beside = next((place for place in places("", asked.config) if place.endswith(RULES)), None)
    users = user_folder()
    return beside or (users and os.path.join(users, "rules"))


_MAKE = "python3 -c 'import secrets; print(secrets.token_urlsafe())'"


def _token(asked: ServiceOptions) -> str | None:
    """The token that was given; an empty one is none."""
    if asked.token_file is None:
        return os.environ.get(TOKEN, "").strip() or None
    try:
        return read_bytes(asked.token_file).decode().strip() or None
    except UnicodeDecodeError:
        raise Stop(INPUT, f"{shown(asked.token_file)}: no token: it is no text") from None
