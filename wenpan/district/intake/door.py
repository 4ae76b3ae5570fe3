"""The one door for files from outside: workbooks, papers, attachments, photos come in here or not at all.

    admitted = door.admit(filename=name, data=data, door="附件", by=user)  # or Refused, nothing kept
    with transaction.atomic():
        sha256 = door.keep(admitted)

`admit` cleans the name, refuses what carries a mark of secrecy (保守国家秘密法: not in a system that is not
made for it), asks the virus scanner if the place has one, and notes macros and links. Call it before the
transaction of the act: the refusal is journalled by itself. Of a marked file nothing is kept, neither its
name nor a hash, which would prove who had what. A scan is kept first and recognised afterwards, in the queue:
where a mark is seen only then, `forget` takes away what was kept.
"""

from __future__ import annotations

import logging
import subprocess
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import NoReturn

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wenpan.district.accounts.models import User
from wenpan.district.ground import originals, sandbox
from wenpan.district.ground.jobs.models import Job
from wenpan.district.ground.journal.actions import NotInTransactionError, record
from wenpan.district.ground.refused import Refused
from wenpan.district.intake.models import FileScan
from wenpan.documents.screening.active_content import Note, active_content
from wenpan.documents.screening.file_names import MOST_CHARACTERS, clean_name, too_long
from wenpan.documents.screening.heads import is_pdf, pdf_level, secrecy_level
from wenpan.documents.screening.secrecy_marks import level_in_lines
from wenpan.documents.spreadsheets.unreadable import Unreadable
from wenpan.economy.quality.finding import CheckFinding, Severity
from wenpan.rules.files import file_rules

log = logging.getLogger("wenpan.files")
SCANNER_SECONDS = 60
CLEAN, INFECTED = 0, 1  # exit codes of clamscan, clamdscan and their like
COLUMNS = {"sha256", "shown", "picture"}  # under which rows name a kept file, as `wenpan doctor` finds them
TOLD = "refusal"  # of a job whose file went: what its sender is told
STAYS = ("by", "token")  # of such a job's arguments: whose refusal it is

NOTES = {
    "macros": gettext_lazy("含有宏"),
    "external_links": gettext_lazy("含有外部链接"),
    "dde": gettext_lazy("含有动态数据交换（DDE）"),
    "embedded": gettext_lazy("含有嵌入的对象"),
    "pdf_actions": gettext_lazy("PDF 含有脚本或附件"),
}


@dataclass(frozen=True)
class Admitted:
    """A file that may be kept. `scanned` is False where no scanner is set."""

    filename: str
    data: bytes
    notes: tuple[Note, ...]
    scanned: bool


def admit(
    *,
    filename: str,
    data: bytes,
    door: str,
    by: User | None,
    otherwise: str = "未命名",
    at: datetime | None = None,
) -> Admitted:
    """Refused "bad_value" (the name), "secret", "virus" or "scanner"; then nothing was kept of it.

    `door` is where it came in, in Chinese, for the journal; `otherwise` names a file without a name.
    """
    name = clean_name(filename, otherwise=otherwise)
    if level := _level(data, name):
        _refuse_level(level, door, by, at)
    if too_long(name):
        raise Refused(
            "bad_value",
            _("文件名有 %(length)d 个字，最多 %(most)d 个字。请改短文件名后再传。")
            % {"length": len(name), "most": MOST_CHARACTERS},
        )
    return Admitted(name, data, active_content(data), _scanned(name, data, door, by, at))


def refuse_marked(*, lines: Iterable[str], door: str, by: User | None, at: datetime | None = None) -> None:
    """What is pasted, or stands within another form of file, by its lines. Refused "secret"."""
    if level := level_in_lines(lines):
        _refuse_level(level, door, by, at)


def screen(door: str, by: User | None) -> Callable[[Iterable[str]], None]:
    """`refuse_marked` for a reader that recognises the lines of a scan."""
    return lambda lines: refuse_marked(lines=lines, door=door, by=by)


def _refuse_level(level: str, door: str, by: User | None, at: datetime | None) -> NoReturn:
    summary = f"{door}拒收一份标有“{level}”的文件，未保存"
    _note_refusal(by, at, summary, {"reason": "secret", "level": level, "door": door})
    raise Refused(
        "secret",
        _(
            "文件标有“%(level)s”，没有接收，也没有保存。按《中华人民共和国保守国家秘密法》，不得使用非涉密信息系统"
            "存储、处理国家秘密，本系统是非涉密系统。请按保密规定处置这份文件。"
        )
        % {"level": level},
    )


def keep(admitted: Admitted, *, at: datetime | None = None) -> str:
    """Stores the bytes and what was seen of them; the SHA-256 under which they are kept.

    Call it in the transaction of the act: what was seen of a file that no act took in is not kept.
    """
    if not connection.in_atomic_block:
        raise NotInTransactionError(f"“{admitted.filename}” kept outside the transaction of its act")
    sha256 = originals.put(admitted.data)
    FileScan.objects.update_or_create(
        sha256=sha256,
        defaults={
            "notes": [[note.code, note.detail] for note in admitted.notes],
            "scanned_at": (at or timezone.now()) if admitted.scanned else None,
        },
    )
    return sha256


def is_heavy(sha256: str) -> bool:
    """Whether reading a kept file belongs in the slow queue (rules/files.yaml)."""
    try:
        return file_rules().heavy(originals.get(sha256))
    except (OSError, originals.DamagedError):
        return True


