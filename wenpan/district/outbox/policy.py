"""The dated rules of the outbox, from `rules/outbox.yaml`; a place's own file wins."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated, Any

from wenpan import rules
from wenpan.rules.loading import RuleError
from wenpan.rules.schema import FLAG, TEXT, WORDS, Fits, form, is_whole, one_of, read, whole, whole_form

NAME = "outbox"
FOLDER, MAIL = "folder", "mail"


def _is_inside(name: Any) -> bool:
    return isinstance(name, str) and bool(name) and name[0] != "/" and ".." not in name.split("/")


def _matches(pattern: str) -> Any:
    return lambda said: isinstance(said, str) and bool(re.fullmatch(pattern, said))


_INSIDE = Fits(_is_inside, "数据文件夹里的一个子文件夹名")
_MINUTES = Fits(
    lambda said: isinstance(said, list) and bool(said) and all(is_whole(one, 1, 10_000) for one in said),
    "分钟数的列表，如 [5, 30, 120]",
)
_ADDRESS = Fits(_matches(r"(https?://[^\s/]+)?"), "网址，如 https://wenpan.example（末尾不带斜线）")
_MAILBOX = Fits(_matches(r"([^@\s<>]+@[^@\s<>]+)?"), "邮箱地址")
_CODE = Fits(
    lambda said: _matches(r"[a-z0-9-]{1,20}")(said) and said not in (FOLDER, MAIL),
    "1 到 20 个小写字母、数字或短横，且不是 folder、mail",
)
_STRING = Fits(lambda said: isinstance(said, str), "一段文字")


@form
@dataclass(frozen=True)
class _FolderPart:
    enabled: Annotated[bool, FLAG]
    folder: Annotated[str, _INSIDE]


@whole_form
@dataclass(frozen=True)
class MailPart:
    """`domains`: mailboxes elsewhere are not written to."""

    enabled: Annotated[bool, FLAG]
    host: Annotated[str, _STRING] = ""
    port: Annotated[int, whole(1, 65535)] = 465
    security: Annotated[str, one_of("tls", "starttls", "none")] = "tls"
    user: Annotated[str, _STRING] = ""
    sender: Annotated[str, _MAILBOX] = ""
    domains: Annotated[tuple[str, ...], WORDS] = ()


@whole_form
@dataclass(frozen=True)
class RobotPart:
    """`units`: codes; none of them means all."""

    code: Annotated[str, _CODE]
    name: Annotated[str, TEXT]
    form: Annotated[str, one_of("dingtalk", "wecom")]
    enabled: Annotated[bool, FLAG]
    units: Annotated[tuple[str, ...], WORDS] = ()


@whole_form
@dataclass(frozen=True)
class _Channels:
    folder: _FolderPart | None = None
    mail: MailPart | None = None
    robots: tuple[RobotPart, ...] = ()


@form
@dataclass(frozen=True)
class _OutboxFile:
    noon: Annotated[int, whole(1, 23)]
    oldest_days: Annotated[int, whole(1, 365)]
    retry_minutes: Annotated[tuple[int, ...], _MINUTES]
    lease_minutes: Annotated[int, whole(1, 1440)]
    channels: _Channels
    address: Annotated[str, _ADDRESS] = ""


@dataclass(frozen=True)
class OutboxPolicy:
    """Minutes, hours and days as in the file. `folder`, `mail`: None while that channel is off; `robots`:
    those that are on; `named`: every channel of the file, on or off, by code."""

    noon: int
    oldest_days: int
    retry_minutes: tuple[int, ...]
    lease_minutes: int
    address: str
    folder: str | None
    mail: MailPart | None
    robots: tuple[RobotPart, ...]
    named: dict[str, str]
    version: str

    @property
    def channels(self) -> tuple[str, ...]:
        on = ((FOLDER, self.folder), (MAIL, self.mail))
        return tuple(code for code, part in on if part) + tuple(robot.code for robot in self.robots)

    def robot(self, code: str) -> RobotPart | None:
        return next((robot for robot in self.robots if robot.code == code), None)


def outbox_policy() -> OutboxPolicy:
    """RuleError with file, key, found and expected where the file cannot be used."""
    data, provenance = rules.load_yaml(NAME)
    said = read(_OutboxFile, data, provenance.file)
    folder, mail, robots = said.channels.folder, said.channels.mail, said.channels.robots
    on = tuple(robot for robot in robots if robot.enabled)
    _check(said, on, provenance.file)
    return OutboxPolicy(
        noon=said.noon,
        oldest_days=said.oldest_days,
        retry_minutes=said.retry_minutes,
        lease_minutes=said.lease_minutes,
        address=said.address,
        folder=folder.folder if folder and folder.enabled else None,
        mail=mail if mail and mail.enabled else None,
        robots=on,
        named={FOLDER: "中转文件夹", MAIL: "邮件"} | {robot.code: robot.name for robot in robots},
        version=provenance.version,
    )


def _check(said: _OutboxFile, on: tuple[RobotPart, ...], file: str) -> None:
    """What a channel that is switched on needs besides."""
    mail = said.channels.mail
    codes = [robot.code for robot in said.channels.robots]
    if len(set(codes)) < len(codes):
        raise RuleError(file, "channels.robots", "、".join(codes), "各不相同的代码")
    if not said.address and (on or (mail and mail.enabled)):
        raise RuleError(file, "address", said.address, "本系统的网址（开通邮件或群机器人时必填）")
    if mail and mail.enabled:
        for key in ("host", "sender", "domains"):
            if not getattr(mail, key):
                raise RuleError(file, f"channels.mail.{key}", getattr(mail, key), "开通邮件时必填")
