"""Matters and all that happens to them: one matter one number, every state from an event log.

`Event` is append-only and is the truth. The columns of `Matter` under "as the events say" are the fold of
its events (`rules.fold`), written in the same transaction so that lists can be sorted by the database;
`wenpan doctor` finds any that differ. Days are days of the place (Asia/Shanghai).
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wenpan.district.accounts.models import Unit

_USER = settings.AUTH_USER_MODEL


def _by(**more: object) -> models.ForeignKey:  # type: ignore[type-arg]
    return models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+", **more)  # type: ignore[arg-type]


class Source(models.Model):
    """A paper that orders something: the original is kept by hash, its text by paragraphs."""

    class Kind(models.TextChoices):
        SPEECH = "speech", _("讲话")
        MINUTES = "minutes", _("会议纪要")
        TABLE = "table", _("任务分解表")
        NOTICE = "notice", _("文件通知")
        NOTE = "note", _("领导批示")

    kind = models.CharField(_("类型"), max_length=10, choices=Kind)
    title = models.CharField(_("标题"), max_length=200)
    number = models.CharField(_("文号"), max_length=60, blank=True)
    issuer = models.CharField(_("发文单位（讲话人）"), max_length=80, blank=True)
    dated = models.DateField(_("成文日期"))
    filename = models.CharField(_("文件名"), max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    paragraphs = models.JSONField(default=list)
    places = models.JSONField(default=list)  # of each paragraph: 第3页, 任务表!A4:F4; "" in running text
    findings = models.JSONField(default=list)  # what could not be read: place, found, expected, todo
    created_by = _by()
    created_at = models.DateTimeField(_("登记时间"))
    settled_at = models.DateTimeField(_("确认完毕"), null=True)
    settled_by = _by(null=True)

    class Meta:
        ordering = ["-dated", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["sha256"], condition=~Q(sha256=""), name="one_source_a_file"),
        ]

    def __str__(self) -> str:
        return self.title


class Matter(models.Model):
    """督办事项. What was promised stands in `original_due` and is never written over."""

    class State(models.TextChoices):
        DRAFT = "draft", _("拟办")
        REGISTERED = "registered", _("立项")
        ASSIGNED = "assigned", _("交办")
        DECLINED = "declined", _("退回")
        WORKING = "working", _("办理")
        ANSWERED = "answered", _("待核查")
        CHECKED = "checked", _("核查通过")
        CLOSED = "closed", _("办结销号")
        DROPPED = "dropped", _("不予立项")

    number = models.CharField(_("编号"), max_length=24, unique=True)  # 2022-0015
    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()
    kind = models.CharField(_("类型"), max_length=24)  # a code of rules/supervision/types.yaml
    title = models.CharField(_("督办事项"), max_length=400)
    source = models.ForeignKey(Source, null=True, on_delete=models.PROTECT, related_name="matters")
    cause = models.CharField(_("起因"), max_length=80, blank=True)  # indicator:fai, project:12, key_project:3
    evidence = models.TextField(_("原文依据"), blank=True)
    span_start = models.PositiveIntegerField(null=True)
    span_end = models.PositiveIntegerField(null=True)
    important = models.BooleanField(_("重要事项"), default=False)
    leader = models.CharField(_("牵头领导"), max_length=40, blank=True)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="parts")
    created_by = _by()
    created_at = models.DateTimeField(_("拟办时间"))
    version = models.PositiveIntegerField(default=0)  # the sequence of its last event

    # as the events say
    state = models.CharField(_("状态"), max_length=12, choices=State, db_index=True)
    paused = models.BooleanField(_("暂缓"), default=False)
    lead = models.ForeignKey(
        Unit, verbose_name=_("牵头单位"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    coops = models.ManyToManyField(Unit, verbose_name=_("配合单位"), related_name="+")
    original_due = models.DateField(_("原定时限"), null=True)
    due = models.DateField(_("办理时限"), null=True)
    due_words = models.CharField(_("时限表述"), max_length=80, blank=True)
    due_estimated = models.BooleanField(default=False)  # holidays of that year are not published yet
    recurrence = models.CharField(max_length=24, blank=True)
    extension_asked = models.DateField(_("申请延期至"), null=True)
    level = models.PositiveSmallIntegerField(_("提级"), default=0)
    slip_level = models.PositiveSmallIntegerField(default=0)
    slip_colour = models.CharField(_("督办单"), max_length=10, blank=True)
    assigned_on = models.DateField(_("交办日期"), null=True)
    news_on = models.DateField(_("最近反馈"), null=True)
    closed_on = models.DateField(_("办结日期"), null=True)
    returned = models.PositiveSmallIntegerField(_("退办次数"), default=0)

    class Meta:
        ordering = ["-year", "-serial"]
        indexes = [
            models.Index(fields=["state", "due"], name="matter_state_due"),
            models.Index(fields=["lead", "state", "due"], name="matter_lead_state"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["year", "serial"], name="one_matter_one_number"),
            models.UniqueConstraint(
                fields=["cause"],
                condition=~Q(cause="") & ~Q(state__in=["closed", "dropped"]),
                name="one_open_matter_a_cause",
            ),
            models.CheckConstraint(
                name="closed_has_its_day", condition=Q(state="closed") ^ Q(closed_on=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class Event(models.Model):
    """One thing that happened to a matter (rules.Kind). Append-only."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="events")
    sequence = models.PositiveIntegerField()
    kind = models.CharField(max_length=20)
    at = models.DateTimeField(_("时间"), db_index=True)
    by = _by(null=True)  # None: the system
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")  # of who acted
    text = models.TextField(_("说明"), blank=True)
    data = models.JSONField(default=dict)

    class Meta:
        ordering = ["matter", "sequence"]
        indexes = [models.Index(fields=["kind", "at"], name="event_kind_at")]
        constraints = [models.UniqueConstraint(fields=["matter", "sequence"], name="events_in_order")]


