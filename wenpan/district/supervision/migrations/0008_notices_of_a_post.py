"""A notice is said to a post: a unit and a role."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("supervision", "0007_last_feedback")]
    operations = [
        migrations.AddField(
            "notice",
            "unit",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.unit"
            ),
        ),
        migrations.AddField("notice", "role", models.CharField(blank=True, default="", max_length=30), False),
    ]
