"""What people type on the intake's pages, made into values or refused in words."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict

from wenpan.district.ground.refused import Refused
from wenpan.district.ground.typed_day import DayField
from wenpan.district.intake import handlers
from wenpan.district.intake.teaching import ROLES
from wenpan.documents.tables.explained import FROM_TITLE, ExplainedTable
from wenpan.economy.figures.indicators import BASES, MEASURE_LABELS
from wenpan.economy.time.periods import parse_month
from wenpan.rules import catalogue


class PeriodForm(forms.Form):
    period = forms.CharField(max_length=7)

    def clean_period(self) -> str:
        try:
            return str(parse_month(self.cleaned_data["period"]))
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error


class AcceptForm(forms.Form):
    released = DayField(required=False)
    source = forms.CharField(max_length=100, required=False)
    version = forms.IntegerField()

    def reasons(self) -> dict[str, str]:
        """Finding key or check code → words, from fields `reason:<key>`; single ones win over groups."""
        given = {name.removeprefix("reason:"): str(words) for name, words in self.data.items()
                 if name.startswith("reason:") and str(words).strip()}  # fmt: skip
        return dict(sorted(given.items(), key=lambda item: "|" in item[0]))

    @property
    def released_on(self) -> date | None:
        released: date | None = self.cleaned_data["released"]
        return released


_KEYS = ("role", "field", "indicator", "region", "period", "measure", "basis", "unit")


def teaching_from(post: QueryDict, table: ExplainedTable) -> dict[str, Any]:
    """The teaching of `documents.tables.explained`, from fields named `role-0`, `measure-0` …

    Words that no list knows are dropped, not stored. Refused "bad_value" for a period that is no month.
    """
    columns = {}
    for column in table.columns:
        said = {key: post.get(f"{key}-{column.index}", "").strip()[:40] for key in _KEYS}
        if said["period"]:
            said["period"] = _month(said["period"], column.letter)
        columns[str(column.index)] = {k: v for k, v in said.items() if v and _known(k, v)}
    at = list(table.header_at)
    teaching = {"kind": post.get("kind", ""), "title": table.title, "header_rows": at, "header_at": at}
    rows_out = [line.strip()[:60] for line in post.get("rows_out", "").splitlines() if line.strip()][:100]
    subject = post.get("subject", "")
    more = {"subject": subject if _known("region", subject) else "", "rows_out": rows_out}
    return {**teaching, "columns": columns, **{key: value for key, value in more.items() if value}}


def _month(text: str, letter: str) -> str:
    try:
        return str(parse_month(text))
    except ValueError as error:
        raise Refused("bad_value", f"{letter}: {error}") from error


def _known(key: str, value: str) -> bool:
    if key == "indicator":
        return value == FROM_TITLE or value in catalogue()
    if key == "region":
        return value in set(handlers.place().regions.values())
    words: dict[str, set[str]] = {
        "role": set(ROLES),
        "measure": set(map(str, MEASURE_LABELS)),
        "basis": set(BASES),
    }
    return key not in words or value in words[key]
