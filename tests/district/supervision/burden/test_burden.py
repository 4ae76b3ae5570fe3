"""填报账: every field that a unit fills in is registered with owner, ground, expiry and cost."""

import inspect
import re
from datetime import date
from pathlib import Path

import pytest
import yaml
from django.urls import URLPattern, URLResolver, get_resolver

import wenpan
from wenpan.district.accounts.roles import ROLES
from wenpan.district.ground.refused import Refused
from wenpan.district.supervision.burden import policy
from wenpan.district.supervision.burden.queries import burden
from wenpan.economy.time.periods import Month
from wenpan.rules.loading import RuleError

TEMPLATES = Path(wenpan.__file__).parent / "district" / "templates"
# Every address of a unit's people that takes a form → the registered form.
ASKED = {
    "supervision:deed": "feedback", "supervision:sheet": "sheet", "supervision:answer_slip": "slip",
    "observations:estimates": "estimate", "projects:report": "problem", "projects:hand_in": "project_return",
    "projects:explain_own": "project_return", "quality:answer": "query_letter",
    "bulletins:write_reason": "red_reason", "meetings:answer": "meeting_answer",
    "projects:add_photo": "photo",
    "projects:visit": "site_visit", "firms:visit": "firm_visit", "firms:register": "request_register",
    "firms:step": "request_step", "attraction:mine": "deal_entry", "attraction:event": "deal_entry",
    "attraction:amount": "deal_entry", "attraction:next_step": "deal_entry",
    "attraction:lead_step": "deal_entry", "attraction:shares": "deal_entry",
    "attraction:reception": "reception", "upward:note": "upward_note",
    "quality:bring_in": "earlier_estimate", "library:mark": "library_mark",
}  # fmt: skip
# Or why nothing is asked there: a click, or a right of the unit.
NOT_ASKED = {
    "一点即成，不填": {
        "projects:withdraw_own", "attraction:stop_pointing", "attraction:point", "attraction:keep_promise",
        "attraction:unlink", "attraction:link", "supervision:sign_off", "supervision:read_notices",
        "supervision:read_notice", "supervision:acknowledge_slip", "supervision:read_all_notices",
        "supervision:open_notice", "library:receive", "library:read", "bulletins:sign_reason",
        "campaigns:attach",
    },
    "更正自己填过的，不是新要的": {
        "attraction:edit", "attraction:withdraw_reception", "attraction:withdraw_lead_step",
        "attraction:withdraw_event", "attraction:withdraw_amount",
    },
    "单位的权利": {"supervision:score_appeal"},
    "督查组组员做的，不代表单位": {"campaigns:enter", "campaigns:enter_many"},
}  # fmt: skip
SHOWN_BY = {  # forms without an address of their own in the template
    "feedback": "supervision/parts/feedback_fields.html",
    "sheet": "supervision/sheet.html",
}
NO_FIELDS = {"seen", "back", "pick", "next", "query", "close", "ask"}  # what a page remembers


def _posts(patterns, namespace=""):
    """(name, permissions) of every address that reads a form."""
    for entry in patterns:
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _posts(entry.url_patterns, inner)
        elif isinstance(entry, URLPattern) and hasattr(entry.callback, "permissions"):
            if "POST" not in inspect.getsource(inspect.unwrap(entry.callback)):
                continue
            yield f"{namespace}{entry.name}", set(entry.callback.permissions)


def test_every_form_that_a_unit_can_fill_in_is_registered_or_named_as_not_asked():
    units = ROLES["liaison"].permissions | ROLES["unit_head"].permissions
    taken = {name for name, needed in _posts(get_resolver().url_patterns) if needed & units}
    known = set(ASKED).union(*NOT_ASKED.values())
    assert taken - known == set(), "登记在 rules/burden.yaml，写明谁要、依据、停用日期和分钟数"
    assert known - taken == set()
    assert set(ASKED.values()) <= set(policy.register().forms)


def test_every_field_of_a_registered_form_is_registered():
    forms, wrong = policy.register().forms, []
    for code, template in SHOWN_BY.items():
        wrong += [(code, name) for name in _fields((TEMPLATES / template).read_text()) - _of(forms[code])]
    for page in TEMPLATES.rglob("*.html"):
        for action, inside in re.findall(
            r"<form\b[^>]*?{% url '([a-z_]+:[a-z_]+)'(.*?)</form>", page.read_text(), re.S
        ):
            code = ASKED.get(action)
            if code and action != "supervision:deed":  # there stand the office's acts, too
                wrong += [(code, name, page.name) for name in _fields(inside) - _of(forms[code])]
    assert wrong == []


