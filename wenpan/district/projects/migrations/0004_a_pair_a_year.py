import django.db.models.deletion
from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def fill(apps, _editor):
    """A pair belongs to the year of its key project."""
    link, key = apps.get_model("projects", "Link"), apps.get_model("projects", "KeyProject")
    year = key.objects.filter(pk=OuterRef("key_project_id")).values("year")[:1]
    link.objects.update(year=Subquery(year))


class Migration(migrations.Migration):
    dependencies = [("projects", "0003_photos_of_both_and_successions")]

    operations = [
        migrations.AddField("link", "year", models.PositiveSmallIntegerField(default=0), preserve_default=False),
        migrations.AlterField(
            "link",
            "project",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="links", to="projects.project"
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddConstraint(
            "link", models.UniqueConstraint(fields=["project", "year"], name="one_pair_a_year")
        ),
    ]