class Proposal(models.Model):
    """A matter that was found in a source, or that a light asks for; a person decides."""

    class State(models.TextChoices):
        OPEN = "open", _("待确认")
        CONFIRMED = "confirmed", _("已确认")
        MERGED = "merged", _("已并入")
        SPLIT = "split", _("已拆分")
        DROPPED = "dropped", _("不作事项")

    source = models.ForeignKey(Source, null=True, on_delete=models.PROTECT, related_name="proposals")
    cause = models.CharField(max_length=80, blank=True)
    origin = models.CharField(_("提出"), max_length=8, default="rules")  # rules | model | person | light
    order = models.PositiveIntegerField(default=0)
    text = models.CharField(_("事项"), max_length=400)
    lead_text = models.CharField(_("牵头（原文）"), max_length=120, blank=True)
    lead = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    coop_text = models.CharField(max_length=300, blank=True)
    coops = models.JSONField(default=list)  # unit codes
    deadline = models.DateField(_("时限"), null=True)
    deadline_text = models.CharField(max_length=80, blank=True)
    recurrence = models.CharField(max_length=24, blank=True)
    span_start = models.PositiveIntegerField(null=True)
    span_end = models.PositiveIntegerField(null=True)
    place = models.CharField(_("出处"), max_length=80, blank=True)
    evidence = models.TextField(blank=True)
    confidence = models.FloatField(_("把握"), default=0.0)
    questions = models.JSONField(default=list)
    kind = models.CharField(
        _("类型"), max_length=24, blank=True
    )  # of the matter; "": as the source's kind says
    important = models.BooleanField(_("重要事项"), default=False)
    leader = models.CharField(_("牵头领导"), max_length=40, blank=True)
    note = models.CharField(_("说明"), max_length=300, blank=True)  # why it was dropped or joined
    detail = models.JSONField(default=dict)  # leads, successors; of a light: light, rules, month, url
    past = models.JSONField(
        default=list
    )  # what `undo` takes back: [{deed, values, …}], the last one first to go
    split_from = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="pieces")
    state = models.CharField(max_length=10, choices=State, default=State.OPEN, db_index=True)
    matter = models.ForeignKey(Matter, null=True, on_delete=models.PROTECT, related_name="proposals")
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="absorbed")
    decided_by = _by(null=True)
    decided_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["source", "order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["cause"], condition=~Q(cause="") & Q(state="open"), name="one_open_proposal_a_cause"
            ),
            models.CheckConstraint(
                name="a_confirmed_proposal_has_its_matter",
                condition=~Q(state="confirmed") | Q(matter__isnull=False),
            ),
        ]

    @property
    def spans(self) -> list[tuple[int, int]]:
        """Where its evidence stands in the source; several stretches after a merger."""
        if self.span_start is None or self.span_end is None:
            return []
        kept = self.detail.get("spans") or [(self.span_start, self.span_end)]
        return [(int(a), int(b)) for a, b in kept]


