"""Group robots by outgoing webhook, in the forms of DingTalk and WeCom.

A robot speaks to a group, so it says only that there is something to read, for which units, and where: no
figure, no firm, no title of a matter. Forms, signature, limits and codes are as the two makers document them
(addresses in docs/how-to/reminders.md): text of at most 2,048 bytes; 20 messages a minute and robot.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import urllib.error
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote_plus, urlsplit

from wenpan.district.outbox.channels.digest import ChannelRefusedError

SECONDS = 10.0
TEXT_BYTES = 2048  # WeCom's limit; DingTalk takes more
PER_MINUTE = 20  # both
MUTED = {130101: 10, 45009: 1}  # minutes that a robot that spoke too often must wait: DingTalk, WeCom
LOOPBACK = {"127.0.0.1", "localhost", "::1"}


@dataclass(frozen=True)
class Robot:
    """`url` holds the access token, `secret` signs (DingTalk): both are secrets of the place."""

    code: str
    form: str  # dingtalk | wecom
    url: str | None
    secret: str | None


def words(units: Sequence[str], address: str, key: str) -> str:
    """`key` gives the number by which a repeated message is known as the same one."""
    number = hashlib.sha256(key.encode()).hexdigest()[:6]
    for shown in range(len(units), -1, -1):
        named = "、".join(units[:shown])
        who = f"{named}等单位" if 0 < shown < len(units) else (named or "各单位")
        text = f"【稳盘】{who}有新的提醒，请登录查看（编号{number}）：\n{address}/today/"
        if len(text.encode()) <= TEXT_BYTES:
            break
    return text


def signed(url: str, secret: str, milliseconds: int) -> str:
    """DingTalk 加签: HmacSHA256 over `timestamp\\nsecret` with the secret, base64, then url-encoded."""
    message = f"{milliseconds}\n{secret}".encode()
    sign = base64.b64encode(hmac.new(secret.encode(), message, hashlib.sha256).digest())
    return f"{url}&timestamp={milliseconds}&sign={quote_plus(sign)}"


def send_by_robot(robot: Robot, text: str, at: datetime) -> None:
    """ChannelRefusedError with the maker's code; its own words are not kept, they may repeat the address."""
    if not robot.url:
        raise ChannelRefusedError("没有放置机器人地址")
    parts = urlsplit(robot.url)
    if parts.scheme != "https" and parts.hostname not in LOOPBACK:
        raise ChannelRefusedError("机器人地址须以 https:// 开头")
    url = robot.url
    if robot.form == "dingtalk":
        if not robot.secret:
            raise ChannelRefusedError("没有放置机器人加签密钥")
        url = signed(url, robot.secret, int(at.timestamp() * 1000))
    body = json.dumps({"msgtype": "text", "text": {"content": text}}, ensure_ascii=False).encode()
    request = urllib.request.Request(url, data=body, headers={"Content-Type": "application/json"})  # noqa: S310
    try:
        with _straight().open(request, timeout=SECONDS) as answer:
            said = json.loads(answer.read(65536))
            code = int(said["errcode"])
    except urllib.error.HTTPError as fault:
        raise ChannelRefusedError(f"机器人服务答复 {fault.code}") from None
    except (OSError, ValueError, KeyError, TypeError) as fault:
        reason = getattr(fault, "reason", None) or fault
        raise ChannelRefusedError(
            f"连不上机器人服务（{getattr(reason, 'strerror', None) or type(reason).__name__}）"
        ) from None
    if code:
        raise ChannelRefusedError(f"机器人服务拒绝（errcode {code}）", wait=MUTED.get(code, 0))


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """An address with a token is followed nowhere else."""

    def redirect_request(self, *_args: object, **_more: object) -> None:
        return None


def _straight() -> urllib.request.OpenerDirector:
    return urllib.request.build_opener(_NoRedirect)
