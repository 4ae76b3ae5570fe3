"""Deals and what happened to them. Events and amounts are append-only; what was wrong is withdrawn.

Amounts in ten thousands (万) of their currency. The columns of a deal from `stage` to `agreed` follow from
its events and amounts (`derive.py`) and are written by nothing else.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wenpan.district.accounts.models import Unit
from wenpan.district.intake.models import FileRevision, Submission
from wenpan.district.projects.models import Project
from wenpan.economy.funnel.amount_ladder import Rung
from wenpan.economy.funnel.events import PipelineEventKind
from wenpan.economy.funnel.stages import LABELS

_USER = settings.AUTH_USER_MODEL
STAGES = [(stage.value, label) for stage, label in LABELS.items()]
TRADES = [
    ("industry", _("工业")), ("services", _("服务业")),
    ("new_format", _("新业态")), ("agriculture", _("农业")),
]  # fmt: skip


class Deal(models.Model):
    """One deal, counted once. `fields`: the other cells of its form, as written, by column."""

    code = models.CharField(_("项目编号"), max_length=40, unique=True)
    name = models.CharField(_("项目名称"), max_length=120)
    pinyin = models.CharField(max_length=400, editable=False, db_index=True)
    unit = models.ForeignKey(
        Unit, verbose_name=_("责任单位"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    town = models.ForeignKey(
        Unit, verbose_name=_("落户地"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    investor = models.CharField(_("投资方"), max_length=120, blank=True)
    home = models.CharField(_("投资方所在地"), max_length=40, blank=True)
    company = models.CharField(_("新公司"), max_length=120, blank=True)
    uscc = models.CharField(_("统一社会信用代码"), max_length=18, blank=True, db_index=True)
    trade = models.CharField(_("行业"), max_length=12, blank=True, choices=TRADES)
    chain = models.CharField(_("产业链"), max_length=40, blank=True)
    leading = models.BooleanField(_("500强或龙头"), default=False)
    marks = models.JSONField(_("不计情形"), default=list)  # what a set of counting rules may exclude
    fields = models.JSONField(default=dict)
    enlarges = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="enlargements")
    duplicate_of = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="duplicates")
    next_step = models.CharField(_("下一步"), max_length=200, blank=True)
    next_on = models.DateField(_("下一步时间"), null=True)
    next_by = models.CharField(_("下一步责任人"), max_length=40, blank=True)
    listed_on = models.DateField(_("首次列入台账"), null=True)
    version = models.PositiveIntegerField(default=1)
    retracted = models.BooleanField(default=False)
    # from events and amounts
    stage = models.CharField(_("阶段"), max_length=12, blank=True, choices=STAGES, db_index=True)
    since = models.DateField(_("进入本阶段"), null=True)
    moved_on = models.DateField(_("最近进展"), null=True)
    signed_on = models.DateField(_("正式签约"), null=True, db_index=True)
    ended_on = models.DateField(_("终止"), null=True)
    ending = models.CharField(max_length=10, blank=True)  # ended | replaced
    standing = models.JSONField(default=dict)  # reached, approved, unproven, places, out_of_order
    lead_clock = models.CharField(max_length=20, blank=True)  # the running clock of a lead that is due first
    lead_due = models.DateTimeField(_("线索时限"), null=True, db_index=True)
    agreed = models.DecimalField(_("协议投资"), max_digits=14, decimal_places=4, null=True)  # 万元
    arrived = models.DecimalField(_("到位资金"), max_digits=14, decimal_places=4, null=True)  # 万元

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="a_deal_that_ended_says_how",
                condition=Q(ended_on__isnull=True, ending="") | (Q(ended_on__isnull=False) & ~Q(ending="")),
            ),
            models.CheckConstraint(
                name="a_next_step_has_its_day",
                condition=Q(next_step="", next_on__isnull=True)
                | (~Q(next_step="") & Q(next_on__isnull=False)),
            ),
        ]
        indexes = [models.Index(fields=["retracted", "stage", "-moved_on"], name="deals_by_stage")]

    def __str__(self) -> str:
        return self.name


class DealEvent(models.Model):
    """One event. `on`: the day it happened; `approved_on`: the day the office accepted it."""

    deal = models.ForeignKey(Deal, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=10, choices=[(k.value, k.value) for k in PipelineEventKind])
    stage = models.CharField(_("阶段"), max_length=12, blank=True, choices=STAGES)
    on = models.DateField(_("日期"))
    approved_on = models.DateField(_("认定日期"), null=True)
    evidence = models.JSONField(_("佐证"), default=list)  # kinds of documents, of the stage rules
    document = models.CharField(_("文号或说明"), max_length=200, blank=True)
    reason = models.CharField(_("原因"), max_length=200, blank=True)
    successor = models.ForeignKey(Deal, null=True, on_delete=models.PROTECT, related_name="+")
    place = models.CharField(_("转入地"), max_length=60, blank=True)
    note = models.CharField(_("内容"), max_length=400, blank=True)
    by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    submission = models.ForeignKey(Submission, null=True, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=120, blank=True)  # sheet!cell of the file
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="an_event_has_what_its_kind_needs",
                condition=(Q(kind="reached") & ~Q(stage=""))
                | (Q(kind="returned") & ~Q(stage="") & ~Q(reason=""))
                | (Q(kind="ended") & ~Q(reason=""))
                | Q(kind="replaced", successor__isnull=False)
                | (Q(kind="moved") & ~Q(place=""))
                | (Q(kind="progress") & ~Q(note=""))
                | Q(kind__in=["resumed", "edited"]),
            ),
            models.CheckConstraint(
                name="approved_no_earlier_than_it_happened",
                condition=Q(approved_on__isnull=True) | Q(approved_on__gte=models.F("on")),
            ),
        ]


class DealAmount(models.Model):
    """One amount of one rung. `rate`: yuan for one unit of a foreign currency, kept as it was used."""

    deal = models.ForeignKey(Deal, on_delete=models.PROTECT, related_name="amounts")
    rung = models.CharField(_("口径"), max_length=16, choices=[(r.value, r.label) for r in Rung])
    scope = models.CharField(max_length=5)  # total | year | month
    amount = models.DecimalField(_("金额"), max_digits=14, decimal_places=4)
    currency = models.CharField(_("币种"), max_length=3)
    text = models.CharField(max_length=40, blank=True)  # as it was written
    as_of = models.DateField(_("截至"))
    rate = models.DecimalField(_("折算汇率"), max_digits=10, decimal_places=4, null=True)
    rate_on = models.DateField(null=True)
    rate_source = models.CharField(max_length=80, blank=True)
    proof = models.CharField(_("证明材料"), max_length=200, blank=True)
    by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    submission = models.ForeignKey(Submission, null=True, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=120, blank=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["as_of", "pk"]
        constraints = [
            models.CheckConstraint(
                name="a_rate_has_its_day",
                condition=Q(rate__isnull=True, rate_on__isnull=True)
                | Q(rate__isnull=False, rate_on__isnull=False),
            ),
            models.CheckConstraint(name="an_amount_of_a_deal_is_no_debt", condition=Q(amount__gte=0)),
        ]

    @property
    def rate_words(self) -> str:
        """Who published the rate; of one that was kept before sources were, that it was not checked."""
        return self.rate_source if "@" not in self.rate_source else str(_("公布的中间价，未核对"))


class DealShare(models.Model):
    """The part of a unit in a deal that several brought. The shares of a deal sum to 1, or there are none."""

    deal = models.ForeignKey(Deal, on_delete=models.PROTECT, related_name="shares")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    share = models.DecimalField(max_digits=5, decimal_places=4)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["deal", "unit"], name="a_unit_has_one_share"),
            models.CheckConstraint(name="a_share_is_a_part", condition=Q(share__gt=0, share__lte=1)),
        ]


class DealLink(models.Model):
    """A deal and the statistics project it became; a person confirms. `opened`: the project was opened for
    this deal, and goes when the opening is taken back."""

    deal = models.ForeignKey(Deal, on_delete=models.PROTECT, related_name="links")
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="+")
    opened = models.BooleanField(default=False)
    by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["project"], name="a_project_comes_of_one_deal"),
        ]


class DealRevision(FileRevision):
    """What a file changed of a deal: column → value before and after. The ground of undoing the file."""

    deal = models.ForeignKey(Deal, on_delete=models.PROTECT, related_name="revisions")


class DealPairApart(models.Model):
    """Two deals that a person said are not the same. `one` is the earlier."""

    one = models.ForeignKey(Deal, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Deal, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["one", "other"], name="two_deals_apart_once")]
