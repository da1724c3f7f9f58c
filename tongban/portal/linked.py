"""What pages tell machines: an item as schema.org's GovernmentService, the open data as a catalogue of DCAT."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from tongban.catalogue.queries import Edition
from tongban.lib.texts import Text
from tongban.portal.public import speaking
from tongban.portal.tables import Dataset

Linked = dict[str, Any]
_AUDIENCE = {"person": "person", "company": "business"}


def said(text: Text) -> list[dict[str, str]]:
    """Return a text in the languages that it is said in."""
    known = (("zh-Hans", text.zh), ("en", text.en))
    return [{"@language": language, "@value": value} for language, value in known if value]


def service(edition: Edition, address: str, guides: Sequence[str]) -> Linked:
    """Return an item as a service of the government.

    :param address: where the item's page is
    :param guides: where its guides are
    """
    rule = edition.rule
    channels = [{"@type": "ServiceChannel", "serviceUrl": each} for each in guides]
    return {
        "@context": "https://schema.org",
        "@type": "GovernmentService",
        "@id": address,
        "url": address,
        "identifier": edition.item,
        "version": edition.number,
        "dateModified": edition.valid_from.isoformat(),
        "name": said(rule.name),
        "serviceType": rule.theme,
        "provider": {"@type": "GovernmentOrganization", "name": said(rule.department)},
        "audience": [{"@type": "Audience", "audienceType": _AUDIENCE[each]} for each in rule.subjects],
        "availableChannel": channels,
        "serviceOutput": {"@type": "Thing", "name": said(rule.result_name)},
        "offers": {"@type": "Offer", "price": rule.fee, "priceCurrency": "CNY"},
    }


def catalogue(
    tables: Sequence[Dataset],
    forms: Sequence[str],
    *,
    home: str,
    publisher: str,
    page: Callable[[str], str],
    file: Callable[[str, str], str],
    kinds: Mapping[str, str],
) -> Linked:
    """Return the description of the open data, in the terms of DCAT.

    :param publisher: the address of the installation, which stands for who runs it
    """
    return {
        "@context": {
            "dcat": "http://www.w3.org/ns/dcat#",
            "dct": "http://purl.org/dc/terms/",
            "foaf": "http://xmlns.com/foaf/0.1/",
            "xsd": "http://www.w3.org/2001/XMLSchema#",
        },
        "@type": "dcat:Catalog",
        "@id": home,
        "dct:title": _in_both(lambda: gettext("Open data of Tongban")),
        "dct:description": _in_both(
            lambda: gettext(
                "Items, halls and lists: what can be done away from home, where, and by which rule."
            )
        ),
        "dct:publisher": {
            "@id": publisher,
            "@type": "foaf:Agent",
            "foaf:name": _in_both(lambda: gettext("Tongban")),
        },
        "foaf:homepage": {"@id": home},
        "dcat:dataset": [
            {**_dataset(table, forms, page(table.code), file, kinds), "dct:publisher": {"@id": publisher}}
            for table in tables
        ],
    }


def _dataset(
    table: Dataset,
    forms: Sequence[str],
    address: str,
    file: Callable[[str, str], str],
    kinds: Mapping[str, str],
) -> Linked:
    return {
        "@type": "dcat:Dataset",
        "@id": address,
        "dct:identifier": table.code,
        "dct:title": _in_both(lambda: str(table.name)),
        "dct:description": _in_both(lambda: str(table.says)),
        **_modified(table),
        "dct:language": ["zh-Hans", "en"],
        "dcat:landingPage": {"@id": address},
        "dcat:distribution": [
            {
                "@type": "dcat:Distribution",
                "dct:format": form.upper(),
                "dcat:mediaType": kinds[form],
                "dcat:accessURL": {"@id": address},
                "dcat:downloadURL": {"@id": file(table.code, form)},
            }
            for form in forms
        ],
    }


def _modified(table: Dataset) -> Linked:
    day = table.modified
    return {"dct:modified": {"@type": "xsd:date", "@value": day.isoformat()}} if day else {}


def _in_both(say: Callable[[], str]) -> list[dict[str, str]]:
    """Return words of a page in both languages."""
    with speaking("zh"):
        chinese = say()
    with speaking("en"):
        return said(Text(chinese, say()))


def block(linked: Mapping[str, Any]) -> SafeString:
    """Return linked data ready for a page: nothing in it can end the element that it stands in."""
    text = json.dumps(linked, ensure_ascii=False)
    for mark in "<>&":
        text = text.replace(mark, f"\\u{ord(mark):04x}")
    return mark_safe(text)  # noqa: S308  # what could end the element was replaced
