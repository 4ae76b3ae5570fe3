"""Reads of what people taught: versions of a table's meaning, and the files and figures that they brought."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from wenpan.district.intake.models import Layout, Submission
from wenpan.district.intake.teaching import in_words
from wenpan.documents.spreadsheets.xlsx_package import letters


def layouts() -> QuerySet[Layout]:
    """With `brought`: accepted files that were read by it."""
    rows = Layout.objects.select_related("created_by", "withdrawn_by")
    brought = Count("files", filter=Q(files__state="accepted"))
    return rows.annotate(brought=brought).order_by("-created_at", "-pk")


def versions(layout: Layout) -> list[Layout]:
    """All versions of the same table, the newest first."""
    rows = Layout.objects.filter(signature=layout.signature).select_related("created_by")
    return list(rows.order_by("-version"))


def columns(layout: Layout) -> list[tuple[str, str]]:
    """Letter → what it was said to be."""
    said = layout.mapping.get("columns", {})
    return [(letters(int(index)), in_words(said[index])) for index in sorted(said, key=int)]


@dataclass(frozen=True)
class BroughtFile:
    submission: Submission
    figures: int  # new and revised


def files(layout: Layout) -> list[BroughtFile]:
    """Every file that was read by this version, the newest first."""
    rows = layout.files.select_related("uploaded_by", "decided_by").order_by("-uploaded_at", "-pk")
    return [BroughtFile(row, sum(row.counts.get(k, 0) for k in ("new", "revised"))) for row in rows[:300]]
