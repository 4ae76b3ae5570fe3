"""What carries GDP: accounts as given back, weights of last year, gaps refused where pairs are few.

National Q1 2024 (the statistics bureau's release of 17 April 2024): the parts give 5.28, published 5.3; with
this year's shares as weights they would give 5.41.
"""

from __future__ import annotations

import io
import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from docx import Document
from openpyxl import load_workbook

from tests.district.fiscal.conftest import AT
from wenpan import rules as policy
from wenpan.district.accounts.models import Unit
from wenpan.district.ground.journal.models import Entry
from wenpan.district.ground.refused import Refused
from wenpan.district.intake.actions import undo
from wenpan.district.observations.models import Observation
from wenpan.district.supports import actions, papers, queries, rederived
from wenpan.district.supports.models import AccountsReport, AccountsRow, SupportDuty
from wenpan.rules.figures.supports import support_rules
from wenpan.rules.loading import RuleError

pytestmark = pytest.mark.django_db
NATION = [
    ("农林牧渔业", 12295, 3.5), ("工业", 96426, 6.0), ("建筑业", 13978, 5.8), ("批发和零售业", 29543, 6.0),
    ("交通运输、仓储和邮政业", 13532, 7.3), ("住宿和餐饮业", 4892, 7.3), ("金融业", 26812, 5.2),
    ("房地产业", 17736, -5.4), ("信息传输、软件和信息技术服务业", 15881, 13.7),
    ("租赁和商务服务业", 11232, 10.8), ("其他行业", 53974, 3.8),
]  # fmt: skip
OURS = ["农林牧渔业", "工业", "建筑业", "批发和零售业", "交通运输、仓储和邮政业", "住宿和餐饮业",
        "金融业", "房地产业", "营利性服务业", "非营利性服务业"]  # fmt: skip


def table(rows, title="安禾区2022年前三季度分行业增加值核算反馈表"):
    head = ["核算行业", "增加值（亿元）", "增速（%）"]
    return [[title], head, *([name, value, growth] for name, value, growth in rows)]


def alike(growth=5.0):
    return [(name, 100, growth) for name in OURS]


@pytest.fixture
def own_rules(monkeypatch):
    """A place's own list of industries."""
    home = Path(policy.loading.home_of(None))

    def write(industries):
        (home / "rules").mkdir(exist_ok=True)
        data = {"version": "1", "effective_from": date(2022, 1, 1), "source": "测试", "least_pairs": 8,
                "sources": {"direct": "直报"}, "industries": industries}  # fmt: skip
        (home / "rules" / "supports.yaml").write_text(yaml.safe_dump(data, allow_unicode=True))

    yield write
    shutil.rmtree(home / "rules", ignore_errors=True)


def test_the_nations_first_quarter_of_2024_comes_to_what_was_published(own_rules, accepted, put):
    own_rules(
        [{"code": f"i{n}", "name": name, "source": "direct"} for n, (name, _v, _g) in enumerate(NATION)]
    )
    put("anhe", "gdp", "2024-Q1", natural="5.3")
    rows = [*NATION, ("地区生产总值", 296299, 5.3)]
    accepted(table(rows, "2024年一季度分行业增加值核算反馈表"), "核算.xlsx")
    page = queries.supports_page()
    assert page.period == "2024-Q1" and page.gdp == 5.3
    assert round(page.found.growth, 2) == 5.28
    assert abs(page.apart) < 0.1
    pulls = {line.name: round(line.pull.pull, 2) for line in page.lines}
    assert (pulls["工业"], pulls["房地产业"], pulls["住宿和餐饮业"]) == (1.94, -0.36, 0.12)


def test_this_years_shares_would_be_the_wrong_weights(own_rules, accepted):
    """The trap: Σ V·g / Σ V = 5.41. The page must not come to it."""
    whole = sum(value for _n, value, _g in NATION)
    trap = sum(value * growth for _n, value, growth in NATION) / whole
    assert round(trap, 2) == 5.41
    own_rules(
        [{"code": f"i{n}", "name": name, "source": "direct"} for n, (name, _v, _g) in enumerate(NATION)]
    )
    accepted(table(NATION, "2024年一季度分行业增加值核算反馈表"), "核算.xlsx")
    found = queries.supports_page().found
    assert round(found.growth, 2) != round(trap, 2)
    industry = next(p for p in found.pulls if p.industry == "i1")
    assert industry.weight == pytest.approx(96426 / 1.06 / (sum(v / (1 + g / 100) for _n, v, g in NATION)))


def test_a_missing_industry_leaves_no_weights(accepted):
    """The weights of a part are no weights of the whole."""
    accepted(table(alike()[:-1]), "核算.xlsx")
    page = queries.supports_page()
    assert page.found is None and "缺非营利性服务业" in page.fault
    assert all(line.pull is None for line in page.lines)


