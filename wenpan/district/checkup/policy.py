"""What must hold (rules/checkup.yaml): one sentence a cell, whom it concerns, and the act that mends it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from django.utils.translation import gettext

from wenpan.rules.loading import Provenance, RuleError, load_yaml, path_of
from wenpan.rules.schema import TEXT, read, whole, whole_form

OBJECTS = ("indicator", "project", "matter", "deal", "request")
ASPECTS = ("owned", "fresh", "assessed", "finished")
TERMS = frozenset({("matter", "assessed"), ("deal", "fresh"), ("request", "owned"), ("request", "fresh"),
                   ("request", "assessed")})  # fmt: skip


@whole_form
@dataclass(frozen=True)
class Invariant:
    """`counts`: whom it concerns, "" as the object's own; `days`: its term, where it has one."""

    sentence: Annotated[str, TEXT]
    mend: Annotated[str, TEXT]
    counts: str = ""
    days: Annotated[int | None, whole(0, 3650)] = None

    @property
    def words(self) -> str:
        """In the reader's language where the sentence is one of ours."""
        return gettext(self.sentence).replace("%(days)s", str(self.days))

    @property
    def act(self) -> str:
        return gettext(self.mend)


@whole_form
@dataclass(frozen=True)
class CheckedObject:
    name: Annotated[str, TEXT]
    counts: Annotated[str, TEXT]
    owned: Invariant
    fresh: Invariant
    assessed: Invariant
    finished: Invariant

    def of(self, aspect: str) -> Invariant:
        found = getattr(self, aspect)
        assert isinstance(found, Invariant)
        return found

    def days(self, aspect: str) -> int:
        """The term; 0 where the sentence has none."""
        return self.of(aspect).days or 0

    def concerned(self, aspect: str) -> str:
        return gettext(self.of(aspect).counts or self.counts)


@dataclass(frozen=True)
class CheckupRules:
    aspects: Mapping[str, str]
    objects: Mapping[str, CheckedObject]
    provenance: Provenance


@whole_form
@dataclass(frozen=True)
class _CheckupFile:
    version: str
    effective_from: Any
    source: str
    aspects: dict[str, str]
    objects: dict[str, CheckedObject]


def checkup_rules() -> CheckupRules:
    """Raises RuleError: file, key, what stands there, what was expected."""
    path = path_of("checkup")
    data, provenance = load_yaml("checkup")
    file = read(_CheckupFile, data, path)
    for key, known, given in (("aspects", ASPECTS, file.aspects), ("objects", OBJECTS, file.objects)):
        if set(given) != set(known):
            raise RuleError(path, key, "、".join(given), "恰好这几项：" + "、".join(known))
    for code, rules in file.objects.items():
        for aspect in ASPECTS:
            has, wants = rules.of(aspect).days is not None, (code, aspect) in TERMS
            if has != wants:
                expected = "必填的天数" if wants else "没有（这一项不按天数算）"
                raise RuleError(path, f"objects.{code}.{aspect}.days", rules.of(aspect).days, expected)
    aspects = {aspect: file.aspects[aspect] for aspect in ASPECTS}
    return CheckupRules(aspects, {code: file.objects[code] for code in OBJECTS}, provenance)
