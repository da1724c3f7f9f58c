"""The ways in which an action says no; each is fit to show and is worded by the door, through gettext."""

from __future__ import annotations


class Refused(Exception):
    """The rules say no (answered with 409).

    :param code: what was refused, a stable word such as `custody.already-taken`
    :param params: plain values that the wording needs; never words about a person
    """

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


class Invalid(Refused):
    """Something handed in is wrong and can be put right (answered with 422, the form shown again).

    :param field: the name of what is wrong, as the form calls it
    """

    def __init__(self, code: str, field: str = "", **params: object) -> None:
        super().__init__(code, **params)
        self.field = field


class NotAllowed(Exception):
    """The actor may see this but not do it (answered with 403)."""


class Missing(Exception):
    """It does not exist, or the actor may not know that it does (answered with 404)."""
