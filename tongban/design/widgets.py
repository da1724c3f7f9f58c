"""Controls that Django doesn't bring."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms


class DayInput(forms.MultiWidget):
    """A day as three plain boxes, year, month and day: easier for days long past than any calendar."""

    template_name = "design/widgets/day.html"
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        boxes = [
            forms.TextInput({"inputmode": "numeric", "maxlength": size, "class": "input"})
            for size in (4, 2, 2)
        ]
        super().__init__(boxes, attrs)

    def decompress(self, value: date | str | None) -> list[str]:
        """Return the three boxes' texts; what was typed wrongly is given back as it was typed."""
        if isinstance(value, date):
            return [str(value.year), str(value.month), str(value.day)]
        return value.split("-") if value else ["", "", ""]

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        """Return `year-month-day`, or nothing if all three boxes are empty."""
        boxes = [str(data.get(f"{name}_{number}", "")).strip() for number in range(3)]
        return "-".join(boxes) if any(boxes) else ""

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        """Return whether none of the boxes was sent."""
        return all(f"{name}_{number}" not in data for number in range(3))
