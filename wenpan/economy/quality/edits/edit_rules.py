"""Edit rules: an expression that a return must satisfy, since when, by which paper, with examples.

Pure. `EditRules.from_data` reads the parsed YAML of one file:

    source: 填报指南 …          effective_from: 2020-01-01
    record: [project, period]   period: period
    weights: {计划总投资: 2}    # how reliable a field is; 1 where nothing is said, "fixed" is never suspected
    before: {上月自年初累计: {column: 自年初累计, of: month}}
    others: {入库申请表: {key: [统一社会信用代码], columns: {申请表上年产值: 上年产值}}}   # another form
    rules:
      - code: ytd_parts
        sentence: 自年初累计等于四项构成之和
        expression: 自年初累计 = 建筑工程 + 安装工程 + 设备工器具购置 + 其他费用
        severity: hard          # hard: cannot be right; soft: may be right, needs a reason
        tolerance: 0.5          # of every comparison of numbers in it, in the unit of the return
        passes: [{自年初累计: 4, 建筑工程: 1, …}]
        fails: [{…}]

A rule that cannot be used is never skipped silently: it stays in the list with `problem`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from wenpan.economy.quality.edits import syntax
from wenpan.economy.quality.edits.syntax import ExpressionError, Node
from wenpan.economy.unusable import UnusableError

UNCHECKED = "未核对"
FIXED = "fixed"
_SEVERITIES = ("hard", "soft")
BEFORE = ("month", "year", "december")


class EditRuleError(UnusableError):
    """A file of edit rules that cannot be read at all."""


@dataclass(frozen=True)
class EditRule:
    code: str
    text: str
    node: Node | None = None  # None: cannot be used, `problem` says why
    kinds: dict[str, str] = field(default_factory=dict)  # column → "number" or "text"
    severity: str = "hard"
    sentence: str = ""
    source: str = UNCHECKED
    tolerance: float = 0.0
    effective_from: date | None = None
    effective_to: date | None = None
    passes: tuple[dict[str, Any], ...] = ()
    fails: tuple[dict[str, Any], ...] = ()
    problem: str = ""

    def in_force(self, on: date) -> bool:
        """On the first and on the last day too."""
        return (self.effective_from is None or self.effective_from <= on) and (
            self.effective_to is None or on <= self.effective_to
        )


@dataclass(frozen=True)
class EarlierColumn:
    """A column of the same unit's earlier return: of the month before, the same month last year, last
    December."""

    column: str
    of: str


@dataclass(frozen=True)
class OtherForm:
    """Another form of the same units: by which columns its rows are found, and its columns as rules name
    them."""

    key: tuple[str, ...]
    columns: dict[str, str]  # the name in the rules → the column of that form


@dataclass(frozen=True)
class EditRules:
    rules: tuple[EditRule, ...]
    record: tuple[str, ...] = ()
    unit: tuple[str, ...] = ()
    period: str = ""
    weights: dict[str, float] = field(default_factory=dict)
    fixed: frozenset[str] = frozenset()
    before: dict[str, EarlierColumn] = field(default_factory=dict)
    others: dict[str, OtherForm] = field(default_factory=dict)

    def form_of(self, column: str) -> str:
        """The other form that a column comes from; "" for the return's own."""
        return next((name for name, other in self.others.items() if column in other.columns), "")

    @classmethod
    def from_data(cls, data: Any) -> EditRules:
        """EditRuleError where the file as a whole has no meaning; a single bad rule is kept with its
        problem."""
        if isinstance(data, list):
            data = {"rules": data}
        if not isinstance(data, dict):
            raise EditRuleError("(全文)", type(data).__name__, "键值对, 含 rules")
        listed = data.get("rules")
        if isinstance(listed, dict):
            listed = [{"code": code, **(body if isinstance(body, dict) else {"expression": body})}
                      for code, body in listed.items()]  # fmt: skip
        if not isinstance(listed, list) or not listed:
            raise EditRuleError("rules", listed, "至少一条规则的清单")
        rules = tuple(_rule(item, i, data) for i, item in enumerate(listed, start=1))
        codes = [rule.code for rule in rules]
        if twice := sorted({code for code in codes if codes.count(code) > 1}):
            raise EditRuleError("rules.code", twice[0], "不重复的代码")
        weights, fixed = _weights(data.get("weights") or {})
        return cls(
            rules, _names(data, "record"), _names(data, "unit"), str(data.get("period") or ""), weights,
            fixed | set(_names(data, "fixed")), _before(data.get("before") or {}),
            _others(data.get("others") or {}),
        )  # fmt: skip


