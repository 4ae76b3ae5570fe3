"""A file of deals into the room, all or nothing, and out again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import Unit, User
from wenpan.district.accounts.permissions import require
from wenpan.district.attraction.derive import derived, refresh
from wenpan.district.attraction.lists.list_lines import DealLine, ListPlan
from wenpan.district.attraction.models import Deal, DealAmount, DealEvent, DealRevision
from wenpan.district.ground.databases.adding import add_rows
from wenpan.district.ground.refused import Refused
from wenpan.district.intake.models import Submission
from wenpan.documents.words.pinyin import syllables
from wenpan.economy.funnel.money import CNY
from wenpan.rules.deals import exchange_rate, stage_rules


@transaction.atomic
def store_deals(*, submission: Submission, plan: ListPlan, by: User, at: datetime) -> None:
    """Makes and revises the deals of a plan, with events and amounts. Raises Refused "clash" where a deal was
    written since the plan."""
    require(by, "intake.accept")
    today, rules = timezone.localdate(at), stage_rules(timezone.localdate(at))
    fresh = [line for line in plan.lines if line.current is None]
    older = [line for line in plan.lines if line.current is not None and not line.idle]
    rows: list[tuple[DealLine, Deal, dict[str, Any]]] = []
    unsaved = [
        (line, Deal(code=line.code, pinyin=pinyin(line.values["name"]), **line.values)) for line in fresh
    ]
    events = {id(d): _events(line, d, submission, by, at) for line, d in unsaved}
    amounts = {id(d): _amounts(line, d, submission, by, at) for line, d in unsaved}
    for _line, deal in unsaved:
        for name, value in derived(deal, events[id(deal)], amounts[id(deal)], (), today, rules).items():
            setattr(deal, name, value)
    _add_deals([deal for _line, deal in unsaved])
    rows += [(line, deal, {}) for line, deal in unsaved]
    all_events = [e for _l, d in unsaved for e in events[id(d)]]
    all_amounts = [a for _l, d in unsaved for a in amounts[id(d)]]
    for line in older:
        deal, before = _revise(line)
        rows.append((line, deal, before))
        all_events += _events(line, deal, submission, by, at)
        all_amounts += _amounts(line, deal, submission, by, at)
    children: list[DealEvent | DealAmount] = [*all_events, *all_amounts]
    for child in children:
        child.deal_id = child.deal.pk  # the deals were not saved when these were made
    add_rows(all_events)
    add_rows(all_amounts)
    add_rows(
        [
            DealRevision(
                deal=deal, submission=submission, created=line.current is None, before=_plain(before),
                after=_plain(line.values),
            )
            for line, deal, before in rows
        ]
    )  # fmt: skip
    refresh([deal.pk for line, deal, _before in rows if line.current is not None], today)


def _add_deals(deals: list[Deal]) -> None:
    """With the keys that they get: their numbers are unique."""
    last = Deal.objects.order_by().aggregate(last=Max("pk"))["last"] or 0
    add_rows(deals)
    keys = dict(Deal.objects.order_by().filter(pk__gt=last).values_list("code", "pk"))
    for deal in deals:
        deal.pk = keys[deal.code]


def pinyin(name: str) -> str:
    return " ".join(syllables(name))[:400]


def _revise(line: DealLine) -> tuple[Deal, dict[str, Any]]:
    deal = line.current
    assert deal is not None
    before = {name: getattr(deal, name) for name in line.values}
    values: dict[str, Any] = dict(line.values)
    if "name" in values:
        values["pinyin"] = pinyin(values["name"])
    changed = Deal.objects.filter(pk=deal.pk, version=deal.version).update(**values, version=F("version") + 1)
    if changed != 1:
        raise Refused("clash", _("项目“%(name)s”刚被别人改过，请重新核对。") % {"name": deal.name})
    return deal, before


def _events(line: DealLine, deal: Deal, submission: Submission, by: User, at: datetime) -> list[DealEvent]:
    return [
        DealEvent(
            deal=deal, kind=e.kind, stage=e.stage, on=e.on, approved_on=e.approved_on,
            evidence=list(e.evidence), reason=e.reason, note=e.note, document=e.document, by=by, at=at,
            submission=submission, source=e.source[:120],
        )
        for e in line.events
    ]  # fmt: skip


def _amounts(line: DealLine, deal: Deal, submission: Submission, by: User, at: datetime) -> list[DealAmount]:
    made = []
    for new in line.amounts:
        money = new.amount.money
        rate = exchange_rate(money.currency, new.as_of) if money.currency != CNY else None
        made.append(
            DealAmount(
                deal=deal, rung=new.amount.rung.value, scope=new.amount.scope,
                amount=money.amount.quantize(Decimal("0.0001")), currency=money.currency,
                text=money.text[:40], as_of=new.as_of, rate=rate.per if rate else None,
                rate_on=rate.on if rate else None, rate_source=rate.source[:80] if rate else "", by=by, at=at,
                submission=submission, source=new.source[:120],
            )
        )  # fmt: skip
    return made


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {
        name: value.code
        if isinstance(value, Unit)
        else value.isoformat()
        if hasattr(value, "isoformat")
        else value
        for name, value in values.items()
    }


@transaction.atomic
def undo_deals(*, submission: Submission, by: User, reason: str, at: datetime) -> None:
    """Takes a file back. Raises Refused "later_batch" where a later file or a person's act stands on it."""
    require(by, "intake.undo")
    revisions = list(DealRevision.objects.filter(submission=submission, undone=False).select_related("deal"))
    _nothing_later(revisions, submission)
    DealEvent.objects.filter(submission=submission, withdrawn_at=None).update(withdrawn_at=at)
    DealAmount.objects.filter(submission=submission, withdrawn_at=None).update(withdrawn_at=at)
    units = {unit.code: unit for unit in Unit.objects.all()}
    for revision in revisions:
        values: dict[str, Any] = {
            name: units.get(value) if name in ("unit", "town") else value
            for name, value in revision.before.items()
        }
        if revision.created:
            values = {"retracted": True}
        Deal.objects.filter(pk=revision.deal_id).update(**values, version=F("version") + 1)
    DealRevision.objects.filter(submission=submission).update(undone=True)
    refresh([r.deal_id for r in revisions], timezone.localdate(at))


def _nothing_later(revisions: Iterable[DealRevision], submission: Submission) -> None:
    newest = {revision.deal_id: revision for revision in revisions}
    later = DealRevision.objects.filter(deal__in=newest, undone=False).exclude(submission=submission)
    held = {r.deal_id for r in later if r.pk > newest[r.deal_id].pk}
    made = [pk for pk, revision in newest.items() if revision.created]
    for model in (DealEvent, DealAmount):
        held |= set(
            model.objects.filter(deal__in=made, withdrawn_at=None)
            .exclude(submission=submission)
            .values_list("deal_id", flat=True)
        )
    held |= set(Deal.objects.filter(pk__in=made).exclude(links=None).values_list("pk", flat=True))
    if held:
        name = next(r.deal.name for pk, r in newest.items() if pk in held)
        raise Refused(
            "later_batch",
            _("项目“%(name)s”后来又有新的记录，不能整批撤回；请先撤回后来的文件，或在项目页改正。")
            % {"name": name},
        )
