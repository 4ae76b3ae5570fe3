"""What was said before belongs to the post that its reader holds now."""

from django.db import migrations


def fill(apps, schema_editor):
    Notice, User = apps.get_model("supervision", "Notice"), apps.get_model("accounts", "User")
    for user in User.objects.exclude(unit=None):
        Notice.objects.filter(user=user.pk).update(unit=user.unit_id, role=user.role)


class Migration(migrations.Migration):
    dependencies = [("supervision", "0008_notices_of_a_post")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
