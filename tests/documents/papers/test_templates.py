"""The place's own head and end: filled to the letter, looked at before use, the same bytes again."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import pytest
from docx import Document
from docx.enum.section import WD_SECTION
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm

from tests.documents.fixtures.templates import line, template
from tests.documents.papers.test_wording_briefing import given
from wenpan.documents.papers.briefing.compose import compose
from wenpan.documents.papers.gbt9704.render import STYLES, render
from wenpan.documents.papers.gbt9704.template_lint import faults
from wenpan.documents.papers.paper import Imprint, Masthead

DAY = date(2022, 10, 20)


@pytest.fixture(scope="module")
def paper():
    made, _register = compose(given())
    imprint = Imprint("区委办公室", "区督查室", "2022年10月20日", 50)
    return replace(made, template="x" * 64, masthead=Masthead("名", "安督〔2022〕9号"), imprint=imprint)


def texts(data: bytes) -> list[str]:
    return [p.text for p in Document(io.BytesIO(data)).paragraphs]


def cells(data: bytes) -> list[str]:
    return [c.text for row in Document(io.BytesIO(data)).tables[-1].rows for c in row.cells]


def test_head_text_and_end_stand_in_order(paper):
    data = render(paper, created=DAY, template=template())
    said = texts(data)
    assert said[:3] == ["安禾区人民政府督查室文件", "安督〔2022〕9号", "安禾区2022年1—9月\n经济运行分析"]
    assert said[3] == "内容摘要"  # 主送 is empty: its line is gone
    assert cells(data) == ["抄送：区委办公室", "共印50份", "区督查室", "2022年10月20日印发"]
    assert not any("{{" in words for words in [*said, *cells(data)])
    assert said.count("内容摘要") == 1


def test_no_second_head_is_drawn(paper):
    said = texts(render(paper, created=DAY, template=template()))
    assert "名" not in said and sum("经济运行分析" in words for words in said[:6]) == 1


def test_the_same_template_gives_the_same_bytes(paper):
    own = template()
    assert render(paper, created=DAY, template=own) == render(paper, created=DAY, template=own)


def test_without_a_number_its_place_is_kept(paper):
    said = texts(render(replace(paper, masthead=Masthead("名")), created=DAY, template=template()))
    assert said[1].strip() == ""


def test_a_place_cut_over_runs_and_one_in_a_control_are_filled(paper):
    def cut(document):
        number = document.paragraphs[1]
        for run in list(number.runs):
            number._p.remove(run._r)
        for part in ("第{{文", "号}", "}号"):
            number.add_run(part)
        control, properties, content = (OxmlElement(f"w:{n}") for n in ("sdt", "sdtPr", "sdtContent"))
        tag = OxmlElement("w:tag")
        tag.set(qn("w:val"), "名称")
        properties.append(tag)
        control.append(properties)
        control.append(content)
        content.append(line(document, "点击输入")._p)
        number._p.addprevious(control)

    data = render(paper, created=DAY, template=template(cut))
    assert "第安督〔2022〕9号号" in texts(data)
    xml = Document(io.BytesIO(data)).element.body.xml
    assert "点击输入" not in xml and ">名<" in xml


def codes(change, purpose="bulletin"):
    return {(f.code, f.where) for f in faults(template(change), purpose)}


def test_a_clean_template_has_no_fault():
    for purpose in ("bulletin", "briefing", "order"):
        assert faults(template(), purpose) == []


def _narrow(document):
    document.sections[0].page_width, document.sections[0].left_margin = Mm(148), Mm(20)


def _no_text(document):
    document.paragraphs[4].runs[0].text = "正文"


def _text_in_a_table(document):
    _no_text(document)
    document.tables[0].cell(0, 0).paragraphs[0].add_run("{{正文}}")


def _themed(document):
    document.tables[0].cell(1, 1).paragraphs[0].add_run("年")


def _tracked(document):
    document.paragraphs[0]._p.append(OxmlElement("w:ins"))


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (_narrow, ("sheet", "页面设置")),
        (_narrow, ("margin", "页面设置")),
        (lambda d: d.add_section(WD_SECTION.NEW_PAGE), ("sections", "全文")),
        (_no_text, ("place_missing", "全文")),
        (lambda d: line(d, "{{签名}}"), ("place_unknown", "第6段“{{签名}}”")),
        (lambda d: line(d, "{{标题}}"), ("place_twice", "全文")),
        (_text_in_a_table, ("place_of_text", "全文")),
        (lambda d: d.paragraphs[4].add_run("前言"), ("place_of_text", "全文")),
        (_themed, ("font", "第1表第2行第2格")),
        (_tracked, ("changes", "第1段“安禾区人民政府督查室文件”")),
        (lambda d: d.styles.add_style(next(iter(STYLES)), 1), ("style", "样式")),
    ],
)
def test_a_fault_is_named_with_its_place(change, fault):
    assert fault in codes(change)


def test_every_fault_says_what_to_do():
    for change in (_narrow, _no_text, _themed, _tracked):
        assert all(fault.todo and fault.found for fault in faults(template(change), "bulletin"))


def test_an_order_needs_no_number_of_its_own():
    def without(document):
        document.paragraphs[1].runs[0].text = ""

    assert codes(without, "order") == set()
    assert ("place_missing", "全文") in codes(without)
