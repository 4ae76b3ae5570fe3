"""Smaller rules: which target the board shows, the limits of the checks, the kinds of workbooks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from wenpan.rules.loading import OURS, Provenance, RuleError, files, load_file, load_yaml, path_of, stamp
from wenpan.rules.schema import NUMBER, SOME, Fits, form, one_of, read, whole_form

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


DISTINCT = Fits(
    lambda v: isinstance(v, list) and bool(v) and len(set(map(str, v))) == len(v), "不重复的 set_by 列表"
)
NON_NEGATIVE = Fits(lambda v: NUMBER.test(v) and v >= 0, "不小于0的数")


@form
@dataclass(frozen=True)
class _TargetFile:
    priority: Annotated[tuple[str, ...], DISTINCT]


@whole_form
@dataclass(frozen=True)
class _Limit:
    """One check: how grave it is, and what it measures with; each check reads its own of them."""

    severity: Annotated[str, one_of("hard", "soft", "note", "off")]
    share: Annotated[float | None, NON_NEGATIVE] = None
    at_least: Annotated[float | None, NON_NEGATIVE] = None
    factor: Annotated[float | None, NON_NEGATIVE] = None
    tolerance: Annotated[float | None, NON_NEGATIVE] = None
    percent: Annotated[float | None, NON_NEGATIVE] = None
    points: Annotated[float | None, NON_NEGATIVE] = None
    below: Annotated[float | None, NON_NEGATIVE] = None
    may_be_negative: Annotated[tuple[str, ...] | None, SOME] = None


@form
@dataclass(frozen=True)
class _QualityFile:
    limits: dict[str, _Limit]


def target_policy(home: Path | None = None) -> TargetPolicy:
    data, provenance = load_yaml("targets/policy", home)
    return TargetPolicy(read(_TargetFile, data, provenance.file).priority, provenance)


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
    read(_QualityFile, data, provenance.file)
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
    return _words(path_of("table_words", home))


def _words(path: Path) -> TableWords:
    from wenpan.documents.tables.grammar.vocabulary import TableWords

    data, _ = load_file(path)
    try:
        return TableWords.from_data(data)
    except RuleError:
        raise
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise RuleError(path, "(内容)", str(error), "一份可用的表头用词") from None


def workbook_kinds(home: Path | None = None) -> dict[str, WorkbookKind]:
    """The kinds of workbooks that are recognised, by code; a place's file of the same name replaces ours."""
    paths = list(files("workbooks", home).values())
    return dict(_kinds(stamp(paths), stamp([path_of("table_words", home)])))


@lru_cache(maxsize=8)
def _kinds(
    stamped: tuple[tuple[Path, int], ...], words_stamped: tuple[tuple[Path, int], ...]
) -> dict[str, WorkbookKind]:
    """Built once for a version of the files."""
    from wenpan.documents.tables.interpret import WorkbookKind

    kinds: dict[str, WorkbookKind] = {}
    words = _words(words_stamped[0][0])
    for path, _changed in stamped:
        data, _ = load_file(path)
        try:
            kind = WorkbookKind.from_data(data, words)
        except RuleError:
            raise
        except (KeyError, TypeError, ValueError) as error:
            raise RuleError(path, "(内容)", str(error), "一个可用的表式说明") from None
        kinds[kind.code] = kind
    return kinds
