"""规则: which rule set judges, from which file, since when and why."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from wenpan import rules as policy
from wenpan.district.indicators.rules import month_end
from wenpan.district.ui import lights
from wenpan.economy.judging.conditions import Condition
from wenpan.economy.judging.lights import RuleSet
from wenpan.economy.time.periods import Month

FACT_WORDS = {
    "actual": "本期数据",
    "target": "目标",
    "growth": "增速",
    "margin": "与目标（时序）的差距",
    "city": "全市平均",
    "versus_city": "与全市平均的差距",
    "pull": "对全市的拉动",
    "rank": "全市位次",
    "rivals": "已公布的地区数",
    "places_from_last": "距末位的位数",
    "rank_change": "位次变化",
    "probability": "完成全年目标的概率",
    "needed_minus_growth": "后期需要的增速与当前增速之差",
    "months_left": "剩余月数",
    "missed_streak": "连续未达标期数",
    "progress": "完成进度",
    "schedule": "时序进度",
    "behind_schedule": "落后时序进度",
    "of_schedule": "占时序进度的比例",
    "overdue": "逾期",
    "overdue_days": "逾期工作日",
    "days_left": "距时限工作日",
    "important": "重要事项",
    "sent_back": "核查退办",
    "silent": "长期没有反馈",
    "answered": "上一张督办单已回复",
    "limit_passed": "上一张督办单回复期满",
    "last_slip": "上一张督办单",
    "slips_before": "已发督办单张数",
    "still": "在谈没有进展的月数",
    "unregistered": "签约后未注册的月数",
    "unstarted": "签约后未开工的月数",
}
UNIT_WORDS = {"points": "个百分点", "percent": "%", "months": "个月", "working_days": "个工作日"}
# the words of `last_slip`, a colour
SLIP_WORDS = {"": "无", "white": "白单", "blue": "蓝单", "orange": "橙单", "yellow": "黄单", "red": "红单"}
KIND_WORDS = {"growth": "增速目标", "level": "总量目标", "": "全部"}


@dataclass(frozen=True)
class RuleLine:
    light: str
    kind: str
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
    chosen_in = Path(provenance.file).name
    why = f"{chosen_in} 规定自{entry['from']}起用“{in_force.code}”，{as_of.label}的研判按此执行。"
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
                tuple(_condition(c) for c in r.when),
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


def _condition(condition: Condition) -> str:
    """与目标的差距 < -2个百分点, 连续2期."""
    limit = condition.limit
    if isinstance(limit, bool):
        shown = "是" if limit else "否"
    else:
        named = SLIP_WORDS if condition.unit == "word" else FACT_WORDS
        shown = named.get(limit, limit) if isinstance(limit, str) else f"{limit:g}"
    words = f"{FACT_WORDS.get(condition.fact, condition.fact)} {condition.comparison} {shown}"
    run = f"，连续{condition.periods}期" if condition.periods > 1 else ""
    return words + UNIT_WORDS.get(condition.unit, "") + run
