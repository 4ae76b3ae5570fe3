"""A rule of a day stands in Python and again as a filter of the database: each pair says the same, the day
before, on the day, and after. Those of supervision: `supervision/matters/test_available_rows.py`.
"""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date, datetime, time, timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.district.firms.conftest import asked, firm, people, step  # noqa: F401  (fixtures)
from tests.district.supervision.conftest import units  # noqa: F401  (a fixture)
from wenpan.district.attraction import queries as deals
from wenpan.district.attraction.lights import _possible
from wenpan.district.attraction.models import Deal, Reception
from wenpan.district.attraction.work import queries as work
from wenpan.district.attraction.work import today as deals_today
from wenpan.district.checkup.checks import requests as checked_requests
from wenpan.district.checkup.policy import checkup_rules
from wenpan.district.entries import queries as entries
from wenpan.district.entries.models import EntryCandidate, EntryStep
from wenpan.district.firms.contacts import queries as contacts
from wenpan.district.firms.models import ContactAssignment, ServiceRequest, SupportClause
from wenpan.district.firms.policies import queries as policies
from wenpan.district.firms.policies import window_pages
from wenpan.district.firms.requests import due_states
from wenpan.district.firms.requests.queries import requests_of
from wenpan.economy.funnel.stalled import months_between
from wenpan.economy.policies.clauses import PolicyClause
from wenpan.rules.claim_windows import claim_window_rules

