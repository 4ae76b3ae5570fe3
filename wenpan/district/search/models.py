"""What the index knows: one row a part of a text. A derived copy, made anew by `wenpan reindex`.

The characters themselves stand beside it, in a table that is the database's own full-text index
(`tokens.py`): its rows bear this row's key.
"""

from __future__ import annotations

from django.db import models


class IndexedText(models.Model):
    kind = models.CharField(max_length=16)
    object_id = models.BigIntegerField()
    part = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "object_id", "part"], name="a_part_is_indexed_once")
        ]
