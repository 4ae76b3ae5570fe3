"""The static files of the place: copied under names that carry the hash of their content, with a manifest of
them (whitenoise's storage), so that a browser keeps each for good and sees an upgrade at once."""

from __future__ import annotations

import hashlib
from pathlib import Path

STATIC = Path(__file__).resolve().parents[1] / "district" / "static"
CARRIERS = ("django", "django-htmx", "whitenoise")  # packages that bring static files or name them


def gather() -> None:
    """Into STATIC_ROOT; what an older version left there goes. Django is started."""
    from django.core.management import call_command

    call_command("collectstatic", verbosity=0, interactive=False, clear=True)


def gathered(place: Path) -> bool:
    """Without the manifest no page can name its style sheets: a folder that was thrown away is made anew."""
    return (place / "static" / "staticfiles.json").exists()


def form() -> str:
    """A hash of what would be gathered; asked at every start, without Django."""
    from importlib.metadata import version

    total = hashlib.sha256(" ".join(version(name) for name in CARRIERS).encode())
    for path in sorted(path for path in STATIC.rglob("*") if path.is_file()):
        total.update(str(path.relative_to(STATIC)).encode())
        total.update(path.read_bytes())
    return total.hexdigest()
