"""Kinds of documents, what each says, and how numbers, days and typed text are printed."""

from tongban.papers.rules.checking import check_code, content_hash, read_number, read_short_name, short_name
from tongban.papers.rules.contents import (
    CONTENTS,
    Acceptance,
    CustodySlip,
    DeemedAcceptance,
    DeliveryNote,
    Extension,
    Grant,
    NotAccepted,
    NotNeeded,
    Obstacle,
    Pause,
    Receipt,
    Reject,
    Resume,
    Supplement,
    Withdrawal,
)
from tongban.papers.rules.kinds import FOLDER, INSIDE, Edition, Form, Kind, NoTemplate, Registry, registry
from tongban.papers.rules.phrases import phrase
from tongban.papers.rules.records import Content, Delivered, Material, Remedy
from tongban.papers.rules.signs import TEMPLATE as SIGN_TEMPLATE
from tongban.papers.rules.signs import Place, Sign, legible, sign_kinds
from tongban.papers.rules.words import amount_text, day_text, neat, number_text, plain

__all__ = [
    "CONTENTS",
    "FOLDER",
    "INSIDE",
    "SIGN_TEMPLATE",
    "Acceptance",
    "Content",
    "CustodySlip",
    "DeemedAcceptance",
    "Delivered",
    "DeliveryNote",
    "Edition",
    "Extension",
    "Form",
    "Grant",
    "Kind",
    "Material",
    "NoTemplate",
    "NotAccepted",
    "NotNeeded",
    "Obstacle",
    "Pause",
    "Place",
    "Receipt",
    "Registry",
    "Reject",
    "Remedy",
    "Resume",
    "Sign",
    "Supplement",
    "Withdrawal",
    "amount_text",
    "check_code",
    "content_hash",
    "day_text",
    "legible",
    "neat",
    "number_text",
    "phrase",
    "plain",
    "read_number",
    "read_short_name",
    "registry",
    "short_name",
    "sign_kinds",
]
