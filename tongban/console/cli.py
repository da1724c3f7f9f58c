"""The `tongban` command. Exit code 0: done; 1: refused or failed, in one line; 2: called wrongly."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from tongban.console import environment, lists, publishing, say, search, staff
from tongban.console.bench.command import bench
from tongban.console.bench.editor import bench_editor
from tongban.console.bench.lists import bench_lists
from tongban.console.bench.pages import bench_pages

app = typer.Typer(
    name="tongban",
    help="Tongban for its operators. Settings come from the environment: DATABASE_URL, DATA_DIR, PORT, …",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
)
load_app = typer.Typer(no_args_is_help=True, help="Load what comes with Tongban; again changes nothing.")
import_app = typer.Typer(no_args_is_help=True, help="Bring in an official file.")
export_app = typer.Typer(no_args_is_help=True, help="Pack what another installation takes in.")
app.add_typer(load_app, name="load")
app.add_typer(export_app, name="export")
app.add_typer(import_app, name="import")
app.add_typer(staff.app, name="staff")
app.add_typer(search.app, name="search")
app.command(epilog="Example: `tongban bench --sizes 10000,100000,1000000 --json bench.json`")(bench)
import_app.command(
    "implementations",
    epilog="Example: `tongban import implementations list.xlsx --source county-a --dry-run`",
)(lists.import_list)
import_app.command("items", epilog="Example: `tongban import items tongban-items.json --dry-run`")(
    lists.import_items
)
export_app.command("items", epilog="Example: `tongban export items JX-P-0001 --out id-card.json`")(
    lists.export_items
)
app.command("guides", epilog="Example: `tongban guides --out guides --url https://tongban.example/`")(
    publishing.guides
)
app.command("signs", epilog="Example: `tongban signs --out signs --region 360700 --cut`")(publishing.signs)
app.command("bench-lists", epilog="Example: `tongban bench-lists --rows 50000`")(bench_lists)
app.command(epilog="Example: `tongban bench-pages --clients 4 --json pages.json`")(bench_pages)
app.command(epilog="Example: `tongban bench-editor --fields 300`")(bench_editor)

Host = Annotated[str, typer.Option(envvar="HOST", help="The address to listen on; 0.0.0.0 is all of them.")]
Port = Annotated[int, typer.Option(envvar="PORT", min=1, max=65535, help="The port to listen on.")]
Workers = Annotated[int, typer.Option(min=0, help="Web processes; 0 is one per core.")]
Demo = Annotated[bool, typer.Option("--demo", envvar="DEMO", help="Load the demonstration first.")]


@app.command(epilog="Example: `PORT=8100 DATA_DIR=/srv/tongban tongban serve --demo`")
def serve(host: Host = "127.0.0.1", port: Port = 8000, workers: Workers = 0, demo: Demo = False) -> None:
    """Run everything: database (unless DATABASE_URL is given), migrations, web and background work."""
    from tongban.console import serve as serving
    from tongban.console import web

    os.environ["PORT"] = str(port)  # the background work names it, too
    if demo:
        os.environ["DEMO"] = "1"
    serving.serve(host, port, workers or web.default_workers(), demo)


@app.command(epilog="Example: `DATABASE_URL=postgresql://db/tongban tongban web --host 0.0.0.0 --workers 4`")
def web(host: Host = "127.0.0.1", port: Port = 8000, workers: Workers = 0) -> None:
    """Run the web process alone; migrate and prepare beforehand."""
    from tongban.console import web as serving

    with environment.database():
        serving.serve(host, port, workers or serving.default_workers())


@app.command(epilog="Example: `DATABASE_URL=postgresql://db/tongban tongban work`")
def work() -> None:
    """Run the background work alone: sealing, following the trail, sweeping the clocks."""
    with environment.database():
        environment.set_up()
        from tongban.console import work as working
        from tongban.console.serve import stop_on_signals

        working.run(stop_on_signals())


@app.command()
def migrate() -> None:
    """Bring the database's tables up to date."""
    with environment.ready(), say.step("Bringing the database up to date"):
        from django.core.management import call_command

        call_command("migrate", interactive=False, verbosity=0)


@app.command()
def prepare() -> None:
    """Compile the messages and collect the static files: after every change of the code, before `web`."""
    environment.set_up("console")
    from tongban.console import prepare as preparing

    say.line(f"{preparing.messages()} message catalogues compiled")
    say.line("static files collected" if preparing.static() else "static files are up to date")


@load_app.command("demo")
def load_demo() -> None:
    """Load the demonstration: made-up people, posts and cases, filed through the real actions."""
    with environment.ready():
        from tongban.console import load

        with say.step("Loading the demonstration"):
            load.demo(say.note)
        for row in load.cast_table():
            say.line(f"  {row}")


