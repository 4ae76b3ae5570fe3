"""A paper that contradicts itself is refused, and every refusal says where, what and what to do."""

from __future__ import annotations

import pytest

from wenpan.documents.papers.facts import FactRegister, Inconsistent, assert_consistent, problems
from wenpan.documents.papers.paper import (
    Paper,
    PaperTable,
    Span,
    block_text,
    from_json,
    label,
    paragraph,
    spans,
    to_json,
)


def paper(*blocks) -> Paper:
    return Paper(title=("标题",), blocks=blocks)


def codes(register: FactRegister, made: Paper) -> list[str]:
    return [problem.code for problem in problems(register, made)]


@pytest.fixture
def register() -> FactRegister:
    register = FactRegister()
    register.number("fai/ytd_growth", "固定资产投资累计增速", -12.3, period="2022-09")
    register.number("fai/city", "固定资产投资全市", 2.1, period="2022-09")
    register.difference("fai/versus_city", "固定资产投资与全市相差", "fai/ytd_growth", "fai/city", page=-14.4)
    return register


def test_a_paper_of_registered_figures_passes(register):
    made = paper(
        paragraph(
            label("1—9月,"),
            "固定资产投资",
            Span("下降12.3%", ("fai/ytd_growth",)),
            ",",
            Span("低于全市平均14.4个百分点", ("fai/versus_city",)),
            "。",
        )
    )
    assert codes(register, made) == []
    assert block_text(made.blocks[0]) == "1—9月\uff0c固定资产投资下降12.3%\uff0c低于全市平均14.4个百分点。"


def test_two_numbers_for_one_thing_are_refused(register):
    register.number("fai/ytd_growth", "固定资产投资累计增速", -11.3, period="2022-09")
    assert codes(register, paper()) == ["two_values"]


def test_one_number_for_two_periods_is_refused(register):
    register.number("fai/ytd_growth", "固定资产投资累计增速", -12.3, period="2022-08")
    assert codes(register, paper()) == ["two_values"]


def test_the_same_number_said_twice_is_fine(register):
    register.number("fai/ytd_growth", "固定资产投资累计增速", -12.3, period="2022-09")
    assert codes(register, paper()) == []


def test_a_difference_that_is_not_that_of_the_page_is_refused(register):
    register.differences[0] = ("fai/versus_city", "fai/ytd_growth", "fai/city", -9.9)
    assert codes(register, paper()) == ["difference"]


def test_rounding_alone_is_no_contradiction(register):
    register.differences[0] = ("fai/versus_city", "fai/ytd_growth", "fai/city", -14.35)
    assert codes(register, paper()) == []


def test_a_printed_difference_must_add_up(register):
    register.facts["fai/versus_city"] = FactRegister().number("fai/versus_city", "与全市相差", -14.3)
    assert "difference" in codes(register, paper())


@pytest.mark.parametrize(
    ("span", "code"),
    [
        (Span("下降12.4%", ("fai/ytd_growth",)), "text_differs"),
        (Span("增长12.3%", ("fai/ytd_growth",)), "sign"),
        (Span("高于全市平均14.4个百分点", ("fai/versus_city",)), "sign"),
        (Span("增长-12.3%", ("fai/ytd_growth",)), "sign"),
        (Span("下降12.3%"), "untracked"),
        (Span("下降12.3%", ("fai/unknown",)), "untracked"),
        (Span("下降12.3%、14.4个百分点", ("fai/ytd_growth",)), "text_differs"),
    ],
)
def test_a_sentence_that_differs_from_its_figure_is_refused(register, span, code):
    assert code in codes(register, paper(paragraph(span)))


def test_a_light_in_the_text_must_be_the_light_of_the_table(register):
    register.word("fai/light", "固定资产投资灯色", "红灯")
    table = PaperTable("附表", ("灯",), ((Span("红灯", ("fai/light",)),),), (20,))
    good = paper(paragraph(Span("亮红灯", ("fai/light",))), table)
    assert codes(register, good) == []
    assert codes(register, paper(paragraph(Span("亮黄灯", ("fai/light",))), table)) == ["text_differs"]


def test_a_table_cell_is_checked_like_a_sentence(register):
    table = PaperTable("附表", ("增速",), ((Span("-12.4", ("fai/ytd_growth",)),),), (20,))
    assert codes(register, paper(table)) == ["text_differs"]


def test_months_and_names_are_no_figures(register):
    made = paper(paragraph(label("500—5000万元项目投资"), "较1—8月收窄, 12月冲刺, 2022年"))
    assert codes(register, made) == []


def test_the_refusal_tells_people_what_to_do(register):
    with pytest.raises(Inconsistent) as refusal:
        assert_consistent(register, paper(paragraph(Span("增长12.3%", ("fai/ytd_growth",)))))
    assert refusal.value.problems[0].todo
    assert "增长12.3%" in refusal.value.message


def test_a_paper_survives_its_record(register):
    made = paper(
        paragraph("固定资产投资", Span("下降12.3%", ("fai/ytd_growth",))),
        PaperTable("附表", ("指标",), ((label("固投"),),), (40,), frozenset({0}), notes=("注",)),
    )
    assert from_json(to_json(made)) == made


def test_punctuation_is_widened_over_the_seams_of_spans():
    row = spans("固定资产投资", "(", label("自7月起"), ")", Span("下降1.0%", ("x",)), ",", "亮红灯; ", "完")
    said = "".join(span.text for span in row)
    assert said == "固定资产投资\uff08自7月起\uff09下降1.0%\uff0c亮红灯\uff1b完"
