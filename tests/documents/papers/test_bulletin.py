"""The bulletin as a paper: whatever the rows, sums agree, shares make 100.0; refused when at odds."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from docx import Document as Docx
from docx.shared import RGBColor
from hypothesis import given, settings
from hypothesis import strategies as st

from wenpan import rules
from wenpan.documents.papers.bulletin.checks import expected_judgement
from wenpan.documents.papers.bulletin.compose import compose
from wenpan.documents.papers.bulletin.input import (
    Before,
    BulletinInput,
    BulletinPolicy,
    Lights,
    LitSubject,
    Scored,
    Scores,
    Weeks,
)
from wenpan.documents.papers.bulletin.rows import PARTS, BulletinRow, Reply, origin_of, picked, tags_of
from wenpan.documents.papers.bulletin.words import figures
from wenpan.documents.papers.facts import Inconsistent
from wenpan.documents.papers.gbt9704 import render as gbt9704
from wenpan.documents.papers.paper import block_text, from_json, to_json
from wenpan.economy.time.periods import Month

UNITS = {"jfj": "经发局", "zjj": "住建局", "tongxi": "桐溪镇", "liuwan": "柳湾镇"}
SOURCES = {f"source:{n}": f"《第{n}次常务会议纪要》" for n in range(1, 12)} | {
    "cause:indicator": "指标红黄灯"
}
POLICY = BulletinPolicy.from_data(rules.load_yaml("supervision/bulletin")[0])
LAST = date(2022, 9, 30)


def row(n: int, part: str = "working", **more) -> BulletinRow:
    """A matter that is consistent with itself; `part` decides what the rest must be."""
    closed = part == "closed"
    due = {"overdue": date(2022, 9, 20), "paused": None}.get(part, date(2022, 10, 15))
    values = {
        "pk": n, "number": f"2022-{n:04d}", "title": f"完成第{n}号地块供地", "source": "source:1",
        "unit": "zjj", "coops": (), "part": part, "due": due, "assigned_on": date(2022, 9, 1),
        "light": "RED" if part == "overdue" else "UNKNOWN" if part == "paused" else "GREEN",
        "closed_on": date(2022, 9, 15) if closed else None, "in_time": closed, "closed_now": closed,
        "new": True,
    }  # fmt: skip
    return BulletinRow(**(values | more))


def made(*rows: BulletinRow, **more) -> BulletinInput:
    standard = BulletinInput(
        month=Month(2022, 9), place="安禾区", issuer="安禾区督查绩效办", dated=date(2022, 10, 8), rows=rows,
        replies=(), units=UNITS, sources=SOURCES, indicators=Lights(None, "2022-08", {}, (), False),
        projects=Lights(None, "2022-08", {}, (), False), scores=Scores("2022-01"), weeks=Weeks(),
        policy=POLICY,
    )  # fmt: skip
    return replace(standard, **more)


def problems(input_: BulletinInput) -> list[str]:
    with pytest.raises(Inconsistent) as refusal:
        compose(input_)
    return [problem.code for problem in refusal.value.problems]


@st.composite
def months(draw) -> BulletinInput:
    """Any month: matters in any part, unit and source, feedback, lights, weeks, a month before."""
    count = draw(st.integers(1, 60))
    parts = draw(st.lists(st.sampled_from(list(PARTS)), min_size=count, max_size=count))
    rows = []
    for n, part in enumerate(parts, start=1):
        closed, open_ = part == "closed", part in {"working", "overdue"}
        rows.append(row(
            n, part, unit="" if part == "vacant" else draw(st.sampled_from(list(UNITS))),
            source=draw(st.sampled_from(list(SOURCES))), in_time=closed and draw(st.booleans()),
            closed_now=closed and draw(st.booleans()), new=draw(st.booleans()),
            recurring=not closed and draw(st.booleans()), due_next=open_ and draw(st.booleans()),
        ))  # fmt: skip
    replies = [
        Reply(one.pk, one.number, one.title, one.unit or "zjj", LAST, "feedback", late, 3 if late else 0)
        for one in draw(st.lists(st.sampled_from(rows), max_size=20))
        for late in [draw(st.booleans())]
    ]
    lit = tuple(
        LitSubject("indicator", f"i{n}", f"指标{n}", "经发局", "RED") for n in range(draw(st.integers(0, 14)))
    )
    before = draw(
        st.none() | st.builds(Before, *[st.integers(0, 99)] * 2, st.integers(0, 9), st.integers(0, 99))
    )
    slips = draw(st.lists(st.tuples(st.sampled_from([("red", "红单"), ("blue", "蓝单")]), st.integers(1, 9)),
                          unique_by=lambda slip: slip[0][0], max_size=2))  # fmt: skip
    return made(
        *rows,
        replies=tuple(replies),
        before=before,
        indicators=Lights(
            "2022-08", "2022-08", {"RED": len(lit), "YELLOW": 0, "GREEN": 5, "UNKNOWN": 1}, lit
        ),
        weeks=Weeks(draw(st.integers(0, 5)), 12, 9),
        slips=tuple((code, name, n) for (code, name), n in slips),
    )


@settings(max_examples=120, deadline=None)
@given(months())
def test_whatever_happened_sums_agree_shares_make_100_and_every_count_has_its_matters(input_):
    paper, register = compose(input_)
    shown = {key: fact.shown for key, fact in register.facts.items()}
    counts = {tag: int(shown[f"matters/{tag}"]) for tag in PARTS}
    assert sum(counts.values()) == int(shown["matters/all"]) == len(input_.rows)
    assert sum(Decimal(shown[f"share/{tag}"]) for tag in PARTS) == Decimal("100.0")
    for group in ("unit", "source"):
        keys = [k for k in shown if k.startswith(f"share/{group}/")]
        assert sum(Decimal(shown[k]) for k in keys) == Decimal("100.0")
    for key, text in shown.items():
        if (found := tags_of(key)) is not None:
            rows = input_.rows if found[0] == "matters" else input_.replies
            assert len(picked(rows, found[1])) == int(text), key
    assert len(paper.title) == 2
    assert from_json(to_json(paper)) == paper
    again = BulletinInput.from_json(input_.to_json())
    assert (compose(again)[0], again) == (paper, input_)


def test_the_same_input_gives_the_same_bytes():
    input_ = made(row(1), row(2, "closed"), row(3, "overdue"))
    papers = [gbt9704.render(compose(input_)[0], created=input_.dated) for _ in range(2)]
    assert papers[0] == papers[1]


def docx(input_: BulletinInput):
    return Docx(io.BytesIO(gbt9704.render(compose(input_)[0], created=input_.dated)))


def test_the_head_is_red_and_carries_name_and_number():
    paragraphs = docx(made(row(1), number="安督通〔2022〕9号")).paragraphs
    name, number = paragraphs[:2]
    assert (name.text, name.runs[0].font.color.rgb) == ("安禾区督查通报", RGBColor(0xFF, 0, 0))
    assert number.text == "安督通〔2022〕9号"
    assert 'w:color="FF0000"' in number._p.xml
    assert paragraphs[4].text == ""
    assert paragraphs[5].text == "各镇（街道），区直各部门、各单位："


def test_the_annex_prints_every_matter_as_it_stood():
    tables = docx(made(row(1), row(2, "closed", in_time=False), row(3, "paused", coops=("桐溪镇",)))).tables
    printed = [[cell.text for cell in line.cells] for line in tables[-1].rows]
    assert printed == [
        ["编号", "督办事项", "牵头（配合）单位", "时限", "状态", "灯"],
        ["2022-0001", "完成第1号地块供地", "住建局", "2022-10-15", "在办", "绿"],
        ["2022-0002", "完成第2号地块供地", "住建局", "2022-10-15", "逾期办结", "绿"],
        ["2022-0003", "完成第3号地块供地", "住建局（桐溪镇）", "—", "暂缓", "—"],
    ]


def test_many_sources_are_summed_up_in_one_line():
    rows = [row(n, source=f"source:{(n - 1) % 11 + 1}") for n in range(1, 34)]
    paper, register = compose(made(*rows))
    table = next(block for block in paper.blocks if getattr(block, "title", "").startswith("表1"))
    assert [line[0].text for line in table.rows][-2:] == ["其他来源", "合计"]
    assert len(table.rows) == POLICY.sources_shown + 2
    assert register.facts["rest/source/all"].shown == "9"


def test_the_month_before_is_said_in_words_and_signs():
    before = Before(5, 0, 1, 4, "安督通〔2022〕8号")
    paper, _register = compose(made(row(1), row(2, "closed"), row(3, "overdue"), before=before))
    said = "".join(block_text(block) for block in paper.blocks)
    assert "与8月底相比，事项减少2项、累计办结增加1项、逾期持平，办结率提高33.3个百分点。" in said


@pytest.mark.parametrize(
    "wrong, code",
    [
        (row(1, "closed", closed_on=None), "contradiction"),
        (row(1, "closed", closed_on=date(2022, 10, 2)), "contradiction"),
        (row(1, "overdue", due=date(2022, 10, 1)), "contradiction"),
        (row(1, "overdue", light="YELLOW"), "contradiction"),
        (row(1, "working", in_time=True), "contradiction"),
        (row(1, "working", assigned_on=LAST + timedelta(days=1)), "contradiction"),
        (row(1, "finished"), "contradiction"),
    ],
)
def test_a_matter_at_odds_with_itself_stops_the_paper(wrong, code):
    assert problems(made(wrong, row(2))) == [code]


def test_one_number_for_two_matters_stops_the_paper():
    assert problems(made(row(1), row(1))) == ["two_values"]


@pytest.mark.parametrize(
    "more, code",
    [
        ({"rows": ()}, "no_matters"),
        ({"dated": LAST}, "early"),
        ({"indicators": Lights("2022-07", "2022-08", {}, ())}, "stale"),
        ({"projects": Lights(None, "2022-08", {}, ())}, "stale"),
        ({"weeks": Weeks(3, 9, 9, ("2022-09-19",))}, "week_open"),
        ({"indicators": Lights("2022-08", "2022-08", {"RED": 2}, ())}, "light"),
        ({"lead_in": "全区完成率95.3%。"}, "untracked"),
        ({"demands": ("再办结12项。",)}, "untracked"),
    ],
)
def test_what_else_stops_it(more, code):
    assert problems(made(row(1), **more)) == [code]


def test_a_place_that_does_not_keep_weeks_may_say_so():
    open_ = Weeks(3, 9, 9, ("2022-09-19",))
    assert len(problems(made(row(1), weeks=open_))) == 1
    assert compose(made(row(1), weeks=open_, policy=replace(POLICY, weeks_closed=False)))


@pytest.mark.parametrize(
    "today, due",
    [
        (date(2022, 10, 8), Month(2022, 8)),  # September's figures come in the course of October
        (date(2022, 10, 25), Month(2022, 9)),
        (date(2022, 12, 28), Month(2022, 9)),  # never later than the bulletin's own month
    ],
)
def test_which_judgement_is_due(today, due):
    now = Month(today.year, today.month)
    assert expected_judgement(Month(2022, 9), today.day, now, 25) == due


def test_january_has_no_judgement_of_its_own():
    assert expected_judgement(Month(2022, 2), 8, Month(2022, 3), 25) == Month(2021, 12)


@pytest.mark.parametrize(
    "words, found",
    [
        ("于10月20日前报送，3个工作日内补齐。", []),
        ("按安政办〔2022〕6号文件，2022年底前完成2022-0012号事项。", []),
        ("10月20日17:30前报送。", []),
        ("完成率达到95%。", ["95%"]),
        ("再完成12项、2.5亿元。", ["12", "2.5"]),
    ],
)
def test_which_digits_people_may_write(words, found):
    assert figures(words) == found
    if not found:
        assert words[:4] in block_text(compose(made(row(1), demands=(words,)))[0].blocks[-1])


@pytest.mark.parametrize(
    "fact, origin",
    [
        ("matters/overdue&unit=zjj", "matters/overdue&unit=zjj"),
        ("share/overdue", "matters/overdue"),
        ("share/unit/unit=zjj", "matters/unit=zjj"),
        ("share/all", "matters/all"),
        ("rate/closed", "matters/counted"),
        ("rate/unit=zjj", "matters/counted&unit=zjj"),
        ("rate/in_time", "matters/closed"),
        ("change/closed", "matters/closed"),
        ("change/rate", "matters/counted"),
        ("replies/late", "replies/late"),
        ("weeks/held", None),
        ("scores/unit=zjj", None),
        ("rate/source/rest", None),
    ],
)
def test_where_a_number_leads(fact, origin):
    assert origin_of(fact) == origin


def test_praise_and_blame_name_the_score_and_what_it_came_from():
    marks = (
        Scored("jfj", 5, "112.0", 1, (("closed_in_time", "按期办结", 6),)),
        Scored("zjj", 4, "43.8", 2, (("returned", "反馈无实质内容被退办", 1),)),
        Scored("tongxi", 1, "100.0", None),
    )
    scores = Scores("2022-01", marks, ("jfj",), ("zjj",), 3, 1, 0)
    said = "".join(block_text(block) for block in compose(made(row(1), scores=scores))[0].blocks)
    assert "本月参与计分排名的单位2个；事项少于3项的1个单位不参与排名。" in said
    assert "对经发局（112.0分，按期办结6次）予以通报表扬。" in said
    assert "对住建局（43.8分，反馈无实质内容被退办1次）予以通报批评。" in said
    assert "本月复核扣分申诉，予以调整1件、维持原分0件。" in said


FORECASTS = {
    "year": 2022, "said": 373, "missed": 73, "indicators": 24, "mean_said": 0.67, "met": 0.804,
    "covered": 0.997, "closer": 0.9,
    "brier": 0.153, "naive_brier": 0.147, "hits": 0.21, "false_alarms": 0.0, "naive_hits": None,
    "naive_false_alarms": 0.007, "bins": [[0, 20, 83, 0.0], [80, 100, 75, 0.99]],
}  # fmt: skip


def test_a_years_bulletin_reports_on_the_forecasts_and_older_ones_are_read():
    with_report = made(row(1), row(2), forecasts=FORECASTS)
    paper, _register = compose(with_report)
    said = "\n".join(block_text(block) for block in paper.all_blocks())
    assert "八、预测成绩单" in said and "作出预判373次" in said and "说80—100%的75次，实际完成99%" in said
    assert BulletinInput.from_json(json.loads(json.dumps(with_report.to_json()))).forecasts == FORECASTS
    older = made(row(1)).to_json()
    older.pop("forecasts")
    assert BulletinInput.from_json(older).forecasts is None
    plain_paper, _register = compose(made(row(1)))
    assert "预测成绩单" not in "\n".join(block_text(block) for block in plain_paper.all_blocks())
