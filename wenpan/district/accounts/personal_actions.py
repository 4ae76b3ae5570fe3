"""What a person says of themself: telephone of the office, size of the letters. The system administrator may
set another's telephone; nobody sets another's letters."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import User
from wenpan.district.accounts.permissions import require
from wenpan.district.ground.journal.actions import record

NUMBER = re.compile(r"\+?\d[\d \-]{1,21}\d(?:转\d{1,6})?")


@transaction.atomic
def set_text_size(*, large: bool, by: User) -> None:
    if by.large_text == large:
        return
    by.large_text = large
    by.save(update_fields=["large_text"])
    words = _("改用大字版") if large else _("改用标准字号")
    record(by=by, action="accounts.text_size", subject=f"user:{by.pk}", summary=words)


@transaction.atomic
def set_telephone(*, user: User, telephone: str, by: User) -> None:
    """ValidationError unless it is a number as offices write it, or empty."""
    if user != by:
        require(by, "account.manage")
    number = " ".join(telephone.split())
    if number and not NUMBER.fullmatch(number):
        raise ValidationError(
            _("电话只写数字、空格和短横线，例如 0571-88001234 转 8012 写作 0571-88001234转8012。")
        )
    if user.telephone == number:
        return
    was, user.telephone = user.telephone, number
    user.save(update_fields=["telephone"])
    record(
        by=by,
        action="accounts.telephone",
        subject=f"user:{user.pk}",
        summary=_("%(name)s的办公电话由“%(was)s”改为“%(number)s”")
        % {"name": user.name, "was": was, "number": number},
    )
