"""The two lists: what is in the statistics library, and what is on the year's key list.

Linked and never confused. A *statistics project* is counted where it stands from 500万元 up (all real
estate); a *key project* is on a level's yearly list with planned start and finish. One undertaking may be on
both: the pair is proposed and a person confirms it (`Link`). Amounts are in 万元, months are `2022-09`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wenpan.district.accounts.models import Unit
from wenpan.district.intake.models import Submission

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

_USER = settings.AUTH_USER_MODEL


class Kind(models.TextChoices):
    INDUSTRY = "industry", _("工业")
    INFRASTRUCTURE = "infrastructure", _("基础设施")
    ESTATE = "estate", _("房地产")
    SERVICES = "services", _("服务业")
    AGRICULTURE = "agriculture", _("农业")
    SOCIAL = "social", _("社会事业")
    EQUIPMENT = "equipment", _("设备购置")
    OTHER = "other", _("其他")


def amount(label: StrOrPromise, **more: object) -> models.DecimalField:  # type: ignore[type-arg]
    return models.DecimalField(label, max_digits=14, decimal_places=2, **more)  # type: ignore[arg-type]


def _month(label: StrOrPromise) -> models.CharField:  # type: ignore[type-arg]
    return models.CharField(label, max_length=7, blank=True)


class Undertaking(models.Model):
    """What both lists say of a project."""

    code = models.CharField(_("项目代码"), max_length=40)
    name = models.CharField(_("项目名称"), max_length=120)
    owner = models.CharField(_("建设单位"), max_length=120, blank=True)
    kind = models.CharField(_("类别"), max_length=16, choices=Kind, default=Kind.OTHER)
    unit = models.ForeignKey(
        Unit, verbose_name=_("所在镇街"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    department = models.ForeignKey(
        Unit, verbose_name=_("主管部门"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    jointly = models.CharField(_("共同责任单位"), max_length=200, blank=True)  # beside the one that leads
    planned_total = amount(_("计划总投资（万元）"))
    planned_finish = _month(_("计划竣工年月"))
    pinyin = models.CharField(max_length=400, editable=False, db_index=True)
    retracted = models.BooleanField(default=False)  # its only list was taken back
    version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


class Project(Undertaking):
    """A statistics project."""

    class Band(models.TextChoices):
        SMALL = "small", _("500—5000万元")
        LARGE = "large", _("5000万元以上")
        ESTATE = "estate", _("房地产")

    class State(models.TextChoices):
        PENDING = "pending", _("待入库")
        IN_LIBRARY = "in_library", _("在库")
        STOPPED = "stopped", _("停工")
        COMPLETED = "completed", _("完工")
        NO_REMAINDER = "completed_no_remainder", _("完工无余量")
        CANDIDATE = "withdrawal_candidate", _("退库候选")
        WITHDRAWN = "withdrawn", _("已退库")

    band = models.CharField(_("规模"), max_length=8, choices=Band)
    opened = _month(_("开工年月"))
    entered = _month(_("入库年月"))
    leading = models.BooleanField(_("龙头项目"), default=False)
    state = models.CharField(
        _("统计状态"), max_length=24, choices=State, db_index=True
    )  # as the last StateChange

    class Meta:
        ordering = ["pinyin"]
        indexes = [models.Index(fields=["band", "state"], name="project_band_state")]
        constraints = [
            models.UniqueConstraint(fields=["code"], name="one_project_a_code"),
            models.CheckConstraint(name="planned_total_is_positive", condition=Q(planned_total__gt=0)),
        ]


class KeyProject(Undertaking):
    """A project of a level's yearly list."""

    class Level(models.TextChoices):
        NATIONAL = "national", _("国家级")
        PROVINCE = "province", _("省级")
        CITY = "city", _("市级")
        DISTRICT = "district", _("区级")

    class Stage(models.TextChoices):
        IDEA = "idea", _("谋划")
        RESERVE = "reserve", _("储备")
        PREPARATION = "preparation", _("前期")
        STARTED = "started", _("新开工")
        BUILDING = "building", _("在建")
        FINISHED = "finished", _("竣工")
        PRODUCING = "producing", _("投产")

    year = models.PositiveSmallIntegerField(_("年度"))
    level = models.CharField(_("级别"), max_length=10, choices=Level)
    year_plan = amount(_("年度计划投资（万元）"), null=True)
    this_year = amount(_("本年完成投资（万元）"), null=True)
    reported = _month(_("本年完成截至"))  # the month of the list that said `this_year`
    planned_start = _month(_("计划开工"))
    actual_start = _month(_("实际开工"))
    actual_finish = _month(_("实际竣工"))
    stage = models.CharField(_("阶段"), max_length=16, choices=Stage, db_index=True)
    bond = amount(_("专项债券资金（万元）"), null=True)
    bond_issued = _month(_("专项债发行"))
    bond_spent = amount(_("专项债支出（万元）"), null=True)

    class Meta:
        ordering = ["pinyin"]
        constraints = [
            models.UniqueConstraint(fields=["year", "code"], name="key_project_code_once_a_year"),
            models.CheckConstraint(name="key_total_is_positive", condition=Q(planned_total__gt=0)),
        ]


