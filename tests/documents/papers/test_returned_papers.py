"""A paper that was edited in Word and comes back: its words are taken, its figures are not, each is named."""

from __future__ import annotations

import copy
import io
from dataclasses import replace
from datetime import date

import pytest
from docx import Document
from docx.oxml import parse_xml
from hypothesis import given as for_all
from hypothesis import strategies as st

from tests.documents.papers.test_wording_briefing import given
from wenpan.documents.papers.briefing.compose import compose
from wenpan.documents.papers.facts import assert_consistent
from wenpan.documents.papers.gbt9704.render import render
from wenpan.documents.papers.paper import Paper, block_text
from wenpan.documents.papers.returned.apply import edited
from wenpan.documents.papers.returned.compare import changed_figures, compared
from wenpan.documents.papers.returned.elements import PaperElement, elements_of, elements_sent
from wenpan.documents.papers.returned.sentence_figures import sentence_figures

DAY = date(2022, 10, 20)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def made():
    paper, register = compose(given())
    return paper, register, render(paper, created=DAY)


def sent_with(data: bytes, *changes: tuple[str, str], controls: bool = True) -> bytes:
    """The .docx with words replaced as somebody types them over; without controls, as WPS may save it."""
    document = Document(io.BytesIO(data))
    for paragraph in [
        *document.paragraphs,
        *(p for t in document.tables for c in t._cells for p in c.paragraphs),
    ]:
        texts = [t for t in paragraph._p.iter(f"{W}t") if not list(t.iterancestors(f"{W}txbxContent"))]
        whole = "".join(t.text or "" for t in texts)
        new = whole
        for old, now in changes:
            new = new.replace(old, now)
        if new == whole and controls:
            continue
        if new != whole or not controls:
            rest = [p for p in list(paragraph._p) if not p.tag.endswith("}pPr")]
            for node in rest:
                if node.find(".//{*}drawing") is None:
                    paragraph._p.remove(node)
            if new:
                paragraph.add_run(new)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def back(made, data: bytes):
    paper, register, _ = made
    return compared(paper, register.to_json(), elements_sent(data))


def words(paper: Paper) -> str:
    return "\n".join(block_text(block) for block in paper.all_blocks())


def test_our_own_reading_of_the_page_is_what_word_holds(made):
    paper, _, data = made
    ours, theirs = elements_of(paper), elements_sent(data)
    assert [(e.text.strip(), e.cells, e.marks) for e in ours] == [
        (e.text.strip(), e.cells, e.marks) for e in theirs
    ]


@pytest.mark.parametrize("controls", [True, False], ids=["with controls", "controls lost"])
def test_a_paper_that_comes_back_unchanged_is_the_same_paper(made, controls):
    paper, _, data = made
    edits, problems = back(made, sent_with(data, controls=controls))
    assert problems == [] and edited(paper, edits) == paper


@pytest.mark.parametrize("controls", [True, False], ids=["with controls", "controls lost"])
def test_changed_words_are_taken_and_the_figures_stay_tied_to_their_facts(made, controls):
    paper, register, data = made
    changed = sent_with(data, ("固定资产投资", "全区固定资产投资"), controls=controls)
    edits, problems = back(made, changed)
    assert problems == []
    new = edited(paper, edits)
    assert "全区固定资产投资" in words(new)
    assert_consistent(register, new)
    facts = [key for span in paper.spans() for key in span.facts]
    assert [key for span in new.spans() for key in span.facts] == facts


WRONG = [
    ("another number", "下降12.3%", "下降11.3%", "figure_changed"),
    ("another direction", "下降12.3%", "增长12.3%", "figure_changed"),
    ("another unit", "下降12.3%", "下降12.3个百分点", "figure_changed"),
    ("another light", "亮红灯的是", "亮黄灯的是", "figure_changed"),
    ("a figure left out", "下降12.3%", "下降", "figure_changed"),
    ("another title", "经济运行分析", "经济运行情况分析", "fixed"),
    ("another day", "2022年10月20日", "2022年10月21日", "fixed"),
    ("a figure of one's own", "亮红灯的是", "另有招商到位资金35亿元。亮红灯的是", "untracked"),
]


@pytest.mark.parametrize("controls", [True, False], ids=["with controls", "controls lost"])
@pytest.mark.parametrize("old, new, code", [w[1:] for w in WRONG], ids=[w[0] for w in WRONG])
def test_what_is_not_the_ledgers_is_refused_by_name(made, old, new, code, controls):
    _, problems = back(made, sent_with(made[2], (old, new), controls=controls))
    assert code in {p.code for p in problems}, problems


def test_a_changed_figure_is_refused_with_its_own_name_and_period(made):
    _, problems = back(made, sent_with(made[2], ("下降12.3%", "下降11.3%")))
    told = [p for p in problems if "固定资产投资" in p.where]
    assert told and "12.3%" in told[0].found and "11.3%" in told[0].found


@pytest.mark.parametrize(
    ("after", "problems"),
    [
        ("固定资产投资下降12.3%。", 0),
        ("固定资产投资下降12.3%，较上月收窄。", 1),
        ("固定资产投资下降，较上月收窄0.4个百分点。", 1),
        ("固定资产投资较上月收窄0.4个百分点。", 0),
        ("各单位要压实责任。", 0),
    ],
)
def test_a_figure_may_go_with_its_clause_and_not_out_of_it(after, problems):
    before = PaperElement(text="固定资产投资下降12.3%，较上月收窄0.4个百分点。", block=3)

    found = list(changed_figures(before, replace(before, text=after), {}))

    assert [p.code for p in found] == ["figure_changed"] * problems


