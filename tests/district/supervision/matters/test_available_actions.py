"""What is offered is what can be done: in every state, for every person, page and action say the same."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction

from tests.district.supervision.conftest import day
from wenpan.district.ground.refused import Refused
from wenpan.district.supervision import actions
from wenpan.district.supervision.matters import available_actions
from wenpan.district.supervision.matters.pages import acting
from wenpan.district.supervision.matters.pages.typed import Typed
from wenpan.district.supervision.models import Matter


def _situations(assigned, drafted, people):
    """Matters in every state, by a word for it."""
    at = day("2022-10-18")

    def made(title, *acts, **more):
        matter = assigned(title, **more)
        for act in acts:
            act(Matter.objects.get(pk=matter.pk))
        return matter

    sign = lambda m: actions.sign(matter=m, by=people["liaison"], at=at)  # noqa: E731
    done = lambda m: actions.feed_back(matter=m, claim="done", process="完", by=people["liaison"], at=at)  # noqa: E731
    passed = lambda m: actions.check(matter=m, passed=True, text="好", by=people["second"], at=at)  # noqa: E731
    decline = lambda m: actions.decline(matter=m, reason="x", by=people["head"], at=at)  # noqa: E731
    pause = lambda m: actions.pause(matter=m, reason="x", by=people["chief"], at=at)  # noqa: E731
    close = lambda m: actions.close(matter=m, by=people["clerk"], at=at)  # noqa: E731
    due = {"due": date(2022, 10, 31)}
    registered = drafted("立项的")
    actions.register(matter=registered, by=people["chief"], at=at)
    whole = made("有子事项的", sign, done, passed, **due)
    drafted("子事项", parent=whole)
    return {
        "draft": drafted("拟办的"),
        "registered": registered,
        "assigned": made("交办的", **due),
        "declined": made("退回的", decline, **due),
        "working": made("办理的", sign, **due),
        "asked": made("要延期的", sign, lambda m: actions.ask_extension(
            matter=m, until=date(2022, 11, 30), reason="x", by=people["liaison"], at=at), **due),
        "paused": made("暂缓的", sign, pause, **due),
        "late": made("逾期的", sign, due=date(2022, 10, 19)),
        "round": made("周期的", sign, done, recurrence="monthly:25"),
        "working round": made("周期办理的", sign, recurrence="monthly:25"),
        "answered": made("待核查的", done, **due),
        "checked": made("待销号的", done, passed, **due),
        "whole": whole,
        "closed": made("办结的", done, passed, close, **due),
    }  # fmt: skip


FULL = Typed(
    text="情况属实",
    claim="progress",
    process="推进中",
    until="2022-12-20",
    verdict="yes",
    lead="zjj",
    coops=("tongxi",),
    due="2022-12-01",
)


def test_every_deed_that_is_offered_can_be_done_and_no_other(
    assigned, drafted, people, make_user, units, today_is
):
    """In every state, for every person; the offer and the action say the same."""
    today_is("2022-10-20")
    people = {**people, "insider": make_user("supervisor", username="insider", unit=units["zjj"])}
    wrong = []
    for name, matter in _situations(assigned, drafted, people).items():
        for who, user in people.items():
            now = Matter.objects.get(pk=matter.pk)
            offered = available_actions.codes(
                available_actions.available_actions(
                    available_actions.situation_of(user, now, date(2022, 10, 20))
                )
            )
            for code in available_actions.BY_CODE:
                with transaction.atomic():
                    try:
                        acting.do(code, matter=now, typed=FULL, files=[], by=user, seen=now.version)
                        worked = True
                    except (Refused, PermissionDenied):
                        worked = False
                    transaction.set_rollback(True)
                now = Matter.objects.get(pk=matter.pk)
                by_check = code == "return" and "check" in offered  # one form for both verdicts
                if worked != (code in offered or by_check):
                    wrong.append(f"{name}/{who}/{code}: offered {code in offered}, worked {worked}")
    assert wrong == []


def test_no_deed_of_the_handling_unit_closes_a_matter(assigned, drafted, people, today_is):
    today_is("2022-10-20")
    for matter in _situations(assigned, drafted, people).values():
        for who in ("liaison", "head", "town"):
            case = available_actions.situation_of(
                people[who], Matter.objects.get(pk=matter.pk), date(2022, 10, 20)
            )
            assert not {"close", "check", "return", "register", "decide_extension", "pause"} & set(
                available_actions.codes(available_actions.available_actions(case))
            )
