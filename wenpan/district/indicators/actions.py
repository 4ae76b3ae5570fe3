"""Every write of this room: setting a target, undoing an import of targets, judging a month.

A target is never edited: a change is a new version with its document. A judgement is never edited:
a new one supersedes it and the old one stays readable, with the rules it was made by.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan import rules as policy
from wenpan.district.accounts.models import Unit, User
from wenpan.district.accounts.permissions import require
from wenpan.district.ground.journal import actions as journal
from wenpan.district.indicators import hooks
from wenpan.district.indicators.judging import judge_rows, known_by
from wenpan.district.indicators.models import Judgement, Target
from wenpan.district.indicators.rules import curve_problem
from wenpan.district.observations.models import Region
from wenpan.economy.figures.indicators import Measure
from wenpan.economy.time.periods import Month

PROMISE = ("region_id", "unit_id", "indicator", "year", "measure", "basis", "set_by")


class ClashError(Exception):
    """Somebody else changed the target meanwhile. `.theirs` is the version that now holds (None: none)."""

    def __init__(self, theirs: Target | None) -> None:
        super().__init__(_("这项目标刚被别人改过，请对照两边再定。"))
        self.theirs = theirs


@dataclass(frozen=True)
class TargetPromise:
    """What a target promises and on what ground; the values of one version."""

    value: Decimal
    comparison: str
    document: str
    effective_from: date
    schedule: str
    curve: list[float]


def set_target(
    *,
    indicator: str,
    year: int,
    value: Decimal | float | int | str,
    set_by: str,
    document: str,
    by: User,
    measure: str | None = None,
    basis: str | None = None,
    comparison: str | None = None,
    unit: Unit | None = None,
    effective_from: date | None = None,
    schedule: str = "linear",
    curve: Sequence[float] = (),
    expected_version: int | None = None,
    request_key: str | None = None,
    submission: Any = None,
    sheet: str = "",
    cell: str = "",
    at: datetime | None = None,
) -> Target:
    """The target of the home district, or of one of its units, for a year: a first or a new version.

    `expected_version` is the version the person saw (0: none); another one raises `ClashError`. The same
    promise again changes nothing. `request_key`: a form sent twice sets one version. A first version
    holds from 1 January unless told otherwise; zero is a target like any other number.
    """
    if submission is None:
        require(by, "target.set")
    if request_key and (done := Target.objects.filter(request_key=request_key).first()):
        return done
    at = at or timezone.now()
    item = policy.catalogue().get(indicator)
    if item is None:
        raise ValidationError({"indicator": _("指标目录里没有这个指标。")})
    measure = str(measure or item.headline)
    key = {
        "region": Region.objects.get(home=True),
        "unit": unit,
        "indicator": indicator,
        "year": year,
        "measure": measure,
        "basis": basis or (item.basis if Measure(measure).is_growth else "natural"),
        "set_by": set_by,
    }
    with transaction.atomic():
        current = Target.objects.filter(**key, superseded_at__isnull=True).first()
        if expected_version is not None and expected_version != (current.version if current else 0):
            raise ClashError(current)
        promise = TargetPromise(
            Decimal(str(value)),
            comparison or ("<=" if item.direction == "down" else ">="),
            document.strip(),
            effective_from or (timezone.localdate(at) if current else date(year, 1, 1)),
            schedule,
            [float(share) for share in curve],
        )
        if current is not None and _same(current, promise):
            return current
        target = Target(
            **key,
            **vars(promise),
            version=_next_version(key),
            submission=submission,
            sheet=sheet,
            cell=cell,
            recorded_by=by,
            recorded_at=at,
            request_key=request_key or None,
        )
        _check(target, current)
        _supersede(current, at)
        _save(target, key)
        name = f"{unit.short_name} {item.short}" if unit else item.short
        journal.record(
            by=by,
            action="target.set",
            subject=f"target:{target.pk}",
            summary=f"{name} {year}年目标（{target.get_set_by_display()}）："
            + (f"{current.value.normalize():f} → " if current else "")
            + f"{target.value.normalize():f}，依据 {target.document}",
            detail={"version": target.version, "replaces": current.pk if current else None},
            at=at,
        )
        if unit is None:
            _judge_from(target, by=by, at=at)
    return target


def _same(current: Target, promise: TargetPromise) -> bool:
    return (
        current.value == promise.value
        and current.comparison == promise.comparison
        and current.document == promise.document
        and current.schedule == promise.schedule
        and list(current.curve) == promise.curve
    )


def _next_version(key: dict[str, Any]) -> int:
    last = Target.objects.filter(**key).order_by("-version").values_list("version", flat=True).first()
    return (last or 0) + 1


def _check(target: Target, current: Target | None) -> None:
    if not target.document:
        raise ValidationError({"document": _("请填写依据文件，例如《政府工作报告》或下达文件的文号。")})
    if target.schedule == "curve" and (problem := curve_problem(target.curve)):
        raise ValidationError({"curve": problem})
    if target.schedule != "curve":
        target.curve = []
    if (
        current is not None
        and target.effective_from < current.effective_from
        and target.submission_id is None
    ):
        raise ValidationError(
            {"effective_from": _("生效日期不能早于上一版的 %(day)s。") % {"day": current.effective_from}}
        )
    target.clean_fields(exclude=("superseded_at", "withdrawn_at", "request_key"))


def _supersede(current: Target | None, at: datetime, **more: Any) -> None:
    if current is None:
        return
    held = Target.objects.filter(pk=current.pk, superseded_at__isnull=True)
    if held.update(superseded_at=at, **more) != 1:
        raise ClashError(Target.objects.filter(pk=current.pk).first())


def _save(target: Target, key: dict[str, Any]) -> None:
    try:
        with transaction.atomic():
            target.save(force_insert=True)
    except IntegrityError as error:
        raise ClashError(Target.objects.filter(**key, superseded_at__isnull=True).first()) from error


def _judge_from(target: Target, *, by: User, at: datetime) -> None:
    """The months from which the target counts are judged anew, for this indicator only."""
    from wenpan.district.observations.queries import latest_month

    latest = latest_month()
    if latest is None or latest.year < target.year:
        return
    first = max(target.effective_from, date(target.year, 1, 1))
    month = Month(first.year, first.month).plus(-policy.catalogue()[target.indicator].lag_months)
    hooks.judge_anew({(target.indicator, str(month))}, by=by, at=at)


def undo_targets(*, submission: Any, by: User, reason: str, at: datetime | None = None) -> int:
    """Takes back the versions that this file brought; the version before each holds again.

    A version that was changed since is a `ClashError`: nothing is undone. Returns how many were taken back.
    """
    at = at or timezone.now()
    with transaction.atomic():
        brought = list(Target.objects.filter(submission=submission, withdrawn_at__isnull=True))
        for target in brought:
            if target.superseded_at is not None:
                raise ClashError(target)
            _supersede(target, at, withdrawn_at=at)
            _restore_before(target, by=by, at=at)
            if target.unit_id is None:
                _judge_from(target, by=by, at=at)
        journal.record(
            by=by,
            action="target.undo",
            subject=f"submission:{submission.pk}",
            summary=f"撤回目标表 {submission.filename}：{len(brought)}项目标。原因：{reason}"[:400],
            detail={"targets": [t.pk for t in brought]},
            at=at,
        )
    return len(brought)


def _restore_before(target: Target, *, by: User, at: datetime) -> None:
    same = {name: getattr(target, name) for name in PROMISE}
    earlier = Target.objects.filter(**same, version__lt=target.version, withdrawn_at__isnull=True)
    before = earlier.order_by("-version").first()
    if before is None:
        return
    before.pk = None
    before.version = target.version + 1
    before.request_key = None
    before.superseded_at = None
    before.recorded_by, before.recorded_at = by, at
    before.save(force_insert=True)


def judge_month(
    *, as_of: Month, by: User | None, at: datetime | None = None, indicators: Collection[str] | None = None
) -> int:
    """Judges the home district at `as_of` and stores it; what was judged before is superseded.

    `indicators` None judges all of the catalogue; a month never judged before is always judged whole,
    so that an indicator without a figure shows as unknown. Returns the number of judgements stored.
    It is a consequence of figures and targets, not a decision of `by`: no permission is asked. A judgement
    is never dated before the newest figure or target that it may have read (`wenpan doctor` makes it again
    from what was known at its date).
    """
    at = known_by(at or timezone.now())
    with transaction.atomic():
        region = Region.objects.filter(home=True).first()
        if region is None:
            return 0
        before = Judgement.objects.filter(region=region, as_of=str(as_of), superseded_at__isnull=True)
        if indicators is not None and not before.exists():
            indicators = None
        rows = judge_rows(region=region, as_of=as_of, indicators=indicators)
        for row in rows:
            row.judged_at = at
        if indicators is not None:
            before = before.filter(indicator__in=indicators)
        before.update(superseded_at=at)
        Judgement.objects.bulk_create(rows, batch_size=200)
        lights = [row.light for row in rows if row.primary]
        journal.record(
            by=by,
            action="judgement.make",
            subject=f"judgement:{region.code}:{as_of}",
            summary=f"{region.name} {as_of} 研判：{len(lights)}项指标，红灯{lights.count('RED')}项，"
            f"黄灯{lights.count('YELLOW')}项，规则 {rows[0].rule_set if rows else '—'}",
            detail={"indicators": sorted(indicators) if indicators is not None else "all", "rows": len(rows)},
            at=at,
        )
    return len(rows)
