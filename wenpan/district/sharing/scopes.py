"""What a token may be for. A scope narrows what its owner may do and never widens it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wenpan.district.accounts.models import User
from wenpan.district.accounts.permissions import can


@dataclass(frozen=True)
class TokenScope:
    """`permissions`: who can have use of it, any of them."""

    code: str
    label: Promise
    permissions: tuple[str, ...]


SCOPES = (
    TokenScope("figures", _("数据台账"), ("ledger.view",)),
    TokenScope("judgements", _("研判和目标"), ("board.view",)),
    TokenScope("matters", _("督办"), ("matter.view", "desk.use")),
    TokenScope("projects", _("项目"), ("project.view",)),
    TokenScope("deals", _("招商"), ("deal.view",)),
    TokenScope("firms", _("企业"), ("firm.view",)),
    TokenScope("entries", _("纳统"), ("entry.view", "entry.count")),
    TokenScope("fiscal", _("财政"), ("fiscal.view", "basis.view")),
    TokenScope(
        "office", _("通报、发件和数据质量"), ("document.view", "desk.use", "outbox.view", "quality.view")
    ),
)


def scopes_of(user: User) -> list[TokenScope]:
    return [scope for scope in SCOPES if can(user, *scope.permissions)]