def history(put, quarters, slope=0.5):
    """Industry's growth = 1 + slope × its indicator's, quarter by quarter."""
    for n, period in enumerate(quarters):
        put("anhe", "industry_va", period, natural=str(4 + n))
    return {period: 1 + slope * (4 + n) for n, period in enumerate(quarters)}


QUARTERS = [f"{year}-Q{q}" for year in (2020, 2021) for q in (1, 2, 3, 4)]
_END = {"1": "一季度", "2": "上半年", "3": "前三季度", "4": "全年"}


def send(accepted, period, growth, number):
    rows = [(name, 100, growth if name == "工业" else 5.0) for name in OURS]
    title = f"安禾区{period[:4]}年{_END[period[-1]]}分行业增加值核算反馈表"
    accepted(table(rows, title), f"核算{number}.xlsx")


@pytest.mark.parametrize(("pairs", "told"), [(7, False), (8, True)])
def test_seven_pairs_are_refused_and_eight_are_told(accepted, put, pairs, told):
    growths = history(put, QUARTERS[:pairs])
    for n, (period, growth) in enumerate(growths.items()):
        send(accepted, period, growth, n)
    line = next(line for line in queries.supports_page().lines if line.industry == "industry")
    assert line.sensitivity.pairs == pairs
    assert (line.per_point is not None) is told
    if told:
        low, middle, high = line.per_point
        assert middle == pytest.approx(0.5 * line.pull.weight, abs=1e-6) and low <= middle <= high
    else:
        assert "不足8组" in line.sensitivity.refused and line.gap_pull is None


def test_an_industry_without_an_indicator_is_refused_in_words(accepted):
    accepted(table(alike()), "核算.xlsx")
    line = next(line for line in queries.supports_page().lines if line.industry == "agriculture")
    assert line.sensitivity.refused == "没有对应的指标" and line.per_point is None


def test_nothing_of_it_enters_an_official_layer(accepted, put, people, client):
    put("anhe", "gdp", "2022-Q3", natural="5.1")
    before = list(Observation.objects.order_by("pk").values())
    accepted(table(alike()), "核算.xlsx")
    client.force_login(people["leader"])
    text = client.get("/supports/").content.decode()
    assert list(Observation.objects.order_by("pk").values()) == before
    assert "推算" in text and "不是核算结果，不入台账" in text


def test_rows_that_are_no_industry_are_asked_kept_and_not_counted(accepted):
    file = accepted(table([*alike(), ("第三产业", 500, 5.0), ("地区生产总值", 1000, 5.0)]), "核算.xlsx")
    asked = file.findings.filter(check_code="accounts.unknown_industry").values_list("cell", flat=True)
    assert list(asked) == ["A13"]
    page = queries.supports_page()
    assert page.left_out == ("第三产业",) and page.found.growth == pytest.approx(5.0)
    assert AccountsRow.objects.filter(whole=True).count() == 1


def test_a_month_that_is_no_quarter_is_refused(checked):
    found = checked(table(alike(), "安禾区2022年8月分行业增加值核算反馈表"), "核算.xlsx")
    assert found.state == "refused"
    assert found.findings.filter(check_code="accounts.no_quarter").exists()


def test_one_industry_twice_is_refused(checked):
    assert checked(table([*alike(), ("农业", 1, 1.0)]), "核算.xlsx").state == "refused"


def test_a_later_file_holds_and_one_taken_back_leaves_the_one_before(accepted, people):
    accepted(table(alike()), "核算.xlsx")
    second = accepted(table(alike(6.0)), "核算修订.xlsx")
    assert queries.supports_page().found.growth == pytest.approx(6.0)
    undo(submission=second, by=people["analyst"], reason="错表", at=AT)
    assert queries.supports_page().found.growth == pytest.approx(5.0)
    assert AccountsReport.objects.count() == 2


@pytest.fixture
def unit(db):
    return Unit.objects.create(code="jfj", name="安禾区经济发展局", short_name="经发局", kind="department",
                               order=1, pinyin="jfj", aliases=[])  # fmt: skip


def test_who_answers_for_an_industry_is_kept_with_who_did_before(unit, people):
    for person in ("王某", "李某"):
        actions.set_duty(
            industry="industry", unit=unit, leader="张副区长", person=person, by=people["analyst"], at=AT
        )
    assert [d.person for d in SupportDuty.objects.filter(superseded_at__isnull=True)] == ["李某"]
    assert SupportDuty.objects.count() == 2
    assert Entry.objects.filter(action="supports.duty").count() == 2
    with pytest.raises(Refused, match="没有这个核算行业"):
        actions.set_duty(industry="none", unit=unit, leader="a", person="b", by=people["analyst"], at=AT)
    with pytest.raises(Refused, match="责任领导"):
        actions.set_duty(industry="industry", unit=unit, leader=" ", person="b", by=people["analyst"], at=AT)


