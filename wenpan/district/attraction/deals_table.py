"""The columns of a list of deals, and its search: the list of all and that of the own unit."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.attraction import queries
from wenpan.district.attraction.models import Deal
from wenpan.district.ui.tables import PageTable, TableColumn
from wenpan.economy.funnel.stages import Stage
from wenpan.rules.deals import stage_rules


def columns() -> list[TableColumn]:
    labels = stage_rules(timezone.localdate())
    amount = {"kind": "amount", "decimals": 0, "unit": _("万元")}
    return [
        TableColumn("code", _("项目编号")),
        TableColumn("pinyin", _("项目名称"), value=lambda d: d.name),
        TableColumn("investor", _("投资方")),
        TableColumn("unit__order", _("责任单位"), value=lambda d: d.unit.short_name if d.unit else ""),
        TableColumn("town__order", _("落户地"), value=lambda d: d.town.short_name if d.town else ""),
        TableColumn("stage", _("阶段"), value=lambda d: labels.label(Stage(d.stage)) if d.stage else ""),
        TableColumn("since", _("进入本阶段"), kind="date"),
        TableColumn("moved_on", _("最近进展"), kind="date"),
        TableColumn("signed_on", _("正式签约"), kind="date"),
        TableColumn("agreed", _("协议投资"), **amount),  # type: ignore[arg-type]
        TableColumn("arrived", _("到位资金"), **amount),  # type: ignore[arg-type]
        TableColumn("next_on", _("下一步"), kind="date"),
        TableColumn("ended_on", _("终止"), kind="date"),
    ]


class DealsTable(PageTable):
    def _filter_query(self, rows: QuerySet[Deal]) -> QuerySet[Deal]:
        return queries.searched(rows, self.q)
