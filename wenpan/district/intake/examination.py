"""Looking at a file: read it, ask the room of its kind what it would change, and say what is wrong.

One function for the preview and for the acceptance: what was shown is what is stored, or nothing is.
It writes nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import polars as pl
from django.utils.translation import gettext as _

from wenpan.district.ground import originals, sandbox
from wenpan.district.intake import door, handlers, reading_cache
from wenpan.district.intake.explained_tables import tables_of
from wenpan.district.intake.handlers import Examination, changes_frame
from wenpan.district.intake.models import Layout, Submission
from wenpan.documents.spreadsheets.unreadable import Unreadable
from wenpan.documents.tables.explained import ExplainedTable
from wenpan.documents.tables.reading import Context, Reading
from wenpan.economy.quality.finding import CheckFinding, Severity
from wenpan.rules import catalogue, workbook_kinds

State = Submission.State
TO_TEACH = ("layout", "subject")  # what a person answers on 各列是什么
Progress = Callable[[int, str], None]


@dataclass(frozen=True)
class CheckResult:
    """What a file says and would do.

    `changes` is a `changes_frame`; `question` is what only a person can answer, or empty; `plan` is the
    handler's own, for its `store`.
    """

    reading: Reading | None
    findings: Sequence[CheckFinding]
    changes: pl.DataFrame = field(default_factory=changes_frame)
    counts: dict[str, int] = field(default_factory=dict)
    question: dict[str, Any] = field(default_factory=dict)
    plan: Any = None
    about: Mapping[str, str] = field(default_factory=dict)

    @property
    def tables(self) -> list[ExplainedTable]:
        return tables_of(self.reading) if self.reading is not None else []

    @property
    def hard(self) -> list[CheckFinding]:
        return [f for f in self.findings if f.severity is Severity.HARD]

    @property
    def state(self) -> State:
        if self.question:
            return State.UNKNOWN
        return State.REFUSED if self.hard else State.READY

    @property
    def digest(self) -> str:
        """Of everything that acceptance would change; the unchanged does not count."""
        words = self.changes.filter(pl.col("kind") != "unchanged").select(
            pl.concat_str("subject", "place", "old", "new", separator="|").alias("words")
        )
        return hashlib.sha256("\n".join(words["words"].sort()).encode()).hexdigest()


def examine(submission: Submission, progress: Progress | None = None) -> CheckResult:
    """Never raises for a bad file: what is wrong with it is a finding."""
    tell = progress or (lambda percent, message: None)
    tell(10, _("正在读取文件"))
    try:
        reading = parsed(submission)
    except Unreadable as refusal:
        return CheckResult(None, [unreadable(refusal, submission.filename)])
    tell(55, _("正在核对"))
    found = examined(submission, reading)
    noted = door.findings(submission.original.sha256, submission.filename)
    return replace(found, findings=[*found.findings, *noted]) if noted else found


def parsed(submission: Submission) -> Reading:
    """What the file says; read in the sandbox once and kept until it is decided. Raises `Unreadable`."""
    context = context_for(submission)
    name = reading_cache.name_of(submission.original.sha256, context)
    reading = reading_cache.fetch(name)
    if reading is None:
        reading = sandbox.parse(originals.get(submission.original.sha256), submission.filename, context)
        reading_cache.keep(name, reading)
    return reading


def context_for(submission: Submission) -> Context:
    place = handlers.place()
    return Context(
        catalogue=catalogue(),
        regions=place.regions,
        units=place.units,
        home=place.home,
        city=place.city,
        layouts={
            row.signature: row.teaching_for(submission.original.sha256)
            for row in Layout.objects.filter(superseded_at__isnull=True)
        },
        kinds=workbook_kinds(),
        period=submission.period if submission.period_from == "person" else None,
        kind=submission.kind if submission.question.get("kind_from") == "person" else None,
        filename=submission.filename,
    )


def examined(submission: Submission, reading: Reading) -> CheckResult:
    if reading.unknown is not None or (reading.question is not None and reading.question.asks in TO_TEACH):
        return CheckResult(reading, reading.findings, question=_layout_question(reading))
    handler = handlers.handler_of(reading.kind)
    if handler is None:
        return CheckResult(reading, [*reading.findings, _no_handler(reading.kind)])
    if submission.unit_id is not None and not getattr(handler, "by_units", False):
        return CheckResult(reading, [*reading.findings, _not_theirs(reading)])
    if _lacks_period(handler, reading, submission):
        return CheckResult(reading, reading.findings, question={"asks": "period"})
    examination = handler.examine(reading, submission)
    return CheckResult(
        reading,
        _findings(reading, examination),
        changes_frame(examination.changes),
        dict(examination.counts),
        plan=examination.plan,
        about=examination.about,
    )


def _lacks_period(handler: handlers.Handler, reading: Reading, submission: Submission) -> bool:
    """Must a person say of which month the file is? Nobody is told to write it into somebody else's file."""
    asks = getattr(handler, "lacks_period", None)
    return bool(asks(reading, submission)) if asks else handler.needs_period and not reading.period


def _findings(reading: Reading, examination: Examination) -> list[CheckFinding]:
    found = [*reading.findings, *examination.findings]
    if not len(examination.changes) and not any(f.severity is Severity.HARD for f in found):
        found.append(
            CheckFinding(
                "file.no_figures",
                Severity.HARD,
                _("没有读到任何数"),
                _("至少一个数"),
                _("请确认上传的是填好的表。"),
            )
        )
    return found


def _no_handler(kind: str) -> CheckFinding:
    return CheckFinding(
        "file.kind_unknown",
        Severity.HARD,
        kind or _("认不出是哪种表"),
        _("已登记的表种"),
        _("请联系管理员登记这种表。"),
    )


def _not_theirs(reading: Reading) -> CheckFinding:
    names = {code: kind.name for code, kind in workbook_kinds().items()}
    return CheckFinding(
        "file.not_the_return",
        Severity.HARD,
        _("这是《%(kind)s》，不是要交的报表") % {"kind": names.get(reading.kind, reading.kind)},
        _("预填的本单位报表"),
        _("请下载预填的报表，填好后再交。"),
        subject=reading.title[:120],
    )


def unreadable(refusal: Unreadable, filename: str) -> CheckFinding:
    found, allowed, todo = refusal.beyond or (refusal.message, "", "")
    return CheckFinding(
        f"file.{refusal.code}",
        Severity.HARD,
        found,
        allowed or _("能正常打开的 xlsx、xls 或 csv 文件"),
        f"{todo}。{_('原件已留存。')}" if todo else _("原件已留存。改好后重新上传即可。"),
        subject=filename[:120],
    )


def _layout_question(reading: Reading) -> dict[str, Any]:
    words = reading.question.words if reading.question is not None else ""
    return {"asks": "layout", "kind": reading.kind, "words": words}
