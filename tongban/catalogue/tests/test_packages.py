"""Items between installations: the same bytes, sealed, taken in once, and nothing published changed."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.db import connection

from tongban.catalogue import actions
from tongban.catalogue.actions import packing
from tongban.catalogue.models import Item, Revision
from tongban.catalogue.queries import packages
from tongban.catalogue.rules import package
from tongban.catalogue.tests.make import DATA
from tongban.catalogue.tests.make_lists import AT, BY
from tongban.lib.refusals import Invalid, Missing, NotAllowed, Refused
from tongban.places.tests import make as places


@pytest.fixture(autouse=True)
def catalogue(db):
    actions.load(DATA / "items")


def unpack(content: bytes, *, dry_run: bool = False) -> packing.Unpacked:
    return packing.unpack(content, by=BY, at=AT, dry_run=dry_run)


def emptied() -> None:
    """Be another installation, where nothing was published yet: what is published can't be taken away."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("TRUNCATE catalogue_theme, catalogue_item, catalogue_revision CASCADE")


def resealed(packed: dict[str, object]) -> bytes:
    return package.written(package.sealed(packed["themes"], packed["items"]))  # type: ignore[arg-type]  # as it was read


def test_a_catalogue_arrives_as_it_left():
    content = package.written(packages.pack())
    emptied()

    brought = unpack(content)

    assert (len(brought.items), len(brought.revisions)) == (Item.objects.count(), Revision.objects.count())
    assert package.written(packages.pack()) == content


def test_a_second_time_changes_nothing():
    brought = unpack(package.written(packages.pack()))

    assert (brought.items, brought.revisions) == ((), ())
    assert brought.skipped == Revision.objects.count()


def test_a_dry_run_says_what_would_come_and_writes_nothing():
    content = package.written(packages.pack(["JX-P-0001"]))
    emptied()

    assert unpack(content, dry_run=True).revisions == ("JX-P-0001@1",)
    assert not Item.objects.exists()


def test_an_item_that_is_not_there_cannot_be_packed():
    with pytest.raises(Missing):
        packages.pack(["JX-P-0001", "nowhere"])


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda whole: whole["items"][0].update(type="99"), "package.altered"),
        (lambda whole: whole.update(format="tongban-package/2"), "package.format"),
        (lambda whole: whole.pop("manifest"), "package.incomplete"),
        (lambda whole: whole.update(sha256="0" * 64), "package.altered"),
    ],
)
def test_what_was_altered_on_the_way_is_refused(change, code):
    whole = packages.pack(["JX-P-0001"])
    change(whole)

    with pytest.raises(Invalid) as refused:
        unpack(package.written(whole))
    assert refused.value.code == code


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b"\xff\xfe", b"[" * 100_000, b'{"a": NaN}'])
def test_what_is_no_package_is_refused(content):
    with pytest.raises(Invalid) as refused:
        unpack(content)
    assert refused.value.code == "package.broken"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("code", ""),
        ("code", "no slug"),
        ("code", "x" * 37),
        ("code", ["x"]),
        ("code", None),
        ("name", []),
        ("name", {"en": "without Chinese"}),
        ("department", {"zh": 1}),
        ("base_code", "x" * 13),
        ("type", 7),
        ("theme", "nowhere"),
        ("theme", ["nowhere"]),
        ("subjects", "everybody"),
        ("entry", [1]),
        ("illustrative", "yes"),
        ("owner", {}),
        ("words", None),
        ("revisions", {}),
        ("revisions", [1]),
        ("more", "than there is"),
    ],
)
def test_a_package_that_is_sealed_but_says_nonsense_brings_nothing(name, value):
    whole = json.loads(package.written(packages.pack(["JX-P-0001"])))
    whole["items"][0].update(code="ZZ-1")
    whole["items"][0][name] = value
    try:
        content = resealed(whole)
    except TypeError:
        # What can't even be listed comes with the list that it came with.
        whole["sha256"] = package.digest({key: said for key, said in whole.items() if key != "sha256"})
        content = package.written(whole)
    before = Item.objects.count()

    with pytest.raises(Invalid) as refused:
        unpack(content)
    assert refused.value.code == "package.incomplete"
    assert Item.objects.count() == before


@pytest.mark.parametrize(
    ("name", "value"),
    [("number", -1), ("number", True), ("number", 10**9), ("valid_from", "2026-02-30"), ("valid_until", 1)],
)
def test_a_revision_that_no_table_holds_is_refused(name, value):
    whole = json.loads(package.written(packages.pack(["JX-P-0001"])))
    emptied()
    whole["items"][0]["revisions"][0][name] = value

    with pytest.raises(Invalid) as refused:
        unpack(resealed(whole))
    assert refused.value.code == "package.incomplete"


def test_an_item_or_revision_that_comes_twice_is_refused():
    whole = json.loads(package.written(packages.pack(["JX-P-0001"])))
    item = whole["items"][0]
    for twice in ([item, item], [{**item, "revisions": item["revisions"] * 2}]):
        with pytest.raises(Invalid):
            unpack(resealed({**whole, "items": twice}))


@pytest.mark.parametrize("unkeepable", ["\\u0000", "\\ud800"])
def test_what_no_database_holds_is_refused_wherever_it_stands(unkeepable):
    content = package.written(packages.pack(["JX-P-0001"])).decode()

    with pytest.raises(Invalid) as refused:
        unpack(content.replace("居民身份证换领", unkeepable).encode())
    assert refused.value.code == "package.broken"


