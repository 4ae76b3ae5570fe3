"""What the commands with a database share: start Django, and end with one clear line when it cannot be."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import NoReturn

import wenpan

CODE = Path(wenpan.__file__).resolve().parents[1]


def home() -> Path:
    """The folder of this place; not made here."""
    return Path(os.environ.get("WENPAN_HOME", CODE / "var")).resolve()


def stop(sentence: str) -> NoReturn:
    """End with one clear line and exit code 1."""
    print(f"× {sentence}", file=sys.stderr)
    raise SystemExit(1)


def start_django() -> None:
    """Bring the fixed SQLite, then Django; call it before importing anything of `wenpan.district`."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wenpan.district.settings")
    import wenpan.district  # noqa: F401  (brings the fixed SQLite before Django loads)

    try:
        import django

        django.setup()
    except ImportError as error:
        stop(f"the environment is incomplete ({error}); run script/setup.")
    except PermissionError as error:
        stop(f"WENPAN_HOME {home()} cannot be written: {error}")
