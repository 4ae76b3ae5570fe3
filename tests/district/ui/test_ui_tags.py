"""Tags: missing is a dash and never 0; a light is a word; a figure opens its origin."""

from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.http import QueryDict
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from wenpan.district.ui.sparks import spark
from wenpan.district.ui.templatetags import ui


def draw(source, **context):
    return Template("{% load ui %}" + source).render(Context(context))


@pytest.mark.parametrize(
    "value, text",
    [
        (None, "—"), ("", "—"), (float("nan"), "—"), (float("inf"), "—"), ("x", "—"),
        (0, "0.0"), (0.05, "0.1"), (-0.04, "0.0"), (2.25, "2.3"), (-3.2, "−3.2"),
        (1234567.891, "1,234,567.9"), (Decimal("0.25"), "0.3"),
    ],
)  # fmt: skip
def test_numbers_are_rounded_half_up_and_missing_is_a_dash(value, text):
    assert ui.number_text(value) == text


@pytest.mark.parametrize("value, text", [(1.2, "+1.2"), (-1.2, "−1.2"), (0.04, "0.0"), (None, "—")])
def test_a_signed_number_that_rounds_to_zero_has_no_sign(value, text):
    assert ui.number_text(value, signed=True) == text


def test_a_missing_number_has_no_unit():
    assert "%" not in draw('{% num v unit="%" %}', v=None)
    assert "%" in draw('{% num v unit="%" %}', v=1.5)


@pytest.mark.parametrize(
    "light, word",
    [
        ("RED", "红"),
        ("YELLOW", "黄"),
        ("GREEN", "绿"),
        ("UNKNOWN", "未知"),
        (None, "未知"),
        ("", "未知"),
        ("purple", "未知"),
    ],
)
def test_a_light_is_a_word_and_what_is_no_light_is_unknown(light, word):
    assert word in draw("{% light v %}", v=light)


def test_a_light_enum_is_understood():
    from wenpan.economy.judging.lights import Light

    assert "wp-light-red" in draw("{% light v %}", v=Light.RED)


def test_text_in_a_tag_is_escaped():
    assert "<script>" not in draw("{% num v unit=u %}{% light v suffix=u %}", v=1, u="<script>")


def test_a_figure_without_origin_is_a_plain_number():
    assert "<button" not in draw("{% figure v None %}", v=1.0)
    assert "<button" not in draw("{% figure v 7 %}", v=None)


def test_a_chart_carries_its_option_as_data_that_cannot_break_out():
    drawn = draw(
        '{% chart "growth" option height=200 %}', option={"title": {"text": "增速"}, "x": "</script><b>"}
    )
    assert '<script id="growth-option" type="application/json">' in drawn
    assert "</script><b>" not in drawn
    assert 'aria-label="增速"' in drawn
    assert 'data-height="200"' in drawn


def test_an_unknown_icon_fails_loudly():
    with pytest.raises(KeyError):
        draw('{% icon "unicorn" %}')


def test_can_answers_for_users_and_strangers():
    member = SimpleNamespace(may=lambda permission: permission == "board.view")
    assert draw('{{ u|can:"board.view" }}', u=member) == "True"
    assert draw('{{ u|can:"board.view" }}', u=None) == "False"


def test_the_pager_keeps_the_filter_and_drops_the_old_page():
    from django.core.paginator import Paginator

    request = SimpleNamespace(GET=QueryDict("q=投资&page=1&export=xlsx"))
    drawn = draw("{% pager page %}", page=Paginator(range(100), 10).get_page(2), request=request)
    assert "q=%E6%8A%95%E8%B5%84&amp;page=3" in drawn
    assert "export" not in drawn


def test_a_spark_breaks_where_nothing_was_reported():
    assert spark([1, 2, None, 3, 4], label="x").count("<polyline") == 2
    assert spark([1, None], label="x") == '<span class="wp-muted">—</span>'
    assert "<line" in spark([-1, 1], label="x")


@given(st.lists(st.none() | st.floats(allow_nan=True, allow_infinity=True), max_size=15))
def test_any_series_can_be_drawn(values):
    assert "nan" not in spark(values, label="x")


def test_a_message_is_printed_in_full_width_and_its_words_stay_escaped():
    said = SimpleNamespace(message="这不是工作簿. 可以读 .xlsx、.csv 里的表格, 请另存<b>", level_tag="error")
    drawn = draw("{% include 'components/toasts.html' %}", messages=[said])
    assert "这不是工作簿。可以读 .xlsx、.csv 里的表格，请另存&lt;b&gt;" in drawn
