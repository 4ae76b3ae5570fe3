"""What the finance bureau's tables say, as printed, row by row.

A report is one accepted file of one kind for one month, year or day. The newest that was not taken back
holds; an earlier one stays readable. Amounts in 万元 as printed; growths in percent as printed, never
recomputed.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wenpan.district.intake.models import Submission


class FiscalReport(models.Model):
    class Kind(models.TextChoices):
        REVENUE = "fiscal_revenue", _("收入完成情况")
        BUDGET = "fiscal_budget", _("收入预算")
        DUE = "treasury_due", _("待拨付")
        CASH = "treasury_cash", _("库款")
        BONDS = "special_bonds", _("专项债券")
        FUNDS = "project_funds", _("项目资金")

    kind = models.CharField(_("表种"), max_length=20, choices=Kind)
    key = models.CharField(_("期间"), max_length=10)  # 2022-09, 2022 or 2022-09-30
    title = models.CharField(_("标题"), max_length=200)
    submission = models.OneToOneField(Submission, on_delete=models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(_("入账时间"))
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    undone_at = models.DateTimeField(_("撤回时间"), null=True)

    class Meta:
        indexes = [models.Index(fields=["kind", "key"], name="fiscal_report_key")]
        constraints = [
            models.CheckConstraint(
                name="a_fiscal_report_undone_whole",
                condition=Q(undone_at__isnull=True, undone_by__isnull=True)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.key}"


OF_TEXT = "正文"  # how the place of a row out of a text report begins: 正文第3段


class FiscalRow(models.Model):
    """A row of a report. `number` is its place in the sheet, of a text its place among the rows."""

    report = models.ForeignKey(FiscalReport, on_delete=models.PROTECT, related_name="%(class)ss")
    number = models.PositiveIntegerField()
    sheet = models.CharField(max_length=80)
    name = models.CharField(_("名称"), max_length=200)

    class Meta:
        abstract = True
        ordering = ["report", "number"]


class RevenueRow(FiscalRow):
    """A line of a statement of revenue or of a budget. `side`: item, of_which, collector or total."""

    plain = models.CharField(max_length=120)
    level = models.PositiveSmallIntegerField()
    side = models.CharField(max_length=10)
    code = models.CharField(max_length=10, blank=True)  # revenue, tax, non_tax
    ratio = models.DecimalField(_("本级分成"), max_digits=9, decimal_places=2, null=True)
    budget = models.DecimalField(_("预算"), max_digits=17, decimal_places=4, null=True)
    ytd = models.DecimalField(_("累计"), max_digits=17, decimal_places=4, null=True)
    ytd_last = models.DecimalField(_("上年同期"), max_digits=17, decimal_places=4, null=True)
    ytd_change = models.DecimalField(_("增减额"), max_digits=17, decimal_places=4, null=True)
    ytd_growth = models.DecimalField(_("增减率"), max_digits=9, decimal_places=2, null=True)
    ytd_growth_adjusted = models.DecimalField(_("同口径增减率"), max_digits=9, decimal_places=2, null=True)
    month = models.DecimalField(_("当月"), max_digits=17, decimal_places=4, null=True)
    month_last = models.DecimalField(_("上年同月"), max_digits=17, decimal_places=4, null=True)
    month_change = models.DecimalField(_("当月增减额"), max_digits=17, decimal_places=4, null=True)
    month_growth = models.DecimalField(_("当月增减率"), max_digits=9, decimal_places=2, null=True)
    progress = models.DecimalField(_("为预算"), max_digits=9, decimal_places=2, null=True)
    note = models.CharField(_("备注"), max_length=200, blank=True)


class TreasuryRow(FiscalRow):
    """Money that is due (`due`), there (`cash`) or expected (`expected`), by the nature of the money."""

    listing = models.CharField(max_length=10)
    nature = models.CharField(_("资金性质"), max_length=10)  # 111, 112, 121, 122, else ""
    nature_word = models.CharField(max_length=60)
    group = models.CharField(_("类别"), max_length=12)  # staff, running, purchase, building, land, other
    payer = models.CharField(_("预算单位"), max_length=120, blank=True)
    amount = models.DecimalField(_("金额"), max_digits=17, decimal_places=4)


class BondRow(FiscalRow):
    """One batch of one project as a table says it; `None`: the table has no such column or no number."""

    code = models.CharField(_("项目代码"), max_length=60, blank=True)
    batch = models.CharField(_("批次"), max_length=60)
    issued_on = models.DateField(_("发行日期"))
    issued = models.DecimalField(_("已发行"), max_digits=17, decimal_places=4)
    assigned = models.DecimalField(_("已分配"), max_digits=17, decimal_places=4, null=True)
    paid_department = models.DecimalField(_("已拨到主管部门"), max_digits=17, decimal_places=4, null=True)
    paid_builder = models.DecimalField(_("已拨到施工单位"), max_digits=17, decimal_places=4, null=True)
    spent = models.DecimalField(_("已支出"), max_digits=17, decimal_places=4, null=True)
    in_statistics = models.DecimalField(_("已纳入投资统计"), max_digits=17, decimal_places=4, null=True)
    retention = models.DecimalField(_("质保金"), max_digits=17, decimal_places=4, null=True)


class FundRow(FiscalRow):
    """What a project wants this year and what came from one source; `source`: central, province, bond, own,
    or "" for the row that says what is wanted."""

    code = models.CharField(_("项目代码"), max_length=60, blank=True)
    source = models.CharField(_("来源"), max_length=10, blank=True)
    batch = models.CharField(_("批次"), max_length=60, blank=True)
    wanted = models.DecimalField(_("本年资金需求"), max_digits=17, decimal_places=4, null=True)
    allotted = models.DecimalField(_("下达"), max_digits=17, decimal_places=4, null=True)
    paid = models.DecimalField(_("支付"), max_digits=17, decimal_places=4, null=True)
