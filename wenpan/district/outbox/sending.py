"""One envelope goes out by the door of its channel; the doors of one round stay open for it."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from types import TracebackType

from django.conf import settings
from django.utils import timezone

from wenpan.district.accounts.models import Unit
from wenpan.district.outbox import channels
from wenpan.district.outbox.channels.mail import MailServer
from wenpan.district.outbox.channels.robots import Robot, words
from wenpan.district.outbox.models import Envelope, Message
from wenpan.district.outbox.policy import FOLDER, MAIL, OutboxPolicy, RobotPart
from wenpan.district.outbox.secret_files import secret


class Doors:
    def __init__(self, policy: OutboxPolicy, at: datetime) -> None:
        self.policy, self.at = policy, at
        self._stack = ExitStack()
        self._mail: channels.MailDoor | None = None

    def __enter__(self) -> Doors:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def send(self, envelope: Envelope) -> None:
        """OSError in words where it did not go."""
        if robot := self.policy.robot(envelope.channel):
            self._by_robot(robot, envelope)
        elif envelope.channel == FOLDER:
            folder = Path(settings.WENPAN_HOME) / (self.policy.folder or "")
            channels.send_to_folder(digest_of(envelope), folder)
        elif envelope.channel == MAIL:
            choice = getattr(envelope.user, "reminder_choice", None)
            if choice is None or not choice.mailbox:
                raise channels.ChannelRefusedError("本人没有填工作邮箱")
            self._door().send(digest_of(envelope), choice.mailbox, timezone.localtime(self.at))
        else:
            raise channels.ChannelRefusedError("这个渠道没有开通")

    def _by_robot(self, part: RobotPart, envelope: Envelope) -> None:
        robot = Robot(part.code, part.form, secret(f"{part.code}-url"), secret(f"{part.code}-secret"))
        carried = Message.objects.filter(deliveries__envelope=envelope).values("user__unit")
        units = list(Unit.objects.filter(pk__in=carried).values_list("short_name", flat=True))
        channels.send_by_robot(robot, words(units, self.policy.address, envelope.key), self.at)

    def _door(self) -> channels.MailDoor:
        mail = self.policy.mail
        if mail is None:
            raise channels.ChannelRefusedError("邮件渠道没有开通")
        if self._mail is None:
            server = MailServer(
                mail.host, mail.port, mail.security, mail.user, secret("mail-password"),
                mail.sender, self.policy.address,
            )  # fmt: skip
            self._mail = self._stack.enter_context(channels.MailDoor(server))
        return self._mail


def digest_of(envelope: Envelope) -> channels.Digest:
    messages = Message.objects.filter(deliveries__envelope=envelope).order_by("not_before", "pk")
    person = envelope.user
    if person is None:
        raise channels.ChannelRefusedError("这份汇总没有收件人")
    return channels.Digest(
        key=envelope.key,
        username=person.username,
        name=person.name,
        unit=person.unit.short_name if person.unit else "",
        lines=tuple(
            channels.DigestLine(one.text, one.url, timezone.localtime(one.made_at).isoformat())
            for one in messages
        ),
    )
