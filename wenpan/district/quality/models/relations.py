"""A relation that a form prints (表内关系), read into a proposal for a rule that a person decides on.

Until it is confirmed it checks nothing. What was proposed stays as it was read; a confirmed rule that is no
longer wanted is ended by a day, not deleted.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

_USER = settings.AUTH_USER_MODEL


class PrintedRelation(models.Model):
    class State(models.TextChoices):
        PROPOSED = "proposed", _("待确认")
        CONFIRMED = "confirmed", _("已确认")
        DECLINED = "declined", _("不采用")

    form = models.CharField(_("报表"), max_length=80)
    printed = models.CharField(_("印在表上的关系"), max_length=300)
    proposed = models.CharField(_("读成的规则"), max_length=2000, blank=True)  # "": not understood
    problem = models.CharField(max_length=200, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.PROPOSED)
    expression = models.CharField(_("规则"), max_length=2000, blank=True)  # as it was confirmed
    sentence = models.CharField(_("说明"), max_length=200, blank=True)
    severity = models.CharField(_("级别"), max_length=4, default="soft")
    passes = models.JSONField(_("应通过"), default=dict)
    fails = models.JSONField(_("应不通过"), default=dict)
    from_day = models.DateField(_("施行"), null=True)
    to_day = models.DateField(_("截止"), null=True)  # its last day; null: goes on
    by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    decided_by = models.ForeignKey(_USER, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["form", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["form", "printed"], name="a_relation_is_proposed_once"),
            models.CheckConstraint(
                name="a_confirmed_relation_is_whole",
                condition=~Q(state="confirmed")
                | (~Q(expression="") & ~Q(sentence="") & Q(from_day__isnull=False)),
            ),
        ]

    @property
    def code(self) -> str:
        return f"printed-{self.pk}"
