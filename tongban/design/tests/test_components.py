"""The components say in words, shape and structure what they show."""

from datetime import UTC, date, datetime

import pytest
from django import forms
from django.template import Context, Template
from django.utils import translation

from tongban.design.widgets import DayInput


class Form(forms.Form):
    name = forms.CharField(label="Name", help_text="As on the card.")
    sort = forms.ChoiceField(label="Sort", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    born = forms.DateField(label="Born", widget=DayInput)
    remark = forms.CharField(label="Remark", required=False, widget=forms.Textarea)
    agree = forms.BooleanField(label="Agree")
    version = forms.CharField(widget=forms.HiddenInput)


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def render(source: str, **context: object) -> str:
    return Template("{% load i18n design %}" + source).render(Context(context))


def test_a_light_says_it_in_word_and_shape():
    shown = render('{% light "overdue" %}')

    assert "Overdue" in shown
    assert "#light-overdue" in shown


def test_an_unknown_light_is_a_bug_not_a_blank():
    with pytest.raises(KeyError):
        render('{% light "purple" %}')


@pytest.mark.parametrize("level", ["info", "success", "warning", "danger", "practice"])
def test_a_notice_is_read_with_its_kind(level):
    assert 'class="visually-hidden"' in render("{% notice level %}<p>x</p>{% endnotice %}", level=level)


def test_what_is_shown_is_escaped():
    shown = render(
        '{% tag evil %}{% button evil data_x=evil %}{% notice "info" evil %}{{ evil }}{% endnotice %}'
        "{% fact evil %}{{ evil }}{% endfact %}{% event evil evil evil %}{{ evil }}{% endevent %}",
        evil='<script>"',
    )

    assert "<script>" not in shown
    assert '"<' not in shown


def test_a_field_ties_label_hint_and_error_to_its_control():
    shown = render("{% field form.name width='12' %}", form=Form({"name": ""}))

    assert '<label class="field__label" for="id_name">' in shown
    assert 'aria-describedby="id_name_helptext id_name_error"' in shown
    assert 'aria-invalid="true"' in shown
    assert 'class="input w12"' in shown


def test_choices_are_one_question_with_a_legend():
    shown = render("{% field form.sort %}", form=Form({}))

    assert "<fieldset" in shown
    assert 'aria-describedby="id_sort_error"' in shown
    assert shown.count('type="radio"') == 2


def test_only_what_may_stay_empty_is_marked():
    assert "(optional)" in render("{% field form.remark %}", form=Form())
    assert "(optional)" not in render("{% field form.name %}{% field form.agree %}", form=Form())


def test_hidden_fields_stay_hidden():
    assert render("{% field form.version %}", form=Form()).strip().startswith('<input type="hidden"')


def test_the_summary_names_each_field_and_leads_to_it():
    shown = render("{% error_summary form %}", form=Form({"born_0": "2026", "born_1": "13", "born_2": "40"}))

    assert '<a href="#id_name">Name: This field is required.</a>' in shown
    assert 'href="#id_sort_0"' in shown
    assert '<a href="#id_born_0">Born: Enter a valid date.</a>' in shown


def test_a_form_without_errors_has_no_summary():
    assert not render("{% error_summary form other %}", form=Form(), other=None).strip()


@pytest.mark.parametrize(
    ("year", "month", "day", "born"),
    [
        ("1985", "2", "28", date(1985, 2, 28)),
        ("1985", "2", "29", None),
        ("", "", "", None),
        ("二", "2", "1", None),
    ],
)
def test_a_day_in_three_boxes(year, month, day, born):
    form = Form({"born_0": year, "born_1": month, "born_2": day})
    form.is_valid()

    assert form.cleaned_data.get("born") == born
    assert f'value="{year}"' in str(form["born"]) or not year


def test_days_and_moments_are_told_in_the_readers_language():
    at = datetime(2026, 11, 23, 1, 5, tzinfo=UTC)

    assert "Mon 23 Nov 2026" in render("{{ at|day }}", at=at)
    assert "23 Nov 2026, 09:05" in render("{{ at|moment }}", at=at)
    assert render("{{ at|day }}{{ at|moment }}", at=None) == "——"
    with translation.override("zh-hans"):
        assert "2026年11月23日 星期一" in render("{{ at|day }}", at=at)


def test_a_table_has_a_name_even_if_it_is_not_seen():
    shown = render('{% table "Cases" hide_caption=True %}<tbody></tbody>{% endtable %}')

    assert '<caption class="visually-hidden">Cases</caption>' in shown


def test_keys_are_told_to_screen_readers():
    assert 'aria-keyshortcuts="Control+Enter"' in render('{% button "Send" key="ctrl+enter" %}')


def test_no_pager_without_pages():
    assert not render("{% pager '' '' %}")
    assert 'rel="next"' in render("{% pager '' '?after=x' %}")


def test_the_current_step_is_marked_and_the_done_ones_said():
    shown = render("{% steps names 2 %}", names=["One", "Two", "Three"])

    assert shown.count("(done)") == 1
    assert '<li aria-current="step">Two' in shown
