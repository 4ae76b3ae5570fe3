"""What the commands with a database share: start Django, and end with one clear line when it cannot be."""

from __future__ import annotations

import json
import os
import sys
from datetime import date, datetime
from pathlib import Path
from typing import NoReturn
from zoneinfo import ZoneInfo

import wenpan

CODE = Path(wenpan.__file__).resolve().parents[1]


def home() -> Path:
    """The folder of this place; not made here."""
    return Path(os.environ.get("WENPAN_HOME", CODE / "var")).resolve()


def stop(sentence: str) -> NoReturn:
    """End with one clear line and exit code 1."""
    print(f"× {sentence}", file=sys.stderr)
    raise SystemExit(1)


DJANGO_SETTINGS = "wenpan.district.settings"
DEMO, SHIFT = "demo.json", "WENPAN_DAY_SHIFT"


def set_day(place: Path) -> None:
    """For a demonstration the program's clock stands in its own year (district/shifted.py)."""
    mark = place / DEMO
    if SHIFT in os.environ or not mark.exists():
        return
    if told := json.loads(mark.read_text(encoding="utf-8")).get("day"):
        today = datetime.now(ZoneInfo("Asia/Shanghai")).date()
        os.environ[SHIFT] = str((date.fromisoformat(told) - today).days)


def start_django() -> None:
    """Bring the fixed SQLite, then Django; call it before importing anything of `wenpan.district`."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wenpan.district.settings")
    set_day(home())
    import wenpan.district  # noqa: F401  (brings the fixed SQLite before Django loads)

    try:
        import django
        from django.core.exceptions import ImproperlyConfigured

        django.setup()
    except ImportError as error:
        stop(f"the environment is incomplete ({error}); run script/setup.")
    except ImproperlyConfigured as error:
        stop(str(error))
    except PermissionError as error:
        stop(f"WENPAN_HOME {home()} cannot be written: {error}")
