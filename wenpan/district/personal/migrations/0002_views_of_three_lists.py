from django.db import migrations

OLD = (
    ("projects", "SavedView", "projects:pool"),
    ("attraction", "DealView", "attraction:deals"),
    ("supervision", "MatterView", "supervision:matters"),
)


def move(apps, _editor):
    """The views that three lists kept each for itself; their tables go after this."""
    kept = apps.get_model("personal", "ListView")
    for app, model, code in OLD:
        rows = apps.get_model(app, model).objects.order_by("pk").values_list("user_id", "name", "query")
        kept.objects.bulk_create(
            kept(user_id=user, code=code, name=name, query=query) for user, name, query in rows
        )


class Migration(migrations.Migration):
    dependencies = [
        ("personal", "0001_views_and_favourites"),
        ("projects", "0007_joint_units"),
        ("attraction", "0005_published_tables"),
        ("supervision", "0009_fill_notices_of_a_post"),
    ]

    operations = [migrations.RunPython(move, migrations.RunPython.noop)]
