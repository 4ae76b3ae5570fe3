"""The journal: who did what, when; append-only and tamper-evident.

Each entry carries a keyed hash over itself and the entry before it. `rows` says which rows of which tables
the deed wrote: for each seal, its table, how many rows, and the seal's digest. The seals lie beside, one
for each table of an entry (`sealing.py`). The database refuses to change or delete either (`triggers.py`).
Written by `journal.actions.record` only.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Entry(models.Model):
    sequence = models.PositiveBigIntegerField(_("序号"), unique=True)
    at = models.DateTimeField(_("时间"), db_index=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    actor_name = models.CharField(_("操作人"), max_length=80)
    action = models.CharField(_("动作"), max_length=60, db_index=True)  # room.verb, e.g. intake.accept
    subject = models.CharField(_("对象"), max_length=120, db_index=True)  # model:pk
    summary = models.CharField(_("摘要"), max_length=400)
    detail = models.JSONField(default=dict)
    rows = models.JSONField(default=list)  # [[table, rows, digest], …] of its seals, in their order
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["-sequence"]

    def __str__(self) -> str:
        return f"{self.sequence} {self.action}"


class Seal(models.Model):
    """The rows of one table as an entry left them: keys in order, and a digest of each row.

    `digests` holds 16 bytes a row, zeros for a row that went; `hints` two bytes a column and row, by which
    `wenpan doctor` names the column that differs. `keys` and `hints` are compressed.
    """

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="seals")
    place = models.PositiveSmallIntegerField()  # in the entry's `rows`
    table = models.CharField(max_length=80)  # observations.Observation
    columns = models.JSONField()  # that the digests cover, in order
    written = models.JSONField(null=True)  # columns that the deed wrote; null: new, whole or deleted rows
    keys = models.BinaryField()
    digests = models.BinaryField()
    hints = models.BinaryField()

    class Meta:
        ordering = ["entry", "place"]
        constraints = [models.UniqueConstraint(fields=["entry", "place"], name="one_seal_in_a_place")]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.table}"