pytestmark = [pytest.mark.django_db, pytest.mark.every_case]
ON = date(2022, 10, 18)
NEAR = st.integers(-2, 2)
MAYBE = st.none() | NEAR
twins = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@contextmanager
def undone():
    """What is written within is gone afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def days(from_on: int | None, base: date = ON) -> date | None:
    return None if from_on is None else base + timedelta(days=from_on)


def ordered(begin: int | None, end: int | None) -> bool:
    return begin is None or end is None or begin <= end


# policies and their windows

WINDOW = st.tuples(NEAR, MAYBE, MAYBE, MAYBE, st.sampled_from([0, 28, 29, 30, 31])).filter(
    lambda w: ordered(w[0], w[1]) and ordered(w[2], w[3])
)


def kept_clause(number, window, by):
    """Days from ON; a closing day lies so many days later."""
    valid_from, valid_to, opens, closes, later = window
    told = [days(valid_from), days(valid_to), days(opens), days(None if closes is None else closes + later)]
    rule = PolicyClause(f"c{number}", "x", *told, "", ())
    row = SupportClause.objects.create(
        code=rule.code, name=rule.code, source="文件", conditions={}, by=by, at=timezone.now(),
        valid_from=rule.valid_from, valid_to=rule.valid_to, claim_from=rule.claim_from,
        claim_to=rule.claim_to,
    )  # fmt: skip
    return row.pk, rule


@twins
@given(windows=st.lists(WINDOW, min_size=1, max_size=8))
def test_a_clause_in_force_and_a_window_that_is_open_or_closes(people, windows):  # noqa: F811
    soon = ON + claim_window_rules().first_reminder
    with undone():
        rules = dict(kept_clause(n, window, people["office"]) for n, window in enumerate(windows))

        def those(wanted):
            return {pk for pk, rule in rules.items() if wanted(rule)}

        def keys(rows):
            return {row.pk for row in rows}

        assert keys(policies.clauses("open", ON)) == those(lambda r: r.in_force(ON))
        assert keys(policies.open_windows(ON)) == those(lambda r: r.claimable(ON) and r.claim_to is not None)
        closing = those(lambda r: r.claimable(ON) and r.claim_to is not None and r.claim_to <= soon)
        assert keys(policies.closing_windows(ON)) == closing
        page = {name: {line.clause.pk for line in lines} for name, lines in window_pages.windows(ON).items()}
        assert page.get("open", set()) == keys(policies.open_windows(ON))
        assert page.get("closing", set()) == closing


# requests


@twins
@given(minutes=st.sampled_from([-1, 0, 1]), from_on=st.integers(-1, 5), midnight=st.booleans())
def test_a_request_is_late_from_the_moment_after_and_soon_until_the_third_day(
    asked, people, minutes, from_on, midnight  # noqa: F811
):  # fmt: skip
    at = timezone.make_aware(datetime.combine(ON, time(9, 30)))
    clock = time() if midnight else time(9, 30)
    due = timezone.make_aware(datetime.combine(ON + timedelta(days=from_on), clock)) + timedelta(
        minutes=minutes
    )
    with undone():
        row = asked()
        ServiceRequest.objects.filter(pk=row.pk).update(next_due=due, paused=False)
        state = due_states.due_state(due, at)
        for show in ("overdue", "soon"):
            assert requests_of(people["office"], show, at=at).filter(pk=row.pk).exists() == (show == state)
        assert (state == "overdue") == (at > due), "the rule of the clocks"
        last = timezone.localdate(due - timedelta(minutes=1))
        assert (state == "soon") == (at <= due and last <= ON + timedelta(days=3))
        rules = checkup_rules().objects["request"]
        late = checked_requests.CHECK.gaps(None, "finished", at, rules)
        assert late.filter(pk=row.pk).exists() == (state == "overdue")
        ServiceRequest.objects.filter(pk=row.pk).update(phase="closed")
        assert not requests_of(people["office"], "overdue", at=at).exists()


# deals


def deal(**values):
    given = {"code": "ZS1", "name": "智造园", "pinyin": "zzy", "stage": "talk", "standing": {}}
    return Deal.objects.create(**{**given, **values})


@given(first=st.dates(date(2020, 1, 1), date(2024, 12, 31)), months=st.sampled_from([1, 2, 3, 6]),
       later=st.integers(-1, 1))  # fmt: skip
def test_so_many_whole_months_ago(first, months, later):
    """Also from the 31st to the last day of a shorter month."""
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    for day in {1, 15, first.day, 28, 29, 30, 31}:
        try:
            on = date(year, month + 1, day) + timedelta(days=later)
        except ValueError:
            continue
        assert (first <= deals.months_ago(on, months)) == (months_between(first, on) >= months), on


@twins
@given(months=st.sampled_from([2, 3, 6]), later=NEAR, on=st.sampled_from([ON, date(2022, 9, 30)]))
def test_a_deal_that_stands_still_is_listed_when_the_rule_says_so(people, months, later, on):  # noqa: F811
    with undone():
        moved = deals.months_ago(on, months) + timedelta(days=later)
        made = deal(moved_on=moved)
        listed = deals.listing(people["analyst"], deals.DealFilters(still=str(months)), on)
        assert listed.filter(pk=made.pk).exists() == (months_between(moved, on) >= months)
        assert _possible(on).filter(pk=made.pk).exists() == (months_between(moved, on) >= 1)


@twins
@given(step_on=MAYBE, lead=st.none() | st.sampled_from([-1, 0, 1]))
def test_a_next_step_awaits_on_its_day_and_a_clock_is_late_the_moment_after(
    people, step_on, lead  # noqa: F811
):  # fmt: skip
    at = timezone.make_aware(datetime.combine(ON, time(9, 30)))
    with undone():
        due = None if lead is None else at + timedelta(minutes=lead)
        made = deal(
            next_on=days(step_on),
            next_step="" if step_on is None else "回访",
            next_by="" if step_on is None else "王",
            lead_due=due,
        )
        there = deals.due_steps(people["analyst"], ON).filter(pk=made.pk).exists()
        assert there == (step_on is not None and step_on <= 0)
        groups = {g.code: g for g in deals_today.groups(people["analyst"], at, 5)}
        shown = {code: [item.light for item in group.items] for code, group in groups.items()}
        assert shown.get("deals-steps", []) == ([["", "RED"][step_on < 0]] if there else [])
        assert shown.get("deals-leads", []) == ([] if due is None else ["RED" if at > due else "YELLOW"])


@twins
@given(promise=NEAR)
def test_a_promise_is_late_the_day_after(people, units, promise):  # noqa: F811
    at = timezone.make_aware(datetime.combine(ON, time(9, 30)))
    filters = {state: work.ReceptionFilters("", state) for state in ("open", "late", "kept")}
    with undone():
        row = Reception.objects.create(
            unit=units["jfj"], on=ON - timedelta(days=9), guest="某商会", promise="给出地块",
            promise_on=days(promise), promise_by="王", host="李", by=people["analyst"], at=at,
        )  # fmt: skip
        told = {state: work.receptions(people["analyst"], f, at).filter(pk=row.pk).exists()
                for state, f in filters.items()}  # fmt: skip
        assert told == {"open": True, "late": days(promise) < ON, "kept": False}
        items = [i for g in deals_today.groups(people["analyst"], at, 5) for i in g.items
                 if g.code == "deals-promises"]  # fmt: skip
        assert [i.light for i in items] == ([["", "RED"][promise < 0]] if promise <= 0 else [])


# contacts of firms, entries in statistics


@twins
@given(begins=NEAR, ends=MAYBE)
def test_a_contact_holds_from_its_first_day_to_its_last(firm, people, begins, ends):  # noqa: F811
    if not ordered(begins, ends):
        return
    with undone():
        row = ContactAssignment.objects.create(
            firm=firm, person=people["leader"], every=1, starts_on=days(begins), ends_on=days(ends),
            by=people["office"], at=timezone.now(),
        )  # fmt: skip
        assert contacts.current(ON).filter(pk=row.pk).exists() == row.holds_on(ON)
        assert row.holds_on(ON) == (begins <= 0 and (ends is None or ends >= 0))


@twins
@given(on=st.sampled_from([date(2022, 1, 1), date(2024, 2, 29), date(2023, 2, 28), ON, date(2022, 12, 31)]),
       shift=NEAR, before=st.booleans())  # fmt: skip
def test_a_step_counts_in_the_year_to_the_day_and_to_the_same_day_last_year(people, on, shift, before):  # noqa: F811
    last = entries.same_day_last_year(on)
    taken = (last if before else on) + timedelta(days=shift)
    with undone():
        made = EntryCandidate.objects.create(
            uscc="91110000600037341L", name="甲", trade="industry", origin="税务局", listed_on=taken,
            stage_on=taken, added_by=people["analyst"], added_at=timezone.now(),
        )  # fmt: skip
        EntryStep.objects.create(
            candidate=made, kind="listed", on=taken, taken_by=people["analyst"], taken_at=timezone.now()
        )
        (line,) = (row for row in entries.counts(on) if row.kind == "listed")
        assert line.now == int(date(on.year, 1, 1) <= taken <= on)
        assert line.before == int(date(on.year - 1, 1, 1) <= taken <= last)
