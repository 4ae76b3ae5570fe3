"""Lists that a spreadsheet may fetch as CSV: the same pages, rows and columns, under the scope of each.

Every page that exports a list is here or in `NOT_SERVED` with its reason; a test compares. A page of single
returns journals each reading by itself.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class ServedTable:
    """`name`: in the address; `page`: the URL name of the page that it is."""

    name: str
    page: str
    scope: str
    label: Promise


TABLES = {
    table.name: table
    for table in (
        ServedTable("ledger", "observations:ledger", "figures", _("台账")),
        ServedTable("board", "indicators:board", "judgements", _("指标总览")),
        ServedTable("targets", "indicators:targets", "judgements", _("目标")),
        ServedTable("matters", "supervision:matters", "matters", _("督办事项")),
        ServedTable("slips", "supervision:slips", "matters", _("督办单")),
        ServedTable("sources", "supervision:sources", "matters", _("来源文件")),
        ServedTable("weeks", "supervision:cycles", "matters", _("每周督查")),
        ServedTable("idle", "supervision:vacuum", "matters", _("空转清单")),
        ServedTable("scores", "supervision:scores", "matters", _("督办计分")),
        ServedTable("numbers", "supervision:numbers", "matters", _("号段说明")),
        ServedTable("pool", "projects:pool", "projects", _("项目库")),
        ServedTable("key-projects", "projects:keys", "projects", _("重点项目")),
        ServedTable("ratings", "projects:ratings", "projects", _("项目评级")),
        ServedTable("problems", "projects:problems", "projects", _("项目问题")),
        ServedTable("deals", "attraction:deals", "deals", _("招商项目")),
        ServedTable("firms", "firms:list", "firms", _("企业台账")),
        ServedTable("requests", "firms:requests", "firms", _("企业诉求")),
        ServedTable("contacts", "firms:plan", "firms", _("包联计划")),
        ServedTable("policies", "firms:policies", "firms", _("惠企政策")),
        ServedTable("letters", "quality:letters", "office", _("核实单")),
        ServedTable("checks", "quality:checks", "office", _("数据质量")),
        ServedTable("documents", "bulletins:list", "office", _("通报")),
        ServedTable("outbox", "outbox:log", "office", _("发件记录")),
    )
}

NOT_SERVED = {
    "accounts:people": "of the administrators, who hold no tokens",
    "journal:list": "of the auditor, who holds no tokens",
    "proofs:papers": "a draft that is checked is its sender's alone and stays inside",
    "proofs:paper": "a draft that is checked is its sender's alone and stays inside",
    "supervision:notices": "one's own notices: read on the page, sent by the outbox",
    "supervision:cycle": "the part of one week's record",
    "supervision:score": "the part of one month's sheet",
    "supervision:task_table": "a paper made of one source",
    "bulletins:compare": "two documents beside each other",
    "bulletins:behind": "what stands behind one document",
    "projects:return_form": "a form to be filled in",
}