def _fields(text: str) -> set[str]:
    """Names of what is filled in: what a page remembers by itself is hidden."""
    shown = re.sub(r'<input type="hidden"[^>]*>', "", text)
    return {n.partition(":")[0] for n in re.findall(r'\bname="([a-z_]+)', shown)} - NO_FIELDS


def _of(form: policy.AskedForm) -> set[str]:
    return set(form.fields)


@pytest.mark.parametrize("missing", ["owner", "ground", "expires", "minutes", "required", "fields"])
def test_an_entry_that_lacks_owner_ground_expiry_or_cost_is_refused(missing, tmp_path, monkeypatch):
    data = yaml.safe_load((Path(wenpan.__file__).parent / "rules" / "burden.yaml").read_text())
    del data["requests"]["feedback"][missing]
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "burden.yaml").write_text(yaml.safe_dump(data, allow_unicode=True))
    monkeypatch.setenv("WENPAN_HOME", str(tmp_path))
    with pytest.raises(RuleError, match=missing):
        policy.register()


def test_the_last_day_still_counts():
    form = policy.register().forms["feedback"]
    assert not form.expired(form.expires)
    assert form.expired(date(form.expires.year + 1, 1, 1))


@pytest.mark.django_db
def test_minutes_are_counted_by_unit_and_month(people, units, drafted):
    from tests.district.supervision.conftest import MORNING
    from wenpan.district.supervision import actions
    from wenpan.district.supervision.matters.actions.sheet import SheetLine, report_sheet

    matter = drafted()
    actions.register(matter=matter, by=people["chief"], at=MORNING)
    actions.assign(matter=matter, lead=units["zjj"], due=date(2022, 10, 20), by=people["clerk"], at=MORNING)
    actions.feed_back(matter=matter, claim="progress", process="甲", by=people["liaison"], at=MORNING)
    report_sheet(lines=[SheetLine(matter, words="乙")], by=people["liaison"], at=MORNING)
    page = burden(Month(2022, 10), date(2022, 10, 14))
    (line,) = page.units
    assert (line.unit, line.times["feedback"], line.times["sheet"]) == (units["zjj"], 1, 1)
    forms = policy.register().forms
    assert line.minutes == sum(forms[f].minutes for f in ("feedback", "sheet", "sheet_opened"))
    assert burden(Month(2022, 11), date(2022, 11, 1)).units == ()


@pytest.mark.django_db
def test_one_click_that_nothing_has_changed_is_counted_as_such(people, assigned):
    from tests.district.supervision.conftest import MORNING
    from wenpan.district.supervision import actions

    matter = assigned()
    actions.feed_back(matter=matter, claim="progress", process="甲", by=people["liaison"], at=MORNING)
    actions.nothing_new(matter=matter, by=people["liaison"], at=MORNING)
    (line,) = burden(Month(2022, 10), date(2022, 10, 14)).units
    forms = policy.register().forms
    assert (line.times["feedback"], line.times["unchanged"], line.fields) == (1, 1, 1)
    assert line.minutes == forms["feedback"].minutes + forms["unchanged"].minutes


@pytest.mark.django_db
def test_a_unit_sees_its_own_line_and_the_office_all(client, people):
    client.force_login(people["liaison"])
    page = client.get("/supervision/burden/").content.decode()
    assert "住建局" in page and "桐溪镇" not in page
    client.force_login(people["clerk"])
    assert client.get("/supervision/burden/?month=2022-10&export=xlsx").status_code == 200
    assert client.get("/supervision/burden/?month=²").status_code == 200


