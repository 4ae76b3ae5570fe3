"""What is served on a unit, who is told, and who is in charge of it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wenpan.district.accounts.models import Unit
from wenpan.district.supervision.models.matters import Matter
from wenpan.district.supervision.models.people import USER, person


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
    issued_by = person(null=True)  # None: by the rule, on its day
    issued_at = models.DateTimeField(_("发出时间"))
    sha256 = models.CharField(max_length=64, blank=True)  # of the .docx
    acknowledged_by = person(null=True)
    acknowledged_at = models.DateTimeField(_("签收时间"), null=True)
    answer = models.TextField(_("回复"), blank=True)
    answered_by = person(null=True)
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
    """A word to one person in the program itself: once a key, not before `not_before` (quiet hours).

    It is said to a post: `unit` and `role` are those the person held then; who holds the post now reads it.
    """

    key = models.CharField(max_length=120, unique=True)
    user = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="notices")
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=30, blank=True)
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
    """Which district leader is in charge of a unit (分管领导): the third step of escalation."""

    unit = models.OneToOneField(Unit, on_delete=models.PROTECT, related_name="charge")
    leader = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="charges")
