from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_todays_administrators")]
    operations = [
        migrations.AddField("user", "telephone", models.CharField(blank=True, max_length=24, verbose_name="办公电话", default=""), preserve_default=False),
        migrations.AddField("user", "large_text", models.BooleanField(default=False, verbose_name="大字版")),
    ]
