"""The door for gunicorn."""

import os

import wenpan.district  # noqa: F401  (brings the fixed SQLite before Django loads)

os.environ["DJANGO_SETTINGS_MODULE"] = "wenpan.district.door.settings"

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
