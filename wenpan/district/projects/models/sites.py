"""深入现场: who goes to which site, how often, and what every visit found.

What is due follows from plan and visits (`economy/time/visits.py`) and is not kept.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wenpan.district.projects.models.lists import KeyProject, Project

_USER = settings.AUTH_USER_MODEL


class SiteAssignment(models.Model):
    """A person goes to a site every so many months, from a day on."""

    project = models.ForeignKey(Project, null=True, on_delete=models.PROTECT, related_name="site_plans")
    key_project = models.ForeignKey(
        KeyProject, null=True, on_delete=models.PROTECT, related_name="site_plans"
    )
    person = models.ForeignKey(
        _USER, verbose_name=_("到场人"), on_delete=models.PROTECT, related_name="sites_in_care"
    )
    every = models.PositiveSmallIntegerField(_("每几个月到现场一次"))
    starts_on = models.DateField(_("开始"))
    ends_on = models.DateField(_("结束"), null=True)  # the last day; None: goes on
    by = models.ForeignKey(_USER, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="one_subject_of_a_site_plan",
                condition=Q(project__isnull=True) ^ Q(key_project__isnull=True),
            ),
            models.UniqueConstraint(
                fields=["project", "person"],
                condition=Q(ends_on__isnull=True),
                name="one_plan_a_project_and_person",
            ),
            models.UniqueConstraint(
                fields=["key_project", "person"],
                condition=Q(ends_on__isnull=True),
                name="one_plan_a_key_project_and_person",
            ),
            models.CheckConstraint(
                name="a_site_is_visited_every_1_to_12_months", condition=Q(every__gte=1, every__lte=12)
            ),
            models.CheckConstraint(
                name="a_site_plan_ends_after_it_starts",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
            ),
        ]

    @property
    def subject(self) -> Project | KeyProject:
        found = self.project or self.key_project
        assert found is not None  # the database holds it
        return found


class Visit(models.Model):
    """A visit to the site; problems are raised or closed by it. Append-only.

    `leader`: who was there, as written down; `person`: the same where it is somebody of the program."""

    class Result(models.TextChoices):
        MET = "met", _("到现场")
        PHONE = "phone", _("仅电话或视频")
        GONE = "gone", _("现场已停工或撤场")

    project = models.ForeignKey(Project, null=True, on_delete=models.PROTECT, related_name="visits")
    key_project = models.ForeignKey(KeyProject, null=True, on_delete=models.PROTECT, related_name="visits")
    leader = models.CharField(_("到场领导"), max_length=40)
    person = models.ForeignKey(
        _USER, verbose_name=_("到场人"), null=True, on_delete=models.PROTECT, related_name="site_visits"
    )
    on = models.DateField(_("日期"))
    result = models.CharField(_("结果"), max_length=8, choices=Result, default=Result.MET)
    notes = models.CharField(_("记录"), max_length=500)
    promised = models.CharField(_("当场答应"), max_length=300, blank=True)
    by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="one_subject_of_a_visit",
                condition=Q(project__isnull=True) ^ Q(key_project__isnull=True),
            )
        ]
