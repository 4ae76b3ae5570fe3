"""A photo of the site is recorded with its day, its place and who verified it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import User
from wenpan.district.accounts.permissions import require
from wenpan.district.ground import originals
from wenpan.district.ground.journal.actions import record
from wenpan.district.ground.refused import Refused
from wenpan.district.intake import door
from wenpan.district.projects.base.scope import require_sight
from wenpan.district.projects.base.subjects import Subject, address, subject_field
from wenpan.district.projects.models import Photo
from wenpan.district.projects.site import photos


def add_photo(
    *,
    subject: Subject,
    data: bytes,
    taken_on: date,
    place: str,
    verifier: str,
    by: User,
    filename: str = "",
    at: datetime | None = None,
) -> Photo:
    """Of a project of either list that the person may see. Refused "bad_value" for what is no photo or
    lacks a word, "clash" for a photo that is there already, and as `door.admit` does. The file's name is
    looked at and not kept."""
    require(by, "photo.add")
    require_sight(by, subject)
    at = at or timezone.now()
    if not place.strip() or not verifier.strip():
        raise Refused("bad_value", _("请写明拍摄地点和核验人。"))
    if taken_on > timezone.localdate(at):
        raise Refused("bad_value", _("拍摄日期晚于今天。"))
    picture = photos.web_photo(data)
    admitted = door.admit(filename=filename, data=data, door="现场照片", by=by, otherwise="照片", at=at)
    kept = {
        "shown": originals.put(picture),
        "taken_on": taken_on,
        "place": place.strip()[:120],
        "verifier": verifier.strip()[:40],
    }
    return _stored(subject, admitted, kept, by=by, at=at)


@transaction.atomic
def _stored(subject: Subject, file: door.Admitted, kept: dict[str, Any], *, by: User, at: datetime) -> Photo:
    sha256 = door.keep(file, at=at)
    photo, created = Photo.objects.get_or_create(
        **{subject_field(subject): subject}, sha256=sha256, defaults={**kept, "by": by, "at": at}
    )
    if not created:
        raise Refused("clash", _("这张照片已经登记在这个项目下。"))
    record(
        by=by,
        action="projects.photo",
        subject=address(subject),
        at=at,
        summary=f"{subject.name}：现场照片，{photo.taken_on}，{photo.place}，{photo.verifier}核验",
        detail={"sha256": photo.sha256, "on": str(photo.taken_on), "place": photo.place},
    )
    return photo
