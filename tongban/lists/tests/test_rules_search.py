"""Search: never fails for any text, finds every item by what it is called, says why, forgives slips."""

from __future__ import annotations

import csv
import json

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pypinyin import Style, lazy_pinyin

from tongban.catalogue.tests.make import DATA
from tongban.lib.texts import Text
from tongban.lists.rules import search
from tongban.lists.rules.search import Because, Doc, Gazetteer, Standing, Unusable, Words, sound
from tongban.lists.rules.search.ranking import _sum
from tongban.lists.rules.search.text import normal, pairs, stem

PLACES = Gazetteer.of(
    [("360700", "赣州市", "Ganzhou", "ganzhoushi"), ("360100", "南昌市", "Nanchang", "nanchangshi")], ["市"]
)


def _json(path):
    return json.loads((DATA / path).read_text("utf-8"))


def _docs() -> list[Doc]:
    with (DATA / "items" / "national.csv").open(encoding="utf-8", newline="") as file:
        listed = [
            Doc((row["code"],), Text(row["name_zh"], row["name_en"]), subjects=(row["subjects"],))
            for row in csv.DictReader(file)
        ]
    whole = [_json(path) for path in sorted((DATA / "items").glob("*.json"))]
    full = [
        Doc(
            tuple(filter(None, (each["code"], each.get("national_code")))),
            Text.of(each["name"]),
            aliases=tuple(each["aliases"]),
            subjects=tuple(each["subjects"]),
            complete=True,
        )
        for each in whole
    ]
    known = {code for doc in full for code in doc.codes}
    return [*full, *(doc for doc in listed if doc.code not in known)]


DOCS = _docs()
WORDS = search.read(_json("search/synonyms.json"), _json("search/traditional.json"))
INDEX = search.build(DOCS, WORDS)


def found(text: str, standing: Standing | None = None) -> list[str]:
    query = search.understand(text, WORDS, PLACES)
    return [DOCS[each.at].code for each in search.rank(query, INDEX, standing)]


def reasons(text: str) -> list[tuple[str, str, str]]:
    query = search.understand(text, WORDS, PLACES)
    best = search.rank(query, INDEX)[0]
    return [(reason.because, reason.said, reason.means) for reason in search.why(query, best, INDEX)]


ANYTHING = st.text(max_size=200) | st.text(
    st.sampled_from("身份证丢了护照补办 sfzJX-P0\x00\ud800😀的"), max_size=40
)


@given(ANYTHING)
@example("长" * 100_000)
@example("a" * 100_000)
@example("\ud800\udfff")
@example("\x00\x1b[2J")
@example("👨‍👩‍👧‍👦" * 50)
@example("ﷺ" * 200)
@example("' OR 1=1 --")
@example("怎么办")
@settings(max_examples=150)
def test_whatever_is_typed_is_answered_and_always_the_same(text):
    query = search.understand(text, WORDS, PLACES)
    once, again = search.rank(query, INDEX), search.rank(query, INDEX)

    assert once == again
    assert all(search.why(query, each, INDEX) for each in once)
    assert [each.score for each in once] == sorted((each.score for each in once), reverse=True)


@given(st.permutations(sorted({pair for doc in DOCS for pair in pairs(doc.name.zh)})[:60]))
def test_what_a_text_weighs_is_the_same_in_whatever_order_its_parts_come(parts):
    # A set has another order in every process; the last digit would decide between equals.
    assert _sum(parts, INDEX) == _sum(sorted(parts), INDEX)


@given(ANYTHING)
@settings(max_examples=100)
def test_plain_search_never_fails_either(text):
    assert len(set(search.plain(text, DOCS))) == len(search.plain(text, DOCS))


