"""The edit rules over one month's project returns: counts by rule, and each return that fails with its
suspects.

Reads only. The values are those that the unit reported; the suspects are questions ("these cannot all be
right"). What was found is kept by the digest of the very returns and rules it was found from, so that the
same returns are not judged twice, and changed ones always are.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace

import polars as pl
from django.core.cache import cache

from wenpan.district.projects.base.scope import Scope
from wenpan.district.projects.models import Link, Return
from wenpan.district.quality.relations.queries import confirmed_rules
from wenpan.economy.quality.edits import localisation, returns, verdicts
from wenpan.economy.quality.edits.edit_rules import EditRule, EditRules
from wenpan.economy.quality.edits.selective import asking_order
from wenpan.economy.quality.edits.verdicts import RuleCount
from wenpan.economy.time.periods import Month
from wenpan.rules.edits import edit_packs
from wenpan.rules.query_letters import stop_share

PACK = "project_returns"
TOTAL = "本年自年初累计"  # the column whose district total the order of asking protects
KEPT = 24 * 3600  # seconds
_SCHEMA = {
    "项目": pl.Int64, "报告期": pl.String, "自开始建设累计": pl.Float64, "本年自年初累计": pl.Float64,
    "计划总投资": pl.Float64, "建设状态": pl.String, "重点表本年完成": pl.Float64, "重点表总投资": pl.Float64,
}  # fmt: skip


@dataclass(frozen=True)
class FailedReturn:
    """A return and one rule that it fails. `reported`: field and amount as reported (万元), of the rule's
    fields. `share`: how much of the district's total the return may change, in percent; `first`: it comes
    before the stop rule."""

    project: int
    rule: EditRule
    reported: tuple[tuple[str, float | str | None], ...]
    suspects: tuple[str, ...]  # sets of fields of the least weight, "、" within a set
    share: float = 0.0
    first: bool = False

    @property
    def evidence(self) -> str:
        return "; ".join(f"{name} {_as_reported(value)}" for name, value in self.reported)


def _as_reported(value: float | str | None) -> str:
    if value is None:
        return "未报"
    return value if isinstance(value, str) else f"{value:.2f}".rstrip("0").rstrip(".")


@dataclass(frozen=True)
class ReturnChecks:
    month: Month
    counts: tuple[RuleCount, ...]
    failed: tuple[FailedReturn, ...]
    returns: int
    asked: int = 0  # returns to ask about first; the others together are below `stop_share` of the total


def pack() -> EditRules:
    """The rules that ship or that the place keeps, and those that were confirmed from printed relations."""
    shipped = edit_packs()[PACK]
    return replace(shipped, rules=(*shipped.rules, *confirmed_rules()))


def checks(month: Month, scope: Scope, project: int | None = None) -> ReturnChecks:
    """Of the returns of a month that the scope sees: by their effect on the district's total, then hard rules
    first. With `project` the effect is of its return alone."""
    rules = pack()
    data = _rows(month, scope, project)
    digest = hashlib.sha256(f"{_rules_digest()}|{month}|{data!r}".encode()).hexdigest()
    found: ReturnChecks | None = cache.get(f"quality.checks:{digest}")
    if found is None:
        found = _judged(month, rules, data)
        cache.set(f"quality.checks:{digest}", found, KEPT)
    return found


def _rules_digest() -> str:
    """Of every rule as it stands, with its reliability weights and the share that need not be asked."""
    rules = pack()
    text = repr((rules.rules, rules.weights, sorted(rules.fixed), rules.before, stop_share()))
    return hashlib.sha256(text.encode()).hexdigest()


def _judged(month: Month, rules: EditRules, data: list[tuple[object, ...]]) -> ReturnChecks:
    frame = returns.typed(pl.DataFrame(data, schema=_SCHEMA, orient="row"), rules).frame
    frame = frame.filter(pl.col("报告期") == str(month))
    found = verdicts.judge(frame, rules)
    sets: dict[str, list[str]] = {}
    for record, fields, _weight in localisation.localise(frame, rules, found).table.iter_rows():
        sets.setdefault(record, []).append(fields.replace(localisation.SEPARATOR, "、"))
    order = asking_order(frame, found, TOTAL, stop_share())
    effect = {
        r: (100 * share, ask) for r, share, ask in order.table.select("record", "share", "ask").iter_rows()
    }
    failed = []
    for count in found.counts:
        rows = found.rows.get(count.rule.code)
        if rows is None or rows.is_empty():
            continue
        names = sorted(count.rule.kinds)
        hard = count.rule.severity == "hard"
        for line in frame[rows].select("项目", returns.RECORD, *names).iter_rows(named=True):
            suspects = tuple(sets.get(line[returns.RECORD], ())) if hard else ()
            reported = tuple((n, line[n]) for n in names)
            share, first = effect.get(line[returns.RECORD], (0.0, False))
            failed.append(FailedReturn(line["项目"], count.rule, reported, suspects, share, first))
    failed.sort(key=lambda one: (-one.share, one.rule.severity != "hard", one.project, one.rule.code))
    return ReturnChecks(month, found.counts, tuple(failed), frame.height, order.asked)


def _rows(month: Month, scope: Scope, project: int | None) -> list[tuple[object, ...]]:
    """The current returns of the month, of the month before and of last December."""
    periods = {str(month), str(month.plus(-1)), str(Month(month.year - 1, 12))}
    rows = Return.objects.filter(
        scope.projects("project__"), period__in=periods, superseded_at__isnull=True, project__retracted=False
    )
    if project is not None:
        rows = rows.filter(project=project)
    values = rows.order_by("project", "period").values_list(
        "project_id", "period", "cumulative", "this_year", "project__planned_total", "build_status"
    )
    keys = _of_key_list(month)
    return [
        (
            pk, period, *(None if amount is None else float(amount) for amount in amounts), status or None,
            *(keys.get(pk, (None, None)) if period == str(month) else (None, None)),
        )
        for pk, period, *amounts, status in values
    ]  # fmt: skip


def _of_key_list(month: Month) -> dict[int, tuple[float | None, float | None]]:
    """What the key list says of the same undertaking (confirmed pairs): done this year, where it was reported
    for this very month, and its total."""
    rows = Link.objects.filter(year=month.year).values_list(
        "project_id", "key_project__this_year", "key_project__planned_total", "key_project__reported"
    )
    return {
        pk: (
            float(done) if done is not None and reported == str(month) else None,
            None if total is None else float(total),
        )
        for pk, done, total, reported in rows
    }
