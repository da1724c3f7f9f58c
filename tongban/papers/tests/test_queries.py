import io
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pikepdf
import pytest
import zxingcpp
from PIL import Image, ImageChops

from tongban.lib.ids import new_id
from tongban.lib.refusals import Missing
from tongban.papers import actions, queries, rules
from tongban.papers.rules import Kind
from tongban.papers.tests import make

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
    with pikepdf.open(io.BytesIO(queries.draw(make.paper(kind)))) as pdf:
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
    pages = [Image.open(io.BytesIO(page)) for page in queries.pictures(paper, ppi=200)]

    read = {code.text for page in pages for code in zxingcpp.read_barcodes(page)}

    assert read == {paper.content["verify_url"], paper.content["track_url"]}


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
    sheet = queries.html_context(saved(Kind.REJECT).id)

    assert (sheet.title, sheet.body) == ("不予行政许可决定书", make.SHARED["body"])
    assert "自收到本决定书之日起六十日内向赣州市章贡区人民政府申请行政复议" in str(sheet.blocks)
    assert sheet.verify_svg.startswith("<svg")


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
