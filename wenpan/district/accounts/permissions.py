"""What a person may do. Closed unless opened: no role, no permission.

Pages are guarded by `@requires("perm")`, actions by `require(by, "perm")`; both raise
PermissionDenied, which becomes the 403 page. A permission that no role knows is a programming error.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeAlias

from django.core.exceptions import PermissionDenied
from django.http import HttpResponseBase
from django.utils.translation import gettext as _

from wenpan.district.accounts.roles import LIAISON, PERMISSIONS, ROLES, UNIT_HEAD

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from wenpan.district.accounts.models import User
    from wenpan.district.accounts.request import SignedInRequest

    Anyone: TypeAlias = User | AnonymousUser | None


def can(user: Anyone, *permissions: str) -> bool:
    """True if the user's role holds at least one of the permissions. Strangers and None hold none."""
    if unknown := [p for p in permissions if p not in PERMISSIONS]:
        raise ValueError(f"no role knows the permission {unknown[0]!r}")
    role = ROLES.get(getattr(user, "role", ""))
    return (
        user is not None
        and role is not None
        and user.is_active
        and any(p in role.permissions for p in permissions)
    )


def require(user: Anyone, *permissions: str) -> None:
    """Raises PermissionDenied unless the user holds at least one of the permissions."""
    if not can(user, *permissions):
        raise PermissionDenied(_("您的角色没有这项权限。"))


def requires(
    *permissions: str,
) -> Callable[[Callable[..., HttpResponseBase]], Callable[..., HttpResponseBase]]:
    """Guards a page; several permissions mean any of them."""
    if unknown := [p for p in permissions if p not in PERMISSIONS]:
        raise ValueError(f"no role knows the permission {unknown[0]!r}")

    def decorate(page: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        @wraps(page)
        def guarded(request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            require(request.user, *permissions)
            return page(request, *args, **kwargs)

        guarded.permissions = permissions  # type: ignore[attr-defined]  # read by the matrix test
        return guarded

    return decorate


def own_unit_only(user: Anyone) -> bool:
    """A unit's own people (liaison officer, head) see only what their unit owns or has a part in."""
    return getattr(user, "role", "") in {LIAISON.code, UNIT_HEAD.code}
