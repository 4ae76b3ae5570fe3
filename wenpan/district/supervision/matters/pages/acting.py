"""What people do on a matter's page: each deed reads its form and calls the action that is named after it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from wenpan.district.accounts.models import User
from wenpan.district.ground.refused import Refused
from wenpan.district.supervision import actions
from wenpan.district.supervision.log import stored_kinds
from wenpan.district.supervision.log.events import EventKind
from wenpan.district.supervision.matters import available_actions
from wenpan.district.supervision.matters.actions import reports
from wenpan.district.supervision.matters.pages.typed import Typed
from wenpan.district.supervision.models import Event, Matter

Files = list[tuple[str, bytes]]


def do(code: str, *, matter: Matter, typed: Typed, files: Files, by: User, seen: int) -> None:
    """Raises Refused as the actions do, PermissionDenied for who may not, LookupError for no such deed."""
    _DEEDS[code](matter, typed, files, {"by": by, "seen": seen})


def already(code: str, *, matter: Matter, typed: Typed, by: User, seen: int) -> bool:
    """The same form sent twice: this person did this deed with these words since the page was drawn, and it
    stands: what was taken back since was not done."""
    words = typed.process[:200] if code == available_actions.FEED_BACK.code else typed.text
    since = Event.objects.filter(
        stored_kinds.stands(),
        matter=matter,
        sequence__gt=seen,
        by=by,
        kind__in=available_actions.BY_CODE[code].kinds,
        text=words.strip(),
    )
    return any(_same(code, event, typed) for event in since)


def _same(code: str, event: Event, typed: Typed) -> bool:
    """Beside the words: the same verdict, the same unit, the same day."""
    data = event.data
    if typed.verdict:
        return (event.kind in _GRANTED) == (typed.verdict == "yes")
    if code == available_actions.ASSIGN.code:
        day = "" if typed.every else typed.due
        given = (data.get("lead", ""), set(data.get("coops", ())), data.get("due", ""))
        return given == (typed.lead, set(typed.coops), day) and bool(data.get("recurrence")) == bool(
            typed.every
        )
    if code == available_actions.ASK.code:
        return bool(data.get("due") == typed.until)
    return code != available_actions.FEED_BACK.code or data.get("claim") == typed.claim


_GRANTED = frozenset({EventKind.PASSED, EventKind.ROUND, EventKind.EXTENDED})


def _assign(matter: Matter, typed: Typed, _files: Files, who: dict[str, Any]) -> None:
    actions.assign(
        matter=matter,
        lead=typed.lead_unit(),
        coops=typed.coop_units(),
        due=None if typed.every else typed.day("due"),
        due_words=typed.due_words,
        recurrence=typed.recurrence,
        text=typed.text,
        **who,
    )


def _feed_back(matter: Matter, typed: Typed, files: Files, who: dict[str, Any]) -> None:
    reports.report(
        matter=matter,
        claim=typed.claim,
        process=typed.process,
        situation=typed.situation,
        advice=typed.advice,
        unchanged=bool(typed.unchanged),
        files=files,
        **who,
    )


def _ask(matter: Matter, typed: Typed, _files: Files, who: dict[str, Any]) -> None:
    until = typed.day("until")
    if until is None:
        raise Refused("bad_value", _("请写明申请延期到哪一天。"))
    actions.ask_extension(matter=matter, until=until, reason=typed.text, **who)


def _note(matter: Matter, typed: Typed, _files: Files, who: dict[str, Any]) -> None:
    """A note clashes with nobody: what others did meanwhile does not make it wrong."""
    actions.note(matter=matter, text=typed.text, by=who["by"])


_DEEDS: dict[str, Callable[[Matter, Typed, Files, dict[str, Any]], Any]] = {
    "register": lambda m, t, f, who: actions.register(matter=m, text=t.text, **who),
    "drop": lambda m, t, f, who: actions.drop(matter=m, reason=t.text, **who),
    "assign": _assign,
    "sign": lambda m, t, f, who: actions.sign(matter=m, **who),
    "decline": lambda m, t, f, who: actions.decline(matter=m, reason=t.text, **who),
    "feed_back": _feed_back,
    "check": lambda m, t, f, who: actions.check(matter=m, passed=t.yes, text=t.text, **who),
    "return": lambda m, t, f, who: actions.check(matter=m, passed=False, text=t.text, **who),
    "close": lambda m, t, f, who: actions.close(matter=m, text=t.text, **who),
    "reopen": lambda m, t, f, who: actions.reopen(matter=m, reason=t.text, **who),
    "ask_extension": _ask,
    "decide_extension": lambda m, t, f, who: actions.decide_extension(
        matter=m, granted=t.yes, text=t.text, **who
    ),
    "pause": lambda m, t, f, who: actions.pause(matter=m, reason=t.text, **who),
    "resume": lambda m, t, f, who: actions.resume(matter=m, text=t.text, **who),
    "instruct": lambda m, t, f, who: actions.instruct(matter=m, words=t.text, **who),
    "seen": lambda m, t, f, who: actions.mark_seen(matter=m, **who),
    "urge": lambda m, t, f, who: actions.urge(matter=m, text=t.text, **who),
    "raise_level": lambda m, t, f, who: actions.raise_level(matter=m, reason=t.text, **who),
    "note": _note,
}
