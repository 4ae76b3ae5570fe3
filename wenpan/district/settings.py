"""Settings: few, from the environment, documented by `wenpan settings`.

What a place owns (database, originals, its rules, keys, backups) lives in one folder, WENPAN_HOME.
"""

from __future__ import annotations

import os
import secrets
import shlex
from pathlib import Path
from urllib.parse import unquote, urlparse

from csp.constants import NONE, SELF, UNSAFE_INLINE
from django.core.exceptions import ImproperlyConfigured

from wenpan.district.ground import ciphers, logging_setup
from wenpan.district.ground.networks import Network, networks
from wenpan.district.ground.private_files import keep_private
from wenpan.district.ground.sqlite import wal_is_safe

CODE = Path(__file__).resolve().parents[2]
keep_private()
WENPAN_HOME = Path(os.environ.get("WENPAN_HOME", CODE / "var")).resolve()


def _key(name: str) -> str:
    """A secret of this place, made at first use, readable by its owner only; never in the code."""
    if value := os.environ.get(name):
        return value
    path = WENPAN_HOME / "keys" / name.lower()
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.write_text(secrets.token_urlsafe(48))
        path.chmod(0o600)
    return path.read_text().strip()


SECRET_KEY = _key("WENPAN_SECRET_KEY")
JOURNAL_KEY = _key("WENPAN_JOURNAL_KEY")
DEBUG = os.environ.get("WENPAN_DEBUG") == "1"
ALLOWED_HOSTS = [
    h for h in os.environ.get("WENPAN_HOSTS", "127.0.0.1,localhost,[::1],testserver").split(",") if h
]
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("WENPAN_ORIGINS", "").split(",") if o]


def whole(name: str, default: int, *, least: int, most: int) -> int:
    """A number of the environment; ImproperlyConfigured says what it may be."""
    text = os.environ.get(name) or str(default)
    if not text.isascii() or not text.isdigit() or not least <= int(text) <= most:
        raise ImproperlyConfigured(f"{name} is {text!r}; it may be a whole number from {least} to {most}")
    return int(text)


def proxies() -> tuple[Network, ...]:
    try:
        return networks(os.environ.get("WENPAN_PROXIES", ""))
    except ValueError as error:
        raise ImproperlyConfigured(
            f"WENPAN_PROXIES: {error}; addresses or networks, comma separated"
        ) from error


INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "csp",
    "wenpan.district.ui",
    "wenpan.district.ground.idempotency",
    "wenpan.district.accounts",
    "wenpan.district.ground.journal",
    "wenpan.district.ground.jobs",
    "wenpan.district.outbox",
    "wenpan.district.intake",
    "wenpan.district.observations",
    "wenpan.district.collecting",
    "wenpan.district.projects",
    "wenpan.district.firms",
    "wenpan.district.attraction",
    "wenpan.district.quality",
    "wenpan.district.upward",
    "wenpan.district.entries",
    "wenpan.district.indicators",
    "wenpan.district.fiscal",
    "wenpan.district.supports",
    "wenpan.district.supervision",
    "wenpan.district.library",
    "wenpan.district.exchange",
    "wenpan.district.proofs",
    "wenpan.district.effects",
    "wenpan.district.campaigns",
    "wenpan.district.meetings",
    "wenpan.district.adjustments",
    "wenpan.district.bulletins",
    "wenpan.district.checkup",
    "wenpan.district.sharing",
    "wenpan.district.search",
    "wenpan.district.personal",
    "wenpan.district.wall",
    "wenpan.district.home",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "wenpan.district.ground.packed_pages.PackedPages",
    "wenpan.district.ground.no_store.NoStore",
    "wenpan.district.ground.logging_setup.RequestLog",
    "wenpan.district.home.conditions.ClockGuard",
    "wenpan.district.home.conditions.Sessions",
    "wenpan.district.ground.language.ChineseFirst",
    "django.middleware.common.CommonMiddleware",
    "wenpan.district.ui.english.pages.EnglishData",  # within: what it turns is measured after it
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "wenpan.district.accounts.sessions.SignedInForSoLong",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "wenpan.district.ground.clean_input.CleanInput",
    "wenpan.district.accounts.middleware.ChangeTemporaryPassword",
    "wenpan.district.accounts.second.step_up.SecondStep",
    "wenpan.district.ground.read_only.ReadOnlyGet",
    "wenpan.district.personal.seen.RecentlySeen",
    "wenpan.district.personal.default_view.DefaultView",
    "wenpan.district.ground.idempotency.middleware.OneFormOneDeed",
]

