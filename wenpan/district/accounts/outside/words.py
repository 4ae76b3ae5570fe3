"""What is said to somebody who was recognised elsewhere and is not let in here (yet)."""

from __future__ import annotations

from django.utils.translation import gettext as _

WAITING = "outside_waiting"  # set on the request by the directory


def waiting_words() -> str:
    return _(
        "已经认出您，但这个工号还没有对应的账号：首次登录须系统管理员确认。请稍后再来，或联系系统管理员。"
    )
