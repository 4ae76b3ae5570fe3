"""The place's directory (LDAP): a password is tried there, and not kept here.

Asked after the local password did not fit, so that a directory that is down keeps nobody out who has one.
"""

from __future__ import annotations

import logging
import ssl
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest

from wenpan.district.accounts.models import User
from wenpan.district.accounts.outside import actions
from wenpan.district.accounts.outside.words import WAITING
from wenpan.rules.access.outside import DirectoryRules, outside

log = logging.getLogger("wenpan.directory")
SECONDS = 5


class Directory:
    """An authentication backend of Django."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **_more: Any,
    ) -> User | None:
        rules = outside().ldap
        if request is None or not rules.enabled or not username or not password:
            return None  # an empty password would be an anonymous bind, which "succeeds"
        found = look_up(rules, username, password)
        if found is None:
            return None
        try:
            user = actions.meet(number=found[0], name=found[1], source="ldap")
        except ValidationError:
            user = None
        if user is None:
            setattr(request, WAITING, True)
            return None
        user.recognised_by = "ldap"  # type: ignore[attr-defined]  # read where the sign-in is journalled
        return user

    def get_user(self, pk: int) -> User | None:
        return User.objects.filter(pk=pk, is_active=True).first()


def look_up(rules: DirectoryRules, username: str, password: str) -> tuple[str, str] | None:
    """(staff number, name) of whom the directory knows by this password; None else, or when it is down."""
    import ldap3
    from ldap3.core.exceptions import LDAPException
    from ldap3.utils.dn import escape_rdn

    tls = ldap3.Tls(validate=ssl.CERT_REQUIRED, ca_certs_file=rules.ca_file or None)
    dn = rules.user_dn.replace("{username}", escape_rdn(username))
    try:
        server = ldap3.Server(rules.server, connect_timeout=SECONDS, tls=tls, get_info=ldap3.NONE)
        bind = ldap3.Connection(server, dn, password, receive_timeout=SECONDS, read_only=True)
        if rules.start_tls and rules.server.startswith("ldap://") and not bind.start_tls():
            log.warning("the directory refused TLS; nobody's password was sent")
            return None
        if not bind.bind():
            return None
        wanted = [rules.number_attribute, rules.name_attribute]
        bind.search(dn, "(objectClass=*)", search_scope=ldap3.BASE, attributes=wanted)
        told = bind.response[0]["attributes"] if bind.response else {}
        bind.unbind()
    except (LDAPException, OSError) as error:
        log.warning("the directory did not answer: %s", type(error).__name__)
        return None
    return _first(told.get(rules.number_attribute)), _first(told.get(rules.name_attribute))


def _first(value: Any) -> str:
    if isinstance(value, (list, tuple)):
        value = value[0] if value else ""
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value or "")
