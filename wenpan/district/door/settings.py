"""Settings of the door: the program's own, with its own addresses, middleware, templates and cookies."""

from __future__ import annotations

from wenpan.district.settings import *  # noqa: F403
from wenpan.district.settings import CODE, CONTENT_SECURITY_POLICY, LOGGING
from wenpan.rules.requests import door_limits

ROOT_URLCONF = "wenpan.district.door.urls"
WSGI_APPLICATION = "wenpan.district.door.wsgi.application"
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "wenpan.district.ground.no_store.NoStore",
    "wenpan.district.door.guard.DoorGuard",  # no log of addresses: one of them is a key
    "wenpan.district.ground.language.ChineseFirst",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wenpan.district.ground.clean_input.CleanInput",
    "wenpan.district.ground.read_only.ReadOnlyGet",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [CODE / "wenpan" / "district" / "templates"],
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        **{k: v for k, v in CONTENT_SECURITY_POLICY["DIRECTIVES"].items() if k != "style-src-attr"},
        "script-src": ["'none'"],
    }
}
SECURE_REFERRER_POLICY = "same-origin"  # "no-referrer" would send forms with Origin: null
CSRF_FAILURE_VIEW = "wenpan.district.door.entry.gone"
CSRF_COOKIE_NAME = "door_csrf"  # the same host may serve the office on another port, and ports share cookies
CSRF_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_NAME = "door_language"
_LIMITS = door_limits()
DATA_UPLOAD_MAX_NUMBER_FIELDS = 30
DATA_UPLOAD_MAX_NUMBER_FILES = max(1, _LIMITS.files_at_once)
# Django tells of every 404 with its address, and a link that has ended is an address: told are errors only.
LOGGING = {**LOGGING, "loggers": {**LOGGING.get("loggers", {}), "django.request": {"level": "ERROR"}}}
