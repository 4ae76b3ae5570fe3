"""The plan of a ticket export: which tickets are new, which went further, and what is wrong.

A ticket comes once: by its channel and number it is known again, and only the events that carry it further
than it stands here are written. What stands further here than the city says is left as it is, and told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wenpan.district.firms.imports.matching import FirmMatcher
from wenpan.district.firms.imports.plans import TicketLine
from wenpan.district.firms.models import Firm, ServiceRequest
from wenpan.district.firms.models.request_words import STEP_WORDS
from wenpan.district.firms.requests.event_log import local
from wenpan.district.intake.handlers import Change
from wenpan.documents.firms.ticket_rows import TicketEvent, TicketRow, ticket_rows
from wenpan.documents.tables.reading import Reading
from wenpan.economy.quality.finding import CheckFinding, Severity
from wenpan.economy.requests.events import RequestEventKind as K
from wenpan.economy.requests.lifecycle import Phase
from wenpan.rules import normalised
from wenpan.rules.requests import ticket_states

# How far a request stands: the events of the city up to this one have happened here.
_FAR = {
    Phase.REGISTERED: K.RECEIVED, Phase.ACCEPTED: K.ACCEPTED, Phase.ASSIGNED: K.ASSIGNED,
    Phase.APPEALED: K.ASSIGNED, Phase.IN_HAND: K.SIGNED_FOR, Phase.REPLIED: K.REPLIED,
    Phase.CHECKED: K.CHECKED,
}  # fmt: skip
_ORDER = [
    K.RECEIVED,
    K.ACCEPTED,
    K.DECLINED,
    K.ASSIGNED,
    K.SIGNED_FOR,
    K.REPLIED,
    K.CHECKED,
    K.CALLED_BACK,
    K.CLOSED,
]


def ticket_plan(reading: Reading) -> tuple[list[TicketLine], list[CheckFinding]]:
    rows, findings = ticket_rows(reading, ticket_states())
    numbers = [row.number for row in rows]
    known = {
        (request.channel, request.foreign_number): request
        for start in range(0, len(numbers), 500)
        for request in ServiceRequest.objects.filter(foreign_number__in=numbers[start : start + 500])
    }
    matcher = FirmMatcher(heirs=True)
    lines: list[TicketLine] = []
    unnamed = 0
    for row in rows:
        current = known.get((row.channel, row.number))
        if current is not None:
            further = tuple(_further(current, row))
            findings += _behind(row, current, further)
            lines.append(_with_changes(TicketLine(row, current, None, "", further)))
            continue
        found = matcher.of(row.firm, row.uscc) if row.firm or row.uscc else None
        if found and found.several:
            findings.append(_several(row, found.several))
            continue
        unnamed += not row.firm
        firm = found.firm if found else None
        if firm is not None and firm.merged_into_id:
            firm = Firm.objects.get(pk=firm.merged_into_id)
        fresh = normalised(row.firm) if firm is None and row.firm else ""
        lines.append(_with_changes(TicketLine(row, None, firm, fresh, row.events)))
    if unnamed:
        findings.append(_unnamed(unnamed, lines[0].row.record.sheet))
    return lines, findings


def _further(current: ServiceRequest, row: TicketRow) -> Iterator[TicketEvent]:
    """The events of the city after the one that this request has reached, none before its last entry."""
    stands = _FAR.get(Phase(current.phase))
    if stands is None:  # closed or declined here: what follows is decided here
        return
    last = current.entries.order_by("-sequence").values_list("at", flat=True).first()
    floor = local(last) if last else row.received
    for event in row.events:
        if _ORDER.index(event.kind) > _ORDER.index(stands):
            yield TicketEvent(event.kind, max(event.at, floor), event.text, event.data)


def _with_changes(line: TicketLine) -> TicketLine:
    return TicketLine(line.row, line.current, line.firm, line.new_firm, line.events, tuple(_changes(line)))


def _changes(line: TicketLine) -> Iterator[Change]:
    row = line.row
    subject = f"{row.number} {row.title[:40]}"
    if line.idle:
        yield Change(subject, row.place, "", "", "unchanged", row.number, "工单")
        return
    firm = line.firm.name if line.firm else row.firm or "未留企业名称"
    told = "、".join(str(STEP_WORDS[event.kind.value]) for event in line.events)
    if line.current is None:
        words = f"{firm}：{told}（{_last(line.events)}）"
        yield Change(subject, row.place, "", words, "new", row.number, "工单")
    else:
        before = str(line.current.get_phase_display())
        yield Change(
            subject, row.place, before, f"{told}（{_last(line.events)}）", "revised", row.number, "工单"
        )
    if line.new_firm:
        yield Change(f"{subject} · 新企业", row.place, "", row.firm, "new", row.number, "企业")


def _last(events: Sequence[TicketEvent]) -> str:
    return f"{events[-1].at:%Y-%m-%d %H:%M:%S}"


def _behind(
    row: TicketRow, current: ServiceRequest, further: Sequence[TicketEvent]
) -> Iterator[CheckFinding]:
    if further or row.state in ("registered", current.phase) or current.outcome == row.state:
        return
    if current.phase in (Phase.CLOSED, Phase.DECLINED) or row.state in ("accepted", "assigned", "in_hand"):
        words = f"{current.number}在本系统已是“{current.get_phase_display()}”, 市级状态没有改动它"
        yield _at(row, "stands_further", Severity.NOTE, "state", words, "", "")


def _several(row: TicketRow, firms: tuple[str, ...]) -> CheckFinding:
    words = f"“{row.firm}”对上{len(firms)}家企业: {'、'.join(firms[:5])}"
    return _at(row, "several", Severity.HARD, "name", words, "统一社会信用代码", "请填上代码后再传")


def _unnamed(count: int, sheet: str) -> CheckFinding:
    return CheckFinding(
        "tickets.unnamed", Severity.NOTE, f"{count}件没有写企业名称, 记在“未留企业名称”下", "企业名称",
        "核实后可在诉求页改记到企业", sheet,
    )  # fmt: skip


def _at(
    row: TicketRow, check: str, severity: Severity, key: str, found: str, expected: str, advice: str
) -> CheckFinding:
    cell = row.record.cell(key)
    return CheckFinding(
        f"tickets.{check}", severity, found, expected, advice, row.record.sheet, cell, row.number
    )
