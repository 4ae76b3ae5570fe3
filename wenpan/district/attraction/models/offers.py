"""What the place has to offer, who points to it, and the papers of a reserve project's pitch.

Kinds, states and units of measure are dated data (`rules/deals/offers.yaml`); so is what a pitch needs
(`rules/deals/pitch.yaml`).
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wenpan.district.accounts.models import Unit
from wenpan.district.attraction.models.deals import Deal
from wenpan.district.intake.models import FileRevision
from wenpan.district.projects.models import KeyProject

_USER = settings.AUTH_USER_MODEL


class Offer(models.Model):
    """A plot, a plant, floor space, energy, a gap in a chain, talent. `amount` in the unit of its kind."""

    code = models.CharField(_("编号"), max_length=40, unique=True)
    kind = models.CharField(_("类别"), max_length=16, db_index=True)
    name = models.CharField(_("名称"), max_length=120)
    pinyin = models.CharField(max_length=400, editable=False, db_index=True)
    place = models.CharField(_("位置"), max_length=120, blank=True)
    unit = models.ForeignKey(
        Unit, verbose_name=_("责任单位"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    amount = models.DecimalField(_("数量"), max_digits=14, decimal_places=2, null=True)
    chain = models.CharField(_("产业链"), max_length=40, blank=True)
    state = models.CharField(_("状态"), max_length=12)
    state_on = models.DateField(_("状态日期"), null=True)
    contact = models.CharField(_("联系人"), max_length=40, blank=True)
    phone = models.CharField(_("联系电话"), max_length=40, blank=True)
    note = models.CharField(_("说明"), max_length=400, blank=True)
    version = models.PositiveIntegerField(default=1)
    retracted = models.BooleanField(default=False)

    class Meta:
        ordering = ["kind", "pinyin", "pk"]
        constraints = [
            models.CheckConstraint(
                name="an_offer_is_no_debt", condition=Q(amount__isnull=True) | Q(amount__gte=0)
            ),
        ]

    def __str__(self) -> str:
        return self.name


class OfferRevision(FileRevision):
    """What a file changed of an offer. The ground of undoing the file."""

    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="revisions")


class OfferUse(models.Model):
    """A deal or a reserve project that points to an offer: it wants it, or has it."""

    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="uses")
    deal = models.ForeignKey(Deal, null=True, on_delete=models.PROTECT, related_name="offers")
    key_project = models.ForeignKey(KeyProject, null=True, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(_("说明"), max_length=200, blank=True)
    by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="one_subject_points_to_an_offer",
                condition=Q(deal__isnull=False, key_project__isnull=True)
                | Q(deal__isnull=True, key_project__isnull=False),
            ),
            models.UniqueConstraint(fields=["offer", "deal"], name="a_deal_points_to_an_offer_once"),
            models.UniqueConstraint(
                fields=["offer", "key_project"], name="a_project_points_to_an_offer_once"
            ),
        ]


class PitchPaper(models.Model):
    """One thing that the pitch of a reserve project needs, seen on a day. What was wrong is withdrawn."""

    key_project = models.ForeignKey(KeyProject, on_delete=models.PROTECT, related_name="+")
    item = models.CharField(max_length=24)
    seen_on = models.DateField(_("日期"))
    document = models.CharField(_("文号或说明"), max_length=200)
    by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["seen_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["key_project", "item"],
                condition=Q(withdrawn_at__isnull=True),
                name="a_pitch_has_each_thing_once",
            ),
        ]
