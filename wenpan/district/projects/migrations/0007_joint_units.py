"""The units that share a project beside the one that leads it."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("projects", "0006_pairs_apart")]
    operations = [
        migrations.AddField(
            model_name=name,
            name="jointly",
            field=models.CharField(blank=True, max_length=200, verbose_name="共同责任单位"),
        )
        for name in ("keyproject", "project")
    ]
