"""An item's form fields as JSON Schema (2020-12), and fields from such a schema: the same both ways.

English labels stand under `x-title-en`, the order under `x-order`, since JSON objects have none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tongban.catalogue.rules.elements import Broken

Json = Mapping[str, Any]
DIALECT = "https://json-schema.org/draft/2020-12/schema"
LONGEST = 500
"""So many characters does a field take; the same as when a case is filed."""


def to_schema(fields: Sequence[Json]) -> dict[str, Any]:
    """Return the schema that an item's fields describe."""
    properties = {field["code"]: _property(place, field) for place, field in enumerate(fields)}
    return {
        "$schema": DIALECT,
        "type": "object",
        "properties": properties,
        "required": [field["code"] for field in fields if field["required"]],
        "additionalProperties": False,
    }


def _property(place: int, field: Json) -> dict[str, Any]:
    return {**_titled(field["label"]), "x-order": place, **_kind(field)}


def _titled(label: Json) -> dict[str, Any]:
    return {"title": label.get("zh", ""), "x-title-en": label.get("en", "")}


def _kind(field: Json) -> dict[str, Any]:
    match field["type"]:
        case "choice":
            options = field.get("options") or []
            return {
                "type": "string",
                "oneOf": [{"const": each["code"], **_titled(each["label"])} for each in options],
            }
        case "date":
            return {"type": "string", "format": "date"}
        case "number":
            return {"type": "number"}
    return {"type": "string", "maxLength": LONGEST}


def of_schema(schema: Any) -> list[dict[str, Any]]:
    """Return the fields that a schema describes.

    :raises Broken: if it describes something that a form of an item doesn't have, named by its property
    """
    properties = schema.get("properties") if isinstance(schema, dict) else None
    if not isinstance(properties, dict):
        raise Broken("properties")
    required = schema.get("required", [])
    if not isinstance(required, list) or not {str(each) for each in required} <= properties.keys():
        raise Broken("required")
    ordered = sorted(properties.items(), key=lambda pair: _order(pair[1]))
    return [_field(code, value, code in required) for code, value in ordered]


def _order(value: Any) -> int:
    order = value.get("x-order") if isinstance(value, dict) else None
    return order if isinstance(order, int) else 10**6


def _field(code: str, value: Any, required: bool) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise Broken(code)
    kind = _type(code, value)
    options = [_option(code, each) for each in _options(value)] if kind == "choice" else []
    return {
        "code": code,
        "label": _label(value, code),
        "type": kind,
        "required": required,
        "options": options,
    }


def _options(value: Json) -> list[Any]:
    options = value.get("oneOf")
    if isinstance(options, list):
        return options
    return [{"const": each} for each in value["enum"]]


def _option(code: str, value: Any) -> dict[str, Any]:
    if not isinstance(value, dict) or not isinstance(value.get("const"), str):
        raise Broken(code)
    return {"code": value["const"], "label": _label(value, value["const"])}


def _label(value: Json, code: str) -> dict[str, str]:
    return {"zh": str(value.get("title", code)), "en": str(value.get("x-title-en", ""))}


def _type(code: str, value: Json) -> str:
    if isinstance(value.get("oneOf"), list) or isinstance(value.get("enum"), list):
        return "choice"
    if value.get("type") == "string":
        return "date" if value.get("format") == "date" else "text"
    if value.get("type") in {"number", "integer"}:
        return "number"
    raise Broken(code)
