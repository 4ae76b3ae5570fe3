"""Projects: what is in the statistics library and what is on the key list, with their returns.

Two lists, linked and never confused. A *statistics project* is counted where it stands from 500万元 up
(all real estate); a *key project* is on a level's yearly list with planned start and finish. One
undertaking may be on both: the pair is proposed and a person confirms it (`Link`). States change by
events only (`StateChange`); returns are versions like every official figure. Amounts are in 万元,
months are written `2022-09`.
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


def _amount(label: StrOrPromise, **more: object) -> models.DecimalField:  # type: ignore[type-arg]
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
    planned_total = _amount(_("计划总投资（万元）"))
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
    year_plan = _amount(_("年度计划投资（万元）"), null=True)
    this_year = _amount(_("本年完成投资（万元）"), null=True)
    reported = _month(_("本年完成截至"))  # the month of the list that said `this_year`
    planned_start = _month(_("计划开工"))
    actual_start = _month(_("实际开工"))
    actual_finish = _month(_("实际竣工"))
    stage = models.CharField(_("阶段"), max_length=16, choices=Stage, db_index=True)
    bond = _amount(_("专项债券资金（万元）"), null=True)
    bond_issued = _month(_("专项债发行"))
    bond_spent = _amount(_("专项债支出（万元）"), null=True)

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
    """The same undertaking on both lists; proposed by name, code and owner, confirmed by a person."""

    project = models.OneToOneField(Project, on_delete=models.PROTECT, related_name="link")
    key_project = models.OneToOneField(KeyProject, on_delete=models.PROTECT, related_name="link")
    reasons = models.JSONField(default=list)
    confirmed_by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField()


def _one_subject(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(name=name, condition=Q(project__isnull=True) ^ Q(key_project__isnull=True))


class StateChange(models.Model):
    """One step of a life cycle, with date, evidence and actor. Append-only."""

    project = models.ForeignKey(Project, null=True, on_delete=models.PROTECT, related_name="changes")
    key_project = models.ForeignKey(KeyProject, null=True, on_delete=models.PROTECT, related_name="changes")
    before = models.CharField(max_length=24, blank=True)
    after = models.CharField(max_length=24)
    on = models.DateField(_("日期"))
    evidence = models.CharField(_("依据"), max_length=300)
    by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    submission = models.ForeignKey(Submission, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["at", "pk"]
        constraints = [_one_subject("one_subject_of_a_state_change")]


class Revision(models.Model):
    """What a list changed of a project: field → value before and after. The ground of undoing a list."""

    project = models.ForeignKey(Project, null=True, on_delete=models.PROTECT, related_name="revisions")
    key_project = models.ForeignKey(KeyProject, null=True, on_delete=models.PROTECT, related_name="revisions")
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="+")
    created = models.BooleanField(default=False)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    sheet = models.CharField(max_length=80, blank=True)
    cell = models.CharField(max_length=12, blank=True)
    at = models.DateTimeField()
    undone = models.BooleanField(default=False)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [_one_subject("one_subject_of_a_revision")]


class Return(models.Model):
    """What a monthly return said of a project: cumulative since start and this year, 万元. Versions."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="returns")
    period = models.CharField(_("月份"), max_length=7)
    cumulative = _amount(_("自开工累计"), null=True)  # null: not reported
    this_year = _amount(_("本年累计"), null=True)
    build_status = models.CharField(_("建设状态"), max_length=20, blank=True)
    progress = models.CharField(_("形象进度"), max_length=300, blank=True)
    evidence = models.CharField(_("依据"), max_length=200, blank=True)  # vouchers, photos: numbers only
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="+")
    sheet = models.CharField(max_length=80, blank=True)
    cell = models.CharField(max_length=12, blank=True)
    version = models.PositiveSmallIntegerField(default=1)
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["project", "period"],
                condition=Q(superseded_at__isnull=True),
                name="one_current_return",
            )
        ]