@pytest.mark.django_db
def test_two_slips_of_one_cause_are_answered_by_one_sentence_or_by_what_was_said(people, assigned):
    from datetime import timedelta

    from tests.district.supervision.conftest import day
    from wenpan.district.supervision import actions
    from wenpan.district.supervision.matters.actions.sheet import SheetLine, report_sheet
    from wenpan.district.supervision.matters.queries import sheet
    from wenpan.district.supervision.slips.actions import cite, cite_many

    matter, hour, morning = assigned(due=date(2022, 10, 20)), timedelta(hours=1), day("2022-10-24")
    slips = [
        actions.issue_slip(matter=matter, colour=c, reason="逾期", by=people["clerk"], at=morning)
        for c in ("blue", "yellow")
    ]
    with pytest.raises(Refused, match="还没有反馈"):
        cite(slip=slips[0], by=people["liaison"], at=morning + hour)
    (row,) = sheet.rows(people["liaison"], morning + hour)
    assert row.slips == tuple(slip.number for slip in slips)
    made, refused = report_sheet(
        lines=[SheetLine(matter, words="已进场")], by=people["liaison"], at=morning + hour
    )
    assert (len(made), refused) == (1, {})
    (line,) = burden(Month(2022, 10), date(2022, 10, 14)).units
    assert (line.times["slip"], line.times["slip_with_sheet"], line.fields) == (0, 2, 1)
    matter.refresh_from_db()
    third = actions.issue_slip(
        matter=matter, colour="red", reason="逾期", by=people["clerk"], at=morning + 2 * hour
    )
    actions.feed_back(
        matter=matter, claim="progress", process="已验收", by=people["liaison"], at=morning + 3 * hour
    )
    found = cite_many(keys=[str(third.pk)], by=people["liaison"], at=morning + 4 * hour)
    assert (found.done, found.refused) == ((str(third.pk),), ())
    third.refresh_from_db()
    assert third.answer == "办理情况已于10-24反馈：已验收"
    (line,) = burden(Month(2022, 10), date(2022, 10, 14)).units
    assert (line.times["slip_cited"], line.times["feedback"], line.fields) == (1, 1, 2)
    assert cite_many(keys=[str(third.pk)], by=people["clerk"], at=morning + 5 * hour).done == ()


@pytest.mark.django_db
def test_a_bureaus_november_with_two_slips_of_one_indicator_is_within_ten_minutes(people, units, drafted):
    """The deeds of 商务局 in the demonstration's November: reports, 无变化 of a weekly one, two slips of one
    red indicator."""
    from datetime import timedelta

    from tests.district.supervision.conftest import day
    from wenpan.district.supervision import actions
    from wenpan.district.supervision.matters.actions.sheet import SheetLine, report_sheet

    liaison, desk = people["liaison"], timedelta(hours=7)
    start = day("2022-10-31")

    def handed(title, due):
        matter = drafted(title=title)
        actions.register(matter=matter, by=people["chief"], at=start)
        actions.assign(matter=matter, lead=units["zjj"], due=due, by=people["clerk"], at=start)
        actions.sign(matter=matter, by=liaison, at=start)
        matter.refresh_from_db()
        return matter

    def fill_in(on, *matters):
        lines = [SheetLine(matter, words=f"{matter.title}{on}的进展") for matter in matters]
        made, refused = report_sheet(lines=lines, by=liaison, at=day(on) + desk)
        assert len(made) == len(matters) and refused == {}
        for matter in matters:
            matter.refresh_from_db()

    def slip(colour, on):
        return actions.issue_slip(matter=red, colour=colour, reason="逾期", by=people["clerk"], at=day(on))

    red, walk, list_ = (handed(t, date(2022, 11, 9)) for t in ("餐饮红灯整改", "逐户走访", "摸清新增单位"))
    weekly = handed("每周报送", date(2022, 11, 25))
    actions.feed_back(matter=weekly, claim="progress", process="已报", by=liaison, at=start + desk)
    for on in ("2022-11-03", "2022-11-10", "2022-11-17"):
        weekly.refresh_from_db()
        actions.nothing_new(matter=weekly, by=liaison, at=day(on) + desk)
    fill_in("2022-11-09", red, walk)
    first = slip("blue", "2022-11-10")
    fill_in("2022-11-14", red, list_)
    second = slip("yellow", "2022-11-18")
    fill_in("2022-11-18", red)
    for one in (first, second):
        one.refresh_from_db()
    assert (first.answer, second.answer) == ("餐饮红灯整改2022-11-14的进展", "餐饮红灯整改2022-11-18的进展")
    (line,) = burden(Month(2022, 11), date(2022, 11, 23)).units
    print(f"\nNovember: {line.fields} fields, {line.minutes:g} minutes")
    assert (line.fields, line.minutes) == (5, 9.0)
