"""The auditor's page: entries by actor, action and day; the chain's verification; export."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wenpan.district.accounts.permissions import requires
from wenpan.district.accounts.roles import ROLES
from wenpan.district.audit import evidence
from wenpan.district.ground.journal import details, queries, words
from wenpan.district.ground.journal.models import Entry
from wenpan.district.ui import asked
from wenpan.district.ui.tables import PageTable, TableColumn

COLUMNS = [
    TableColumn("sequence", gettext_lazy("序号"), kind="number", decimals=0),
    TableColumn("at", gettext_lazy("时间"), kind="date"),
    TableColumn("actor_name", gettext_lazy("操作人")),
    TableColumn("action", gettext_lazy("动作"), value=lambda entry: words.deed(entry.action)),
    TableColumn("subject", gettext_lazy("对象"), value=lambda entry: words.subject(entry.subject)),
    TableColumn("summary", gettext_lazy("摘要")),
    TableColumn("hash", gettext_lazy("校验值"), sortable=False, searched=False),
]


def _told() -> TableColumn:
    """Why the auditor is told of an entry; empty for the others."""
    return TableColumn("attention", gettext_lazy("请审计留意"), value=reasons, sortable=False, searched=False)


def reasons(entry: Entry) -> str:
    """The reasons in one line; "是" where the deed itself is the reason."""
    told = entry.detail.get("attention") if isinstance(entry.detail, dict) else None
    if not told:
        return ""
    return "；".join(map(str, told)) if isinstance(told, list) else _("是")


@requires("journal.view")
def entries(request: HttpRequest) -> HttpResponse:
    chosen = {name: asked.words(request.GET, name) for name in ("actor", "action", "since", "until")}
    found = queries.entries(
        actor=chosen["actor"],
        action=chosen["action"],
        since=asked.day(request.GET, "since"),
        until=asked.day(request.GET, "until"),
        attention=asked.choice(request.GET, "attention", {"1"}) == "1",
    )
    table = PageTable(request, [*COLUMNS[:-1], _told(), COLUMNS[-1]], found)
    if table.exporting:
        return table.response(_("操作日志"))
    chosen["attention"] = asked.choice(request.GET, "attention", {"1"})
    context = {
        "table": table,
        "asked": chosen,
        "actions": sorted(((a, words.deed(a)) for a in queries.actions_known()), key=lambda pair: pair[1]),
        "head": queries.head(),
    }
    return render(request, "journal/entries.html", context)


@requires("journal.view")
def entry(request: HttpRequest, sequence: int) -> HttpResponse:
    found = queries.entry(sequence)
    shown = {"entry": found, "told": reasons(found), "further": details.further(_named(found.detail))}
    return render(request, "journal/entry.html", shown)


def _named(detail: object) -> object:
    """A role by its label."""
    if isinstance(detail, dict) and (role := ROLES.get(str(detail.get("role")))):
        return {**detail, "role": str(role.label)}
    return detail


@requires("journal.view")
def verification(request: HttpRequest) -> HttpResponse:
    """Walks the chain on request (htmx part): a few seconds for a million entries."""
    return render(request, "journal/verification.html", {"found": queries.verify()})


@requires("journal.view")
def evidence_page(request: HttpRequest) -> HttpResponse:
    """Requirements that can be quoted, and what this place shows for each now."""
    return render(
        request, "journal/evidence.html", {"rows": evidence.rows(), "algorithms": evidence.algorithms()}
    )