class TestPagesAndPapers:
    def test_the_papers_numbers_are_the_pages(self, accepted, unit, people, client):
        rows = [(name, 300 if name == "工业" else 100, 6.0 if name == "工业" else 3.0) for name in OURS]
        accepted(table(rows), "核算.xlsx")
        actions.set_duty(
            industry="industry", unit=unit, leader="张副区长", person="王某", by=people["analyst"], at=AT
        )
        client.force_login(people["leader"])
        line = next(line for line in queries.supports_page().lines if line.industry == "industry")
        paper = Document(io.BytesIO(client.get("/supports/paper/meeting/?period=2022-Q3").content))
        cells = [[cell.text for cell in row.cells] for row in paper.tables[0].rows]
        mine = next(row for row in cells if row[0] == "工业")
        assert mine[1:4] == [f"{100 * line.pull.weight:.1f}", "6.0", f"{line.pull.pull:.2f}"]
        assert any("推算" in p.text for p in paper.paragraphs)
        duties = Document(io.BytesIO(client.get("/supports/paper/duties/").content))
        assert "张副区长" in [cell.text for row in duties.tables[0].rows for cell in row.cells]
        book = load_workbook(io.BytesIO(client.get("/supports/?export=xlsx").content))
        row = next(row for row in book.active.values if row[0] == "工业")
        assert row[9] == pytest.approx(line.pull.pull)

    def test_the_same_page_gives_the_same_paper(self, accepted):
        accepted(table(alike()), "核算.xlsx")
        page = queries.supports_page()
        on = date(2022, 10, 20)
        assert papers.meeting_table(page, "安禾区", on) == papers.meeting_table(page, "安禾区", on)

    def test_a_duty_is_set_on_the_page(self, unit, people, client):
        client.force_login(people["analyst"])
        client.post(
            "/supports/duties/set/",
            {"industry": "finance", "unit": "jfj", "leader": "张某", "person": "王某"},
        )
        assert SupportDuty.objects.get().industry == "finance"
        assert "王某" in client.get("/supports/duties/").content.decode()
        client.force_login(people["leader"])
        assert client.post("/supports/duties/set/", {}).status_code == 403

    @pytest.mark.parametrize("path", ["", "duties/", "paper/meeting/"])
    def test_others_may_not(self, regions, people, client, path):
        client.force_login(people["liaison"])
        assert client.get(f"/supports/{path}").status_code == 403

    def test_nothing_yet_is_said(self, regions, people, client):
        client.force_login(people["leader"])
        assert "还没有分行业核算反馈" in client.get("/supports/").content.decode()
        assert client.get("/supports/paper/meeting/").status_code == 404
        assert client.get("/supports/paper/none/").status_code == 404


def test_a_list_that_names_an_unknown_indicator_is_refused(own_rules):
    own_rules([{"code": "a", "name": "甲", "source": "direct", "indicator": "nothing"}])
    with pytest.raises(RuleError, match="指标目录"):
        support_rules()


def test_the_shipped_list_is_read():
    rules = support_rules()
    assert rules.of("工业增加值").code == "industry" and rules.of("火星业") is None
    assert Decimal(rules.least_pairs) == 8


def test_the_memo_of_a_topic_meeting_has_the_tables_pulls_and_what_they_add_up_to(accepted):
    from wenpan.district.meetings.support_pulls import support_pulls

    assert support_pulls() == {"pulls": (), "pulls_said": "还没有核算资料，不能推算拉动。"}
    accepted(table(alike()), "核算.xlsx")
    page, told = queries.supports_page(), support_pulls()
    assert {row.industry: row.pull for row in told["pulls"]} == {
        line.name: f"{line.pull.pull:.2f}" for line in page.lines
    }
    assert told["pulls_said"].startswith("前三季度各行业拉动合计5.00个百分点（推算，不是核算结果）")


def test_doctor_reads_the_accounts_again_and_follows_the_duties(accepted, unit, people, behind_the_back):
    told = lambda: list(rederived.troubles(lambda words: None))  # noqa: E731
    send(accepted, "2022-Q3", 5.0, 1)
    for person in ("甲", "乙"):
        actions.set_duty(industry="industry", unit=unit, leader="李", person=person, by=people["analyst"])
    assert told() == []
    with behind_the_back():
        row = AccountsRow.objects.filter(growth__isnull=False).first()
        AccountsRow.objects.filter(pk=row.pk).update(growth=row.growth + 1)
        SupportDuty.objects.filter(person="乙").update(superseded_at=AT)
        first, second = told()
        assert first.startswith(f"supports.AccountsRow row {row.pk} ") and first.endswith(": growth.")
        assert "the duties give None" in second