class Feedback(models.Model):
    """What a unit says of a matter: written once, used by the weekly check, the bulletin and the leader."""

    class Claim(models.TextChoices):
        PROGRESS = "progress", _("正在推进")
        DONE = "done", _("已完成，请核查")
        BLOCKED = "blocked", _("推进受阻")

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="feedback")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    claim = models.CharField(_("进展"), max_length=10, choices=Claim)
    process = models.TextField(_("落实过程"))
    situation = models.TextField(_("基本情况"), blank=True)
    advice = models.TextField(_("意见和建议"), blank=True)
    by = _by()
    at = models.DateTimeField(_("反馈时间"))
    signed_by = _by(null=True)  # the head of the unit, where the rules ask for it
    signed_at = models.DateTimeField(null=True)
    due = models.DateField(_("应反馈日期"), null=True)  # what it answered, as it stood then
    late = models.BooleanField(_("逾期反馈"), default=False)
    event = models.OneToOneField(Event, null=True, on_delete=models.PROTECT, related_name="feedback")

    class Meta:
        ordering = ["-at", "-pk"]


class Attachment(models.Model):
    """A file with a feedback or a slip's answer; the bytes are kept by hash."""

    feedback = models.ForeignKey(Feedback, on_delete=models.PROTECT, related_name="attachments")
    filename = models.CharField(_("文件名"), max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()


class MatterView(models.Model):
    """Filters and order of the list of matters that a person keeps under a name."""

    user = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("名称"), max_length=30)
    query = models.CharField(max_length=400)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["user", "name"], name="a_matter_view_has_one_name")]