def test_a_published_revision_that_says_something_else_is_refused():
    whole = json.loads(package.written(packages.pack(["JX-P-0001"])))
    revision = whole["items"][0]["revisions"][0]
    revision["content"]["fee"]["amount_cny"] = "999"
    revision["sha256"] = package.content_digest(revision["content"])

    with pytest.raises(Refused) as refused:
        unpack(resealed(whole))
    assert refused.value.params["key"] == "JX-P-0001@1"


def test_a_revision_whose_hash_lies_is_refused():
    whole = json.loads(package.written(packages.pack(["JX-P-0001"])))
    whole["items"][0]["revisions"][0]["content"]["fee"]["amount_cny"] = "999"

    with pytest.raises(Invalid) as refused:
        unpack(resealed(whole))
    assert refused.value.code == "package.altered"


def test_an_item_that_is_named_otherwise_here_is_refused():
    whole = json.loads(package.written(packages.pack(["JX-P-0001"])))
    whole["items"][0]["name"]["zh"] = "别的名称"

    with pytest.raises(Refused) as refused:
        unpack(resealed(whole))
    assert (refused.value.code, refused.value.params["what"]) == ("package.item-changed", "name")


def test_a_revision_that_cannot_be_read_here_stops_the_whole_package():
    whole = json.loads(package.written(packages.pack(["JX-P-0001", "JX-P-0005"])))
    emptied()
    revision = whole["items"][1]["revisions"][0]
    del revision["content"]["limits"]
    revision["sha256"] = package.content_digest(revision["content"])

    with pytest.raises(Invalid) as refused:
        unpack(resealed(whole))
    assert refused.value.code == "package.revision-unreadable"
    assert not Item.objects.exists()


def _with_a_second_revision() -> bytes:
    """Return a package that anybody can make: a file of this installation with another revision, and sealed anew."""
    whole = json.loads(package.written(packages.pack(["JX-P-0001"])))
    first = whole["items"][0]["revisions"][0]
    content = {**first["content"], "revision": 2, "valid_from": "2026-05-01"}
    first["valid_until"] = "2026-05-01"
    sha256 = package.content_digest(content)
    whole["items"][0]["revisions"].append(
        {"number": 2, "content": content, "sha256": sha256, "valid_from": "2026-05-01", "valid_until": None}
    )
    return resealed(whole)


@pytest.mark.parametrize("role", ["approve", "supervise", "edit-items", "approve-items"])
def test_nobody_publishes_alone_by_a_package(role):
    places.places()
    clerk = places.at_work("360000-police", [role]).clerk

    with pytest.raises(NotAllowed):
        packing.unpack(_with_a_second_revision(), by=clerk, at=AT)
    assert Revision.objects.filter(item="JX-P-0001").count() == 1


def test_who_brings_in_lists_may_see_what_a_package_would_bring():
    places.places()
    clerk = places.at_work("360000-police", ["approve"]).clerk

    brought = packing.unpack(_with_a_second_revision(), by=clerk, at=AT, dry_run=True)
    assert brought.revisions == ("JX-P-0001@2",)


def test_a_revision_that_was_here_ends_where_the_next_one_begins():
    unpack(_with_a_second_revision())

    days = Revision.objects.filter(item="JX-P-0001").order_by("number").values_list("valid_until", flat=True)
    assert list(days) == [date(2026, 5, 1), None]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda whole: whole["items"][0].update(ended_on="2020-01-01"),
        lambda whole: whole["items"][0].update(theme="nowhere"),
        lambda whole: whole["themes"][0].update(more=1),
        lambda whole: whole["items"].append(whole["items"][0]),
        lambda whole: whole["items"][0].update(code="x" * 40),
    ],
)
def test_what_does_not_hold_together_is_refused_whole(spoil):
    whole = packages.pack(["JX-P-0001"])
    emptied()
    spoil(whole)

    with pytest.raises(Invalid) as refused:
        unpack(resealed(whole))
    assert refused.value.code == "package.incomplete"
    assert not Item.objects.exists()


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("code",), "another"),
        (("name", "zh"), ["x"]),
        (("subjects",), ["nobody"]),
        (("instant",), 7),
        (("limits", "promised", "unit"), "moons"),
        (("limits", "promised", "days"), "5"),
        (("limits", "promised", "days"), -1),
        (("fee", "says"), {"zh": 1}),
        (("result", "kind"), None),
        (("steps", 0, "by"), "somebody"),
        (("steps", 0, "name", "zh"), True),
        (("materials", 0, "required"), "x"),
        (("materials", 0, "form"), "papyrus"),
        (("situations", 0, "answers", 0, "code"), -1),
        (("rules_signed_off",), {"by": {"zh": "人"}, "on": "yesterday"}),
    ],
)
def test_a_revision_with_a_value_of_another_kind_is_never_published(path, value):
    whole = json.loads(package.written(packages.pack(["JX-P-0001"])))
    emptied()
    revision = whole["items"][0]["revisions"][0]
    place = revision["content"]
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    revision["sha256"] = package.content_digest(revision["content"])

    with pytest.raises(Invalid) as refused:
        unpack(resealed(whole))
    assert refused.value.code == "package.revision-unreadable"
    assert not Item.objects.exists()