def findings(sha256: str, filename: str) -> list[CheckFinding]:
    """Macros and links as findings that stop nobody."""
    scan = FileScan.objects.filter(sha256=sha256).first()
    return [
        CheckFinding(
            f"file.{code}",
            Severity.NOTE,
            f"{NOTES[code]}：{detail}" if detail else str(NOTES[code]),
            _("只有数据和文字的文件"),
            _("系统不运行、不读取它们。请核实来源；不需要时另存为不带宏和链接的文件。"),
            subject=filename[:120],
        )
        for code, detail in (scan.notes if scan else ())
        if code in NOTES
    ]


def words(sha256: str) -> list[str]:
    """For a page: 未扫描 or 已扫描, and what the file holds besides text."""
    scan = FileScan.objects.filter(sha256=sha256).first()
    seen = _("已扫描病毒") if scan and scan.scanned_at else _("未扫描病毒")
    return [seen, *(str(NOTES[code]) for code, _detail in (scan.notes if scan else ()) if code in NOTES)]


def _level(data: bytes, name: str) -> str:
    level = secrecy_level(data, name)
    if not level and is_pdf(data):
        try:
            level = sandbox.apply(pdf_level, data)
        except Unreadable:  # what cannot be opened shows no mark; its reader says so
            return ""
    return level


def _scanned(name: str, data: bytes, door: str, by: User | None, at: datetime | None) -> bool:
    """Whether a scanner found the file clean; False where the place has none."""
    if not settings.ANTIVIRUS:
        return False
    code, said = _ask_scanner(settings.ANTIVIRUS, data)
    if code == INFECTED:
        _note_refusal(
            by,
            at,
            f"{door}拒收《{name}》：病毒扫描报警，未保存",
            {"reason": "virus", "door": door, "said": said},
        )
        raise Refused("virus", _("病毒扫描报警，文件没有接收，也没有保存。请在发送的电脑上查杀病毒后再传。"))
    if code != CLEAN:
        log.error("the virus scanner failed with code %s: %s", code, said)
        raise Refused("scanner", _("病毒扫描程序没有正常回答，文件没有接收。请稍后再传，或告知系统管理员。"))
    return True


def _ask_scanner(command: Iterable[str], data: bytes) -> tuple[int, str]:
    """Its exit code and last line; -1 when it did not answer. `{}` in the command stands for the file."""
    with tempfile.TemporaryDirectory(prefix="scan-", dir=settings.WENPAN_HOME) as folder:
        path = Path(folder) / "file"
        path.write_bytes(data)
        words = [word.replace("{}", str(path)) for word in command]
        if words == list(command):
            words.append(str(path))
        try:
            done = subprocess.run(words, capture_output=True, text=True, timeout=SCANNER_SECONDS, check=False,
                                  errors="replace")  # fmt: skip
        except (OSError, subprocess.TimeoutExpired) as error:
            return -1, type(error).__name__
    lines = (done.stdout + done.stderr).strip().splitlines()
    return done.returncode, (lines[-1] if lines else "").replace(str(path), "")[:200]


@transaction.atomic
def _note_refusal(by: User | None, at: datetime | None, summary: str, detail: dict[str, str]) -> None:
    record(by=by, action="file.refused", subject="file:refused", at=at, summary=summary, detail=detail)


class ForgottenError(Exception):
    """The file of this job went. `.told` is what its sender is told."""

    def __init__(self, told: dict[str, str]) -> None:
        super().__init__(told.get("code", ""))
        self.told = told


@transaction.atomic
def forget(*, sha256: str, told: dict[str, str], by: User) -> bool:
    """Removes the file, and its hash and name from every job that was started for it: such a job answers
    `told` if it runs (again). Returns whether the bytes went; where a row of a room names the same file they
    stay, and the journal says so, because that record would lose its ground."""
    for job in Job.objects.filter(args__sha256=sha256):
        kept = {name: job.args[name] for name in STAYS if name in job.args}
        Job.objects.filter(pk=job.pk).update(args=kept | {TOLD: told})
    named = _named(sha256)
    said = f"刚拒收的文件另有 {named} 处登记在用，原件没有删除，请保密管理人员处置"
    if not named:
        FileScan.objects.filter(sha256=sha256).delete()
        said = "刚拒收的文件先前为识别暂存，已从库中删除"
    record(
        by=by,
        action="file.refused",
        subject="file:refused",
        summary=said,
        detail={"reason": "secret", "named": named},
    )
    if not named:
        originals.remove(sha256)
    return not named


def bytes_of(*, sha256: str, job: str) -> bytes:
    """The kept file, for the job of this key. Raises `ForgottenError` where it went while the job began:
    two people may send the same scan at once."""
    try:
        return originals.get(sha256)
    except FileNotFoundError:
        args = Job.objects.filter(key=job).values_list("args", flat=True).first() or {}
        if TOLD in args:
            raise ForgottenError(args[TOLD]) from None
        raise


def _named(sha256: str) -> int:
    """How many rows name it."""
    count = 0
    for model in apps.get_models():
        if model is FileScan or not model.__module__.startswith("wenpan."):
            continue
        for column in COLUMNS & {field.name for field in model._meta.concrete_fields}:
            count += model._base_manager.filter(**{column: sha256}).count()
    return count
