"""The two models of the weekly check take the names of the field; the journal keeps their old labels
(`SEALED_AS` in ground/journal/cover.py)."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('supervision', '0011_matters_by_closing'),
    ]

    operations = [
        migrations.RenameModel(old_name='Cycle', new_name='WeeklyInspection'),
        migrations.RenameModel(old_name='Look', new_name='InspectionItem'),
    ]