class Milestone(models.Model):
    """What a key project is to have reached by a month, in the words of its plan."""

    key_project = models.ForeignKey(KeyProject, on_delete=models.PROTECT, related_name="milestones")
    month = models.CharField(_("月份"), max_length=7)
    text = models.CharField(_("节点"), max_length=200)
    done_on = models.DateField(_("完成日期"), null=True)
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["month"]
        constraints = [models.UniqueConstraint(fields=["key_project", "month"], name="one_milestone_a_month")]


class Link(models.Model):
    """The same undertaking on both lists; proposed by name, code and owner, confirmed by a person. A
    statistics project stays for years and is on the key list of each year anew: one pair a year."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="links")
    key_project = models.OneToOneField(KeyProject, on_delete=models.PROTECT, related_name="link")
    year = models.PositiveSmallIntegerField()  # of the key project
    reasons = models.JSONField(default=list)
    confirmed_by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "year"], name="one_pair_a_year")]


class Apart(models.Model):
    """A person's word that a pair that looked alike is not the same undertaking (不是同一个).

    It is not proposed again, nor is next year's key project of the same name.
    """

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="apart")
    key_project = models.ForeignKey(KeyProject, on_delete=models.PROTECT, related_name="apart")
    by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "pk"]
        constraints = [models.UniqueConstraint(fields=["project", "key_project"], name="a_pair_apart_once")]


class Succession(models.Model):
    """A person's word on projects with like names: one was split into others, several were merged into one,
    a code was changed; or they are different ones. A row for each pair; what was before keeps its history."""

    class Kind(models.TextChoices):
        SPLIT = "split", _("拆分")
        MERGED = "merged", _("合并")
        RENUMBERED = "renumbered", _("换代码")
        DISTINCT = "distinct", _("不是同一个")

    project = models.ForeignKey(Project, null=True, on_delete=models.PROTECT, related_name="became")
    into_project = models.ForeignKey(Project, null=True, on_delete=models.PROTECT, related_name="came_from")
    key_project = models.ForeignKey(KeyProject, null=True, on_delete=models.PROTECT, related_name="became")
    into_key_project = models.ForeignKey(
        KeyProject, null=True, on_delete=models.PROTECT, related_name="came_from"
    )
    case = models.CharField(max_length=32, db_index=True)  # one word of a person may be several pairs
    kind = models.CharField(_("关系"), max_length=12, choices=Kind)
    on = models.DateField(_("日期"))
    evidence = models.CharField(_("依据"), max_length=300)
    by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="a_succession_stays_on_its_list",
                condition=Q(
                    project__isnull=False,
                    into_project__isnull=False,
                    key_project__isnull=True,
                    into_key_project__isnull=True,
                )
                | Q(
                    project__isnull=True,
                    into_project__isnull=True,
                    key_project__isnull=False,
                    into_key_project__isnull=False,
                ),
            ),
            models.UniqueConstraint(fields=["project", "into_project"], name="a_pair_is_settled_once"),
            models.UniqueConstraint(
                fields=["key_project", "into_key_project"], name="a_key_pair_is_settled_once"
            ),
        ]
