"""Smaller rules: which target the board shows, the limits of the checks, the kinds of workbooks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wenpan.rules.loading import OURS, Provenance, RuleError, files, load_file, load_yaml, path_of

if TYPE_CHECKING:
    from wenpan.documents.orders.acceptance import Acceptance
    from wenpan.documents.tables.grammar.vocabulary import TableWords
    from wenpan.documents.tables.interpret import WorkbookKind


@dataclass(frozen=True)
class TargetPolicy:
    """`priority`: of several promises for one indicator the first that exists is shown."""

    priority: tuple[str, ...]
    provenance: Provenance

    def primary(self, set_by: Sequence[str]) -> int | None:
        """Position of the one to show; those that the policy does not name come last, in their order."""
        ranks = [self.priority.index(s) if s in self.priority else len(self.priority) for s in set_by]
        return ranks.index(min(ranks)) if ranks else None


def target_policy(home: Path | None = None) -> TargetPolicy:
    data, provenance = load_yaml("targets/policy", home)
    priority = data.get("priority")
    if not isinstance(priority, list) or not priority or len(set(priority)) != len(priority):
        raise RuleError(path_of("targets/policy", home), "priority", priority, "不重复的 set_by 列表")
    return TargetPolicy(tuple(str(item) for item in priority), provenance)


@dataclass(frozen=True)
class QualityLimits:
    """Thresholds of the checks by name, as `quality.yaml` gives them under `limits`."""

    values: dict[str, Any]
    provenance: Provenance

    def __getitem__(self, name: str) -> Any:
        if name not in self.values:
            raise RuleError(self.provenance.file, f"limits.{name}", None, "必填")
        return self.values[name]

    def get(self, name: str, default: Any = None) -> Any:
        return self.values.get(name, default)


def quality_limits(home: Path | None = None) -> QualityLimits:
    data, provenance = load_yaml("quality", home)
    if not isinstance(data.get("limits"), dict):
        raise RuleError(path_of("quality", home), "limits", data.get("limits"), "名称到数值的对照")
    shipped, _ = load_file(OURS / "quality.yaml")  # a check that a place's older file does not know yet
    if unknown := sorted(set(data["limits"]) - set(shipped["limits"])):
        name, known = unknown[0], "、".join(sorted(shipped["limits"]))
        raise RuleError(provenance.file, f"limits.{name}", data["limits"][name], known)
    return QualityLimits({**shipped["limits"], **data["limits"]}, provenance)


def acceptance(home: Path | None = None) -> Acceptance:
    """How sure a proposed matter is: the weights in force; a place's `acceptance.yaml` replaces ours."""
    from wenpan.documents.orders.acceptance import Acceptance

    data, provenance = load_yaml("acceptance", home)
    try:
        return Acceptance.from_data(data)
    except ValueError as error:
        key, _, told = str(error).partition(": ")
        found, _, expected = told.removeprefix("实为 ").rpartition(", 应为")
        raise RuleError(provenance.file, key, found, expected) from None


def table_words(home: Path | None = None) -> TableWords:
    """The words of headers and titles; a place's `table_words.yaml` replaces ours."""
    from wenpan.documents.tables.grammar.vocabulary import TableWords

    path = path_of("table_words", home)
    data, _ = load_file(path)
    try:
        return TableWords.from_data(data)
    except RuleError:
        raise
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise RuleError(path, "(内容)", str(error), "一份可用的表头用词") from None


def workbook_kinds(home: Path | None = None) -> dict[str, WorkbookKind]:
    """The kinds of workbooks that are recognised, by code; a place's file of the same name replaces ours."""
    from wenpan.documents.tables.interpret import WorkbookKind

    kinds: dict[str, WorkbookKind] = {}
    words = table_words(home)
    for path in files("workbooks", home).values():
        data, _ = load_file(path)
        try:
            kind = WorkbookKind.from_data(data, words)
        except RuleError:
            raise
        except (KeyError, TypeError, ValueError) as error:
            raise RuleError(path, "(内容)", str(error), "一个可用的表式说明") from None
        kinds[kind.code] = kind
    return kinds