ROOT_URLCONF = "wenpan.district.urls"
WSGI_APPLICATION = "wenpan.district.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [CODE / "wenpan" / "district" / "templates"],
        "OPTIONS": {
            "builtins": ["wenpan.district.ground.idempotency.templatetags.sent_once"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
            ],
        },
    }
]


def _database() -> dict[str, object]:
    url = os.environ.get("DATABASE_URL", "")
    if url:
        parts = urlparse(url)
        return {
            "ENGINE": "wenpan.district.ground.databases.postgresql",
            "NAME": parts.path.lstrip("/"),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": str(parts.port or ""),
        }
    journal = "WAL" if wal_is_safe() else "DELETE"
    return {
        "ENGINE": "wenpan.district.ground.databases.sqlite3",
        "NAME": WENPAN_HOME / "wenpan.sqlite3",
        "CONN_MAX_AGE": 600,
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": (
                f"PRAGMA journal_mode={journal};PRAGMA synchronous=FULL;PRAGMA busy_timeout=20000;"
                "PRAGMA cache_size=-65536;PRAGMA temp_store=MEMORY;PRAGMA journal_size_limit=67108864;"
            ),
        },
    }


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

try:
    CIPHERS = ciphers.of(WENPAN_HOME).code  # chosen at `wenpan init`
except ciphers.CiphersError as error:
    raise ImproperlyConfigured(str(error)) from error
PASSWORD_HASHERS = (
    ["wenpan.district.accounts.passwords.SM3PasswordHasher"]
    if CIPHERS == ciphers.SM
    else ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
)
AUTH_USER_MODEL = "accounts.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "wenpan.district.accounts.passwords.AccessProfile"},  # rules/access.yaml
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "name")},
    },
]
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",  # local accounts, also when the directory is down
    "wenpan.district.accounts.outside.directory.Directory",  # LDAP; off until rules/outside.yaml says so
]
LOGIN_URL = "accounts:sign_in"
LOGIN_REDIRECT_URL = "home:entry"
LOGOUT_REDIRECT_URL = "accounts:sign_in"
REFUSALS_PER_ADDRESS = 20  # refused sign-ins journalled one by one in 15 minutes (failed_sign_ins.py)
REFUSALS_IN_ALL = 200  # and from all addresses together

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [CODE / "wenpan" / "district" / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = WENPAN_HOME / "static"
STATICFILES_DIRS = [CODE / "wenpan" / "district" / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # names with the hash of the content, gathered when a place comes to this version (commands/_assets.py)
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "style-src": [SELF],
        "style-src-attr": [UNSAFE_INLINE],  # ECharts places its tooltip by style attribute
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_AGE = 24 * 3600  # the longest that rules/access.yaml may say; accounts/sessions.py ends them
IDLE_MINUTES = whole("WENPAN_IDLE_MINUTES", 0, least=0, most=720)  # 0: as rules/access.yaml says
TRUSTED_PROXIES = proxies()
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = False
if os.environ.get("WENPAN_HTTPS") == "1":
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

ANTIVIRUS = shlex.split(os.environ.get("WENPAN_ANTIVIRUS", ""))  # a command; {} or the end: the file
UPLOAD_LIMIT_MB = int(os.environ.get("WENPAN_UPLOAD_MB", "50"))
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

DOOR_ORIGIN = os.environ.get(
    "WENPAN_DOOR_ORIGIN", ""
)  # where firms reach their own door (wenpan serve --door)

JOBS_INLINE = os.environ.get("WENPAN_JOBS") == "inline"  # tests and the demo's building: no worker needed

LOGGING = logging_setup.configuration(
    level=os.environ.get("WENPAN_LOG", "INFO"), form=os.environ.get("WENPAN_LOG_FORMAT", "line")
)
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
