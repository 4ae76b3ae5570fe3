"""More than a hundred hostile files through the door and the reader: each within its budget, explained in
Chinese, and of what carries a mark of secrecy nothing kept."""

from __future__ import annotations

import hashlib
import logging
import re
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bars._hostile_files import HostileFile, document, hostile_files
from bars.bar import Result, place
from wenpan.district.ground.file_cost import FileCost

SECONDS, MEGABYTES, LEAST = 12.0, 500.0, 100
SLACK = 0.35  # seconds: the kernel looks at the limit by whole seconds, and the answer is sent after the work


@dataclass
class Seen:
    name: str
    cpu: float
    memory: float
    words: str
    kept: bool


def bar(seed: int) -> Result:
    with place("hostile") as home:
        from wenpan.commands._start import start_django

        start_django()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        from wenpan.district.accounts.actions import create_user

        by = create_user(
            username="a", name="甲", role="analyst", unit=None, password="Stable-district-2022", by=None
        )
        files, costs = list(hostile_files(seed)), _listening()
        seen = [_one(file, by, home, costs) for file in files]
        wrong = [f"{s.name}: {why}" for s, f in zip(seen, files, strict=True) if (why := _wrong(s, f))]
        for line in wrong:
            print(line, file=sys.stderr)
        control = _control(costs)
    slow, fat = max(seen, key=lambda s: s.cpu), max(seen, key=lambda s: s.memory)
    number = (
        f"{len(seen) - len(wrong)}/{len(seen)} files; "
        f"at most {slow.cpu:.1f} s of CPU ({slow.name}), {fat.memory:.0f} MB ({fat.name})"
    )
    return Result(
        number,
        f"≥ {LEAST} files, {SECONDS:.0f} s, {MEGABYTES:.0f} MB, a Chinese sentence, nothing marked kept",
        len(seen) >= LEAST and not wrong,
        f"1.5 million paragraphs without measuring: {control.cpu:.1f} s, {control.memory:.0f} MB",
        control.cpu > SECONDS or control.memory > MEGABYTES,
    )


def _wrong(seen: Seen, file: HostileFile) -> str:
    if seen.cpu > SECONDS + SLACK:
        return f"{seen.cpu:.1f} s"
    if seen.memory > MEGABYTES:
        return f"{seen.memory:.0f} MB"
    if file.secret and (seen.kept or "保守国家秘密法" not in seen.words):
        return f"marked and taken in: {seen.words[:80]}"
    if seen.words and not re.search(r"[\u4e00-\u9fff].*请", seen.words, re.S):
        return f"no sentence: {seen.words[:80]}"
    return ""


def _one(file: HostileFile, by: Any, home: Path, costs: Costs) -> Seen:
    """Through the door, and if it is let in through the reader that its kind gets."""
    from django.db import transaction

    from wenpan.district.ground.refused import Refused
    from wenpan.district.intake import actions, door

    words = ""
    costs.taken()
    try:
        if file.paper:
            admitted = door.admit(filename=file.name, data=file.data, door="来源文件", by=by)
            with transaction.atomic():
                door.keep(admitted)
            words = _read(file)
        else:
            submission = actions.submit(data=file.data, filename=file.name, by=by)
            actions.check(submission=submission)
            words = "；".join(f"{f.found} {f.advice}" for f in submission.findings.filter(severity="hard"))
    except Refused as refusal:
        words = refusal.message
    cost = costs.taken()
    sha256 = hashlib.sha256(file.data).hexdigest()
    kept = (home / "originals" / sha256[:2] / sha256).exists()
    return Seen(file.name[:40], cost.seconds, cost.megabytes, words, kept)


def _read(file: HostileFile) -> str:
    from wenpan.district.ground import sandbox
    from wenpan.district.supervision.log import policy
    from wenpan.district.supervision.sources.reading_findings import unreadable
    from wenpan.documents.orders import take_in
    from wenpan.documents.orders.units.gazetteer import Gazetteer
    from wenpan.documents.spreadsheets.unreadable import Unreadable

    today = date(2022, 10, 14)
    try:
        sandbox.apply(
            take_in.take,
            file.data,
            file.name,
            None,
            today,
            policy.calendar(),
            Gazetteer({}, {}),
            measured=True,
        )
    except Unreadable as error:
        return "{found} {todo}".format(**unreadable(error, file.name))
    return ""


def _control(costs: Costs) -> Seen:
    """The same measure on a paper that is not counted before it is parsed, with the limits of before."""
    from wenpan.district.ground import sandbox
    from wenpan.documents.orders import text
    from wenpan.documents.spreadsheets.unreadable import Unreadable

    costs.taken()
    words = ""
    try:
        sandbox.apply(text.read, document(b"<w:p></w:p>" * 1_500_000), "x.docx", seconds=120, megabytes=2000)
    except Unreadable as error:
        words = error.message
    cost = costs.taken()
    return Seen("control", cost.seconds, cost.megabytes, words, False)


class Costs(logging.Handler):
    """What the readers told of each job (`ground.file_cost`): a file may take several."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.told: list[FileCost] = []

    def emit(self, record: logging.LogRecord) -> None:
        facts = record.facts  # type: ignore[attr-defined]
        self.told.append(FileCost(facts["seconds"], facts["megabytes"]))

    def taken(self) -> FileCost:
        """Of the jobs since it was asked last: the seconds of all, the megabytes of the largest."""
        told, self.told = self.told, []
        return FileCost(sum(c.seconds for c in told), max((c.megabytes for c in told), default=0.0))


def _listening() -> Costs:
    costs = Costs()
    log = logging.getLogger("wenpan.sandbox")
    log.handlers, log.propagate = [costs], False
    log.setLevel(logging.DEBUG)
    return costs
