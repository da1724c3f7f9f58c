import io
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any
from urllib.parse import parse_qsl

import pikepdf
import pytest
import zxingcpp
from PIL import Image, ImageChops

from tongban.lib import codes
from tongban.lib.ids import new_id
from tongban.lib.refusals import Missing
from tongban.papers import actions, queries, rules
from tongban.papers.models import Paper, Template
from tongban.papers.rules import Kind
from tongban.papers.tests import make

PAGE = "https://tongban.example/check/"
RARE = "𠮷䶮阿卜杜·热依木"
NASTY = {
    "code": '#panic("x") #eval("1") $ x^2 $ @ref <label> *bold* _it_ `raw` // note /* \\ "quoted" #import "a.typ"',
    "long-word": "a" * 3_000,
    "control": "".join(map(chr, range(32))) + "\u202eturned\u2066",
    "rare": RARE,
    "json": '", "practice": true, "x": "',
    "lines": "一\n二\r\n三\u2028四",
    "blank": "",
}


@pytest.fixture
def saved(db):
    actions.load_templates()

    def save(kind, **values):
        paper = make.paper(kind, **values)
        paper.save(force_insert=True)
        return paper

    return save


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_is_drawn_as_an_archivable_and_accessible_pdf(kind):
    with pikepdf.open(io.BytesIO(queries.draw(make.paper(kind), {"verify_page": PAGE}))) as pdf:
        metadata = pdf.open_metadata()
        assert metadata["pdfaid:part"] == "2"
        assert metadata["pdfuaid:part"] == "1"
        assert make.content(kind).body in str(metadata["dc:creator"])
        assert pdf.Root.Lang == "zh-CN"


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_is_drawn_for_an_item_that_is_no_licence_without_the_licensing_law(kind):
    blank: dict[str, Any] = {"licence": False, "basis": (), "remedies": ()}
    values = {key: value for key, value in blank.items() if key in rules.CONTENTS[kind].__dataclass_fields__}
    sheet = str(queries.blocks(make.paper(kind, **values)))

    assert "行政许可法" not in sheet
    assert "不予行政许可" not in sheet
    assert "法定形式" not in sheet


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_does_without_what_may_be_left_out(kind):
    needed = {"body", "applicant", "item"} | {
        name
        for name, field in rules.CONTENTS[kind].__dataclass_fields__.items()
        if repr(field.default) == repr(field.default_factory)
    }
    words = {**make.SHARED, **make.OWN[kind]}
    content = rules.CONTENTS[kind](**{name: words[name] for name in needed})
    paper = make.paper(kind)
    paper.content = {**rules.plain(content), "title": "x"}

    assert queries.draw(paper).startswith(b"%PDF")


def test_the_same_paper_is_the_same_bytes_each_time(saved):
    paper = saved(Kind.RECEIPT)

    first = queries.pdf(paper.id)
    queries.draw(make.paper(Kind.REJECT))

    assert queries.pdf(paper.id) == first
    assert first == queries.draw(paper)


def test_papers_are_drawn_by_many_threads_at_once():
    papers = [make.paper(kind, practice=practice) for kind in Kind for practice in (False, True)]
    with ThreadPoolExecutor(4) as pool:
        drawn = list(pool.map(queries.draw, papers))

    assert drawn == [queries.draw(paper) for paper in papers]


def test_the_day_of_issue_is_the_document_s_day():
    with pikepdf.open(io.BytesIO(queries.draw(make.paper(Kind.RECEIPT)))) as pdf:
        assert str(pdf.docinfo["/CreationDate"]).startswith("D:20261123")


@pytest.mark.parametrize("text", NASTY.values(), ids=NASTY)
def test_nobody_s_words_become_code(text):
    paper = make.paper(Kind.SUPPLEMENT, applicant=text, item=text, when_late=text, notes=(text,))

    assert queries.draw(paper).startswith(b"%PDF")
    shown = rules.neat(text)
    assert {"kind": "para", "text": f"{shown}：", "strong": False} in queries.blocks(paper)


@pytest.mark.parametrize("mark", ["长", "a"])
def test_a_hundred_thousand_characters_are_printed_over_many_pages(mark):
    with pikepdf.open(io.BytesIO(queries.draw(make.paper(Kind.REJECT, facts=mark * 100_000)))) as pdf:
        assert len(pdf.pages) > 30


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_takes_words_that_look_like_code(kind):
    words: dict[str, Any] = {
        name: NASTY["code"]
        for name, value in {**make.SHARED, **make.OWN[kind]}.items()
        if isinstance(value, str) and not name.endswith("_url")
    }

    assert queries.draw(make.paper(kind, **words)).startswith(b"%PDF")


@pytest.mark.parametrize("name", ["𠮷", "䶮", "阿卜杜·热依木", "𫚭", "𰻝"])
def test_rare_characters_are_seen(name):
    # The same page without the name has less ink on it, and a name of blanks has none.
    assert _ink(name) > _ink("一") > _ink("")


def _ink(applicant: str) -> int:
    pages = queries.pictures(make.paper(Kind.WITHDRAWAL, applicant=applicant), ppi=150)
    return sum(Image.open(io.BytesIO(pages[0])).convert("L").point(lambda v: 255 - v).histogram()[128:])


def test_a_character_that_no_font_has_is_named_by_its_code():
    assert "U+" in str(queries.blocks(make.paper(Kind.WITHDRAWAL, applicant="\U0003134a\U000323af")))


