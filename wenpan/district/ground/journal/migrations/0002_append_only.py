from django.db import migrations


class Migration(migrations.Migration):
    """Once made the triggers of the journal; they are now made after every migrate, see triggers.py."""

    dependencies = [("journal", "0001_initial")]
    operations = []
