"""Which supporting indicator stands for which industry of the accounts: `rules/supports.yaml`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from wenpan.rules.catalogue import catalogue, normalised
from wenpan.rules.loading import RuleError, load_yaml
from wenpan.rules.schema import form, read, whole


@form
@dataclass(frozen=True)
class SupportingIndustry:
    """`indicator`: a code of the catalogue, "" where no indicator of ours stands for the industry."""

    code: str
    name: str
    source: str
    words: tuple[str, ...] = ()
    indicator: str = ""


@form
@dataclass(frozen=True)
class SupportRules:
    industries: tuple[SupportingIndustry, ...]
    sources: dict[str, str]
    least_pairs: Annotated[int, whole(3, 40)]

    def of(self, name: str) -> SupportingIndustry | None:
        """By its name as a table prints it."""
        wanted = normalised(name).removesuffix("增加值")
        for one in self.industries:
            if wanted in {normalised(word).removesuffix("增加值") for word in (one.name, *one.words)}:
                return one
        return None


def support_rules(home: Path | None = None) -> SupportRules:
    """RuleError names file, key, found, expected; also for an indicator that the catalogue lacks."""
    data, provenance = load_yaml("supports", home)
    rules = read(SupportRules, data, provenance.file, "")
    known = catalogue(home)
    for one in rules.industries:
        if one.indicator and one.indicator not in known:
            raise RuleError(
                provenance.file, f"industries.{one.code}.indicator", one.indicator, "指标目录里的代码"
            )
        if one.source not in rules.sources:
            raise RuleError(provenance.file, f"industries.{one.code}.source", one.source, "sources 里的类别")
    return rules
