"""督办单: served by the rule or by hand, signed for, answered, withdrawn with a reason; never deleted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import User
from wenpan.district.accounts.permissions import require
from wenpan.district.ground import originals
from wenpan.district.ground.journal.actions import hold, record
from wenpan.district.ground.refused import Refused
from wenpan.district.supervision.log import append as event_log
from wenpan.district.supervision.log import policy, recipients
from wenpan.district.supervision.log.event_data import SlipAnsweredData, SlipServedData, SlipWithdrawnData
from wenpan.district.supervision.log.event_log import next_serial
from wenpan.district.supervision.log.events import EventKind
from wenpan.district.supervision.log.notifications import notify
from wenpan.district.supervision.log.working_hours import working_moment
from wenpan.district.supervision.models import Matter, Slip
from wenpan.district.supervision.slips import queries
from wenpan.district.supervision.slips.state import answered_on, open_on, stands_on
from wenpan.district.ui.awaited import BatchOutcome, chosen, each
from wenpan.district.ui.paper_templates import rendered, template_of
from wenpan.documents.papers.letters.supervision_notice import SlipText, compose
from wenpan.rules.slips import SlipKind, SlipRules, slip_rules, slips_in_force

_TRIES = 6  # two who serve at once ask for the same number: the second takes the next


@transaction.atomic
def issue_slip(
    *,
    matter: Matter,
    colour: str,
    reason: str,
    by: User,
    rules: str = "",
    asks: str = "",
    answer_due: date | None = None,
    at: datetime | None = None,
    seen: int | None = None,
) -> Slip:
    """A slip by hand, of a colour of the set in force (`rules` names another).

    Raises Refused: "reason_missing", "bad_value" (no such colour, a day that has gone by), "state" (nobody
    has the matter; this level or a higher one stands for this due date), "clash".
    """
    require(by, "slip.issue")
    at = at or timezone.now()
    found = _set(rules, timezone.localdate(at))
    kind = found.of_colour(colour)
    if kind is None:
        names = "、".join(k.name for k in found.kinds)
        raise Refused("bad_value", _("现行规则只有：%(names)s。") % {"names": names})
    if not reason.strip():
        raise Refused("reason_missing", _("请写明发单事由。"))
    if answer_due is not None and answer_due < timezone.localdate(at):
        raise Refused("bad_value", _("回复期限不能早于今天。"))
    if matter.slip_level >= kind.level:
        raise Refused("state", _("这个事项现时限内已有同级或更重的督办单。"))
    return serve(matter=matter, found=found, kind=kind, rule="", reason=reason.strip(), by=by, at=at,
                 asks=asks.strip(), answer_due=answer_due, seen=seen)  # fmt: skip


def _set(code: str, on: date) -> SlipRules:
    found = slip_rules().get(code) if code else slips_in_force(on)
    if found is None:
        raise Refused("bad_value", _("现在没有生效的督办单规则，请选定一套。"))
    return found


@transaction.atomic
def serve(
    *,
    matter: Matter,
    found: SlipRules,
    kind: SlipKind,
    rule: str,
    reason: str,
    by: User | None,
    at: datetime,
    asks: str = "",
    answer_due: date | None = None,
    seen: int | None = None,
) -> Slip:
    """The slip, its paper, its event and the word to the unit. `by` None: the rule, on its day.

    The time for an answer runs from the working moment at which the unit can have it.
    """
    hold()  # before the number is taken: whoever holds a number never waits for the journal
    if matter.lead is None:
        raise Refused("state", _("这个事项还没有牵头单位，不能发督办单。"))
    moment = working_moment(at)
    calendar = policy.calendar()
    answer_by = answer_due or calendar.working_days_after(timezone.localdate(moment), kind.answer_days)
    slip = _numbered(
        matter=matter,
        key=_key(matter, kind.level),
        rules=found.label,
        rule=rule,
        colour=kind.colour,
        level=kind.level,
        unit=matter.lead,
        reason=reason[:300],
        due=matter.due,
        answer_due=answer_by,
        issued_by=by,
        issued_at=moment,
    )
    text = _text(slip, matter, found if rule else None, kind, asks or kind.asks)
    paper = replace(compose(text), template=template_of("order"))
    slip.sha256 = originals.put(rendered(paper, text.issued_on))
    slip.save(update_fields=["sha256"])
    data = SlipServedData(
        level=kind.level, colour=kind.colour, number=slip.number, rule=rule, rules=found.label,
        due=matter.due.isoformat() if matter.due else "", answer_due=answer_by.isoformat(),
        estimated=calendar.is_estimated(answer_by),
    )  # fmt: skip
    event_log.append(matter=matter, kind=EventKind.SLIP, by=by, text=reason, data=data, at=at, seen=seen)
    notify(
        users=recipients.recipients_of(slip.unit, ("liaison", "unit_head")),
        key=f"slip:{slip.key}",
        text=f"收到{kind.name}{slip.number}：{matter.number}《{matter.title[:60]}》，请于{answer_by}前回复",
        matter=matter,
        level=kind.level,
        url=reverse("supervision:slip", args=[slip.pk]),
        kind="slip",
        at=at,
    )
    return slip


def _key(matter: Matter, level: int) -> str:
    """matter:level:due. A level that was withdrawn may be served again by hand, under a further key."""
    base = f"{matter.pk}:{level}:{matter.due or 'none'}"
    there = Slip.objects.filter(key__startswith=base).count()
    return base if not there else f"{base}:{there + 1}"


def _numbered(**values: Any) -> Slip:
    year = timezone.localdate(values["issued_at"]).year
    for _try in range(_TRIES):
        serial = next_serial(Slip, year)
        number = policy.office().slip_number.format(year=year, serial=serial)
        try:
            with transaction.atomic():
                return Slip.objects.create(**values, year=year, serial=serial, number=number)
        except IntegrityError:
            if Slip.objects.filter(key=values["key"]).exists():
                break
    raise Refused("clash", _("督办单编号刚被占用，请再试一次。"))


def _text(slip: Slip, matter: Matter, found: SlipRules | None, kind: SlipKind, asks: str) -> SlipText:
    office = recipients.office()
    assert slip.answer_due is not None  # serve has set it
    return SlipText(
        number=slip.number,
        colour=slip.colour,
        unit=slip.unit.name,
        matter=matter.number,
        title=matter.title,
        source=f"《{matter.source.title}》" if matter.source else "",
        coops=tuple(matter.coops.values_list("short_name", flat=True)),
        promise=matter.original_due,
        due=matter.due,
        reason=slip.reason,
        asks=asks,
        consequence=kind.consequence,
        answer_by=slip.answer_due,
        issuer=office.name if office else "",
        issued_on=timezone.localdate(slip.issued_at),
        rules=found.rules.name if found else "",
    )


def _require_unit(by: User, slip: Slip) -> None:
    """Only the unit on which it was served signs and answers."""
    require(by, "desk.use")
    if getattr(by, "unit_id", None) != slip.unit_id:
        raise Refused("permission", _("这张督办单不是发给您单位的。"))


def _require_open(slip: Slip, at: datetime) -> None:
    """What the desk no longer asks for is not taken either; a withdrawn or answered slip clashes below."""
    slip.refresh_from_db()
    on = timezone.localdate(at)
    if not open_on(slip, on) and stands_on(slip, on) and not answered_on(slip, on):
        raise Refused(
            "state", _("督办单%(number)s的事项已办结，不用再签收或回复。") % {"number": slip.number}
        )


@transaction.atomic
def acknowledge(*, slip: Slip, by: User, at: datetime | None = None) -> Slip:
    """签收."""
    _require_unit(by, slip)
    hold()
    at = at or timezone.now()
    _require_open(slip, at)
    waiting = Slip.objects.filter(pk=slip.pk, acknowledged_at__isnull=True, withdrawn_at__isnull=True)
    if waiting.update(acknowledged_by=by, acknowledged_at=at) != 1:
        raise Refused("clash", _("这张督办单已经签收或已撤回。"))
    slip.refresh_from_db()
    record(
        by=by,
        action="slip.acknowledged",
        subject=f"matter:{slip.matter_id}",
        at=at,
        summary=_("签收督办单%(number)s") % {"number": slip.number},
    )
    return slip


@transaction.atomic
def answer(
    *, slip: Slip, text: str, by: User, at: datetime | None = None, sheet: bool = False, cited: str = ""
) -> Slip:
    """The unit's written answer, once; who has not signed for the slip signs by it.

    `sheet`: its words are those of 本周合报; `cited`: the day of the feedback that is the answer.
    """
    _require_unit(by, slip)
    hold()
    at = at or timezone.now()
    if not text.strip():
        raise Refused("bad_value", _("请写明回复内容。"))
    _require_open(slip, at)
    if slip.acknowledged_at is None and slip.withdrawn_at is None:
        slip = acknowledge(slip=slip, by=by, at=at)
    waiting = Slip.objects.filter(pk=slip.pk, answered_at__isnull=True, withdrawn_at__isnull=True)
    if waiting.update(answer=text.strip(), answered_by=by, answered_at=at) != 1:
        raise Refused("clash", _("这张督办单已经回复或已撤回。"))
    slip.refresh_from_db()
    matter = Matter.objects.get(pk=slip.matter_id)
    late = bool(slip.answer_due and slip.answer_due < timezone.localdate(at))
    data = SlipAnsweredData(number=slip.number, late=late)
    if sheet:
        data["sheet"] = True
    if cited:
        data["cited"] = cited
    event_log.append(
        matter=matter, kind=EventKind.SLIP_ANSWERED, by=by, text=text.strip()[:200], data=data, at=at
    )
    return slip


@transaction.atomic
def cite(*, slip: Slip, by: User, at: datetime | None = None) -> Slip:
    """What the unit reported since the slip was served is its answer: nothing is written twice.

    Raises Refused "state" where nothing was reported since then.
    """
    _require_unit(by, slip)
    said = queries.said_since(slip)
    if said is None:
        raise Refused("state", _("督办单%(number)s发出后还没有反馈，请先写明。") % {"number": slip.number})
    day = timezone.localdate(said.at)
    words = _("办理情况已于%(day)s反馈：%(words)s") % {"day": f"{day:%m-%d}", "words": said.process}
    return answer(slip=slip, text=words, by=by, at=at, cited=day.isoformat())


def cite_many(*, keys: Sequence[str], by: User, at: datetime | None = None) -> BatchOutcome:
    """Of the ticked slips; what cannot be cited is named."""
    ticked = chosen(keys)
    rows = Slip.objects.filter(unit=by.unit_id or 0).select_related("matter").in_bulk(list(ticked))

    def act(slip: Slip | None) -> Callable[[], Slip] | None:
        return (lambda: cite(slip=slip, by=by, at=at)) if slip else None

    return each((str(pk), rows[pk].number if pk in rows else str(pk), act(rows.get(pk))) for pk in ticked)


@transaction.atomic
def withdraw(*, slip: Slip, reason: str, by: User, at: datetime | None = None) -> Slip:
    """撤回, with the reason; the slip, its number and its paper stay readable."""
    require(by, "slip.issue")
    at = at or timezone.now()
    if not reason.strip():
        raise Refused("reason_missing", _("请写明撤回理由。"))
    hold()
    standing = Slip.objects.filter(pk=slip.pk, withdrawn_at__isnull=True)
    if standing.update(withdrawn_reason=reason.strip()[:200], withdrawn_at=at) != 1:
        raise Refused("clash", _("这张督办单已经撤回。"))
    slip.refresh_from_db()
    matter = Matter.objects.get(pk=slip.matter_id)
    event_log.append(matter=matter, kind=EventKind.SLIP_WITHDRAWN, by=by, text=reason.strip(),
           data=SlipWithdrawnData(number=slip.number, level=slip.level), at=at)  # fmt: skip
    return slip
