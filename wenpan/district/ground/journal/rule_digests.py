"""The place's own rule files, covered by the journal: a rule that was changed behind the program is named.

An entry `rules.in_force` holds the digest of each file in WENPAN_HOME/rules, as it was when the place was
first served, when the program itself wrote one, after a restore, and when somebody who changed one by hand
said so (`wenpan journal rules --reason`). Our own files come with the program and its version.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from wenpan.district.ground import ciphers
from wenpan.district.ground.journal.actions import record
from wenpan.district.ground.journal.models import Entry

ACTION = "rules.in_force"
TODO = (
    "if that was meant, say so with `wenpan journal rules --reason …`; if not, bring it back from a backup."
)


def now() -> dict[str, str]:
    """Name below WENPAN_HOME/rules → digest of the file."""
    folder = Path(settings.WENPAN_HOME) / "rules"
    files = sorted(path for path in folder.rglob("*.yaml") if path.is_file())
    digest = ciphers.here().digest
    return {path.relative_to(folder).as_posix(): digest(path.read_bytes()) for path in files}


def journalled() -> Entry | None:
    """The newest entry that says which files are in force."""
    return Entry.objects.filter(action=ACTION).order_by("-sequence").first()


@transaction.atomic
def note(*, why: str, by: Any = None) -> Entry | None:
    """From now on the files as they are count; None where the journal says the same already."""
    last, files = journalled(), now()
    known = last.detail["files"] if last else {}
    changed = sorted(name for name in {*known, *files} if known.get(name) != files.get(name))
    if last is not None and not changed:
        return None
    return record(
        by=by,
        action=ACTION,
        subject="rules",
        summary=f"{why}：本地规则文件{len(files)}个，有变化的{len(changed)}个",
        detail={"files": files, "changed": changed, "why": why},
    )


def begin() -> None:
    """In a place whose journal does not say it yet."""
    if journalled() is None:
        note(why="首次记录")


def troubles() -> Iterator[str]:
    """Each file that is not the one that the journal says, by name."""
    last = journalled()
    if last is None:
        return
    known, files = last.detail["files"], now()
    for name in sorted({*known, *files}):
        if known.get(name) == files.get(name):
            continue
        happened = "is missing" if name not in files else "is new" if name not in known else "was changed"
        yield f"the rule file rules/{name} {happened} since entry {last.sequence} of the journal: {TODO}"
