"""Which lights propose matters: `rules/supervision/light_matters.yaml`, validated when it is read."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Annotated

from wenpan import rules
from wenpan.rules.loading import RuleError
from wenpan.rules.schema import FLAG, each_of, form, read

NAME = "supervision/light_matters"
LIGHTS = ("RED", "YELLOW")


@dataclass(frozen=True)
class LightMatters:
    """Lights of each kind that propose; `only` empty: every indicator but those in `but`."""

    indicators: frozenset[str]
    projects: frozenset[str]
    key_projects: frozenset[str]
    problems: bool
    requests: frozenset[str] = frozenset()
    late_by: int = 5  # working days after its due day that a request of a firm is a cause
    only: frozenset[str] = frozenset()
    but: frozenset[str] = frozenset()
    version: str = ""
    deals: frozenset[str] = frozenset()
    deals_least: Decimal | None = None  # 万元 agreed

    def takes(self, code: str) -> bool:
        return (not self.only or code in self.only) and code not in self.but


@form
@dataclass(frozen=True)
class _LightsPart:
    lights: Annotated[frozenset[str], each_of(LIGHTS)]


@form
@dataclass(frozen=True)
class _IndicatorsPart:
    lights: Annotated[frozenset[str], each_of(LIGHTS)]
    only: frozenset[str] = frozenset()
    except_: frozenset[str] = frozenset()


@form
@dataclass(frozen=True)
class _ProblemsPart:
    overdue: Annotated[bool, FLAG]


@form
@dataclass(frozen=True)
class _RequestsPart:
    lights: Annotated[frozenset[str], each_of(LIGHTS)] = frozenset(LIGHTS)
    late_by: int = 5


@form
@dataclass(frozen=True)
class _DealsPart:
    lights: Annotated[frozenset[str], each_of(LIGHTS)] = frozenset()
    least: float | None = None


@form
@dataclass(frozen=True)
class _LightMattersFile:
    indicators: _IndicatorsPart
    projects: _LightsPart
    key_projects: _LightsPart
    problems: _ProblemsPart
    requests: _RequestsPart = _RequestsPart()
    deals: _DealsPart = field(default_factory=_DealsPart)


def light_matters() -> LightMatters:
    """RuleError for a light or an indicator that does not exist."""
    data, provenance = rules.load_yaml(NAME)
    said = read(_LightMattersFile, data, provenance.file)
    for key, codes in (("only", said.indicators.only), ("except", said.indicators.except_)):
        if unknown := codes - set(rules.catalogue()):
            raise RuleError(provenance.file, f"indicators.{key}", sorted(unknown), "目录里的指标代码")
    return LightMatters(
        said.indicators.lights,
        said.projects.lights,
        said.key_projects.lights,
        said.problems.overdue,
        said.requests.lights,
        said.requests.late_by,
        said.indicators.only,
        said.indicators.except_,
        provenance.version,
        said.deals.lights,
        None if said.deals.least is None else Decimal(str(said.deals.least)),
    )
