"""规则: which rule set judges, from which file, since when and why."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wenpan import rules as policy
from wenpan.district.indicators.rules import month_end
from wenpan.district.ui import lights
from wenpan.economy.judging.conditions import Condition
from wenpan.economy.judging.lights import RuleSet
from wenpan.economy.time.periods import Month

FACT_WORDS = {
    "actual": gettext_lazy("本期数据"),
    "target": gettext_lazy("目标"),
    "growth": gettext_lazy("增速"),
    "margin": gettext_lazy("与目标（时序）的差距"),
    "city": gettext_lazy("全市平均"),
    "versus_city": gettext_lazy("与全市平均的差距"),
    "pull": gettext_lazy("对全市的拉动"),
    "rank": gettext_lazy("全市位次"),
    "rivals": gettext_lazy("已公布的地区数"),
    "places_from_last": gettext_lazy("距末位的位数"),
    "rank_change": gettext_lazy("位次变化"),
    "probability": gettext_lazy("完成全年目标的概率"),
    "needed_minus_growth": gettext_lazy("后期需要的增速与当前增速之差"),
    "months_left": gettext_lazy("剩余月数"),
    "missed_streak": gettext_lazy("连续未达标期数"),
    "progress": gettext_lazy("完成进度"),
    "schedule": gettext_lazy("时序进度"),
    "behind_schedule": gettext_lazy("落后时序进度"),
    "of_schedule": gettext_lazy("占时序进度的比例"),
    "overdue": gettext_lazy("逾期"),
    "overdue_days": gettext_lazy("逾期工作日"),
    "days_left": gettext_lazy("距时限工作日"),
    "important": gettext_lazy("重要事项"),
    "sent_back": gettext_lazy("核查退办"),
    "silent": gettext_lazy("长期没有反馈"),
    "answered": gettext_lazy("上一张督办单已回复"),
    "limit_passed": gettext_lazy("上一张督办单回复期满"),
    "last_slip": gettext_lazy("上一张督办单"),
    "slips_before": gettext_lazy("已发督办单张数"),
    "still": gettext_lazy("在谈没有进展的月数"),
    "unregistered": gettext_lazy("签约后未注册的月数"),
    "unstarted": gettext_lazy("签约后未开工的月数"),
    "start_overdue": gettext_lazy("超过承诺开工的月数"),
}
UNIT_WORDS = {
    "points": gettext_lazy("个百分点"),
    "percent": "%",
    "months": gettext_lazy("个月"),
    "working_days": gettext_lazy("个工作日"),
}
# the words of `last_slip`, a colour
SLIP_WORDS = {
    "": gettext_lazy("无"),
    "white": gettext_lazy("白单"),
    "blue": gettext_lazy("蓝单"),
    "orange": gettext_lazy("橙单"),
    "yellow": gettext_lazy("黄单"),
    "red": gettext_lazy("红单"),
}
COMPARISON_WORDS = {
    "<": gettext_lazy("低于"),
    "<=": gettext_lazy("不高于"),
    ">": gettext_lazy("高于"),
    ">=": gettext_lazy("不低于"),
    "==": gettext_lazy("为"),
    "!=": gettext_lazy("不为"),
}
KIND_WORDS = {"growth": gettext_lazy("增速目标"), "level": gettext_lazy("总量目标"), "": gettext_lazy("全部")}


@dataclass(frozen=True)
class RuleLine:
    light: str
    kind: str | Promise
    conditions: tuple[str, ...]
    reason: str
    held_at: str


@dataclass(frozen=True)
class RuleSetPage:
    rules: RuleSet
    file: str
    ours: bool  # shipped with the program; False: the place's own file
    in_force: bool
    lines: tuple[RuleLine, ...]
    consequences: tuple[tuple[str, int, str], ...]  # light, periods in a row, text


@dataclass(frozen=True)
class RulesPage:
    on: date
    chosen: RuleSetPage
    why: str
    source: str
    choice_file: str
    choice_ours: bool
    others: tuple[RuleSetPage, ...]


def rules_page(as_of: Month) -> RulesPage:
    """The rule set that judges `as_of`, the file that chose it, and the sets that are at hand."""
    on = month_end(as_of)
    in_force = policy.rules_in_force(on)
    data, provenance = policy.load_yaml("lights/in_force")
    entry = max((e for e in data["in_force"] if e["from"] <= on), key=lambda e: e["from"])
    said = {"day": entry["from"], "name": in_force.name, "month": as_of.label}
    why = _("自%(day)s起用“%(name)s”，%(month)s的研判按此执行。") % said
    sets = [_page(r, in_force) for r in policy.light_rules().values()]
    return RulesPage(
        on,
        next(p for p in sets if p.in_force),
        why,
        provenance.source,
        _file(provenance.file),
        not provenance.overridden,
        tuple(p for p in sets if not p.in_force),
    )


def _page(rules: RuleSet, in_force: RuleSet) -> RuleSetPage:
    return RuleSetPage(
        rules,
        _file(rules.file),
        _is_ours(rules.file),
        rules.code == in_force.code,
        tuple(
            RuleLine(
                r.light.value,
                KIND_WORDS.get(r.kind, r.kind),
                tuple(condition_words(c) for c in r.when),
                re.sub(r"\{[^}]*\}", "…", r.reason),
                lights.short(r.held_at.value) if r.held_at else "",
            )
            for r in rules.rules
        ),
        tuple((c.light.value, c.periods, c.text) for c in rules.consequences),
    )


def _is_ours(file: str) -> bool:
    from wenpan.rules.loading import OURS

    return OURS in Path(file).parents


def _file(file: str) -> str:
    """rules/lights/default.yaml: from the rules folder on, without this machine's path."""
    parts = Path(file).parts
    return (
        "/".join(parts[max(i for i, part in enumerate(parts) if part == "rules") :])
        if "rules" in parts
        else file
    )


def condition_words(condition: Condition) -> str:
    """与目标（时序）的差距低于−2个百分点，连续2期; never the signs of a programme."""
    fact, limit = FACT_WORDS.get(condition.fact, _("其他情形")), condition.limit
    run = _("，连续%(n)s期") % {"n": condition.periods} if condition.periods > 1 else ""
    if isinstance(limit, bool):
        return f"{fact}：{_('是') if limit == (condition.comparison == '==') else _('否')}{run}"
    named = SLIP_WORDS if condition.unit == "word" else FACT_WORDS
    shown = str(named.get(limit, limit)) if isinstance(limit, str) else f"{limit:g}".replace("-", "−")
    unit = UNIT_WORDS.get(condition.unit, "")
    if condition.unit == "ratio" and not isinstance(limit, str):
        shown, unit = f"{100 * limit:g}".replace("-", "−"), "%"
    return f"{fact}{COMPARISON_WORDS[condition.comparison]}{shown}{unit}{run}"