def test_a_paragraph_may_go_and_a_new_one_without_figures_may_come(made):
    paper, register, data = made
    document = Document(io.BytesIO(data))
    gone = next(p for p in document.paragraphs if p.text.startswith("公布增速的"))
    after = next(p for p in document.paragraphs if p.text.startswith("二、"))
    new = after.insert_paragraph_before("各单位要压实责任，逐项对账。")
    new._p.get_or_add_pPr()
    gone._p.getparent().remove(gone._p)
    out = io.BytesIO()
    document.save(out)
    edits, problems = back(made, out.getvalue())
    assert problems == []
    text = words(edited(paper, edits))
    assert "逐项对账" in text and "公布增速的" not in text
    assert_consistent(register, edited(paper, edits))


@pytest.mark.parametrize(
    "words, free",
    [("10月25日前报送", True), ("5个工作日内办结", True), ("按安督通〔2022〕9号办理", True),
     ("9月投资", False), ("1—10月", False), ("35亿元", False)],
)  # fmt: skip
def test_a_deadline_may_be_written_and_a_figure_may_not(words, free):
    assert all(said.deadline for said in sentence_figures(words)) is free


def test_words_of_a_cell_are_taken_and_its_figures_and_rows_are_not(made):
    _, problems = back(made, sent_with(made[2], ("-12.3", "-11.3")))
    assert any(p.code == "figure_changed" for p in problems)
    document = Document(io.BytesIO(made[2]))
    row = document.tables[0].rows[-1]._tr
    row.getparent().remove(row)
    out = io.BytesIO()
    document.save(out)
    _, problems = back(made, out.getvalue())
    assert [p.code for p in problems] == ["table"]


def test_a_package_names_no_theme_fonts_and_only_its_own(made):
    import zipfile

    with zipfile.ZipFile(io.BytesIO(made[2])) as package:
        text = "".join(package.read(n).decode() for n in package.namelist() if n.endswith(".xml"))
        fonts = package.read("word/fontTable.xml").decode()
    assert "asciiTheme" not in text and "Calibri" not in text and "Cambria" not in text
    assert "仿宋_GB2312" in fonts and "Symbol" not in fonts


@for_all(
    st.sampled_from(["增长", "下降", "高于", "低于"]),
    st.integers(0, 999),
    st.sampled_from(["%", "亿元", "位"]),
)
def test_a_sentence_says_the_same_whatever_the_words_around_its_figure(direction, tenths, unit):
    figure = f"{direction}{tenths / 10}{unit}"
    [one] = sentence_figures(f"全区投资{figure}。")
    [other] = sentence_figures(f"从投入看，投资{figure}，走势平稳。")
    assert one.said == other.said == figure


@pytest.mark.parametrize("before", ["较多的是第", "至少要有", "超前谋划了"])
def test_a_short_word_is_a_direction_only_right_before_its_number(before):
    assert [said.said for said in sentence_figures(f"{before}12项")] == ["12项"]
    assert [said.said for said in sentence_figures("比上月多12项")] == ["多12项"]


@pytest.mark.parametrize("head", ["1.", "(2)", "（3）", "附件1 "])
def test_the_number_of_a_paragraph_is_no_figure(head):
    assert sentence_figures(f"{head}各单位要抓紧。") == []


def _typed(xml: str):
    """What an edit in Word leaves behind the control that holds 下降12.3%."""
    names = (
        'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
        'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    )
    return parse_xml(xml.replace(" NS", f" {names}"))


def _said(node) -> str:
    return "".join(t.text or "" for t in node.iter(f"{W}t"))


def _altered(data: bytes, change) -> bytes:
    document = Document(io.BytesIO(data))
    control = next(s for s in document.element.body.iter(f"{W}sdt") if "下降12.3%" in _said(s))
    change(control)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _tracked(control):
    content = control.find(f"{W}sdtContent")
    content.remove(content.find(f"{W}r"))
    content.append(
        _typed('<w:del NS w:id="9" w:author="x"><w:r><w:delText>下降12.3%</w:delText></w:r></w:del>')
    )
    content.append(_typed('<w:ins NS w:id="10" w:author="x"><w:r><w:t>下降11.3%</w:t></w:r></w:ins>'))


def _unwrapped(control):
    for run in list(control.find(f"{W}sdtContent")):
        control.addprevious(run)
    control.getparent().remove(control)


OWN = "，另完成35亿元"


def _behind(xml: str):
    return lambda control: control.addnext(_typed(xml))


SAVED = [
    ("a control twice", lambda c: c.addnext(copy.deepcopy(c)), {"untracked"}),
    ("a tracked change inside a control", _tracked, {"figure_changed"}),
    ("a control taken off, its words kept", _unwrapped, set()),
    ("a hidden digit", _behind("<w:r NS><w:rPr><w:vanish/></w:rPr><w:t>9</w:t></w:r>"), {"untracked"}),
    ("a formula", _behind(f"<m:oMath NS><m:r><m:t>{OWN}</m:t></m:r></m:oMath>"), {"untracked"}),
    ("a field", _behind(f"<w:fldSimple NS><w:r><w:t>{OWN}</w:t></w:r></w:fldSimple>"), {"untracked"}),
    ("words moved away", _behind(f"<w:moveFrom NS><w:r><w:t>{OWN}</w:t></w:r></w:moveFrom>"), set()),
]


@pytest.mark.parametrize("change, codes", [s[1:] for s in SAVED], ids=[s[0] for s in SAVED])
def test_what_word_leaves_in_a_saved_paper_is_read_as_it_shows(made, change, codes):
    _, problems = back(made, _altered(made[2], change))
    assert {p.code for p in problems} == codes, problems
