"""What every document says, and the records that its lists are made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from tongban.papers.rules.kinds import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """One line of a list of papers.

    :param form: original, copy or electronic, in words
    :param check: what was done to it, such as 已核对原件
    :param standard: what it must fulfil
    :param problem: what is wrong with it
    """

    name: str
    form: str = ""
    copies: int = 0
    pages: int = 0
    check: str = ""
    standard: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remedy:
    """One way in which a decision can be challenged, and by when: 申请行政复议 where, 自收到…之日起六十日内."""

    way: str
    where: str
    within: str
    basis: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """One document that is delivered."""

    title: str
    number: str = ""
    copies: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What every document says.

    :param body: the full name of the body in whose name it is issued
    :param licence: whether the item is an administrative licence; the titles differ
    :param basis: what it rests on, with article, such as 《中华人民共和国行政许可法》第三十二条第一款第五项
    """

    kind: ClassVar[Kind]
    once: ClassVar[tuple[str, ...]] = ()

    body: str
    applicant: str
    agent: str = ""
    item: str
    item_code: str = ""
    case_number: str = ""
    licence: bool = False
    basis: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    handler: str = ""
    phone: str = ""
    address: str = ""
    copies: int = 2
    bilingual: bool = False