class Standing(models.Model):
    """Where a project stands at the end of a month: derived from returns and states, made anew with them."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="standings")
    month = models.CharField(max_length=7)
    state = models.CharField(_("统计状态"), max_length=24, choices=Project.State)
    cumulative = models.FloatField(_("累计完成"), null=True)
    this_year = models.FloatField(_("本年完成"), null=True)
    last_year_same = models.FloatField(_("上年同期"), null=True)
    remaining = models.FloatField(_("余量"), null=True)
    share = models.FloatField(null=True)
    months_zero = models.IntegerField(_("无投资月数"), null=True)
    pace = models.FloatField(_("月均"), null=True)
    in_library = models.BooleanField(default=False)
    entered_this_year = models.BooleanField(default=False)
    long_stopped = models.BooleanField(default=False)
    stopped = models.BooleanField(default=False)
    finished = models.BooleanField(default=False)
    no_remainder = models.BooleanField(default=False)
    zero_this_year = models.BooleanField(default=False)
    overdue = models.BooleanField(default=False)
    withdrawal = models.BooleanField(default=False)
    evidence = models.JSONField(default=list)
    expected = models.FloatField(_("预计后续"), null=True)
    p10 = models.FloatField(null=True)
    p90 = models.FloatField(null=True)
    light = models.CharField(max_length=8)
    reasons = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["month", "project"], name="one_standing_a_month")]


class Outlook(models.Model):
    """What the pool is expected to bring in the months left after `month`, 万元; derived."""

    month = models.CharField(max_length=7, unique=True)
    done = models.FloatField()  # this year so far
    stock = models.JSONField()  # p10, expected, p90; the expected values add up
    entries = models.JSONField()
    total = models.JSONField()
    table = models.JSONField()  # the speech's table: group field -> group -> line -> count and sums
    note = models.CharField(max_length=100, blank=True)
    made_at = models.DateTimeField()


class EntryDocument(models.Model):
    """A document of the entry checklist that was seen (rules/projects/entry_documents.yaml)."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="documents")
    kind = models.CharField(max_length=20)
    note = models.CharField(_("文号或说明"), max_length=200, blank=True)
    seen_on = models.DateField(_("核验日期"))
    by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "kind"], name="a_document_is_seen_once")]


class Visit(models.Model):
    """A leader's visit to the site; problems are raised or closed by it."""

    project = models.ForeignKey(Project, null=True, on_delete=models.PROTECT, related_name="visits")
    key_project = models.ForeignKey(KeyProject, null=True, on_delete=models.PROTECT, related_name="visits")
    leader = models.CharField(_("到场领导"), max_length=40)
    on = models.DateField(_("日期"))
    notes = models.CharField(_("记录"), max_length=500)
    by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-on", "-pk"]
        constraints = [_one_subject("one_subject_of_a_visit")]


class Problem(models.Model):
    """What blocks a project (要素保障), who must move, until when; closed with what was done."""

    class Level(models.TextChoices):
        DEPARTMENT = "department", _("部门级")
        DEPUTY = "deputy", _("分管领导")
        HEAD = "head", _("主要领导")

    project = models.ForeignKey(Project, null=True, on_delete=models.PROTECT, related_name="problems")
    key_project = models.ForeignKey(KeyProject, null=True, on_delete=models.PROTECT, related_name="problems")
    kind = models.CharField(_("类别"), max_length=16)
    text = models.CharField(_("问题"), max_length=300)
    owner = models.ForeignKey(Unit, verbose_name=_("责任单位"), on_delete=models.PROTECT, related_name="+")
    level = models.CharField(_("层级"), max_length=12, choices=Level)
    raised_on = models.DateField(_("提出日期"))
    due = models.DateField(_("办结期限"))
    visit = models.ForeignKey(Visit, null=True, on_delete=models.PROTECT, related_name="raised")
    raised_by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    closed_on = models.DateField(_("办结日期"), null=True)
    closed_by = models.ForeignKey(_USER, null=True, on_delete=models.PROTECT, related_name="+")
    closed_visit = models.ForeignKey(Visit, null=True, on_delete=models.PROTECT, related_name="closed")
    resolution = models.CharField(_("办理结果"), max_length=300, blank=True)

    class Meta:
        ordering = ["due", "pk"]
        constraints = [
            _one_subject("one_subject_of_a_problem"),
            models.CheckConstraint(
                name="a_closed_problem_says_how",
                condition=Q(closed_on__isnull=True, resolution="")
                | (Q(closed_on__isnull=False) & ~Q(resolution="")),
            ),
        ]


class Photo(models.Model):
    """A photo of the site. `sha256` is the original, `shown` the small picture without metadata."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="photos")
    sha256 = models.CharField(max_length=64)
    shown = models.CharField(max_length=64)
    taken_on = models.DateField(_("拍摄日期"))
    place = models.CharField(_("拍摄地点"), max_length=120)
    verifier = models.CharField(_("核验人"), max_length=40)
    by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-taken_on", "-pk"]
        constraints = [models.UniqueConstraint(fields=["project", "sha256"], name="a_photo_once_a_project")]


class Excuse(models.Model):
    """A documented reason that may hold a light, visibly, for some months (无正当理由 is a condition)."""

    project = models.ForeignKey(Project, null=True, on_delete=models.PROTECT, related_name="excuses")
    key_project = models.ForeignKey(KeyProject, null=True, on_delete=models.PROTECT, related_name="excuses")
    reason = models.CharField(_("理由"), max_length=200)
    document = models.CharField(_("书面依据"), max_length=200)
    since = models.CharField(_("自"), max_length=7)
    until = models.CharField(_("至"), max_length=7)
    by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            _one_subject("one_subject_of_an_excuse"),
            models.CheckConstraint(name="an_excuse_ends", condition=Q(until__gte=models.F("since"))),
        ]


class SavedView(models.Model):
    """Filters and order of the pool that a person keeps under a name."""

    user = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("名称"), max_length=30)
    query = models.CharField(max_length=400)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["user", "name"], name="a_view_has_one_name")]