def _rule(item: Any, number: int, data: dict[str, Any]) -> EditRule:
    if isinstance(item, str):
        item = {"expression": item}
    if not isinstance(item, dict):
        raise EditRuleError(f"rules 第{number}条", item, "含 expression 的键值对")
    code = str(item.get("code") or f"R{number}")
    text = item.get("expression")
    text = text if isinstance(text, str) else ""
    start, end = (
        _day(item.get(key, data.get(key)), f"{code}.{key}") for key in ("effective_from", "effective_to")
    )
    if start and end and end < start:
        raise EditRuleError(f"{code}.effective_to", end, f"不早于 {start}")
    severity = str(item.get("severity", "hard"))
    if severity not in _SEVERITIES:
        raise EditRuleError(f"{code}.severity", severity, " 或 ".join(_SEVERITIES))
    tolerance = item.get("tolerance", 0)
    if isinstance(tolerance, bool) or not isinstance(tolerance, int | float) or not 0 <= tolerance < 1e12:
        raise EditRuleError(f"{code}.tolerance", tolerance, "不小于0的数")
    problem, node, kinds = "", None, {}
    try:
        node = syntax.parse(text)
        kinds = syntax.kinds(node)
    except ExpressionError as error:
        problem, node = str(error), None
    return EditRule(
        code, text, node, kinds, severity, str(item.get("sentence") or ""),
        " ".join(str(item.get("source") or data.get("source") or UNCHECKED).split()),
        float(tolerance), start, end,
        _examples(item, "passes", code), _examples(item, "fails", code), problem,
    )  # fmt: skip


def _examples(item: dict[str, Any], key: str, code: str) -> tuple[dict[str, Any], ...]:
    found = item.get(key) or []
    if not isinstance(found, list) or not all(isinstance(example, dict) for example in found):
        raise EditRuleError(f"{code}.{key}", found, "样例的清单, 每个样例为 栏: 值")
    return tuple(found)


def _names(data: dict[str, Any], key: str) -> tuple[str, ...]:
    found = data.get(key) or []
    return (found,) if isinstance(found, str) else tuple(map(str, found))


def _day(value: Any, key: str) -> date | None:
    if value is not None and type(value) is not date:
        raise EditRuleError(key, value, "日期, 如 2022-01-01")
    return value


def _weights(found: Any) -> tuple[dict[str, float], frozenset[str]]:
    if not isinstance(found, dict):
        raise EditRuleError("weights", found, "栏: 权重")
    for name, value in found.items():
        number = isinstance(value, int | float) and not isinstance(value, bool)
        if value != FIXED and not (number and 0 < value < 1e6):
            raise EditRuleError(f"weights.{name}", value, f"大于0的数, 或 {FIXED}")
    numbers = {str(name): float(value) for name, value in found.items() if value != FIXED}
    return numbers, frozenset(str(name) for name, value in found.items() if value == FIXED)


def _before(found: Any) -> dict[str, EarlierColumn]:
    if not isinstance(found, dict):
        raise EditRuleError("before", found, "栏: {column: 原栏, of: month}")
    for name, item in found.items():
        if not isinstance(item, dict) or not item.get("column") or item.get("of") not in BEFORE:
            raise EditRuleError(f"before.{name}", item, f"column, 以及 of: {' 或 '.join(BEFORE)}")
    return {str(name): EarlierColumn(str(item["column"]), item["of"]) for name, item in found.items()}


def _others(found: Any) -> dict[str, OtherForm]:
    if not isinstance(found, dict):
        raise EditRuleError("others", found, "另一张表: {key: [栏], columns: {规则中的栏名: 那张表的栏名}}")
    forms = {}
    for name, item in found.items():
        key = item.get("key") if isinstance(item, dict) else None
        columns = item.get("columns") if isinstance(item, dict) else None
        if not isinstance(key, list) or not key or not isinstance(columns, dict) or not columns:
            raise EditRuleError(f"others.{name}", item, "key(至少一栏的清单)和 columns(栏名对应)")
        forms[str(name)] = OtherForm(tuple(map(str, key)), {str(a): str(b) for a, b in columns.items()})
    return forms
