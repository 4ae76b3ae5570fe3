"""What was found in a paper, or is asked for by a light; a person decides."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wenpan.district.accounts.models import Unit
from wenpan.district.supervision.models.matters import Matter
from wenpan.district.supervision.models.papers import Source
from wenpan.district.supervision.models.people import person


class Proposal(models.Model):
    """A matter that was found in a source, or that a light asks for; a person decides."""

    class State(models.TextChoices):
        OPEN = "open", _("待确认")
        CONFIRMED = "confirmed", _("已确认")
        MERGED = "merged", _("已并入")
        SPLIT = "split", _("已拆分")
        DROPPED = "dropped", _("不立事项")

    source = models.ForeignKey(Source, null=True, on_delete=models.PROTECT, related_name="proposals")
    cause = models.CharField(max_length=80, blank=True)
    # rules | model | person | light | campaign
    origin = models.CharField(_("提出"), max_length=8, default="rules")
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
    decided_by = person(null=True)
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
