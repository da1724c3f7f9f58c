"""Who may sign in, and where they work: for operators, until a page does it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer
from django.utils import timezone

from tongban.console import environment, say

app = typer.Typer(no_args_is_help=True, help="Accounts of staff and their posts.")

Username = Annotated[str, typer.Argument(help="The name to sign in with.")]
Password = Annotated[
    str, typer.Option(prompt=True, confirmation_prompt=True, hide_input=True, help="Asked for if left out.")
]


@app.command(
    "add",
    epilog="Example: `tongban staff add li.window --name Example --body 360111-service-centre"
    " --role receive --window 360111-hall-08`",
)
def add(
    username: Username,
    *,
    name: Annotated[str, typer.Option(help="As it stands on documents.")],
    body: Annotated[str, typer.Option(help="The code of the body, such as 360702-police.")],
    role: Annotated[
        list[str],
        typer.Option(
            help="receive, handle, review, approve, supervise, edit-items, approve-items; several times."
        ),
    ],
    password: Password,
    window: Annotated[str, typer.Option(help="The code of the window, for who receives.")] = "",
    title: Annotated[str, typer.Option(help="What the post is called.")] = "",
) -> None:
    """Create an account with a post, from today on; all of it or nothing."""
    with environment.ready():
        _hire(username, name=name, body=body, roles=role, password=password, window=window, title=title)
        say.line(f"{username} works for {body} from today on")


def _hire(
    username: str, *, name: str, body: str, roles: Sequence[str], password: str, window: str, title: str
) -> None:
    from django.db import transaction

    from tongban.lib.actors import System
    from tongban.people import actions as people
    from tongban.places import actions as places

    now = timezone.now()
    with transaction.atomic():
        account = people.create_account(username, name, password)
        places.appoint(
            account.id,
            body,
            roles,
            timezone.localdate(now),
            by=System("operator"),
            at=now,
            window=window or None,
            title=title,
        )


@app.command("password", epilog="Example: `tongban staff password li.window`")
def password(username: Username, password: Password) -> None:
    """Give an account another password, and end its sessions."""
    with environment.ready():
        from tongban.people import actions, queries

        actions.change_password(queries.by_username(username).id, password)
        say.line(f"{username} has a new password; open sessions have ended")


@app.command("close", epilog="Example: `tongban staff close li.window`")
def close(username: Username) -> None:
    """Let nobody sign in with an account any more; what was done under it stays."""
    with environment.ready():
        from tongban.people import actions, queries

        actions.close_account(queries.by_username(username).id)
        say.line(f"{username} is closed")
