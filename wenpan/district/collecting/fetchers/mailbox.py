"""A mailbox (IMAP): attachments of mails from senders that the place has named. The mailbox is opened to be
read only: nothing is marked, moved or deleted."""

from __future__ import annotations

import imaplib
import ssl
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr
from fnmatch import fnmatch
from functools import partial

from wenpan.district.collecting.fetchers.offered import Fetched, OfferedFile, SourceFailedError
from wenpan.district.collecting.source_secrets import password_of
from wenpan.rules.sources import FileSource

SECONDS = 30.0


def fetched(source: FileSource, mark: dict[str, str], _now: float) -> Iterator[Fetched]:
    """One mail after the other, in the order of their numbers; the mark goes on with each."""
    password = password_of(source.code)
    if password is None:
        raise SourceFailedError("没有放置口令")
    try:
        with _open(source) as box:
            box.login(source.user, password)
            yield from _mails(box, source, mark)
    except imaplib.IMAP4.error:
        raise SourceFailedError("邮箱不认账号口令，或不答应打开") from None
    except OSError as fault:
        raise SourceFailedError(f"邮箱连不上（{fault.strerror or type(fault).__name__}）") from None


def _open(source: FileSource) -> imaplib.IMAP4:
    context = ssl.create_default_context()
    if source.security == "tls":
        return imaplib.IMAP4_SSL(source.host, source.port, ssl_context=context, timeout=SECONDS)
    box = imaplib.IMAP4(source.host, source.port, timeout=SECONDS)
    if source.security == "starttls":
        box.starttls(context)
    return box


def _mails(box: imaplib.IMAP4, source: FileSource, mark: dict[str, str]) -> Iterator[Fetched]:
    status, _count = box.select(f'"{source.folder}"', readonly=True)
    if status != "OK":
        raise SourceFailedError("邮箱里没有这个文件夹")
    validity = str((box.response("UIDVALIDITY")[1] or [b""])[0] or b"", "ascii")
    last = int(mark.get("uid", 0)) if mark.get("validity") == validity else 0
    _status, found = box.uid("SEARCH", f"UID {last + 1}:*")
    numbers = sorted(int(one) for one in (found[0] or b"").split())
    for number in numbers:
        if number <= last:  # "*" names the newest mail even where none is newer
            continue
        _status, parts = box.uid("FETCH", str(number), "(BODY.PEEK[])")
        raw = next((part[1] for part in parts if isinstance(part, tuple)), b"")
        mail = message_from_bytes(raw, policy=policy.default)
        offers = tuple(_offers(mail, source, f"{validity}:{number}"))
        yield Fetched(offers, {"validity": validity, "uid": str(number)})


def _offers(mail: EmailMessage, source: FileSource, key: str) -> Iterator[OfferedFile]:
    sender = parseaddr(str(mail.get("From", "")))[1].lower()
    if sender not in {one.lower() for one in source.senders}:
        return
    for part_number, part in enumerate(mail.iter_attachments()):
        name = part.get_filename() or ""
        data = part.get_payload(decode=True)
        if isinstance(data, bytes) and fnmatch(name, source.pattern):
            yield OfferedFile(f"{key}:{part_number}", name, len(data), partial(bytes, data))
