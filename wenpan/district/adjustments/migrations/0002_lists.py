from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("adjustments", "0001_initial")]
    operations = [
        migrations.AddField("adjustment", "changes", models.JSONField(blank=True, default=list)),
    ]
