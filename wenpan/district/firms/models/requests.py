"""Requests and all that happens to them: one number, every state from an event log.

`RequestEntry` is append-only and is the truth. The columns of `ServiceRequest` under "as the events say" are
derived from it in the same transaction, so that the database can sort and filter; whether something is late
is never kept, it is asked at a moment. The set of clocks that held at the receipt stays with the request.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from wenpan.district.accounts.models import Unit
from wenpan.district.firms.models.contacts import FirmVisit
from wenpan.district.firms.models.firms import Firm
from wenpan.district.firms.models.kept_rows import KeptManager
from wenpan.district.firms.models.request_words import OUTCOME_WORDS, PHASE_WORDS
from wenpan.district.intake.models import Submission
from wenpan.economy.requests.lifecycle import OPEN_PHASES, Phase

_USER = settings.AUTH_USER_MODEL
OPEN = [phase.value for phase in OPEN_PHASES]


class ServiceRequest(models.Model):
    class Channel(models.TextChoices):
        HOTLINE = "hotline", _("12345热线")
        VISIT = "visit", _("走访")
        WINDOW = "window", _("服务窗口")
        ONLINE = "online", _("网上平台")
        LETTER = "letter", _("来信来函")
        MEETING = "meeting", _("座谈会")
        CITY = "city", _("市级转办")

    class Category(models.TextChoices):
        FACTORS = "factors", _("生产要素")
        POLICY = "policy", _("政策扶持")
        APPROVAL = "approval", _("审批服务")
        INDUSTRY = "industry", _("产业发展")
        SAFETY = "safety", _("安全环保")
        OTHER = "other", _("其他")

    number = models.CharField(_("编号"), max_length=20, unique=True)  # 2022-S0015
    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()
    firm = models.ForeignKey(Firm, verbose_name=_("企业"), on_delete=models.PROTECT, related_name="requests")
    title = models.CharField(_("诉求"), max_length=200)
    text = models.TextField(_("内容"), blank=True)
    channel = models.CharField(_("来源"), max_length=8, choices=Channel)
    foreign_number = models.CharField(_("来源单号"), max_length=60, blank=True)
    category = models.CharField(_("类别"), max_length=10, choices=Category)
    request_class = models.CharField(_("办理类别"), max_length=20, blank=True)
    rules = models.CharField(max_length=40)  # the set of clocks in force at the receipt
    received_at = models.DateTimeField(_("登记时间"), db_index=True)
    created_by = models.ForeignKey(_USER, null=True, on_delete=models.PROTECT, related_name="+")
    earlier = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="later")
    visit = models.ForeignKey(FirmVisit, null=True, on_delete=models.PROTECT, related_name="requests")
    version = models.PositiveIntegerField(default=0)  # the sequence of its last event
    submission = models.ForeignKey(Submission, null=True, on_delete=models.PROTECT, related_name="+")
    retracted = models.BooleanField(default=False)  # the file that brought it was taken back

    # as the events say
    phase = models.CharField(
        _("状态"), max_length=12, choices=list(PHASE_WORDS.items()), default=Phase.REGISTERED
    )
    unit = models.ForeignKey(
        Unit, verbose_name=_("主办单位"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    assists = models.ManyToManyField(Unit, verbose_name=_("协办单位"), related_name="+")
    outcome = models.CharField(_("结果"), max_length=10, choices=list(OUTCOME_WORDS.items()), blank=True)
    paused = models.BooleanField(default=False)
    joined_to = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="joined")
    accepted_at = models.DateTimeField(_("受理时间"), null=True)
    replied_at = models.DateTimeField(_("答复时间"), null=True)
    closed_at = models.DateTimeField(_("销号时间"), null=True)
    next_due = models.DateTimeField(_("最近时限"), null=True)  # of the clocks that still run
    next_clock = models.CharField(max_length=20, blank=True)
    main_due = models.DateTimeField(_("办结时限"), null=True)
    call_back_due = models.DateTimeField(_("回访时限"), null=True)
    attempts = models.PositiveSmallIntegerField(_("办理次数"), default=0)

    objects = KeptManager()
    everything = models.Manager()

    class Meta:
        ordering = ["-year", "-serial"]
        indexes = [
            models.Index(fields=["phase", "next_due"], name="request_phase_due"),
            models.Index(fields=["unit", "phase", "next_due"], name="request_unit_phase"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["year", "serial"], name="one_request_one_number"),
            models.UniqueConstraint(
                fields=["channel", "foreign_number"],
                condition=~models.Q(foreign_number="") & models.Q(retracted=False),
                name="a_ticket_comes_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class RequestEntry(models.Model):
    """One thing that happened to a request (`RequestEventKind`). Append-only; what a file told goes back
    with it."""

    request = models.ForeignKey(ServiceRequest, on_delete=models.PROTECT, related_name="entries")
    sequence = models.PositiveIntegerField()
    kind = models.CharField(max_length=20)
    at = models.DateTimeField(_("时间"), db_index=True)
    by = models.ForeignKey(_USER, null=True, on_delete=models.PROTECT, related_name="+")  # None: the system
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")  # of who acted
    text = models.TextField(_("说明"), blank=True)
    data = models.JSONField(default=dict)
    submission = models.ForeignKey(Submission, null=True, on_delete=models.PROTECT, related_name="+")
    retracted = models.BooleanField(default=False)  # the file that told it was taken back

    objects = KeptManager()
    everything = models.Manager()

    class Meta:
        ordering = ["request", "sequence"]
        constraints = [
            models.UniqueConstraint(fields=["request", "sequence"], name="request_entries_in_order")
        ]
