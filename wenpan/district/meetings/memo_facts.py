"""The facts of a memo, read from the rooms below: what was known by the end of a day."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db.models import Max
from django.utils import timezone

from wenpan.district.accounts.models import Unit
from wenpan.district.attraction.lights import deal_causes
from wenpan.district.firms.requests.late import late_requests
from wenpan.district.indicators import sentences
from wenpan.district.indicators.models import Judgement
from wenpan.district.indicators.queries import board, counted
from wenpan.district.indicators.queries.board_rows import BoardRow, board_rows
from wenpan.district.meetings.agreed_matters import agreed, asked_before, last_meeting
from wenpan.district.meetings.estimators import contacts, estimators
from wenpan.district.meetings.expectations import expectations
from wenpan.district.meetings.memo.compose import compose
from wenpan.district.meetings.memo.facts import IndicatorFact, Memo, MemoFacts, RedThing
from wenpan.district.meetings.models import Meeting
from wenpan.district.meetings.policy import MeetingKind, meeting_rules
from wenpan.district.meetings.support_pulls import support_pulls
from wenpan.district.projects.lights import light_causes
from wenpan.district.supervision.log import lifecycle
from wenpan.district.supervision.models import Matter
from wenpan.documents.words.numbers import full_width
from wenpan.economy.time.periods import Month, parse_month
from wenpan.rules import catalogue

LISTED = 100  # projects, deals and requests of a memo; what is beyond is counted, or waits for the next


def live_memo(meeting: Meeting, on: date) -> Memo:
    """The memo as the place stands now. RuleError where the rules cannot be used; KeyError: an old kind."""
    rules = meeting_rules(meeting.held_on)
    kind = rules.kinds[meeting.kind]
    roster = {code: n for n, code in enumerate(Unit.objects.values_list("code", flat=True))}
    return compose(facts_of(meeting, kind, on), kind, rules, roster)


def facts_of(meeting: Meeting, kind: MeetingKind, on: date) -> MemoFacts:
    """Only what the kind's sections show is read."""
    end = timezone.make_aware(datetime.combine(on + timedelta(days=1), time()))
    month = _newest(end)
    last = last_meeting(meeting)
    wanted = set(kind.sections)
    rows = _rows(kind, month) if month else ()
    units = dict(Unit.objects.values_list("code", "short_name"))
    judged = {row.j.indicator: row.j for row in rows}
    known = catalogue()
    items = [known[code] for code in judged]
    projects = _projects(on) if "projects" in wanted else []
    deals = _deals(on) if "deals" in wanted else []
    return MemoFacts(
        on=on,
        as_of=str(month) if month else "",
        last_title=last.title if last else "",
        since=last.held_on if last else None,
        agreed=tuple(agreed(meeting, on)),
        asked=tuple(asked_before(meeting)),
        indicators=tuple(_indicators(rows, month)) if month and wanted & {"reds", "supports"} else (),
        expectations=tuple(expectations(items, judged, units, month, end))
        if month and "expectations" in wanted
        else (),
        estimators=tuple(estimators(judged, on)) if "expectations" in wanted else (),
        contacts=tuple(contacts(judged, on)) if "expectations" in wanted else (),
        projects=tuple(projects[:LISTED]),
        deals=tuple(deals[:LISTED]),
        requests=tuple(_requests(on)) if "requests" in wanted else (),
        **(support_pulls() if "pulls" in wanted else {}),
        left={
            name: len(rows) - LISTED
            for name, rows in (("projects", projects), ("deals", deals))
            if len(rows) > LISTED
        },
    )


def _newest(end: datetime) -> Month | None:
    """The newest month that was judged by then."""
    rows = Judgement.objects.filter(region__home=True, superseded_at__isnull=True, judged_at__lt=end)
    found = rows.aggregate(month=Max("as_of"))["month"]
    return parse_month(found) if found else None


def _rows(kind: MeetingKind, month: Month) -> tuple[BoardRow, ...]:
    shown = board(as_of=month)
    if kind.indicators:
        chosen = set(kind.indicators)
        return board_rows(row for row in shown.rows if row.indicator in chosen)
    return board_rows(counted(shown.rows))


def _indicators(rows: tuple[BoardRow, ...], month: Month) -> list[IndicatorFact]:
    kept = Judgement.objects.filter(
        region__home=True, as_of=str(month.plus(-1)), primary=True, superseded_at__isnull=True
    )
    before = dict(kept.values_list("indicator", "light"))
    causes = [f"indicator:{row.j.indicator}" for row in rows]
    open_ = Matter.objects.filter(cause__in=causes, state__in=lifecycle.OPEN).values_list("cause", "number")
    followed = {cause.partition(":")[2]: number for cause, number in open_}
    return [_indicator(row, before, followed) for row in rows]


def _indicator(row: BoardRow, before: dict[str, str], followed: dict[str, str]) -> IndicatorFact:
    j = row.j
    return IndicatorFact(
        code=j.indicator,
        name=j.short_name,
        unit=j.owner,
        unit_name=j.owner_name,
        light=j.light,
        before=before.get(j.indicator, ""),
        months=row.run,
        period=sentences.period_label(j),
        actual=full_width(sentences.state(j)),
        gap=row.why[0] if row.good and row.why else row.gap_words,  # red although the target is met: why
        needed=row.needed_words,
        rank=row.rank_words,
        chance=row.chance,
        forecast=full_width(sentences.forecast(j)),
        figure=j.figure_id if j.actual is not None else None,
        as_of=j.as_of,
        matter=followed.get(j.indicator, ""),
    )


def _projects(on: date) -> list[RedThing]:
    """Each project once, on whichever list it stands."""
    return [
        _thing(row.address, row.name, row.department or row.unit, row.light, row.reasons)
        for row in light_causes(on)
        if row.light == "RED"
    ]


def _deals(on: date) -> list[RedThing]:
    return [
        _thing(row.address, row.name, row.unit, row.light, row.reasons)
        for row in deal_causes(on)
        if row.light == "RED"
    ]


def _requests(on: date) -> list[RedThing]:
    """By their numbers: a memo goes through many hands, and whose request it is stands behind the link."""
    return [
        _thing(f"request:{row.request}", row.number, row.unit, row.light, row.reasons)
        for row in late_requests(on, most=LISTED)
        if row.light == "RED"
    ]


def _thing(address: str, name: str, unit: Unit | None, light: str, reasons: tuple[str, ...] | list[str]
           ) -> RedThing:  # fmt: skip
    kind, _sep, key = address.partition(":")
    words = full_width("；".join(reasons[:3]))
    return RedThing(kind, key, name, unit.code if unit else "", unit.short_name if unit else "", light, words)
