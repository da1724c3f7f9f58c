"""Commands that lay the public side down as files: guides and signs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tongban.console import environment, say

Out = Annotated[Path, typer.Option(help="The folder into which the files go.")]
Url = Annotated[str, typer.Option(envvar="PUBLIC_URL", help="Where the public finds this installation.")]
Items = Annotated[list[str] | None, typer.Option(help="Only this item; may be given again.")]
Region = Annotated[str, typer.Option(help="Only this region and what belongs to it.")]
Cut = Annotated[bool, typer.Option("--cut", help="With bleed, and marks where to cut.")]


def guides(out: Out, url: Url = "http://localhost:8000/", item: Items = None) -> None:
    """Render the guides of all items as PDF: every form, both languages, normal and large type.

    What hasn't changed since the last time stays as it is.
    """
    with environment.ready():
        from django.utils import timezone

        from tongban.console import prints

        jobs = prints.guides(timezone.localdate(), url.rstrip("/") + "/", item or [])
        done = prints.render(jobs, out, "Rendering guides")
    say.line(f"guides: made {done.made}, unchanged {done.kept}, in {out}")


def signs(out: Out, url: Url = "http://localhost:8000/", region: Region = "", cut: Cut = False) -> None:
    """Render the signs of all halls as PDF and SVG, in their true size."""
    with environment.ready():
        from django.utils import timezone

        from tongban.console import prints

        jobs = prints.signs(timezone.localdate(), url.rstrip("/") + "/", region, cut=cut)
        done = prints.render(jobs, out, "Rendering signs")
    say.line(f"signs: made {done.made}, unchanged {done.kept}, in {out}")
