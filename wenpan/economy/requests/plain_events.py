"""Events of requests from a plain file, and their clocks back: design §5, `wenpan clocks`.

Pure: bytes in, frames out. `request,event,at`, optionally `class`; `at` is a local moment such as
2022-10-14T09:00 (or a day: its first minute). Every refusal names file, row, column and what was expected.
"""

from __future__ import annotations

from datetime import datetime

import polars as pl

from wenpan.economy.figures.plain_files import PlainFileError, read_plain_table
from wenpan.economy.requests.clock_rules import RequestRules
from wenpan.economy.requests.clocks import RequestClockState, request_clocks
from wenpan.economy.requests.events import RequestEvent, RequestEventKind
from wenpan.economy.time.calendars import Calendar

COLUMNS = {"request": pl.String, "clock": pl.String, "due": pl.String, "state": pl.String}


def read_request_events(data: bytes, name: str = "events.csv") -> dict[str, tuple[str, list[RequestEvent]]]:
    """Class and events of every request, in the order of the file."""
    frame = read_plain_table(data, name, ["request", "event", "at"])
    found: dict[str, tuple[str, list[RequestEvent]]] = {}
    for number, row in enumerate(frame.iter_rows(named=True), start=2):
        code, kind = str(row["request"] or "").strip(), str(row["event"] or "").strip()
        if not code:
            raise PlainFileError(f"{name}: 第{number}行 request 为空")
        if kind not in list(RequestEventKind):
            raise PlainFileError(
                f"{name}: 第{number}行 event 为 {kind or '空'}, 应为 {'、'.join(RequestEventKind)} 之一"
            )
        said, events = found.setdefault(code, (str(row.get("class") or "").strip(), []))
        if not said and row.get("class"):
            found[code] = (str(row["class"]).strip(), events)
        events.append(RequestEvent(_moment(row["at"], name, number), RequestEventKind(kind)))
    return found


def _moment(value: object, name: str, number: int) -> datetime:
    if isinstance(value, datetime):
        return value.replace(tzinfo=None)
    try:
        moment = datetime.fromisoformat(str(value or "").strip())
    except ValueError:
        raise PlainFileError(
            f"{name}: 第{number}行 at 为 {value or '空'}, 应为 2022-10-14T09:00 这样的时间"
        ) from None
    return moment.replace(tzinfo=None)


def clock_table(
    requests: dict[str, tuple[str, list[RequestEvent]]],
    rules: RequestRules,
    *,
    calendar: Calendar,
    at: datetime,
) -> pl.DataFrame:
    """One row per request and clock. `due` empty: the clock has not begun or is paused."""
    rows = []
    for code, (request_class, events) in requests.items():
        clocks = request_clocks(events, rules, calendar=calendar, at=at, request_class=request_class)
        for clock in clocks:
            due = clock.due.isoformat(timespec="minutes") if clock.due else None
            state = RequestClockState.MET if clock.state is RequestClockState.STOPPED else clock.state
            rows.append({"request": code, "clock": clock.code, "due": due, "state": state.value})
    return pl.DataFrame(rows, schema=COLUMNS)
