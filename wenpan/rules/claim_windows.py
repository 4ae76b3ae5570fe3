"""When people are reminded of a claim window, and who (`rules/firm_policies/windows.yaml`)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Annotated

from wenpan.economy.policies.windows import WindowStage
from wenpan.rules.loading import RuleError, load_yaml
from wenpan.rules.schema import SOME, TEXT, read, whole, whole_form

NAME = "firm_policies/windows"
STAFF, OFFICES, TOWNS = "staff", "offices", "towns"
_TELL = (STAFF, OFFICES, TOWNS)


@whole_form
@dataclass(frozen=True)
class _Stage:
    code: Annotated[str, TEXT]
    name: Annotated[str, TEXT]
    after_opening: Annotated[int | None, whole(0, 366)] = None
    before_closing: Annotated[int | None, whole(0, 366)] = None


@whole_form
@dataclass(frozen=True)
class _WindowsFile:
    version: Annotated[str, TEXT]
    effective_from: object
    source: object
    stages: Annotated[tuple[_Stage, ...], SOME]
    tell: Annotated[tuple[str, ...], SOME]


@dataclass(frozen=True)
class ClaimWindowRules:
    stages: tuple[WindowStage, ...]
    tell: tuple[str, ...]

    @property
    def first_reminder(self) -> timedelta:
        """How long before its last day a window is first spoken of; none where no stage counts from there."""
        return timedelta(days=max((stage.before_closing or 0 for stage in self.stages), default=0))


def claim_window_rules(home: Path | None = None) -> ClaimWindowRules:
    """RuleError names what cannot be used."""
    data, provenance = load_yaml(NAME, home)
    file = read(_WindowsFile, data, provenance.file)
    codes = [stage.code for stage in file.stages]
    for stage in file.stages:
        if (stage.after_opening is None) == (stage.before_closing is None):
            raise RuleError(
                provenance.file, f"stages.{stage.code}", "", "after_opening 或 before_closing 之一"
            )
    if len(set(codes)) != len(codes):
        raise RuleError(provenance.file, "stages", "、".join(codes), "每个阶段一次")
    if unknown := [word for word in file.tell if word not in _TELL]:
        raise RuleError(provenance.file, "tell", "、".join(unknown), "、".join(_TELL))
    stages = tuple(
        WindowStage(one.code, one.name, one.after_opening, one.before_closing) for one in file.stages
    )
    return ClaimWindowRules(stages, file.tell)
