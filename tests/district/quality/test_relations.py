"""表内关系 become rules only when a person confirms them; other forms and other sources are plausibility."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
import yaml
from django.core.exceptions import PermissionDenied

from tests.district.observations.conftest import figure, statistician, stored  # noqa: F401  (fixtures)
from tests.district.places import accepted_file
from tests.district.quality.conftest import AT, SEPTEMBER
from wenpan.district.ground.refused import Refused
from wenpan.district.observations.models import Batch, Observation, Region
from wenpan.district.projects.base.scope import ALL
from wenpan.district.projects.models import KeyProject, Link
from wenpan.district.quality.checks import checks
from wenpan.district.quality.models import PrintedRelation
from wenpan.district.quality.relations import actions, queries
from wenpan.district.quality.source_panel import panel
from wenpan.district.quality.sources import source_checks, verdicts_of
from wenpan.economy.quality.edits.edit_rules import EditRules

pytestmark = pytest.mark.django_db
PRINTED = "本年自年初累计≤自开始建设累计; 8栏=(9+17)栏; 各栏应如实填写"


def propose(by):
    return actions.propose_relations(form="206-1表", text=PRINTED, by=by, at=AT)


def confirm(row, by, **changed):
    told = {"expression": row.proposed, "sentence": "本年不大于累计", "severity": "hard",
            "passes": "本年自年初累计=5, 自开始建设累计=5", "fails": "本年自年初累计=6, 自开始建设累计=5",
            "from_day": date(2022, 1, 1), "at": AT, **changed}  # fmt: skip
    return actions.confirm_relation(relation=row, by=by, **told)


@pytest.fixture
def first(people):
    propose(people["office"])
    return PrintedRelation.objects.order_by("pk").first()


def test_printed_relations_are_proposed_once_and_what_was_not_understood_is_kept_with_its_reason(people):
    assert propose(people["office"]) == (3, 2)
    assert propose(people["office"]) == (0, 0)
    (unread,) = PrintedRelation.objects.filter(proposed="")
    assert "各栏应如实填写" in unread.printed and unread.problem
    assert queries.confirmed_rules() == (), "nothing checks before a person has confirmed it"


def test_a_confirmed_relation_checks_the_returns_from_its_day_on(first, returned, people):
    before = {c.rule.code for c in checks(SEPTEMBER, ALL).counts}
    confirm(first, people["office"])
    counts = {c.rule.code: c for c in checks(SEPTEMBER, ALL).counts}
    assert set(counts) - before == {first.code}
    assert (counts[first.code].passed, counts[first.code].failed) == (2, 0)
    assert counts[first.code].rule.source.startswith("206-1表表内关系")


def test_a_relation_is_in_force_on_its_first_day_and_not_before(first, returned, people):
    confirm(first, people["office"], from_day=date(2022, 10, 1))
    (count,) = [c for c in checks(SEPTEMBER, ALL).counts if c.rule.code == first.code]
    assert (count.passed, count.not_in_force) == (0, 2)


def test_an_ended_relation_checks_no_later_month(first, returned, people):
    confirm(first, people["office"])
    actions.end_relation(relation=first, by=people["office"], at=AT)
    assert first.to_day == date(2022, 10, 17)
    with pytest.raises(Refused):
        actions.end_relation(relation=first, by=people["office"], at=AT)


def test_a_relation_of_columns_that_the_returns_lack_is_listed_as_not_used(people, returned):
    propose(people["office"])
    row = PrintedRelation.objects.get(printed="8栏=(9+17)栏")
    confirm(row, people["office"], passes="8栏=3, 9栏=1, 17栏=2", fails="8栏=4, 9栏=1, 17栏=2")
    (count,) = [c for c in checks(SEPTEMBER, ALL).counts if c.rule.code == row.code]
    assert not count.used and "没有" in count.rule.problem


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"passes": "本年自年初累计=6, 自开始建设累计=5"}, "样例"),
        ({"fails": "本年自年初累计=5"}, "缺"),
        ({"passes": "五"}, "写作"),
        ({"expression": "select 1"}, "select"),
        ({"expression": ""}, "表达式"),
        ({"sentence": " "}, "说明"),
        ({"severity": "fatal"}, "级别"),
    ],
)
def test_what_its_own_examples_contradict_is_not_confirmed(first, people, changed, words):
    with pytest.raises(Refused, match=words):
        confirm(first, people["office"], **changed)
    first.refresh_from_db()
    assert first.state == "proposed"


def test_a_relation_is_declined_once(first, people):
    actions.decline_relation(relation=first, by=people["office"], at=AT)
    with pytest.raises(Refused):
        confirm(first, people["office"])
    assert queries.confirmed_rules() == ()


def test_only_the_statistics_office_makes_rules(first, people):
    with pytest.raises(PermissionDenied):
        confirm(first, people["town"])
    with pytest.raises(PermissionDenied):
        propose(people["leader"])


def test_the_office_reads_in_on_the_page(people, client):
    client.force_login(people["office"])
    client.post("/quality/relations/propose/", {"form": "206-1表", "text": PRINTED})
    page = client.get("/quality/relations/").content.decode()
    assert "未读懂" in page and "各栏应如实填写" in page


def test_the_office_confirms_on_the_page_and_takes_the_rules_as_a_file(first, people, client):
    client.force_login(people["office"])
    client.post(f"/quality/relations/{first.pk}/", {
        "what": "confirm", "expression": first.proposed, "sentence": "本年不大于累计", "severity": "soft",
        "passes": "本年自年初累计=5，自开始建设累计=5", "fails": "本年自年初累计=6，自开始建设累计=5",
        "from_day": "2022-01-01",
    })  # fmt: skip
    file = client.get("/quality/relations/?export=yaml").content.decode()
    (rule,) = EditRules.from_data(yaml.safe_load(file)).rules
    assert (rule.problem, rule.severity, rule.effective_from) == ("", "soft", date(2022, 1, 1))


def test_the_key_list_is_another_form_beside_the_return(project, people):
    key = KeyProject.objects.create(
        code="Z1", name="桐溪智造园", pinyin="x", level="district", stage="building", year=2022,
        kind="industry", year_plan=900, planned_total=10_000, this_year=800, reported="2022-09",
        unit=project.unit, department=project.department,
    )  # fmt: skip
    Link.objects.create(
        project=project, key_project=key, year=2022, confirmed_by=people["office"], confirmed_at=AT
    )

    def count(code):
        return next(c for c in checks(SEPTEMBER, ALL).counts if c.rule.code == code)

    assert (count("key_list_this_year").failed, count("key_list_this_year").missing) == (1, 1), "900, 800"
    assert count("key_list_total").passed == 1
    key.reported = "2022-08"
    key.save()
    assert count("key_list_this_year").missing == 2, "of another month: nothing to compare"
    assert "投资项目申请表" in count("application_total").rule.problem, "that form is not held here"


def test_published_growths_far_apart_are_shown_as_plausibility(stored):  # noqa: F811
    stored(
        figure("industry_va", "8.0"), figure("industry_electricity", "-8.0"), figure("revenue", "-2.0"),
        figure("tax", "-10.0"), at=datetime(2022, 10, 18, 4, tzinfo=UTC),
    )  # fmt: skip
    found = source_checks()
    assert {one.rule.code for one in found.contrasts} == {
        "industry_and_electricity",  # 16 points apart
        "industry_up_electricity_down",
    }
    counts = {c.rule.code: (c.passed, c.failed, c.missing) for c in found.counts}
    assert counts["revenue_and_tax"] == (1, 0, 0)
    assert counts["retail_and_trade"] == (0, 0, 1), "not published is not passed"


def test_the_page_of_other_sources_says_what_is_far_apart(stored, statistician, client):  # noqa: F811
    stored(figure("industry_va", "8.0"), figure("industry_electricity", "-8.0"))
    client.force_login(statistician)
    page = client.get("/quality/sources/").content.decode()
    assert "不认定哪一项有误" in page and "工业用电量增速" in page


def test_beside_an_indicator_stands_what_electricity_and_tax_say_of_its_newest_month(stored, statistician):  # noqa: F811
    stored(figure("industry_va", "8.0"), figure("industry_electricity", "-8.0"), figure("tax", "-10.0"))
    found = panel(statistician, "indicator:industry_va")
    said = {line.text: (line.light, line.detail) for line in found.items}
    assert len(said) == 3, "the three rules that read it; the output's growth is not published"
    far = next(text for text in said if text.startswith("相差大") and "15个百分点" in text)
    assert said[far] == ("YELLOW", "规上工业增加值增速 +8.0%、工业用电量增速 −8.0%")
    missing = next(text for text in said if text.startswith("缺项"))
    assert said[missing] == ("", "规上工业增加值增速 +8.0%、规上工业总产值增速 未公布")
    assert panel(statistician, "indicator:fai") is None, "no rule reads it"
    assert panel(statistician, "indicator:retail") is None, "nothing of it is published"
    assert [one.held for one in verdicts_of("tax")] == [None], (
        "revenue is not published: neither right nor far"
    )


def test_a_letter_is_written_beside_what_other_sources_say_of_its_month(project, letter, people, client):
    office = people["office"]
    file = accepted_file(77, by=office, at=AT, decided_by=office, decided_at=AT)
    batch = Batch.objects.create(submission=file, recorded_at=AT, recorded_by=office)
    for code, text in (("industry_va", "8.0"), ("industry_electricity", "-8.0")):
        Observation.objects.create(
            region=Region.objects.get(home=True), indicator=code, period="2022-09", measure="ytd_growth",
            basis="natural", value=text, value_text=text, unit="%", batch=batch, sheet="表1", cell="C5",
            recorded_at=AT,
        )  # fmt: skip
    client.force_login(office)
    new = f"/quality/letters/new/{project.pk}/total_since_start/?month=2022-09"
    for address in (f"/quality/letters/{letter.pk}/", new):
        page = client.get(address).content.decode()
        assert "同月跨来源对照" in page and "工业用电量增速 −8.0%" in page, address
        assert "相符 0 条，缺项 3 条" in page, address
    client.force_login(people["town"])
    own = client.get(f"/quality/letters/{letter.pk}/").content.decode()
    assert "同月跨来源对照" not in own, "the reporting unit is asked about its return alone"
