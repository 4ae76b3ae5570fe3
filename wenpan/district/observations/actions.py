"""Every write to the ledger: a batch comes in, a batch is taken back, regions are named, a unit estimates.

No action changes a figure: a correction is a new version that supersedes the old one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from pypinyin import lazy_pinyin

from wenpan.district.accounts.models import User
from wenpan.district.accounts.permissions import require
from wenpan.district.ground.journal.actions import record
from wenpan.district.ground.refused import Refused
from wenpan.district.intake.models import Submission
from wenpan.district.observations import hooks, rules, versions
from wenpan.district.observations.ledger_changes import LedgerChanges, rounded
from wenpan.district.observations.models import Batch, Estimate, Region
from wenpan.economy.time.periods import parse_period


@transaction.atomic
def store_batch(
    *, submission: Submission, planned: LedgerChanges, by: User, at: datetime | None = None
) -> Batch:
    """Stores the new and revised figures of a submission as one batch. Part of `intake.actions.accept`.

    Figures that did not change are not written again; that this file confirms them is. Raises
    Refused("figures_changed") if somebody else revised one since the plan was made; nothing is kept then.
    """
    at = at or timezone.now()
    batch = Batch.objects.create(submission=submission, recorded_at=at, recorded_by=by)
    counts, rows = planned.counts, planned.of_kind("revised", "new")
    _superseded(rows["held"].drop_nulls().to_list(), at)
    try:
        with transaction.atomic():
            versions.insert(batch, rows, released=submission.released, at=at)
            versions.confirm(batch, planned.of_kind("unchanged"))
    except IntegrityError as clash:
        raise Refused("figures_changed", _("台账刚被别人改过，请重新核对后再确认。")) from clash
    new, revised = counts["new"], counts["revised"]
    record(
        by=by,
        action="observations.store",
        subject=f"batch:{batch.pk}",
        at=at,
        summary=_("入账 %(new)d 个新数，修订 %(revised)d 个") % {"new": new, "revised": revised},
        detail={"submission": submission.pk, "new": new, "revised": revised},
    )
    _tell(batch, rows.select("indicator", "period").unique().rows(), by, at)
    return batch


def _superseded(pks: list[int], at: datetime) -> None:
    if versions.supersede(pks, at) != len(pks):
        raise Refused("figures_changed", _("台账刚被别人改过，请重新核对后再确认。"))


def _tell(batch: Batch, touched: Iterable[tuple[str, str]], by: User, at: datetime) -> None:
    touched = set(touched)
    if touched:
        months = {str(parse_period(period).end) for _code, period in touched}
        hooks.changed(batch, {code for code, _period in touched}, months, by, at)


@transaction.atomic
def undo_batch(*, submission: Submission, by: User, reason: str, at: datetime | None = None) -> Batch:
    """Takes a batch back: the versions it superseded hold again, as new rows. Part of `intake.actions.undo`.

    A figure that a later file confirmed stays as it is, and is that file's from now on.
    Raises Refused("later_batch") naming the later batches that revised the same figures.
    """
    at = at or timezone.now()
    batch = Batch.objects.get(submission=submission)
    if later := versions.later_batches(batch):
        raise Refused(
            "later_batch",
            _("后来的 %(files)s 又修订了同样的数，请先撤回它。")
            % {"files": "、".join(f"《{name}》" for name in later)},
        )
    done = Batch.objects.filter(pk=batch.pk, undone_at__isnull=True).update(
        undone_at=at, undone_by=by, undo_reason=reason[:200]
    )
    if done != 1:
        raise Refused("state", _("这一批已经撤回过。"))
    touched = versions.restore(batch, at)
    record(
        by=by,
        action="observations.undo",
        subject=f"batch:{batch.pk}",
        at=at,
        summary=_("撤回 %(count)d 个数：%(reason)s") % {"count": len(touched), "reason": reason},
        detail={"submission": submission.pk, "reason": reason, "figures": len(touched)},
    )
    batch.refresh_from_db()
    _tell(batch, touched, by, at)
    return batch


@transaction.atomic
def sync_regions(
    *, regions: Any, by: User | None, at: datetime | None = None, city: Any = None
) -> list[Region]:
    """Makes the regions of the place as its `place.yaml` says; idempotent, the city first.

    `regions`: a `rules.Place` (its city is the parent), or mappings or objects with code, name,
    aliases, home and, where `city` is not given, parent (a code). Regions no longer named keep their rows.
    """
    city = city or getattr(regions, "city", None)
    entries = list(getattr(regions, "regions", regions))
    if city is not None:
        entries = [city, *(entry for entry in entries if _get(entry, "code") != _get(city, "code"))]
    kept, changed = [], []
    for order, entry in enumerate(entries):
        parent = (
            None if city is not None and order == 0 else _get(city, "code") if city else _get(entry, "parent")
        )
        region, fresh = _sync_region(entry, parent or None, order)
        kept.append(region)
        changed += [region.code] if fresh else []
    if changed:
        record(
            by=by,
            action="observations.sync_regions",
            subject="region:*",
            at=at,
            summary=_("更新地区名录 %(count)d 个") % {"count": len(changed)},
            detail={"codes": changed},
        )
    return kept


def _get(entry: Any, key: str, default: Any = None) -> Any:
    return entry.get(key, default) if isinstance(entry, Mapping) else getattr(entry, key, default)


def _sync_region(entry: Any, parent: str | None, order: int) -> tuple[Region, bool]:
    name = _get(entry, "name")
    values = {
        "name": name,
        "aliases": list(_get(entry, "aliases") or ()),
        "home": bool(_get(entry, "home", default=False)),
        "order": order,
        "parent": Region.objects.get(code=parent) if parent else None,
        "pinyin": " ".join(lazy_pinyin(name)),
    }
    region = Region.objects.filter(code=_get(entry, "code")).first() or Region(code=_get(entry, "code"))
    fresh = region.pk is None or any(getattr(region, key) != value for key, value in values.items())
    if fresh:
        for key, value in values.items():
            setattr(region, key, value)
        region.save()
    return region, fresh


@transaction.atomic
def record_estimate(
    *,
    indicator: str,
    period: str,
    measure: str,
    value: Decimal,
    by: User,
    basis: str = "natural",
    note: str = "",
    at: datetime | None = None,
) -> Estimate:
    """A unit's own expectation (预计) of one figure of the home district; a newer one supersedes it.

    Saying the same again writes nothing. Raises PermissionDenied, Refused("bad_value").
    """
    require(by, "estimate.enter")
    rules.may_estimate(by, indicator, measure)
    at = at or timezone.now()
    parse_period(period)
    place = {"indicator": indicator, "period": period, "measure": measure, "basis": basis, "unit": by.unit}
    held = Estimate.objects.filter(**place, superseded_at__isnull=True).first()
    value, note = rounded(value), note.strip()[:200]
    if held is not None and (held.value, held.note) == (value, note):
        return held
    if (
        held is not None
        and Estimate.objects.filter(pk=held.pk, superseded_at__isnull=True).update(superseded_at=at) != 1
    ):
        raise Refused("clash", _("本单位另一位同事刚报过这个预计，请刷新后再报。"))
    estimate = Estimate.objects.create(**place, value=value, note=note, made_by=by, made_at=at)
    record(
        by=by,
        action="observations.estimate",
        subject=f"estimate:{estimate.pk}",
        at=at,
        summary=_("报预计 %(indicator)s %(period)s：%(value)s")
        % {"indicator": indicator, "period": period, "value": f"{value.normalize():f}"},
        detail={
            **place,
            "unit": by.unit_code,
            "value": str(value),
            "old": str(held.value) if held else None,
            "note": note,
        },
    )
    return estimate


@transaction.atomic
def record_estimates(
    *, lines: Iterable[tuple[Any, Decimal, str]], by: User, at: datetime | None = None
) -> int:
    """All estimates of one form, or none; returns how many said something new.

    A line is (what is asked: indicator, period, measure; value; note).
    """
    at = at or timezone.now()
    made = [
        record_estimate(
            indicator=line.indicator,
            period=line.period,
            measure=line.measure,
            value=value,
            note=note,
            by=by,
            at=at,
        )
        for line, value, note in lines
    ]
    return sum(estimate.made_at == at for estimate in made)