@pytest.mark.parametrize("doc", DOCS, ids=lambda doc: doc.code)
def test_every_item_is_found_by_its_name_its_sound_its_initials_and_its_codes(doc):
    han = "".join(mark for mark in doc.name.zh if mark >= "\u3400")

    assert found(doc.name.zh)[0] == doc.code
    assert doc.code in found("".join(lazy_pinyin(han))[:60])[:8]
    assert doc.code in found("".join(lazy_pinyin(han, style=Style.FIRST_LETTER))[:10])[:8]
    assert doc.code in found(doc.name.en)[:3]
    for code in doc.codes:
        assert found(code)[0] == found(code.lower())[0] == doc.code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("孩子上户口", "JX-P-0020"),
        ("医保卡在外地能用吗", "JX-P-0014"),
        ("开店要办什么照", "JX-P-0004"),
        ("身分証不見了怎麼辦", "JX-P-0002"),
        ("公鸡金能取吗", "QG-052"),
        ("lost my ID card", "JX-P-0002"),
        ("divorse", "QG-069"),
        ("shenfenzhen", "JX-P-0001"),
        ("赣州身份证到期", "JX-P-0001"),
        ("换 sfz", "JX-P-0001"),
        ("跑货车要办什么证", "JX-P-0006"),
        ("农村合作医疗外地报销", "JX-P-0014"),
    ],
)
def test_people_are_understood(text, code):
    assert code in found(text)[:3]


def test_it_says_what_was_meant():
    assert reasons("闯红灯") == [(Because.MEANS, "闯红灯", "")]
    assert reasons("jx-p-0001") == [(Because.CODE, "JX-P-0001", "")]
    assert (Because.SOUNDS, "twqz", "台湾签注") in reasons("twqz")
    assert (Because.WORDS, "离婚", "") in reasons("离婚多少钱")


def test_a_place_is_taken_out_of_the_words_and_told():
    query = search.understand("我在赣州，想在上海换身份证", WORDS, PLACES)

    assert query.places == ("360700",)
    assert query.elsewhere
    assert "赣州" not in "".join(query.runs)
    assert search.understand("ganzhou sfz", WORDS, PLACES).places == ("360700",)
    # A place by itself is what was asked for.
    assert search.understand("上海", WORDS, PLACES).runs == ("上海",)


def test_place_and_demand_decide_only_between_equals():
    same = [Doc((code,), Text("甲类证明")) for code in ("A-1", "A-2", "A-3")]
    index = search.build([*same, Doc(("B-1",), Text("乙类登记"))], WORDS)
    query = search.understand("甲类证明", WORDS)

    def order(**beside):
        return [index.docs[each.at].code for each in search.rank(query, index, Standing(**beside))]

    assert order() == ["A-1", "A-2", "A-3"]
    assert order(here={"A-3"})[0] == "A-3"
    assert order(here={"B-1"}, demand={"A-2": 1.0, "B-1": 1.0})[0] == "A-2"


def test_nothing_is_made_of_words_that_no_item_has():
    assert found("暂住证") == found("qwertzuiop") == found("今天吃什么") == []


@pytest.mark.parametrize("text", ["怎么办", "在哪里办理", "我想办", "how do i", "的怎么办"])
def test_nothing_is_made_of_what_only_asks(text):
    assert found(text) == []


@pytest.mark.parametrize("text", ["发票", "流产", "律师", "投诉", "参军"])
def test_a_word_is_not_met_by_its_characters_apart(text):
    assert found(text) == []


@pytest.mark.parametrize(
    "broken",
    [{}, {"groups": 1}, {"groups": [{"means": "ab", "said": [], "kind": "everyday"}]}, {"groups": [{}]}],
)
def test_broken_words_are_refused_whole(broken):
    with pytest.raises(Unusable):
        search.read(broken)


def test_without_any_words_the_items_own_texts_are_searched():
    index = search.build(DOCS, Words())
    query = search.understand("离婚登记", Words())

    assert index.docs[search.rank(query, index)[0].at].code == "QG-069"


def test_plain_search_wants_every_word():
    codes = [DOCS[at].code for at in search.plain("身份证 补领", DOCS)]

    assert codes == ["JX-P-0002"]


def test_syllables_are_told_apart():
    assert sound.spelt("xinshenger") == ("xin", "sheng", "er")
    assert sound.spelt("xian") == ("xian",)
    assert sound.spelt("lost") == ()
    assert sound.key("zhang") == "zan"
    assert stem("notarised") == stem("notarisation")
    assert normal("ＩＤ　Ｃａｒｄ！", {}) == "id card"


def test_every_word_of_the_data_leads_somewhere():
    codes = {code for doc in DOCS for code in doc.codes}
    assert {code for phrase in WORDS.phrases for code in phrase.items} <= codes
    texts = [normal(text) for doc in DOCS for text in (doc.name.zh, doc.name.en, *doc.aliases)]
    texts += [said for phrase in WORDS.phrases for said in phrase.said]
    for group in WORDS.groups:
        assert any(means in text for means in group.means for text in texts), group.means
