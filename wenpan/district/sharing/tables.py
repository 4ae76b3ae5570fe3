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
        ServedTable("batches", "observations:batches", "figures", _("入账批次")),
        ServedTable("board", "indicators:board", "judgements", _("指标总览")),
        ServedTable("targets", "indicators:targets", "judgements", _("目标")),
        ServedTable("matters", "supervision:matters", "matters", _("督办事项")),
        ServedTable("slips", "supervision:slips", "matters", _("督办单")),
        ServedTable("sources", "supervision:sources", "matters", _("来源文件")),
        ServedTable("weeks", "supervision:cycles", "matters", _("每周督查")),
        ServedTable("week", "supervision:weekly", "matters", _("本周督查")),
        ServedTable("idle", "supervision:vacuum", "matters", _("空转清单")),
        ServedTable("scores", "supervision:scores", "matters", _("督办计分")),
        ServedTable("numbers", "supervision:numbers", "matters", _("号段说明")),
        ServedTable("pool", "projects:pool", "projects", _("项目库")),
        ServedTable("key-projects", "projects:keys", "projects", _("重点项目")),
        ServedTable("ratings", "projects:ratings", "projects", _("项目评级")),
        ServedTable("problems", "projects:problems", "projects", _("项目问题")),
        ServedTable("site-plan", "projects:site_plan", "projects", _("现场计划")),
        ServedTable("deals", "attraction:deals", "deals", _("招商项目")),
        ServedTable("my-deals", "attraction:mine", "deals", _("我的招商项目")),
        ServedTable("firms", "firms:list", "firms", _("企业台账")),
        ServedTable("requests", "firms:requests", "firms", _("企业诉求")),
        ServedTable("common-problems", "firms:problems", "firms", _("共性问题")),
        ServedTable("contacts", "firms:plan", "firms", _("包联计划")),
        ServedTable("my-contacts", "firms:contacts", "firms", _("我的包联")),
        ServedTable("policies", "firms:policies", "firms", _("惠企政策")),
        ServedTable("claim-windows", "firms:windows", "firms", _("申报窗口")),
        ServedTable("offers", "attraction:offers", "deals", _("招商资源")),
        ServedTable("reserve", "attraction:reserve", "deals", _("储备项目")),
        ServedTable("receptions", "attraction:receptions", "deals", _("拜访接待")),
        ServedTable("deals-report", "attraction:report", "deals", _("招商月报")),
        ServedTable("revenue", "fiscal:overview", "fiscal", _("财政收支")),
        ServedTable("budgets", "fiscal:budgets", "fiscal", _("预算版本")),
        ServedTable("funds", "fiscal:funds", "fiscal", _("库款与资金")),
        ServedTable("bonds", "fiscal:bonds", "fiscal", _("专项债券")),
        ServedTable("basis", "fiscal:basis", "fiscal", _("口径台账")),
        ServedTable("basis-changes", "fiscal:ledger", "fiscal", _("口径调整台账")),
        ServedTable("supports", "supports:table", "judgements", _("核算支撑指标")),
        ServedTable("support-duties", "supports:duties", "judgements", _("核算指标责任清单")),
        ServedTable("estimates", "quality:estimates", "judgements", _("预计偏差")),
        ServedTable("upward", "upward:contacts", "judgements", _("对上衔接")),
        ServedTable("meetings", "meetings:list", "matters", _("调度会")),
        ServedTable("campaigns", "campaigns:list", "matters", _("专项督查")),
        ServedTable("reporters", "quality:reporters", "office", _("填报单位台账")),
        ServedTable("relations", "quality:relations", "office", _("表内关系")),
        ServedTable("trainings", "quality:trainings", "office", _("统计培训")),
        ServedTable("draws", "quality:draws", "office", _("双随机抽查")),
        ServedTable("letters", "quality:letters", "office", _("核实单")),
        ServedTable("checks", "quality:checks", "office", _("数据质量")),
        ServedTable("submissions", "intake:list", "office", _("收表记录")),
        ServedTable("outliers", "quality:outliers", "office", _("报表异常值")),
        ServedTable("entries-progress", "entries:progress", "entries", _("纳统进度")),
        ServedTable("entries-batches", "entries:batches", "entries", _("纳统批次日历")),
        ServedTable("entries", "entries:list", "entries", _("准四上单位名单")),
        ServedTable("documents", "bulletins:list", "office", _("通报")),
        ServedTable("library", "library:list", "office", _("学习文件")),
        ServedTable("outbox", "outbox:log", "office", _("发件记录")),
    )
}

NOT_SERVED = {
    "accounts:people": "of the administrators, who hold no tokens",
    "journal:list": "of the auditor, who holds no tokens",
    "exchange:list": "letters between offices: opened on their page",
    "accounts:outside": "of the administrators, who hold no tokens",
    "firms:links": "who a firm is in other registers: decided on the page",
    "quality:reporter": "one reporter",
    "quality:drawn": "one draw",
    "proofs:papers": "a draft that is checked is its sender's alone and stays inside",
    "proofs:paper": "a draft that is checked is its sender's alone and stays inside",
    "supervision:notices": "one's own notices: read on the page, sent by the outbox",
    "supervision:cycle": "the part of one week's record",
    "campaigns:campaign": "the part of one campaign",
    "checkup:gaps": "the objects behind one number of a matrix",
    "effects:cases": "the cases behind one number of a description",
    "supervision:score": "the part of one month's sheet",
    "supervision:task_table": "a paper made of one source",
    "bulletins:compare": "two documents beside each other",
    "bulletins:behind": "what stands behind one document",
    "projects:return_form": "a form to be filled in",
}
