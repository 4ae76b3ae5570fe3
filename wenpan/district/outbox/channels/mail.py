"""Mail by the place's own server (SMTP): one mail a digest, one connection a round.

The Message-ID is made of the digest's key: a mail that was sent again after a crash is the same mail to
every server and program that looks at it.
"""

from __future__ import annotations

import smtplib
import ssl
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from hashlib import sha256
from types import TracebackType

from wenpan.district.outbox.channels.digest import ChannelRefusedError, Digest

SECONDS = 20.0  # a server that says nothing for so long is not there


@dataclass(frozen=True)
class MailServer:
    """`security`: tls from the first byte, starttls, or none. `password`: None where it has not been laid."""

    host: str
    port: int
    security: str
    user: str
    password: str | None
    sender: str
    address: str  # of the program, for links


def as_mail(digest: Digest, to: str, server: MailServer, at: datetime) -> EmailMessage:
    """Header values are set through `email`, which refuses line breaks in them."""
    mail = EmailMessage()
    mail["Subject"] = f"稳盘提醒：{len(digest.lines)}条"
    mail["From"] = server.sender
    mail["To"] = to
    mail["Date"] = format_datetime(at)
    domain = server.sender.rpartition("@")[2] or "wenpan"
    mail["Message-ID"] = f"<{sha256(digest.key.encode()).hexdigest()[:32]}@{domain}>"
    mail["Auto-Submitted"] = "auto-generated"
    lines = [f"{digest.name}：", ""]
    for number, line in enumerate(digest.lines, 1):
        lines.append(f"{number}. {line.text}")
        if line.url:
            lines.append(f"   {server.address}{line.url}")
    lines += ["", f"全部待办：{server.address}/today/", "每人每半天至多一封；收哪些，请在“我的提醒”里选。"]
    mail.set_content("\n".join(lines))
    return mail


class MailDoor:
    """An open connection for one round; opened at the first mail, closed at any fault and opened anew."""

    def __init__(self, server: MailServer) -> None:
        self.server = server
        self.link: smtplib.SMTP | None = None

    def __enter__(self) -> MailDoor:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def send(self, digest: Digest, to: str, at: datetime) -> None:
        """ChannelRefusedError in words without the server's secrets."""
        try:
            if self.link is None:
                self.link = self._open()
            self.link.send_message(as_mail(digest, to, self.server, at))
        except smtplib.SMTPAuthenticationError as fault:
            self.close()
            raise ChannelRefusedError(f"邮件服务器不认账号或口令（{fault.smtp_code}）") from None
        except smtplib.SMTPRecipientsRefused as fault:
            self.close()
            code = next(iter(fault.recipients.values()))[0]
            raise ChannelRefusedError(f"邮件服务器不收这个地址（{code}）") from None
        except smtplib.SMTPResponseException as fault:
            self.close()
            raise ChannelRefusedError(f"邮件服务器拒绝（{fault.smtp_code}）") from None
        except (smtplib.SMTPException, ssl.SSLError, ValueError) as fault:
            self.close()
            raise ChannelRefusedError(f"邮件没有发成（{type(fault).__name__}）") from None
        except OSError as fault:
            self.close()
            raise ChannelRefusedError(
                f"连不上邮件服务器（{fault.strerror or type(fault).__name__}）"
            ) from None

    def _open(self) -> smtplib.SMTP:
        server = self.server
        if server.user and server.password is None:
            raise ChannelRefusedError("没有放置邮件口令")
        context = ssl.create_default_context()
        link: smtplib.SMTP
        if server.security == "tls":
            link = smtplib.SMTP_SSL(server.host, server.port, timeout=SECONDS, context=context)
        else:
            link = smtplib.SMTP(server.host, server.port, timeout=SECONDS)
        try:
            if server.security == "starttls":
                link.starttls(context=context)
            if server.user and server.password is not None:
                link.login(server.user, server.password)
        except BaseException:
            link.close()
            raise
        return link

    def close(self) -> None:
        link, self.link = self.link, None
        if link is not None:
            try:
                link.quit()
            except (smtplib.SMTPException, OSError):
                link.close()
