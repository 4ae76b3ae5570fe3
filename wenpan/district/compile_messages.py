"""Compiles the message catalogues (.po to .mo) with Babel: no msgfmt on the machine, no .mo in git.

    python -m wenpan.district.compile_messages

Does nothing where the .mo is newer. A fuzzy entry is left out, as gettext does.
"""

from __future__ import annotations

from pathlib import Path

LOCALE = Path(__file__).parent / "locale"


def compile_all(folder: Path = LOCALE) -> list[Path]:
    """The .mo files that were written."""
    return [written for source in sorted(folder.glob("*/LC_MESSAGES/*.po")) if (written := _compile(source))]


def _compile(source: Path) -> Path | None:
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    target = source.with_suffix(".mo")
    if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
        return None
    with source.open("rb") as file:
        catalogue = read_po(file, locale=source.parts[-3])
    temporary = target.with_suffix(".mo.new")
    with temporary.open("wb") as file:
        write_mo(file, catalogue)
    temporary.replace(target)
    return target


if __name__ == "__main__":
    for path in compile_all():
        print(path.relative_to(LOCALE))
