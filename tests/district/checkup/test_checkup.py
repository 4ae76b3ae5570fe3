"""执行体检: each sentence on its boundary days; the list behind a number is as long as it; own units only."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import wenpan
from tests.district.bulletins.conftest import september  # noqa: F401  (fixtures)
from tests.district.supervision.conftest import (  # noqa: F401  (fixtures)
    assigned,
    day,
    drafted,
    people,
    signed_in,
    today_is,
    units,
)
from wenpan.district.attraction.models import Deal
from wenpan.district.bulletins.hooks import ISSUED
from wenpan.district.checkup import actions, queries, today
from wenpan.district.checkup.models import CheckupMonth
from wenpan.district.checkup.policy import ASPECTS, OBJECTS, checkup_rules
from wenpan.district.firms.ledger.actions import add_firm
from wenpan.district.firms.requests.actions import register_request
from wenpan.district.firms.requests.append import append
from wenpan.district.supervision import actions as supervision
from wenpan.economy.requests.events import RequestEventKind
from wenpan.rules.loading import RuleError

NOW = day("2022-10-18", 10)
SEPTEMBER = day("2022-09-01")
LATE = {"at": SEPTEMBER, "due": date(2022, 10, 1)}


def tally(code, aspect, at=NOW, user=None):
    cell = queries.matrix(user, at).cell(code, aspect)
    return cell.tally.concerned, cell.tally.lacking


def lines(code, aspect, user, at=NOW):
    found = queries.gap_list(user, code, aspect, at)
    return [found.line(row) for row in found.rows]


# The rules


def test_every_sentence_has_its_act_and_its_denominator():
    rules = checkup_rules()
    assert tuple(rules.objects) == OBJECTS and tuple(rules.aspects) == ASPECTS
    assert "未核对" in rules.provenance.source
    for of in rules.objects.values():
        for aspect in ASPECTS:
            assert of.of(aspect).mend and of.concerned(aspect) and "%" not in of.of(aspect).words


def _spoilt(change, tmp_path, monkeypatch):
    data = yaml.safe_load((Path(wenpan.__file__).parent / "rules" / "checkup.yaml").read_text())
    change(data)
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "checkup.yaml").write_text(yaml.safe_dump(data, allow_unicode=True))
    monkeypatch.setenv("WENPAN_HOME", str(tmp_path))


@pytest.mark.parametrize(
    ("change", "key"),
    [
        (lambda d: d["objects"].pop("deal"), "objects"),
        (lambda d: d["aspects"].update(more="更多"), "aspects"),
        (lambda d: d["objects"]["deal"]["fresh"].pop("days"), "objects.deal.fresh.days"),
        (lambda d: d["objects"]["deal"]["owned"].update(days=3), "objects.deal.owned.days"),
        (lambda d: d["objects"]["deal"]["fresh"].update(days=-1), "days"),
        (lambda d: d["objects"]["deal"]["fresh"].pop("mend"), "mend"),
    ],
)
def test_a_file_that_cannot_be_used_names_the_key(change, key, tmp_path, monkeypatch):
    _spoilt(change, tmp_path, monkeypatch)
    with pytest.raises(RuleError, match=key):
        checkup_rules()


# Matters


def test_a_draft_is_nobodys_yet_and_what_is_registered_lacks_a_unit_and_a_day(drafted, people):  # noqa: F811
    drafted("拟办的")
    assert tally("matter", "owned") == (0, 0)
    matter = drafted("立项的")
    supervision.register(matter=matter, by=people["chief"], at=day("2022-10-14"))
    assert tally("matter", "owned") == (1, 1)
    assert tally("matter", "finished") == (1, 1)
    (line,) = lines("matter", "finished", people["clerk"])
    assert (line.reason, line.since) == ("没有办理时限", None)


@pytest.mark.parametrize(("due", "lacking"), [("2022-10-19", 0), ("2022-10-18", 0), ("2022-10-17", 1)])
def test_a_matter_is_late_the_day_after_its_day(assigned, people, due, lacking):  # noqa: F811
    assigned(due=date.fromisoformat(due))
    assert tally("matter", "finished") == (1, lacking)
    assert [line.reason for line in lines("matter", "finished", people["clerk"])] == ["逾期1天"] * lacking


# Deals


def deal(**values):
    code = f"ZS2022-{Deal.objects.count() + 1:04d}"
    standard = {"code": code, "name": f"桐溪智造园{code}", "pinyin": "x", "stage": "talk", "standing": {}}
    return Deal.objects.create(**{**standard, **values})


@pytest.mark.parametrize(("ago", "lacking"), [(59, 0), (60, 0), (61, 1)])
def test_a_deal_is_fresh_for_sixty_days(units, ago, lacking):  # noqa: F811
    deal(unit=units["tongxi"], moved_on=NOW.date() - timedelta(days=ago))
    assert tally("deal", "fresh") == (1, lacking)


def test_a_deal_that_ended_or_was_merged_is_not_examined(units):  # noqa: F811
    one = deal(unit=None)
    deal(duplicate_of=one)
    deal(ended_on=date(2022, 9, 1), ending="ended")
    deal(retracted=True)
    assert tally("deal", "owned") == (1, 1)


@pytest.mark.parametrize(
    ("standing", "lacking"), [({}, 0), ({"unproven": {}}, 0), ({"unproven": {"signed": ["合同"]}}, 1)]
)
def test_a_stage_needs_its_evidence(people, standing, lacking):  # noqa: F811
    deal(standing=standing)
    assert tally("deal", "assessed") == (1, lacking)
    assert all("合同" in line.reason for line in lines("deal", "assessed", people["analyst"]))


@pytest.mark.parametrize(("on", "lacking"), [("2022-10-18", 0), ("2022-10-17", 1)])
def test_a_next_step_is_late_the_day_after(db, on, lacking):
    deal(next_step="送可研", next_on=date.fromisoformat(on))
    deal()
    assert tally("deal", "finished") == (1, lacking)


# Requests


@pytest.fixture
def request_of(units):  # noqa: F811
    firm = add_firm(values={"name": "桐溪机械有限公司", "town": units["tongxi"]}, by=None)
    return lambda at: register_request(
        firm=firm, title="用工难", channel="visit", category="factors", by=None, at=at
    )


def test_a_request_that_just_came_is_not_yet_concerned(request_of):
    request_of(NOW - timedelta(days=1))
    assert tally("request", "assessed") == (0, 0)
    assert tally("request", "fresh") == (1, 0)


def test_a_request_that_was_accepted_and_assigned_in_time_holds(request_of, units):  # noqa: F811
    asked = request_of(NOW - timedelta(days=5))
    assert tally("request", "assessed") == (1, 1) and tally("request", "owned") == (1, 1)
    append(request=asked, kind=RequestEventKind.ACCEPTED, by=None, at=NOW - timedelta(days=4))
    append(
        request=asked,
        kind=RequestEventKind.ASSIGNED,
        by=None,
        at=NOW - timedelta(days=4),
        data={"unit": "zjj"},
    )
    assert tally("request", "assessed") == (1, 0) and tally("request", "owned") == (1, 0)
    assert tally("request", "fresh", NOW + timedelta(days=7)) == (1, 1)


# Indicators


def test_a_red_indicator_wants_a_matter(september):  # noqa: F811
    assert tally("indicator", "assessed") == (4, 0)
    assert tally("indicator", "finished") == (1, 1)
    (line,) = lines("indicator", "finished", september.people["supervisor"])
    assert "没有未办结的督办事项" in line.reason
    supervision.draft(
        title="投资红灯", kind="meeting", cause="indicator:fai", by=september.people["supervisor"], at=NOW
    )
    assert tally("indicator", "finished") == (1, 0)


# The page


@pytest.mark.parametrize("code", OBJECTS[1:])
@pytest.mark.parametrize("aspect", ASPECTS)
def test_the_list_behind_a_number_is_as_long_as_the_number_says(
    code, aspect, assigned, request_of, people  # noqa: F811
):  # fmt: skip
    assigned(**LATE)
    deal(moved_on=None)
    request_of(NOW - timedelta(days=30))
    assert len(lines(code, aspect, people["analyst"])) == tally(code, aspect, user=people["analyst"])[1]


def test_a_unit_sees_its_own_and_others_are_not_counted(
    assigned, units, people, signed_in, today_is  # noqa: F811
):  # fmt: skip
    today_is("2022-10-18")
    assigned("住建局的", coops=(), **LATE)
    assigned("桐溪的", lead="tongxi", coops=(), **LATE)
    assert tally("matter", "finished") == (2, 2)
    assert tally("matter", "finished", user=people["liaison"]) == (1, 1)
    page = signed_in("town").get(reverse("checkup:gaps", args=["matter", "finished"])).content.decode()
    assert "桐溪的" in page and "住建局的" not in page
    assert "本单位的" in signed_in("town").get(reverse("checkup:matrix")).content.decode()


@pytest.mark.parametrize("path", ["nothing/owned", "matter/nothing", "deal/owned"])
def test_what_is_no_sentence_or_may_not_be_seen_is_not_there(signed_in, path, db):  # noqa: F811
    who = "leader" if "nothing" in path else "liaison"
    assert signed_in(who).get(f"/checkup/{path}/").status_code == (404 if "nothing" in path else 200)


def test_who_may_not_see_deals_has_no_row_of_them(make_user, client):
    user = make_user("service")
    client.force_login(user)
    assert queries.matrix(user, NOW).cell("deal", "owned") is None
    assert client.get("/checkup/deal/owned/").status_code == 404


def test_the_page_says_what_it_counts_and_exports_it(assigned, signed_in, today_is):  # noqa: F811
    today_is("2022-10-18")
    assigned(**LATE)
    clerk = signed_in("clerk")
    page = clerk.get(reverse("checkup:matrix"))
    words = page.content.decode()
    assert "分母是怎么数的" in words and "定有时限且未逾期" in words and "%(days)s" not in words
    assert clerk.get(reverse("checkup:matrix") + "?export=xlsx").content[:2] == b"PK"
    gaps = clerk.get(reverse("checkup:gaps", args=["matter", "finished"]) + "?export=csv")
    assert "逾期17天" in gaps.content.decode("utf-8-sig")


def test_the_matrix_asks_the_same_however_many_there_are(assigned, people):  # noqa: F811
    def asked():
        with CaptureQueriesContext(connection) as queries_asked:
            queries.matrix(None, NOW)
        return len(queries_asked)

    first = asked()
    for n in range(5):
        assigned(f"事项{n}", **LATE)
        deal()
    assert asked() == first <= 13


def test_the_office_has_a_line_of_the_month_and_others_have_none(assigned, people):  # noqa: F811
    cache.clear()
    assert [step.state for step in today.steps(people["clerk"], NOW)] == ["done"]
    assigned(**LATE)
    assert [step.state for step in today.steps(people["clerk"], NOW)] == ["done"]  # kept, and says when
    later = NOW + timedelta(seconds=today.KEEP)
    (step,) = today.steps(people["clerk"], later)
    assert step.state == "late" and "督办事项能办完1处" in step.late and "10:10统计" in step.words
    assert today.steps(people["liaison"], NOW) == ()


# The months


def test_a_month_is_kept_as_it_stood(assigned, people, signed_in):  # noqa: F811
    assigned(**LATE)
    kept = actions.keep_month(month="2022-09", by=people["chief"], at=NOW)
    assert kept.cells["cells"]["matter.finished"] == [1, 1]
    (month,) = queries.kept_months()
    assert month.month == "2022-09" and month.tallies["matter.finished"].holding == 0
    assert "2022-09" in signed_in("clerk").get(reverse("checkup:matrix")).content.decode()


def test_issuing_a_bulletin_keeps_its_month(people):  # noqa: F811
    class Issued:
        as_of = "2022-09"

    ISSUED.tell(Issued(), people["chief"], NOW)
    assert CheckupMonth.objects.get().month == "2022-09"
