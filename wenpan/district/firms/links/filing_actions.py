"""What a firm itself does by its link: it files, adds to and rates its own request. Nobody else's.

The journal says by which link. Sent again within a few minutes, the same words are the same deed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.firms.links.queries import link_holds, own_requests, rated_already
from wenpan.district.firms.models import FirmLink, RequestEntry, RequestFile, ServiceRequest
from wenpan.district.firms.requests.actions import register_request
from wenpan.district.firms.requests.append import append, request_address
from wenpan.district.firms.requests.event_log import state_of
from wenpan.district.ground.journal.actions import hold, record
from wenpan.district.ground.refused import Refused
from wenpan.district.intake import door
from wenpan.documents.screening.heads import is_pdf
from wenpan.economy.requests.events import RequestEventKind
from wenpan.economy.requests.lifecycle import Phase
from wenpan.rules.requests import DoorLimits, door_limits

SAME_WITHIN = timedelta(minutes=10)
RATINGS = ("satisfied", "basically", "dissatisfied")
_BEGINS = {"jpg": b"\xff\xd8\xff", "jpeg": b"\xff\xd8\xff", "png": b"\x89PNG", "docx": b"PK\x03\x04",
           "xlsx": b"PK\x03\x04"}  # fmt: skip


@dataclass(frozen=True)
class SentFile:
    name: str
    data: bytes


def file_request(
    *, link: FirmLink, title: str, text: str, category: str, files: Sequence[SentFile] = (),
    at: datetime | None = None,
) -> ServiceRequest:  # fmt: skip
    """Refused "bad_value", "too_many" (of this link today), or as the door of files refuses."""
    at = at or timezone.now()
    admitted = _admitted(files, door_limits(), 0)
    with transaction.atomic():
        hold()
        _must_hold(link, at)
        again = own_requests(link).filter(title=title.strip()[:200], received_at__gt=at - SAME_WITHIN)
        if (first := again.first()) is not None:
            return first
        since = at - timedelta(days=1)
        filed = RequestEntry.objects.filter(kind="received", data__link=link.pk, at__gt=since).count()
        _must_be_fewer(filed, door_limits().requests_a_day)
        if len(text) > 2000:
            raise Refused("bad_value", _("内容不超过2000字。"))
        made = register_request(
            firm=link.firm, title=title, text=text, channel="online", category=category, by=None, at=at,
            link=link.pk,
        )  # fmt: skip
        entry = made.entries.get(kind="received")
        _keep(admitted, made, entry, link, at)
        _told(made, link, f"企业经自助链接提出诉求 {made.number}", at, len(admitted))
    return made


def add_message(
    *, link: FirmLink, request: ServiceRequest, text: str, files: Sequence[SentFile] = (),
    at: datetime | None = None,
) -> RequestEntry:  # fmt: skip
    """Evidence at any time, also after the closing: it changes no state. Refused as `file_request`."""
    at = at or timezone.now()
    if not text.strip() and not files:
        raise Refused("bad_value", _("请写明补充的内容。"))
    if len(text) > 2000:
        raise Refused("bad_value", _("内容不超过2000字。"))
    admitted = _admitted(files, door_limits(), request.files.count())
    with transaction.atomic():
        hold()
        _must_be_own(link, request, at)
        mine = RequestEntry.objects.filter(kind="messaged", data__link=link.pk)
        if (
            same := mine.filter(request=request, text=text.strip(), at__gt=at - SAME_WITHIN).first()
        ) and not files:
            return same
        _must_be_fewer(mine.filter(at__gt=at - timedelta(days=1)).count(), door_limits().messages_a_day)
        request.refresh_from_db()
        entry = append(
            request=request, kind=RequestEventKind.MESSAGED, by=None, text=text.strip() or _("（附件）"),
            data={"link": link.pk, "by_firm": True}, at=at,
        )  # fmt: skip
        _keep(admitted, request, entry, link, at)
        _told(request, link, f"企业经自助链接补充诉求 {request.number}", at, len(admitted))
    return entry


def rate_request(
    *, link: FirmLink, request: ServiceRequest, result: str, solved: bool | None, text: str = "",
    at: datetime | None = None,
) -> RequestEntry:  # fmt: skip
    """The firm's own word, once an attempt: before the closing it is the call-back (displeased: once more in
    hand), after it evidence. Refused "state" where there is nothing to rate yet, or it is rated already."""
    at = at or timezone.now()
    if result not in RATINGS:
        raise Refused("bad_value", _("请选定是否满意。"))
    with transaction.atomic():
        hold()
        _must_be_own(link, request, at)
        request.refresh_from_db()
        state = state_of(request)
        if state.phase not in (Phase.CHECKED, Phase.CLOSED):
            raise Refused("state", _("办结核验之后才能评价。"))
        if rated_already(request):
            raise Refused("state", _("这次办理您已经评价过。"))
        data: dict[str, Any] = {"result": result, "link": link.pk, "by_firm": True}
        if solved is not None:
            data["solved"] = solved
        entry = append(
            request=request, kind=RequestEventKind.CALLED_BACK, by=None, text=text.strip()[:2000], data=data,
            at=at,
        )  # fmt: skip
        _told(request, link, f"企业经自助链接评价诉求 {request.number}", at, 0)
    return entry


def _must_hold(link: FirmLink, at: datetime) -> None:
    if not link_holds(FirmLink.objects.get(pk=link.pk), at):
        raise Refused("state", _("链接已失效。"))


def _must_be_own(link: FirmLink, request: ServiceRequest, at: datetime) -> None:
    _must_hold(link, at)
    if not own_requests(link).filter(pk=request.pk).exists():
        raise Refused("state", _("没有这件诉求。"))


def _must_be_fewer(count: int, most: int) -> None:
    if count >= most:
        raise Refused("too_many", _("今天通过这条链接提交的次数已到上限，请明天再来或直接联系服务中心。"))


def _admitted(files: Sequence[SentFile], limits: DoorLimits, held: int) -> list[door.Admitted]:
    if len(files) > limits.files_at_once or held + len(files) > limits.files_a_request:
        raise Refused(
            "bad_value",
            _("一次最多传%(n)d个文件，一件诉求最多%(all)d个。")
            % {"n": limits.files_at_once, "all": limits.files_a_request},
        )
    for sent in files:
        _must_be_allowed(sent, limits)
    return [door.admit(filename=sent.name, data=sent.data, door="企业自助", by=None) for sent in files]


def _must_be_allowed(sent: SentFile, limits: DoorLimits) -> None:
    if len(sent.data) > limits.file_mb * 1024**2:
        raise Refused("bad_value", _("文件不能超过%(n)dMB。") % {"n": limits.file_mb})
    kind = sent.name.rpartition(".")[2].lower()
    looks = is_pdf(sent.data) if kind == "pdf" else sent.data.startswith(_BEGINS.get(kind, b"\0never"))
    if kind not in limits.file_types or not looks:
        allowed = "、".join(limits.file_types)
        raise Refused("bad_value", _("只收%(types)s文件。") % {"types": allowed})


def _keep(
    files: Sequence[door.Admitted], request: ServiceRequest, entry: RequestEntry, link: FirmLink, at: datetime
) -> None:
    for admitted in files:
        RequestFile.objects.create(
            request=request, entry=entry, filename=admitted.filename[:200], sha256=door.keep(admitted, at=at),
            size=len(admitted.data), link=link, at=at,
        )  # fmt: skip


def _told(request: ServiceRequest, link: FirmLink, words: str, at: datetime, files: int) -> None:
    record(
        by=None, action="request.by_firm", subject=request_address(request), at=at, summary=words,
        detail={"link": link.pk, "given_to": link.given_to, "files": files},
    )  # fmt: skip
