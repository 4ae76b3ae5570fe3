"""One row of a city's ticket export, and the events that it tells. Pure.

    state of the city → how far the ticket has come here, by a dated table
    moments           → events of the log, none later than the state says; a ticket without a state is as far
                        as its own moments say

What the city closed is closed, whether or not we would have: the log says what is known. A call-back is only
where a rating stands. Nothing is guessed: an unknown state is a question, a reply before the receipt too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from wenpan.documents.tables.reading import Reading
from wenpan.documents.tables.records.shape import Record
from wenpan.documents.words.units import normal
from wenpan.economy.funnel.identity import normal_uscc, uscc_fault
from wenpan.economy.quality.finding import CheckFinding, Severity
from wenpan.economy.requests.events import RequestEventKind as K

WAY = ("registered", "accepted", "assigned", "in_hand", "replied", "checked")
OUTCOMES = ("solved", "explained", "cannot", "withdrawn")
DECLINED = ("out_of_scope", "wrong_unit")
TICKET_STATES = (*WAY, *OUTCOMES, *DECLINED)
_STEPS = (K.RECEIVED, K.ACCEPTED, K.ASSIGNED, K.SIGNED_FOR, K.REPLIED, K.CHECKED)


@dataclass(frozen=True)
class StateTable:
    """Since when, and the words of the city → a state of ours."""

    since: date
    states: Mapping[str, str]

    def state(self, word: str) -> str | None:
        return self.states.get(normal(word))


@dataclass(frozen=True)
class TicketEvent:
    kind: K
    at: datetime
    text: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class TicketRow:
    """`unit` is a code or ""; `state` one of `TICKET_STATES`; moments are naive."""

    record: Record
    number: str
    firm: str
    uscc: str
    title: str
    text: str
    category: str
    channel: str
    unit: str
    received: datetime
    state: str
    events: Sequence[TicketEvent]

    @property
    def place(self) -> str:
        return f"{self.record.sheet}!{self.record.cell('code')}"


def ticket_rows(reading: Reading, tables: Sequence[StateTable]) -> tuple[list[TicketRow], list[CheckFinding]]:
    """The rows that can be read, and what is wrong with the others, each at its cell."""
    rows, findings = [], []
    for record in reading.records:
        faults = list(_faults(record, tables))
        findings += faults
        if record["code"] and record["received"] and not any(f.severity is Severity.HARD for f in faults):
            rows.append(_row(record, tables))
    return rows, findings


def table_of(on: date, tables: Sequence[StateTable]) -> StateTable | None:
    """The table in force on the day of the receipt."""
    held = [table for table in tables if table.since <= on]
    return max(held, key=lambda table: table.since) if held else None


def _faults(record: Record, tables: Sequence[StateTable]) -> Iterator[CheckFinding]:
    received = record["received"]
    if received is None:
        return  # its own finding is there: the column is required
    table, word = table_of(received.date(), tables), str(record["state"] or "")
    if word and (table is None or table.state(word) is None):
        known = "、".join(sorted(table.states)) if table else "该日没有对照表"
        yield _finding(record, "state", "state", f"不认识的状态“{word}”", known[:300], "请登记这种状态的含义")
    for earlier, later, words in (("received", "replied", "答复"), ("received", "closed", "办结")):
        if record[later] and record[later] < record[earlier]:
            found = f"{words}时间{record[later]}早于登记时间{record[earlier]}"
            yield _finding(record, "order", later, found, "不早于登记时间", "请核实后改正")
    if (fault := uscc_fault(str(record["uscc"] or ""))) and record["uscc"]:
        yield _finding(
            record, "uscc", "uscc", fault, "18位统一社会信用代码", "没有按代码对企业", Severity.NOTE
        )


def _finding(
    record: Record, check: str, key: str, found: str, expected: str, advice: str,
    severity: Severity = Severity.HARD,
) -> CheckFinding:  # fmt: skip
    return CheckFinding(
        f"tickets.{check}", severity, found, expected, advice, record.sheet, record.cell(key),
        str(record["code"] or ""),
    )  # fmt: skip


def _row(record: Record, tables: Sequence[StateTable]) -> TicketRow:
    text = str(record["text"] or "").strip()
    title = str(record["title"] or "").strip() or text[:60] or "（工单未写明内容）"
    uscc = normal_uscc(str(record["uscc"] or ""))
    state = _state(record, tables)
    return TicketRow(
        record, str(record["code"]).strip()[:60], " ".join(str(record["name"] or "").split())[:120],
        "" if uscc_fault(uscc) else uscc, title[:200], text, str(record["category"] or "other"),
        str(record["channel"] or "city"), str(record["unit"] or ""), record["received"], state,
        tuple(_events(record, state)),
    )  # fmt: skip


def _state(record: Record, tables: Sequence[StateTable]) -> str:
    """By the table; without a word by the moments, of which none says that anything was solved."""
    word = str(record["state"] or "")
    table = table_of(record["received"].date(), tables)
    if word and table is not None:
        return table.state(word) or "registered"
    if record["closed"] or record["replied"]:
        return "replied"
    return "accepted" if record["accepted"] else "registered"


def _events(record: Record, state: str) -> Iterator[TicketEvent]:
    received: datetime = record["received"]
    at = max(received, record["accepted"] or received)
    yield TicketEvent(K.RECEIVED, received)
    reason = str(record["reason"] or "").strip()
    if state in DECLINED:
        yield TicketEvent(K.DECLINED, at, reason or "市级平台不予受理", {"entry": state})
        return
    end = record["closed"] or record["replied"] or at
    if state == "withdrawn":
        yield TicketEvent(K.CLOSED, max(end, at), reason or "市级平台记为撤回", {"outcome": state})
        return
    far = len(WAY) if state in OUTCOMES else WAY.index(state) + 1
    replied = max(record["replied"] or end, at)
    for kind in _STEPS[1:far]:
        when = replied if kind in (K.REPLIED, K.CHECKED) else at
        yield TicketEvent(kind, when, _said(kind, record), _told(kind, record))
    if state in OUTCOMES or state == "checked":
        closed = max(end, replied)
        if record["rating"]:
            yield TicketEvent(K.CALLED_BACK, closed, "", _heard(str(record["rating"]), state))
        if state in OUTCOMES:
            yield TicketEvent(K.CLOSED, closed, reason, {"outcome": state})


def _said(kind: K, record: Record) -> str:
    return str(record["reply"] or "").strip() if kind is K.REPLIED else ""


def _told(kind: K, record: Record) -> dict[str, Any]:
    if kind is K.ASSIGNED:
        return {"unit": str(record["unit"] or "")}
    return {"passed": True} if kind is K.CHECKED else {}


def _heard(rating: str, state: str) -> dict[str, Any]:
    reached = rating in ("satisfied", "basically", "dissatisfied")
    return {"result": rating, **({"contacted": True, "solved": state == "solved"} if reached else {})}
