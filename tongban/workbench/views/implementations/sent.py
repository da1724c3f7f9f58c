"""Tables as files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.http import HttpResponse

from tongban.catalogue.rules import table_out


def table(kind: str, name: str, head: Sequence[object], rows: Iterable[Sequence[object]]) -> HttpResponse:
    """Return a table as CSV or XLSX to be saved; nothing in it is ever taken for a formula."""
    heads = [str(each) for each in head]
    if kind == "csv":
        return saved(table_out.as_csv(heads, rows), table_out.CSV, f"{name}.csv")
    return saved(table_out.as_xlsx(name, heads, rows), table_out.XLSX, f"{name}.xlsx")


def saved(content: bytes, media: str, name: str) -> HttpResponse:
    """Return a file that browsers save under this name."""
    return HttpResponse(
        content, content_type=media, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
