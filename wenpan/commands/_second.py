"""A second proof before a restore over a standing place, where the place asked for it."""

from __future__ import annotations

import argparse
import getpass
from pathlib import Path

from wenpan.commands._start import start_django, stop


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--by", default="", help="who restores: the user name of a system administrator")
    parser.add_argument("--code", default="", help="their one-time or recovery code; asked for when left out")


def prove_restore(place: Path, by: str, code: str) -> None:
    """Ends with a sentence unless a system administrator of the standing place proves to be there. Nothing is
    asked where `rules/access.yaml` does not name `restore` under `second.step_up`."""
    from wenpan.rules.access import access

    if "restore" not in access(place).second.step_up:
        return
    start_django()
    from django.core.exceptions import ValidationError
    from django.db import transaction

    from wenpan.district.accounts.models import User
    from wenpan.district.accounts.permissions import can
    from wenpan.district.accounts.second import actions
    from wenpan.district.ground.journal.actions import record

    user = User.objects.filter(username=by).first()
    if user is None or not can(user, "account.manage"):
        stop("本区要求恢复备份前二次验证：请用 --by 给出一名系统管理员的用户名；现在什么都没有改。")
    code = code or getpass.getpass("动态口令或恢复码: ")
    try:
        with transaction.atomic():
            actions.prove_by_code(user=user, code=code)
            record(
                by=user, action="accounts.restore_proved", subject="place", summary="恢复备份前二次验证通过"
            )
    except ValidationError as error:
        stop(f"{' '.join(error.messages)} 现在什么都没有改。")