def test_the_codes_on_the_page_can_be_read_back():
    paper = make.paper(Kind.RECEIPT)
    once = {"verify_page": PAGE}
    pages = [Image.open(io.BytesIO(page)) for page in queries.pictures(paper, once, ppi=200)]

    read = {code.text for page in pages for code in zxingcpp.read_barcodes(page)}

    assert paper.content["track_url"] in read
    (check,) = read - {paper.content["track_url"]}
    address, _, fragment = check.partition("#")
    named = dict(parse_qsl(fragment))
    assert address == PAGE
    assert rules.read_short_name(named["c"]) == paper.id
    assert codes.read(named["k"]) == rules.check_code(paper.content_sha256)


def test_no_text_needs_no_code():
    assert queries.qr_svg("") == ""


def test_a_long_list_keeps_its_head_and_counts_its_pages():
    materials = tuple(rules.Material(name=f"材料{number}", copies=1) for number in range(60))
    with pikepdf.open(io.BytesIO(queries.draw(make.paper(Kind.ACCEPTANCE, materials=materials)))) as pdf:
        assert len(pdf.pages) > 2


def test_practice_is_marked():
    practice, real = (
        queries.pictures(make.paper(Kind.GRANT, practice=each), ppi=40)[0] for each in (True, False)
    )

    assert _red(practice) > 50 * max(_red(real), 1)


def _red(picture: bytes) -> int:
    red, green, _ = Image.open(io.BytesIO(picture)).convert("RGB").split()
    return sum(ImageChops.subtract(red, green).histogram()[8:])


def test_what_is_printed_once_is_not_kept(saved):
    paper = saved(Kind.RECEIPT, query_code="", track_url="")
    once = {
        "query_code": "8K4T-QW7M-2XHD",
        "track_url": "https://tongban.example/q#8K4T",
        "applicant": "别人",
    }

    shown = queries.html_context(paper.id, once)

    assert "8K4T-QW7M-2XHD" in str(shown.blocks)
    assert "别人" not in str(shown.blocks)
    assert "8K4T" not in str(queries.html_context(paper.id).blocks)


def test_the_screen_has_the_words_of_the_page(saved):
    paper = saved(Kind.REJECT)
    sheet = queries.html_context(paper.id, {"verify_page": PAGE})

    assert (sheet.title, sheet.body) == ("不予行政许可决定书", make.SHARED["body"])
    assert "自收到本决定书之日起六十日内向赣州市章贡区人民政府申请行政复议" in str(sheet.blocks)
    assert sheet.verify_svg.startswith("<svg")
    assert sheet.verify_code == rules.check_code(paper.content_sha256)


def test_without_a_page_to_check_at_no_code_is_printed(saved):
    sheet = queries.html_context(saved(Kind.REJECT).id)

    assert (sheet.verify_svg, sheet.verify_code) == ("", "")


def test_a_case_s_papers_are_listed_without_reading_them(saved, django_assert_num_queries):
    papers = [saved(Kind.RECEIPT), saved(Kind.ACCEPTANCE)]

    with django_assert_num_queries(1):
        listed = queries.papers_of(make.SUBJECT)

    assert [each.id for each in listed] == [each.id for each in papers]
    assert listed[0].get_deferred_fields() == {"content"}


@pytest.mark.django_db
@pytest.mark.parametrize("read", [queries.paper, queries.pdf, queries.html_context])
def test_a_paper_that_is_not_there_is_missing(read):
    with pytest.raises(Missing):
        read(new_id())


def test_an_older_paper_keeps_its_template(saved):
    assert (
        saved(Kind.RECEIPT).template_id == rules.registry().edition(Kind.RECEIPT, date(2026, 11, 23)).sha256
    )


def test_a_paper_of_the_first_version_still_prints(saved):
    first = next(each for each in rules.registry().editions if (each.kind, each.version) == (Kind.GRANT, 1))
    paper = saved(Kind.GRANT)
    paper.template = Template.objects.get(sha256=first.sha256)

    plain = queries.draw(paper)
    assert plain.startswith(b"%PDF")


def test_number_and_check_code_tell_what_was_issued_and_no_name(saved):
    paper = saved(Kind.GRANT)
    typed = (
        paper.number.replace("\uff08", " (")
        .replace("\uff09", ") ")
        .replace("\u3014", "[")
        .replace("\u3015", "]")
    )
    code = rules.check_code(paper.content_sha256).lower().replace("-", " ")

    for named in (paper.number, typed, rules.short_name(paper.id)):
        found = queries.check(named, code)
        assert (found.kind, found.number, found.issued_on) == (Kind.GRANT, paper.number, paper.issued_on)
        assert found.intact
        assert found.applicant == "申***"
        assert (found.later_on, found.withdrawn_on) == (None, None)


@pytest.mark.parametrize(
    ("number", "code"),
    [("right", ""), ("right", "0000-0000-00000"), ("x", "right"), ("", "right"), ("\x00", "right")],
)
def test_a_wrong_number_or_check_code_finds_nothing(saved, number, code):
    paper = saved(Kind.GRANT)
    number = paper.number if number == "right" else number
    code = rules.check_code(paper.content_sha256) if code == "right" else code

    with pytest.raises(Missing):
        queries.check(number, code)


def test_words_that_were_changed_afterwards_are_noticed(saved):
    paper = saved(Kind.GRANT)
    Paper.objects.filter(id=paper.id).update(content={**paper.content, "item": "别的事项"})

    assert not queries.check(paper.number, rules.check_code(paper.content_sha256)).intact


def test_a_later_document_of_the_kind_and_a_withdrawal_are_told(saved):
    paper = saved(Kind.SUPPLEMENT)
    saved(Kind.ACCEPTANCE)
    code = rules.check_code(paper.content_sha256)
    assert queries.check(paper.number, code).later_on is None

    saved(Kind.SUPPLEMENT, serial=13)
    saved(Kind.WITHDRAWAL)

    found = queries.check(paper.number, code)
    assert (found.later_on, found.withdrawn_on) == (make.RECEIVED, make.RECEIVED)
