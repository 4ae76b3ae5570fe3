"""Every write about other offices and letters; each is journalled in the same transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import Unit, User
from wenpan.district.accounts.permissions import require
from wenpan.district.exchange import contents, keys, letters, queries
from wenpan.district.exchange.letters import LetterBody, LetterError
from wenpan.district.exchange.models import Letter, NeighbourOffice
from wenpan.district.ground.journal.actions import record
from wenpan.district.observations.models import Region
from wenpan.economy.time.periods import parse_month

Way = Letter.Way


@transaction.atomic
def trust(
    *, card: str, fingerprint: str, standing: str, by: User, at: datetime | None = None
) -> NeighbourOffice:
    """A place whose printed fingerprint was compared with the key of its card. ValidationError."""
    require(by, "role.grant")
    try:
        name, key = keys.read_card(card)
    except ValueError as error:
        raise ValidationError(_("这不是一张完整的名片文件。")) from error
    found = keys.fingerprint(key)
    if keys.bare(fingerprint) != found:
        raise ValidationError(_("指纹与名片不符：文件可能被换过。请向对方再核对一次，不要采用。"))
    if key == keys.public(keys.own_key(Path(settings.WENPAN_HOME))):
        raise ValidationError(_("这是本单位自己的名片。"))
    if standing not in NeighbourOffice.Standing.values:
        raise ValidationError(_("请选择关系。"))
    if NeighbourOffice.objects.filter(fingerprint=found).exists():
        raise ValidationError(_("这个密钥已经登记过（停用的不能再启用，请对方换新密钥）。"))
    office = NeighbourOffice.objects.create(
        name=name,
        key=key,
        fingerprint=found,
        standing=standing,
        trusted_by=by,
        trusted_at=at or timezone.now(),
    )
    record(by=by, action="exchange.trust", subject=f"office:{office.pk}", at=at,
           summary=_("确认往来单位 %(name)s") % {"name": name},
           detail={"fingerprint": found, "attention": True})  # fmt: skip
    return office


@transaction.atomic
def revoke(*, office: NeighbourOffice, reason: str, by: User, at: datetime | None = None) -> None:
    """From now on no letter of this key is taken; what came before stays."""
    require(by, "role.grant")
    if not reason.strip():
        raise ValidationError(_("请写明停用的理由。"))
    rows = NeighbourOffice.objects.filter(pk=office.pk, revoked_at=None)
    if rows.update(revoked_at=at or timezone.now(), revoked_by=by, reason=reason.strip()[:200]) != 1:
        raise ValidationError(_("这个密钥已经停用。"))
    record(by=by, action="exchange.revoke", subject=f"office:{office.pk}", at=at,
           summary=_("停用往来单位 %(name)s 的密钥：%(reason)s")
           % {"name": office.name, "reason": reason.strip()},
           detail={"fingerprint": office.fingerprint, "attention": True})  # fmt: skip


@transaction.atomic
def write(
    *, office: NeighbourOffice, title: str, by: User, as_of: str = "", unit: Unit | None = None,
    answers: Letter | None = None, replies: Sequence[dict[str, str]] = (), at: datetime | None = None,
) -> Letter:  # fmt: skip
    """A letter to this place, signed: with `as_of` the home's figures, targets and lights; with `unit` the
    open matters of that unit; with `answers` and `replies` what was done about theirs."""
    require(by, "letter.write")
    if office.revoked_at:
        raise ValidationError(_("这个单位的密钥已经停用，不能再发。"))
    if not title.strip() or not (as_of or unit or answers):
        raise ValidationError(_("请写标题，并选择要带的内容。"))
    parts: dict[str, Any] = {}
    if as_of:
        parts |= _figures(as_of)
    if unit is not None:
        parts["matters"] = contents.open_matters(unit.code)
    if answers is not None:
        if answers.way != Way.CAME or answers.office_id != office.pk:
            raise ValidationError(_("只能答复这个单位发来的文件。"))
        parts |= {"answers": answers.digest, "replies": [*replies]}
        if answers.judged and not as_of:
            parts["lights"] = [
                {"indicator": row["indicator"], "light": row["light"], "rules": answers.rules}
                for row in answers.judged
            ]
    place, now = Path(settings.WENPAN_HOME), at or timezone.now()
    key = keys.own_key(place)
    last = Letter.objects.filter(office=office, way=Way.SENT).aggregate(last=Max("number"))["last"] or 0
    body = LetterBody(
        sender=keys.fingerprint(keys.public(key)), receiver=office.fingerprint, number=last + 1,
        made=now.isoformat(timespec="seconds"), title=title.strip()[:120], **parts,
    )  # fmt: skip
    text = letters.text_of(body)
    letter = _keep(office, Way.SENT, body, text, keys.sign(key, text), by, now, answers=answers)
    record(by=by, action="exchange.write", subject=f"letter:{letter.pk}", at=at,
           summary=_("向%(office)s发第%(number)s号文件：%(title)s")
           % {"office": office.name, "number": letter.number, "title": letter.title},
           detail={"digest": letter.digest})  # fmt: skip
    return letter


@transaction.atomic
def take(*, content: bytes, by: User, at: datetime | None = None) -> Letter:
    """A file that came: for us, of an office whose key holds, unchanged, and not taken before. Figures are
    judged by our own rules. LetterError and ValidationError say what is wrong; then nothing is kept."""
    require(by, "letter.write")
    text, signature, body = letters.opened(content)
    office = NeighbourOffice.objects.filter(fingerprint=body.sender).first()
    if office is None:
        raise LetterError(_("发件单位的密钥没有登记，请先交换名片、核对指纹。"))
    if office.revoked_at:
        raise LetterError(_("%(name)s 的这个密钥已经停用，文件不收。") % {"name": office.name})
    if not keys.signed_by(office.key, text, signature):
        raise LetterError(_("签名不符：文件被改过，或不是 %(name)s 发出的。") % {"name": office.name})
    own = keys.fingerprint(keys.public(keys.own_key(Path(settings.WENPAN_HOME))))
    if body.receiver != own:
        raise LetterError(_("这份文件不是发给本单位的。"))
    digest = letters.digest(text)
    if Letter.objects.filter(digest=digest).exists():
        raise LetterError(_("这份文件已经收过。"))
    answered = Letter.objects.filter(digest=body.answers, way=Way.SENT, office=office).first()
    if body.answers and answered is None:
        raise LetterError(_("它答复的文件不是本单位发出的。"))
    rows, rules = _judged(body)
    try:
        with transaction.atomic():
            letter = _keep(
                office, Way.CAME, body, text, signature, by, at or timezone.now(), answers=answered,
                judged=rows, rules=rules,
            )  # fmt: skip
    except IntegrityError as error:
        raise LetterError(_("同一号数的另一份文件已经收过，请向对方核实。")) from error
    missing = queries.missing_numbers(office, letter.number)
    record(by=by, action="exchange.take", subject=f"letter:{letter.pk}", at=at,
           summary=_("收%(office)s第%(number)s号文件：%(title)s")
           % {"office": office.name, "number": letter.number, "title": letter.title},
           detail={"digest": digest} | ({"missing": missing} if missing else {}))  # fmt: skip
    return letter


def _figures(as_of: str) -> dict[str, Any]:
    try:
        month = parse_month(as_of)
    except ValueError as error:
        raise ValidationError(_("月份写作 2022-09。")) from error
    home = Region.objects.filter(home=True).first()
    if home is None:
        raise ValidationError(_("还没有本区。"))
    return {
        "as_of": as_of, "observations": contents.observations(home, as_of),
        "targets": contents.targets(home, month.year), "lights": contents.lights(home, as_of),
    }  # fmt: skip


def _judged(body: LetterBody) -> tuple[list[dict[str, Any]], str]:
    if not body.observations or body.targets.count("\n") < 2:
        return [], ""
    try:
        return contents.judged_by_our_rules(body.observations, body.targets, body.as_of)
    except ValueError as error:
        raise LetterError(_("文件里的数据读不了：%(why)s") % {"why": error}) from error


def _keep(
    office: NeighbourOffice, way: Way, body: LetterBody, text: str, signature: str, by: User, at: datetime,
    *, answers: Letter | None, judged: list[dict[str, Any]] | None = None, rules: str = "",
) -> Letter:  # fmt: skip
    return Letter.objects.create(
        way=way, office=office, number=body.number, title=body.title[:120], digest=letters.digest(text),
        text=text, signature=signature, answers=answers, judged=judged or [], rules=rules, by=by, at=at,
    )  # fmt: skip
