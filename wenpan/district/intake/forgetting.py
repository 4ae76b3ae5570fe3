"""What was kept before its mark of secrecy was seen goes again: bytes, hash and name.

A scan is kept first and recognised afterwards, in the queue; the mark may stand on a page that the door did
not look at. The refusal itself is journalled by the door, without the name.
"""

from __future__ import annotations

from django.apps import apps
from django.db import transaction

from wenpan.district.accounts.models import User
from wenpan.district.ground import originals
from wenpan.district.ground.jobs.models import Job
from wenpan.district.ground.journal.actions import record
from wenpan.district.intake.models import FileScan

COLUMNS = {"sha256", "shown", "picture"}  # under which rows name a kept file, as `wenpan doctor` finds them
STAYS = ("by", "token")  # of a job's arguments: whose refusal it is
TOLD = "refusal"


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
