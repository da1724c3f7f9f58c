"""An item that several bodies handle jointly (联合办理): its limit, and who approves more time."""

from __future__ import annotations

import json
import shutil
from typing import Any

import pytest

from tongban.cases import actions
from tongban.cases.models import Part
from tongban.cases.tests import make
from tongban.catalogue import actions as catalogue

JOINT = "T-JOINT"
LIMITS = {"statutory": None, "promised": {"days": 40, "unit": "working"}}


def published(folder: Any) -> None:
    """Publish the food licence once more, as an item that is handled jointly: no item in the data is known to be."""
    for name in ("laws.json", "procedures.json", "themes.json"):
        shutil.copy(make.DATA / name, folder)
    (folder / "items").mkdir()
    shutil.copy(make.DATA / "items" / "national.csv", folder / "items")
    content = json.loads((make.DATA / "items" / "food-business-licence.json").read_text("utf-8"))
    content.update(code=JOINT, joint=True, limits=LIMITS)
    (folder / "items" / "joint.json").write_text(json.dumps(content), encoding="utf-8")
    catalogue.load(folder / "items")


@pytest.fixture
def joint(window, inspector, tmp_path) -> Part:
    published(tmp_path)
    part = make.take_over(make.received(window, JOINT), inspector)
    return actions.accept(part.id, by=inspector, at=make.MONDAY)


def test_the_law_gives_it_forty_five_working_days(joint):
    assert joint.law_due_on.isoformat() == "2026-08-04"
    assert make.said(joint, "acceptance")["statutory_limit"].startswith("45")


def test_fifteen_more_are_approved_by_the_head_of_the_government(joint, inspector, head):
    actions.propose_extension(joint.id, "需要另一部门会审", by=inspector, at=make.MONDAY)

    part = actions.extend(joint.id, "需要另一部门会审", by=head, at=make.MONDAY)

    assert part.extension == 15
    told = make.said(part, "extension")
    assert told["approved_by"] == "本级人民政府负责人"
    assert told["basis"] == ["《中华人民共和国行政许可法》第四十二条第二款"]


def test_alone_it_stays_with_the_head_of_the_body(accepted, inspector, head):
    actions.propose_extension(accepted.id, "需要再次核查", by=inspector, at=make.MONDAY)

    told = make.said(actions.extend(accepted.id, "需要再次核查", by=head, at=make.MONDAY), "extension")

    assert told["approved_by"].endswith("市场监督管理局")
    assert told["basis"] == ["《中华人民共和国行政许可法》第四十二条第一款"]
