"""For gunicorn."""

import os

import wenpan.district  # noqa: F401  (brings the fixed SQLite before Django loads)

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wenpan.district.settings")

from django.core.wsgi import get_wsgi_application

from wenpan.district.ground.collector import collect_less

application = get_wsgi_application()
collect_less()