@load_app.command("places")
def load_places(folder: Path = Path("data/places")) -> None:
    """Load regions, bodies, halls and windows from a folder's tables."""
    with environment.ready():
        from tongban.console import load

        load.places(_there(folder), say.line)


@load_app.command("items")
def load_items(folder: Path = Path("data/items")) -> None:
    """Load the catalogue and the implementations of its items from a folder."""
    with environment.ready():
        from tongban.console import load

        load.items(_there(folder), say.line)


@load_app.command("lists")
def load_lists(folder: Path = Path("data/lists")) -> None:
    """Load lists, batches, entries, scopes and the register of documents; what stands already is left as it is."""
    with environment.ready():
        from tongban.console import load

        load.lists(_there(folder), say.line)


@load_app.command("responsible")
def load_responsible(path: Path = Path("data/places/responsible.csv")) -> None:
    """Load who answers for which body; those that come with Tongban are made up, and marked."""
    with environment.ready():
        from tongban.console import load

        load.responsible(_there(path), say.line)


@load_app.command("templates")
def load_templates() -> None:
    """Load the templates of the documents; those in use keep their versions."""
    with environment.ready():
        from tongban.console import load

        load.templates(say.line)


@load_app.command("calendar")
def load_calendar(path: Path = Path("data/calendar/cn.csv")) -> None:
    """Load the working days that come with Tongban."""
    with environment.ready():
        from tongban.console import load

        load.calendar(_there(path), say.line)


@import_app.command("calendar", epilog="Example: `tongban import calendar 2027.csv --dry-run`")
def import_calendar(
    file: Path,
    forecast: Annotated[bool, typer.Option("--forecast", help="The year isn't settled yet.")] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Tell what would change, change nothing.")
    ] = False,
) -> None:
    """Bring in the working days of a year, once its notice is out; open deadlines are computed anew.

    FILE is a table of day, kind (off or work), name_zh, name_en and, if given, source and year.
    """
    with environment.ready():
        from tongban.console import load

        load.calendar(_there(file), say.line, final=not forecast, dry_run=dry_run)


@app.command(epilog="Example: `tongban check list.csv --validator gb39554`")
def check(
    file: Annotated[Path | None, typer.Argument(help="A local list, to be held against the base.")] = None,
    *,
    source: lists.Source = "check",
    validator: lists.Validator = "exchange",
    sheet: lists.Sheet = "",
    head: lists.Head = 0,
    columns: lists.Column = None,
) -> None:
    """Look for mistakes in the configuration, as for a deployment; with FILE, in a local list. Exits 1 on errors."""
    if file is not None:
        with environment.ready():
            if not lists.check_list(lists.Asked(_there(file), source, validator, sheet, head, columns)):
                raise typer.Exit(1)
        return
    environment.set_up("console")
    from django.core.management import call_command

    call_command("check", deploy=True)


@app.command()
def doctor() -> None:
    """Say what is fine and what is wrong: database, disk, clock, calendar, trail, mails. Exits 1 if something is."""
    with environment.ready():
        from tongban.console import doctor as doctoring

        findings = list(doctoring.examine())
    for finding in findings:
        say.line(f"{'WRONG' if finding.wrong else '   ok'}  {finding.about}: {finding.says}")
    if any(finding.wrong for finding in findings):
        raise typer.Exit(1)


def _there(path: Path) -> Path:
    """Return a path that exists, looked for where we are and where Tongban is."""
    for candidate in (path, environment.ROOT / path):
        if candidate.exists():
            return candidate
    raise typer.BadParameter(f"{path} doesn't exist")


def main() -> None:
    """Run the command of the command line; what was to be expected ends in one line, not in a traceback."""
    try:
        app(prog_name="tongban")
    except Exception as error:
        text = _expected(error)
        if text is None:
            raise
        say.failure(text)
        sys.exit(1)


def _expected(error: Exception) -> str | None:
    """Return the line for an operator if this can happen without a mistake of ours."""
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management.base import CommandError
    from django.db import OperationalError, ProgrammingError

    from tongban.catalogue.rules import Broken
    from tongban.console.load import NotThere, worded
    from tongban.console.postgres.home import Failed
    from tongban.console.prepare import Unreadable
    from tongban.console.serve import Stopped
    from tongban.lib.refusals import Missing, Refused

    if isinstance(error, Refused):
        return worded(error)
    if isinstance(error, Missing):
        return "there is no such account, body, window, item or region"
    if isinstance(error, ProgrammingError) and "does not exist" in str(error):
        return "the database isn't up to date; run `tongban migrate` first"
    if isinstance(error, OperationalError):
        return f"the database can't be reached or refused: {str(error).splitlines()[0]}"
    known = (Broken, Failed, ImproperlyConfigured, CommandError, NotThere, Unreadable, Stopped)
    return str(error) if isinstance(error, known) else None
