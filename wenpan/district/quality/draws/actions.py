"""A draw is made and a checker's result written down; neither touches a return."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import User
from wenpan.district.accounts.permissions import require
from wenpan.district.ground.journal.actions import record
from wenpan.district.ground.refused import Refused
from wenpan.district.quality.draws import queries
from wenpan.district.quality.models import FieldCheckResult, FieldDraw
from wenpan.economy.quality.field_checks import DrawError, draw
from wenpan.economy.time.periods import parse_period

MOST = 20_000  # units of a population


@transaction.atomic
def make_draw(
    *,
    title: str,
    seed: str,
    asked: int,
    population: Sequence[tuple[str, str]],
    by: User,
    at: datetime | None = None,
) -> FieldDraw:
    """`population`: code and name. Every draw stays, also one that is not used: nobody draws until it fits.
    Refused "bad_value" with the reason why it cannot be drawn."""
    require(by, "quality.query")
    at = at or timezone.now()
    units = [(code.strip()[:60], name.strip()[:120]) for code, name in population]
    if not title.strip():
        raise Refused("bad_value", _("请写明抽查名称。"))
    if not units or len(units) > MOST:
        raise Refused("bad_value", _("总体应为1到%(most)s个单位。") % {"most": MOST})
    if not 1 <= asked <= 5000:
        raise Refused("bad_value", _("抽取数应为1到5000。"))
    try:
        found = draw([code for code, _name in units], asked, seed.strip()[:60])
    except DrawError as why:
        raise Refused("bad_value", str(why)) from None
    made = FieldDraw.objects.create(
        title=title.strip()[:120], seed=found.seed, population=[list(pair) for pair in sorted(units)],
        population_hash=found.population_hash, asked=asked, drawn=list(found.drawn), by=by, at=at,
    )  # fmt: skip
    record(
        by=by, action="quality.draw", subject=f"field_draw:{made.pk}", at=at,
        summary=f"抽查“{made.title}”：总体{found.population}个，随机号码{found.seed}，抽中{len(found.drawn)}个",
        detail={"population_hash": found.population_hash, "drawn": list(found.drawn)[:200]},
    )  # fmt: skip
    return made


@transaction.atomic
def note_result(
    *,
    made: FieldDraw,
    code: str,
    item: str,
    period: str,
    actual: Decimal,
    evidence: str,
    checkers: str,
    checked_on: date,
    by: User,
    reported: Decimal | None = None,
    in_money: bool = True,
    at: datetime | None = None,
) -> FieldCheckResult:
    """What the checkers found on paper. What was reported is taken from the return where there is one.
    The same item again replaces the earlier result, which stays readable."""
    require(by, "quality.query")
    at = at or timezone.now()
    _checked(made, code, item, evidence, checkers)
    if checked_on > timezone.localdate(at):
        raise Refused("bad_value", _("检查日期不能晚于今天。"))
    try:
        period = str(parse_period(period))
    except ValueError:
        raise Refused("bad_value", _("报告期应写作 2022-09 或 2022-Q3。")) from None
    for number in (actual, reported):
        if number is not None and (not number.is_finite() or abs(number) >= Decimal(10) ** 12):
            raise Refused("bad_value", _("请填数字。"))
    told = queries.reported(code, item, period) if item in queries.FROM_RETURN else reported
    FieldCheckResult.objects.filter(
        draw=made, code=code, item=item, period=period, superseded_at__isnull=True
    ).update(superseded_at=at)
    try:
        with transaction.atomic():
            result = FieldCheckResult.objects.create(
                draw=made, code=code, item=item[:60], in_money=in_money, period=period, reported=told,
                actual=actual, evidence=evidence.strip()[:300], checkers=checkers.strip()[:80],
                checked_on=checked_on, by=by, at=at,
            )  # fmt: skip
    except IntegrityError:
        raise Refused("clash", _("刚刚已有人登记了这一项。")) from None
    record(
        by=by, action="quality.field_result", subject=f"field_draw:{made.pk}", at=at,
        summary=f"抽查“{made.title}”{code} {item} {period} 登记核查结果",
        detail={"code": code, "result": result.pk},
    )  # fmt: skip
    return result


def _checked(made: FieldDraw, code: str, item: str, evidence: str, checkers: str) -> None:
    if code not in made.drawn:
        raise Refused("bad_value", _("这个单位没有抽中。"))
    if not item.strip() or not evidence.strip() or not checkers.strip():
        raise Refused("bad_value", _("请写明指标、核实依据和检查人。"))
    if len([name for name in checkers.replace("、", " ").replace("，", " ").split() if name]) < 2:
        raise Refused("bad_value", _("检查人不少于两人，姓名以顿号分开。"))
