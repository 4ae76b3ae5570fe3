"""最近反馈 apart from 最近办理: a column of its own, filled from the log, which is not touched."""

from django.db import migrations, models
from django.db.models import Max
from django.utils import timezone


def fill(apps, schema_editor):
    Event, Matter = apps.get_model("supervision", "Event"), apps.get_model("supervision", "Matter")
    spoken = Event.objects.filter(kind__in=("feedback", "answered")).order_by()
    for matter, at in spoken.values("matter").annotate(last=Max("at")).values_list("matter", "last"):
        Matter.objects.filter(pk=matter).update(feedback_on=timezone.localdate(at))


class Migration(migrations.Migration):
    dependencies = [("supervision", "0006_one_source_a_file")]
    operations = [
        migrations.AlterField("matter", "news_on", models.DateField("最近办理", null=True)),
        migrations.AddField("matter", "feedback_on", models.DateField("最近反馈", null=True)),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
