"""The ledger and the tickets out again, with the headers under which they are taken in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import quote

from django.http import HttpResponse
from django.utils import timezone

from wenpan.district.firms.models import Firm, RequestEntry, ServiceRequest
from wenpan.district.firms.models.request_words import RESULT_WORDS
from wenpan.documents.deals.forms import DealForm, FormGroup, form_workbook
from wenpan.economy.requests.lifecycle import Phase
from wenpan.rules import workbook_kinds

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Our phase in a word that the table of states knows, so that what went out can come in again.
_WORDS = {
    Phase.REGISTERED: "未受理", Phase.ACCEPTED: "已受理", Phase.ASSIGNED: "已分派", Phase.APPEALED: "已分派",
    Phase.IN_HAND: "办理中", Phase.REPLIED: "已答复", Phase.CHECKED: "已核验", Phase.DECLINED: "不予受理",
}  # fmt: skip
_CLOSED = {"solved": "已解决", "explained": "已解释", "cannot": "无法办理", "withdrawn": "已撤回"}


def ledger_response(firms: Iterable[Firm]) -> HttpResponse:
    return form_response("firm_ledger", "企业台账", (_firm(firm) for firm in firms))


def tickets_response(requests: Iterable[ServiceRequest]) -> HttpResponse:
    return form_response("service_tickets", "诉求工单", _tickets(requests))


def form_response(kind: str, name: str, rows: Iterable[Mapping[str, Any]]) -> HttpResponse:
    """Rows under the headers of a kind of workbook."""
    columns = workbook_kinds()[kind].columns
    form = DealForm(
        kind, name, tuple(FormGroup("", ((key, said["label"]),)) for key, said in columns.items())
    )
    answer = HttpResponse(form_workbook(form, rows, name), content_type=_XLSX)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}.xlsx"
    return answer


def _firm(firm: Firm) -> dict[str, Any]:
    return {
        "code": firm.uscc, "name": firm.name, "former": "、".join(one.name for one in firm.names.all()),
        "trade": firm.trade, "size": firm.get_size_display(), "town": firm.town.name if firm.town else "",
        "park": firm.park, "lists": "、".join(firm.lists), "honours": "、".join(firm.honours),
        "contact": firm.contact, "phone": firm.phone,
        "state": firm.get_state_display() if firm.state in ("active", "gone") else "",
    }  # fmt: skip


def _tickets(requests: Iterable[ServiceRequest]) -> Iterator[dict[str, Any]]:
    for row in requests:
        entries: list[RequestEntry] = list(row.entries.all())
        rating = next((e.data.get("result", "") for e in reversed(entries) if e.kind == "called_back"), "")
        reply = next((e.text for e in reversed(entries) if e.kind == "replied"), "")
        last = entries[-1].text if entries and entries[-1].kind in ("closed", "declined") else ""
        named = row.firm.state != Firm.State.UNNAMED
        yield {
            "code": row.foreign_number or row.number, "name": row.firm.name if named else "",
            "uscc": row.firm.uscc, "title": row.title, "text": row.text,
            "category": row.get_category_display(), "channel": row.get_channel_display(),
            "unit": row.unit.name if row.unit else "", "received": _moment(row.received_at),
            "accepted": _moment(row.accepted_at), "replied": _moment(row.replied_at),
            "closed": _moment(row.closed_at),
            "state": str(_CLOSED.get(row.outcome) or _WORDS.get(Phase(row.phase), "")),
            "reply": reply, "reason": last, "rating": str(RESULT_WORDS.get(rating, "")),
        }  # fmt: skip


def _moment(at: Any) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M:%S}" if at else ""
