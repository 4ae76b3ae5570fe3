"""Which settings a page may change, where each stands in the place's files, and what it may be.

Pure but for reading the files. A number goes into its place in the file; a choice of a rule set is added
to the file's list with its day, so that the past keeps what judged it.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from wenpan import rules
from wenpan.district.adjustments import thresholds
from wenpan.district.adjustments.setting import SettingItem
from wenpan.rules.loading import load_yaml


def _sets(kind: str) -> Callable[[], Mapping[str, str]]:
    return lambda: _known_sets(kind)


def _known_sets(kind: str) -> Mapping[str, str]:
    """Code → name; the set of key projects stands in a file of its own."""
    found = {code: s.name for code, s in rules.light_rules().items() if s.object == kind}
    if kind == "project":
        data, _origin = load_yaml("projects/lights")
        found[data["code"]] = data["name"]
    return found


LIGHTS, LIMITS, BURDEN = lazy("现行规则"), lazy("期限和上限"), lazy("填报账")
FIXED = (
    SettingItem(
        "lights",
        LIGHTS,
        lazy("指标亮灯规则"),
        "lights/in_force",
        ("in_force",),
        "choice",
        field="rules",
        choices=_sets("indicator"),
    ),
    SettingItem(
        "slips",
        LIGHTS,
        lazy("督办单规则"),
        "supervision/slips_in_force",
        ("in_force",),
        "choice",
        field="rules",
        choices=_sets("slip"),
    ),
    SettingItem(
        "projects",
        LIGHTS,
        lazy("重点项目亮灯规则"),
        "projects/in_force",
        ("in_force",),
        "choice",
        field="rules",
        choices=_sets("project"),
    ),
    SettingItem(
        "rank_share",
        LIMITS,
        lazy("已公布多少地区才排位（上期为1）"),
        "ranks",
        ("in_force",),
        "number",
        0.5,
        1,
        field="of_last",
        versioned=True,
    ),
    SettingItem(
        "letter_days",
        LIMITS,
        lazy("核实单答复期限"),
        "query_letters",
        ("answer_days",),
        "whole",
        1,
        60,
        lazy("个工作日"),
        field="days",
    ),
    SettingItem(
        "hold_periods",
        LIMITS,
        lazy("连续好转几期才转灯"),
        "lights/in_force",
        ("hold_periods",),
        "whole",
        1,
        6,
        lazy("期"),
        field="periods",
    ),
    SettingItem(
        "most_files",
        LIMITS,
        lazy("一份反馈最多附件"),
        "supervision/attachments",
        ("attachments", "most_files"),
        "whole",
        1,
        20,
        lazy("个"),
    ),
    SettingItem(
        "most_megabytes",
        LIMITS,
        lazy("一个附件最大"),
        "supervision/attachments",
        ("attachments", "most_megabytes"),
        "whole",
        1,
        100,
        "MB",
    ),
)


def items() -> dict[str, SettingItem]:
    """Those above, thresholds, and of each registered request of 填报账 its ground, expiry and minutes."""
    more = (*thresholds.single_settings(), *thresholds.light_limits())
    found = {item.code: item for item in (*FIXED, *more)}
    data, _origin = load_yaml("burden")
    for code, entry in data["requests"].items():
        for key, kind, words, unit in (
            ("ground", "text", _("依据或审批"), ""),
            ("expires", "day", _("到期"), ""),
            ("minutes", "number", _("每件约分钟"), _("分钟")),
        ):
            item = SettingItem(
                f"burden-{code}-{key}",
                BURDEN,
                f"{entry['name']}：{words}",
                "burden",
                ("requests", code, key),
                kind,
                0.5,
                120,
                unit,
            )
            found[item.code] = item
    return found


def current(item: SettingItem, on: date) -> str:
    if item.settled is not None:
        return item.settled.value_on(on)
    data, _origin = load_yaml(item.file)
    if item.dated:
        begun = [e for e in _entries(item, data) if e["from"] <= on]
        return str(max(begun, key=lambda e: e["from"]).get(item.field)) if begun else ""
    return str(_at(data, item.path))


def value_words(item: SettingItem, value: str) -> str:
    """A choice by its name, a value with its unit."""
    if item.choices is not None:
        return item.choices().get(value, value)
    if item.ratio and value:
        return f"{100 * float(value):g}%"
    return f"{value}{item.unit}"


def read(item: SettingItem, typed: str) -> Any:
    """The value as the file keeps it. ValueError with what is expected."""
    words = " ".join(typed.split())
    if item.kind == "text":
        if not words or len(words) > 120:
            raise ValueError(_("请写1到120个字。"))
        return words
    if item.kind == "day":
        return date.fromisoformat(words)
    if item.choices is not None:
        if words not in item.choices():
            raise ValueError(_("请从列出的规则中选。"))
        return words
    wrong = _("应为%(low)s到%(high)s之间的%(kind)s。") % {
        "low": f"{item.low:g}", "high": f"{item.high:g}", 
        "kind": _("整数") if item.kind == "whole" else _("数"),
    }  # fmt: skip
    try:
        share = item.ratio and words.endswith("%")
        value = float(words.rstrip("%")) / (100 if share else 1) if words.isascii() else float("nan")
    except ValueError:
        raise ValueError(wrong) from None
    if not item.low <= value <= item.high or (item.kind == "whole" and value != int(value)):
        raise ValueError(wrong)
    return int(value) if item.kind == "whole" else value


def changed(item: SettingItem, value: Any, since: date, words: str) -> dict[str, dict[str, Any]]:
    """The contents with the change by the name of the file, their sources naming it."""
    if item.settled is not None:
        return {name: signed(data, since, words) for name, data in item.settled.files(value, since).items()}
    data, _origin = load_yaml(item.file)
    made: dict[str, Any] = copy.deepcopy(data)
    if item.dated:
        entries = _entries(item, made)
        before: dict[str, Any] = max(
            (e for e in entries if e["from"] <= since), key=lambda e: e["from"], default={}
        )
        kept = [e for e in entries if e["from"] != since]
        entry = {**before, "from": since, item.field: value}
        if item.versioned:
            entry["version"] = since.isoformat()
        made[str(item.path[0])] = sorted([*kept, entry], key=lambda e: e["from"])
    else:
        _at(made, item.path[:-1])[item.path[-1]] = value
    return {item.file: signed(made, since, words)}


def _entries(item: SettingItem, data: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Of a dated setting; a number alone, of a file that kept no days yet, holds since the file does."""
    found = data[str(item.path[0])]
    entries = found if isinstance(found, list) else [{"from": data["effective_from"], item.field: found}]
    if item.versioned:
        return [{**entry, "version": entry.get("version") or data["version"]} for entry in entries]
    return entries


def signed(made: dict[str, Any], since: date, words: str) -> dict[str, Any]:
    """A changed file with its new version, its source naming who changed it and why."""
    source = " ".join(str(made["source"]).split()).rstrip("。.")
    return {**made, "version": since.isoformat(), "source": f"{source}；{words}"[-600:]}


def _at(data: Any, path: tuple[str | int, ...]) -> Any:
    for key in path:
        data = data[key]
    return data
