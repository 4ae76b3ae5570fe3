"""What happened to a project and who did it: states, lists that changed it, papers, problems, photos.

States change by events only (`StateChange`).
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wenpan.district.accounts.models import Unit
from wenpan.district.intake.models import Submission
from wenpan.district.projects.models.lists import KeyProject, Project
from wenpan.district.projects.models.sites import Visit

_USER = settings.AUTH_USER_MODEL


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


class EntryDocument(models.Model):
    """A document of the entry checklist that was seen (rules/projects/entry_documents.yaml)."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="documents")
    kind = models.CharField(max_length=20)
    note = models.CharField(_("文号或说明"), max_length=200, blank=True)
    seen_on = models.DateField(_("核验日期"))
    by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "kind"], name="a_document_is_seen_once")]


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


class ProblemReport(models.Model):
    """What the owner of a problem says was done so far; who closes the problem is another. Append-only."""

    problem = models.ForeignKey(Problem, on_delete=models.PROTECT, related_name="reports")
    text = models.CharField(_("办理进展"), max_length=300)
    on = models.DateField(_("日期"))
    by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-on", "-pk"]


class Photo(models.Model):
    """A photo of the site. `sha256` is the original, `shown` the small picture without metadata."""

    project = models.ForeignKey(Project, null=True, on_delete=models.PROTECT, related_name="photos")
    key_project = models.ForeignKey(KeyProject, null=True, on_delete=models.PROTECT, related_name="photos")
    sha256 = models.CharField(max_length=64)
    shown = models.CharField(max_length=64)
    taken_on = models.DateField(_("拍摄日期"))
    place = models.CharField(_("拍摄地点"), max_length=120)
    verifier = models.CharField(_("核验人"), max_length=40)
    by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-taken_on", "-pk"]
        constraints = [
            _one_subject("one_subject_of_a_photo"),
            models.UniqueConstraint(fields=["project", "sha256"], name="a_photo_once_a_project"),
            models.UniqueConstraint(fields=["key_project", "sha256"], name="a_photo_once_a_key_project"),
        ]


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
