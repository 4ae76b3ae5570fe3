"""Thresholds and limits beside the fixed settings: the line up, what is asked about figures and projects, the
rules of signing in, and the limits of the light set in force."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from wenpan import rules
from wenpan.district.adjustments.setting import SettingItem, SettledFiles
from wenpan.district.indicators.queries.rule_sets import condition_words
from wenpan.district.ui import lights
from wenpan.economy.judging.conditions import Condition
from wenpan.economy.judging.lights import LightRule, RuleSet
from wenpan.rules.loading import files, load_file, load_yaml

LINE, ASKED, SIGNING_IN, LIGHTS = lazy("逾期提级"), lazy("核对阈值"), lazy("登录安全"), lazy("亮灯阈值")
DAYS, POINTS, PERCENT = lazy("个工作日"), lazy("个百分点"), "%"
IN_FORCE = "lights/in_force"
_BOUNDS = {"ratio": (0.01, 0.99), "points": (-20, 20), "percent": (-50, 100), "months": (0, 24),
           "count": (0, 30), "working_days": (0, 60)}  # fmt: skip
_UNITS: dict[str, Any] = {
    "points": lazy("个百分点"), "percent": "%", "months": lazy("个月"), "working_days": lazy("个工作日"),
}  # fmt: skip


def single_settings() -> Iterator[SettingItem]:
    """Numbers that stand in one place of one file."""
    office, limits, asked = "supervision/office", "projects/limits", "quality"
    yield _whole(
        "silent_days", LINE, lazy("单位多久没有反馈算空转"), office, ("silent_days",), 3, 90, lazy("天")
    )
    yield _whole("soon_days", LINE, lazy("到期前几天亮黄灯"), office, ("soon_days",), 1, 30, lazy("天"))
    yield _whole("undo_minutes", LINE, lazy("一次办了多件，几分钟内可以撤销（0为不能）"), office,
                 ("undo_minutes",), 0, 60, lazy("分钟"))  # fmt: skip
    yield from _steps()
    yield SettingItem("growth_jump", ASKED, lazy("增速比上期变动超过多少就问"), asked,
                      ("limits", "growth_jump", "points"), "number", 1, 200, POINTS)  # fmt: skip
    yield SettingItem("revised_far", ASKED, lazy("更正幅度超过多少就问"), asked,
                      ("limits", "revised_far", "points"), "number", 0.1, 100, POINTS)  # fmt: skip
    yield SettingItem("month_and_ytd", ASKED, lazy("当月与累计相差超过多少就问"), asked,
                      ("limits", "month_and_ytd", "percent"), "number", 0.1, 100, PERCENT)  # fmt: skip
    yield _whole("stopped_months", ASKED, lazy("项目几个月没有投资算停工"), limits,
                 ("limits", "stopped_months"), 1, 24, lazy("个月"))  # fmt: skip
    yield _whole("bond_months", ASKED, lazy("专项债资金应在几个月内用出"), limits,
                 ("limits", "bond_months"), 1, 36, lazy("个月"))  # fmt: skip
    yield from _signing_in()


def _whole(
    code: str, group: Any, label: Any, file: str, path: tuple[str | int, ...], low: int, high: int, unit: Any
) -> SettingItem:
    return SettingItem(code, group, label, file, path, "whole", low, high, unit)


def _steps() -> Iterator[SettingItem]:
    """Each step of the line after the one before it and before the one after it."""
    data, _origin = load_yaml("supervision/ladder")
    afters = [0, *(step["after"] for step in data["steps"]), 61]
    for n, step in enumerate(data["steps"]):
        label = _("%(name)s：逾期满几个工作日") % {"name": step["name"]}
        yield _whole(f"step-{step['code']}", LINE, label, "supervision/ladder", ("steps", n, "after"),
                     afters[n] + 1, afters[n + 2] - 1, DAYS)  # fmt: skip


def _signing_in() -> Iterator[SettingItem]:
    for code, label, path, low, high, unit in (
        ("idle_minutes", lazy("多久不操作就退出"), ("sessions", "idle_minutes"), 5, 240, lazy("分钟")),
        ("longest_hours", lazy("一次登录最长"), ("sessions", "longest_hours"), 1, 24, lazy("小时")),
        ("min_length", lazy("密码最少"), ("passwords", "min_length"), 8, 64, lazy("位")),
        (
            "max_age_days",
            lazy("密码多久须更换（0为不要求）"),
            ("passwords", "max_age_days"),
            0,
            3650,
            lazy("天"),
        ),
        ("failures", lazy("连续输错几次后暂停"), ("sign_in", "failures"), 3, 50, lazy("次")),
        ("reset_hours", lazy("重置码有效"), ("reset", "valid_hours"), 1, 720, lazy("小时")),
    ):
        yield SettingItem(
            code, SIGNING_IN, label, "access", path, "whole", low, high, unit,
            proposes=("account.manage",), decides=("role.grant",),
        )  # fmt: skip


def light_limits() -> Iterator[SettingItem]:
    """Each number of the set in force. A change makes a dated set of its own: what judged before stays."""
    in_force = rules.rules_in_force(timezone.localdate())
    for n, rule in enumerate(in_force.rules):
        for m, condition in enumerate(rule.when):
            limit = condition.limit
            if isinstance(limit, bool | str) or condition.comparison == "==" or condition.unit not in _BOUNDS:
                continue
            low, high = _BOUNDS[condition.unit]
            yield SettingItem(
                f"limit-{rule.code}-{m + 1}".replace("_", "-"), LIGHTS, _limit_label(rule, condition),
                IN_FORCE, (n, m), "number", low, high, _UNITS.get(condition.unit, ""), field="rules",
                ratio=condition.unit == "ratio",
                settled=SettledFiles(partial(_limit_on, rule.code, m), partial(_with_limit, rule.code, m)),
            )  # fmt: skip


def _limit_label(rule: LightRule, condition: Condition) -> str:
    return f"{lights.short(rule.light.value)}：{condition_words(condition)}"


def _limit_on(rule: str, place: int, on: date) -> str:
    """ "" where the set of that day has no such rule."""
    found = next((r for r in rules.rules_in_force(on).rules if r.code == rule), None)
    return f"{found.when[place].limit:g}" if found is not None and place < len(found.when) else ""


def limited(rule: str, place: int, value: float, since: date) -> dict[str, Any]:
    """The set in force on a day with another limit, as a file has it; a set of its own from that day on."""
    base = rules.rules_in_force(since)
    path = next(path for path in files("lights").values() if str(path) == base.file)
    made: dict[str, Any] = copy.deepcopy(load_file(path)[0])
    entry = next(r for r in made["rules"] if r["code"] == rule)
    entry["when"][place]["limit"] = value
    condition = next(r for r in RuleSet.from_data(made).rules if r.code == rule).when[place]
    if entry.get("reason"):  # it may name the old limit in words
        entry["reason"] = condition_words(condition)
    root = str(base.code).partition("-since-")[0]
    name = base.name.partition("（")[0]
    made |= {"code": f"{root}-since-{since:%Y%m%d}", "effective_from": since,
             "name": _("%(name)s（%(day)s调整）") % {"name": name, "day": since}}  # fmt: skip
    return made


def _with_limit(rule: str, place: int, value: float, since: date) -> dict[str, dict[str, Any]]:
    made = limited(rule, place, value, since)
    data, _origin = load_yaml(IN_FORCE)
    kept = [entry for entry in data["in_force"] if entry["from"] != since]
    chosen = {**data, "in_force": [*kept, {"from": since, "rules": made["code"]}]}
    return {f"lights/{made['code']}": made, IN_FORCE: chosen}
