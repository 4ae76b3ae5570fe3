"""Each source: how it stands, what it brought, and what it should have brought and did not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wenpan.district.collecting.models import SourceFile, SourceState
from wenpan.district.observations.releases import LATE, DueRelease, release_calendar
from wenpan.economy.time.periods import Month
from wenpan.rules.sources import FOLDER, HTTP, MAILBOX, FileSource, file_sources

KIND_LABELS: dict[str, Promise] = {FOLDER: _("文件夹"), MAILBOX: _("邮箱"), HTTP: _("网址")}
OFF, NEVER, WELL, FAILING = "off", "never", "well", "failing"
SHOWN = 60


@dataclass(frozen=True)
class SourceLine:
    """`state`: OFF, NEVER asked, WELL, FAILING; `lacking`: releases that it should have brought by now."""

    source: FileSource
    kind: Promise
    state: str
    tried_at: datetime | None
    answered_at: datetime | None
    failures: int
    error: str
    lacking: tuple[DueRelease, ...]


def sources(on: date) -> list[SourceLine]:
    known = file_sources()
    states = {state.code: state for state in SourceState.objects.filter(code__in=[s.code for s in known])}
    late = _late(on) if any(source.enabled and source.releases for source in known) else ()
    return [_line(source, states.get(source.code), late) for source in known]


def _line(source: FileSource, state: SourceState | None, late: tuple[DueRelease, ...]) -> SourceLine:
    lacking = tuple(row for row in late if source.enabled and row.release.code in source.releases)
    if not source.enabled:
        word = OFF
    elif state is None or state.tried_at is None:
        word = NEVER
    else:
        word = FAILING if state.error else WELL
    return SourceLine(
        source,
        KIND_LABELS[source.kind],
        word,
        state.tried_at if state else None,
        state.answered_at if state else None,
        state.failures if state else 0,
        state.error if state else "",
        lacking,
    )


def _late(on: date) -> tuple[DueRelease, ...]:
    calendar = release_calendar(Month(on.year, on.month), on)
    return (*calendar.overdue, *(row for row in calendar.rows if row.state == LATE))


def files() -> list[SourceFile]:
    """The latest, of all sources."""
    return list(SourceFile.objects.select_related("submission")[:SHOWN])
