"""Campaigns (集中督查与专项督查): the theme and its ground, the objects, the teams, what each found.

What a finding asks for is no table of this room: it is a proposal of supervision and becomes a matter there.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wenpan.district.accounts.models import Unit
from wenpan.district.supervision.models import Proposal

USER = settings.AUTH_USER_MODEL


class Campaign(models.Model):
    """One inspection of many objects. `kind`: a code of rules/campaigns.yaml."""

    class State(models.TextChoices):
        PLANNED = "planned", _("筹备")
        RUNNING = "running", _("督查中")
        CLOSED = "closed", _("已结束")
        ISSUED = "issued", _("已通报")
        CANCELLED = "cancelled", _("取消")

    kind = models.CharField(_("类型"), max_length=24)
    title = models.CharField(_("名称"), max_length=120)
    theme = models.TextField(_("督查内容"), max_length=1000)
    ground = models.CharField(_("依据文件"), max_length=200, blank=True)
    ordered_by = models.CharField(_("批准（交办）领导"), max_length=40, blank=True)
    starts_on = models.DateField(_("开始日期"), db_index=True)
    ends_on = models.DateField(_("结束日期"))
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.PLANNED)
    created_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    summary = models.TextField(_("小结"), blank=True)
    unseen_reason = models.CharField(_("未督查的原因"), max_length=300, blank=True)
    closed_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(_("结束时间"), null=True)
    issued_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField(_("通报时间"), null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="a_campaign_has_its_ground", condition=~Q(ground="") | ~Q(ordered_by="")
            ),
            models.CheckConstraint(
                name="a_campaign_ends_after_it_starts", condition=Q(ends_on__gte=F("starts_on"))
            ),
        ]

    def __str__(self) -> str:
        return self.title


class CampaignTeam(models.Model):
    """督查组. The leader is one of its members."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="teams")
    order = models.PositiveSmallIntegerField()
    name = models.CharField(_("组别"), max_length=20)
    leader = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["campaign", "order"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "name"], name="one_team_of_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class CampaignMember(models.Model):
    team = models.ForeignKey(CampaignTeam, on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["team", "pk"]
        constraints = [models.UniqueConstraint(fields=["team", "user"], name="a_member_once_a_team")]


class ObjectChoice(models.Model):
    """Objects were taken by a query: which, with which filters, what it gave, what was taken. Append-only."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="choices")
    kind = models.CharField(max_length=16)
    filters = models.JSONField(default=dict)
    found = models.JSONField(default=list)  # addresses, in the order of the query
    taken = models.JSONField(default=list)
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["campaign", "pk"]


class CampaignObject(models.Model):
    """One object: planned for a team and a day, looked at once, with what was found."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="items")
    subject = models.CharField(
        max_length=80
    )  # matter:12, project:3, key_project:4, deal:5, request:6, firm:7
    also = models.CharField(max_length=80, blank=True)  # its twin on the other list
    title = models.CharField(_("对象"), max_length=200)
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    light = models.CharField(_("灯"), max_length=8, blank=True)  # when it was taken
    why = models.CharField(_("列入原因"), max_length=300, blank=True)
    url = models.CharField(max_length=120, blank=True)
    choice = models.ForeignKey(ObjectChoice, null=True, on_delete=models.PROTECT, related_name="+")
    added_why = models.CharField(_("补充理由"), max_length=200, blank=True)  # by hand
    team = models.ForeignKey(CampaignTeam, null=True, on_delete=models.PROTECT, related_name="items")
    day = models.DateField(_("督查日期"), null=True)
    left_out_why = models.CharField(_("剔除理由"), max_length=200, blank=True)
    left_out_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    result = models.CharField(_("督查结果"), max_length=16, blank=True)
    way = models.CharField(_("方式"), max_length=16, blank=True)
    note = models.CharField(_("情况"), max_length=600, blank=True)
    by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(null=True)
    proposal = models.ForeignKey(Proposal, null=True, on_delete=models.PROTECT, related_name="findings")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["campaign", "pk"]
        indexes = [models.Index(fields=["team", "day", "result"], name="campaign_object_plan")]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "subject"], name="an_object_once_a_campaign"),
            models.CheckConstraint(
                name="a_finding_all_or_nothing",
                condition=Q(result="", at__isnull=True, by__isnull=True)
                | (~Q(result="") & Q(at__isnull=False, by__isnull=False)),
            ),
            models.CheckConstraint(
                name="left_out_with_a_reason",
                condition=Q(left_out_why="", left_out_by__isnull=True)
                | (~Q(left_out_why="") & Q(left_out_by__isnull=False, result="")),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class FindingFile(models.Model):
    """Evidence of a finding: a photo or a paper, by hash. `shown`: the picture of a photo. Append-only."""

    object = models.ForeignKey(CampaignObject, on_delete=models.PROTECT, related_name="files")
    filename = models.CharField(_("文件名"), max_length=200)
    sha256 = models.CharField(max_length=64)
    shown = models.CharField(max_length=64, blank=True)
    size = models.PositiveIntegerField()
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["object", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["object", "sha256"], name="a_file_once_a_finding"),
        ]


class CampaignReport(models.Model):
    """The 通报 as it was issued: its numbers do not change when matters move on. Append-only."""

    campaign = models.OneToOneField(Campaign, on_delete=models.PROTECT, related_name="report")
    facts = models.JSONField()
    made_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
