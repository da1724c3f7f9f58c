"""What documents say, and how they are laid down."""

from tongban.papers.queries.documents import (
    Checked,
    Sheet,
    blocks,
    check,
    draw,
    html_context,
    paper,
    papers_for_applicant,
    papers_of,
    pdf,
    pictures,
)
from tongban.papers.queries.rendering import printed, qr_svg, sign, sign_data, sign_of

__all__ = [
    "Checked",
    "Sheet",
    "blocks",
    "check",
    "draw",
    "html_context",
    "paper",
    "papers_for_applicant",
    "papers_of",
    "pdf",
    "pictures",
    "printed",
    "qr_svg",
    "sign",
    "sign_data",
    "sign_of",
]
