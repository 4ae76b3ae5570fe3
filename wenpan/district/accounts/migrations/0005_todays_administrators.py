from django.db import migrations
from django.utils import timezone


def take_over(apps, _schema):
    """Administrators of today stay apart from data; passwords of today begin to age today."""
    user = apps.get_model("accounts", "User")
    user.objects.filter(role__in=("system_admin", "security_admin", "auditor")).update(was_administrator=True)
    user.objects.update(password_set_at=timezone.now())


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_separation_of_powers")]
    operations = [migrations.RunPython(take_over, migrations.RunPython.noop)]