class Slip(models.Model):
    """督办单: served on a unit, numbered, once a level and due date. `key` keeps it idempotent."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="slips")
    key = models.CharField(max_length=80, unique=True)  # matter:level:due
    number = models.CharField(_("单号"), max_length=40, unique=True)
    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()
    rules = models.CharField(max_length=60)  # rule set and version
    rule = models.CharField(max_length=30)
    colour = models.CharField(_("颜色"), max_length=10)  # blue | orange | yellow | red | white
    level = models.PositiveSmallIntegerField(_("级次"))
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("事由"), max_length=300)
    due = models.DateField(_("事项时限"), null=True)
    answer_due = models.DateField(_("回复期限"), null=True)
    issued_by = _by(null=True)  # None: by the rule, on its day
    issued_at = models.DateTimeField(_("发出时间"))
    sha256 = models.CharField(max_length=64, blank=True)  # of the .docx
    acknowledged_by = _by(null=True)
    acknowledged_at = models.DateTimeField(_("签收时间"), null=True)
    answer = models.TextField(_("回复"), blank=True)
    answered_by = _by(null=True)
    answered_at = models.DateTimeField(_("回复时间"), null=True)
    withdrawn_reason = models.CharField(max_length=200, blank=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-issued_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["year", "serial"], name="one_slip_one_number"),
            models.CheckConstraint(
                name="an_answer_has_its_day", condition=Q(answered_at=None, answer="") | ~Q(answer="")
            ),
        ]


class Notice(models.Model):
    """A word to one person in the program itself: once a key, not before `not_before` (quiet hours)."""

    key = models.CharField(max_length=120, unique=True)
    user = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="notices")
    matter = models.ForeignKey(Matter, null=True, on_delete=models.PROTECT, related_name="notices")
    level = models.PositiveSmallIntegerField(default=0)
    text = models.CharField(max_length=300)
    url = models.CharField(max_length=120, blank=True)
    made_at = models.DateTimeField()
    not_before = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-not_before", "-pk"]
        indexes = [models.Index(fields=["user", "read_at", "not_before"], name="notice_of_user")]


class Charge(models.Model):
    """Which district leader is in charge of a unit (分管领导): the third step of the ladder."""

    unit = models.OneToOneField(Unit, on_delete=models.PROTECT, related_name="charge")
    leader = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="charges")


class Cycle(models.Model):
    """One week's inspection (每周一督查): what must be looked at, and the proof that it was."""

    week = models.DateField(_("周（周一）"), unique=True)
    opened_by = _by(null=True)
    opened_at = models.DateTimeField()
    closed_by = _by(null=True)
    closed_at = models.DateTimeField(null=True)
    summary = models.TextField(_("小结"), blank=True)

    class Meta:
        ordering = ["-week"]


class Look(models.Model):
    """One red or yellow matter, project or indicator of a week: looked at by whom, with what result."""

    class Result(models.TextChoices):
        MOVING = "moving", _("有实质进展")
        STILL = "still", _("无实质进展")
        PROBLEM = "problem", _("存在问题")
        SOLVED = "solved", _("已解决")

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="looks")
    subject = models.CharField(max_length=80)  # matter:pk, project:pk, key_project:pk, indicator:code
    title = models.CharField(_("对象"), max_length=200)
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    light = models.CharField(_("灯"), max_length=8)
    why = models.CharField(_("原因"), max_length=300, blank=True)
    url = models.CharField(max_length=120, blank=True)
    weeks_left = models.PositiveSmallIntegerField(
        _("顺延周数"), default=0
    )  # carried from so many weeks before
    result = models.CharField(_("结果"), max_length=8, choices=Result, blank=True)
    way = models.CharField(_("方式"), max_length=20, blank=True)
    note = models.CharField(_("情况"), max_length=300, blank=True)
    by = _by(null=True)
    at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["cycle", "light", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "subject"], name="a_subject_once_a_week"),
            models.CheckConstraint(
                name="looked_at_all_or_nothing",
                condition=Q(result="", at__isnull=True, by__isnull=True)
                | (~Q(result="") & Q(at__isnull=False, by__isnull=False)),
            ),
        ]


class Appeal(models.Model):
    """A unit says that a point was not its own doing; another decides. `line` is rule and event."""

    class State(models.TextChoices):
        OPEN = "open", _("待复核")
        UPHELD = "upheld", _("予以调整")
        REFUSED = "refused", _("维持原分")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    month = models.CharField(max_length=7)
    line = models.CharField(max_length=80)  # rule:matter:event
    reason = models.CharField(_("申诉理由"), max_length=500)
    by = _by()
    at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    decision = models.CharField(_("复核意见"), max_length=300, blank=True)
    decided_by = _by(null=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["line"], name="one_appeal_a_point")]


class ScoreSheet(models.Model):
    """A month's scores as they went into its bulletin: lines, matters by unit, the rules. Never changed."""

    month = models.CharField(_("月份"), max_length=7, unique=True)
    data = models.JSONField()
    frozen_by = _by()
    frozen_at = models.DateTimeField(_("固定时间"))

    class Meta:
        ordering = ["-month"]
