"""A notice is said to a post. What was said before belongs to the post that its reader holds now."""

import django.db.models.deletion
from django.db import migrations, models


def fill(apps, schema_editor):
    Notice, User = apps.get_model("supervision", "Notice"), apps.get_model("accounts", "User")
    for user in User.objects.exclude(unit=None):
        Notice.objects.filter(user=user.pk).update(unit=user.unit_id, role=user.role)


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
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
