"""Requirements that can be quoted, and who meets each: the program (tested), the place, or nobody."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from wenpan.rules.loading import Provenance, RuleError, load_yaml
from wenpan.rules.schema import SOME, TEXT, WORDS, form, one_of, read


@form
@dataclass(frozen=True)
class RequirementQuoted:
    clause: Annotated[str, TEXT]
    quotation: Annotated[str, TEXT]
    met_by: Annotated[str, one_of("program", "place", "not_met")]
    check: str = ""  # what is looked at in this place, by name (audit/evidence.py)
    duty: str = ""
    checked: str = ""  # the public text that it was compared with, word for word; "" for none
    tests: Annotated[tuple[str, ...], WORDS] = ()


@form
@dataclass(frozen=True)
class _EvidenceFile:
    requirements: Annotated[tuple[RequirementQuoted, ...], SOME]


def requirements(home: Path | None = None) -> tuple[tuple[RequirementQuoted, ...], Provenance]:
    """RuleError for one that is met by nobody's test and nobody's duty."""
    data, provenance = load_yaml("evidence", home)
    found = read(_EvidenceFile, data, provenance.file).requirements
    for one in found:
        if one.met_by == "program" and not one.tests:
            raise RuleError(provenance.file, f"{one.clause}.tests", [], "至少一个测试")
        if one.met_by != "program" and not one.duty:
            raise RuleError(provenance.file, f"{one.clause}.duty", "", "本单位须做什么")
    return found, provenance
