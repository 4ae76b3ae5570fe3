"""Signing in through the place's provider or directory: off until its own `rules/outside.yaml` says so."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from wenpan.rules.loading import Provenance, RuleError, load_yaml
from wenpan.rules.schema import form, read

_HERE = {"127.0.0.1", "localhost", "::1"}


@form
@dataclass(frozen=True)
class ProviderRules:
    enabled: bool = False
    label: str = "统一认证"
    issuer: str = ""
    client_id: str = ""
    number_claim: str = "staff_number"
    name_claim: str = "name"


@form
@dataclass(frozen=True)
class DirectoryRules:
    enabled: bool = False
    server: str = ""
    start_tls: bool = True
    ca_file: str = ""
    user_dn: str = ""
    number_attribute: str = "employeeNumber"
    name_attribute: str = "cn"


@dataclass(frozen=True)
class OutsideRules:
    oidc: ProviderRules
    ldap: DirectoryRules
    provenance: Provenance


@form
@dataclass(frozen=True)
class _OutsideFile:
    oidc: ProviderRules
    ldap: DirectoryRules


def outside(home: Path | None = None) -> OutsideRules:
    """Raises RuleError; also for what would send a password or a code in the clear to another machine."""
    data, provenance = load_yaml("outside", home)
    said, file = read(_OutsideFile, data, provenance.file), provenance.file
    oidc, ldap = said.oidc, said.ldap
    if oidc.enabled:
        _needed(
            file,
            "oidc",
            {"issuer": oidc.issuer, "client_id": oidc.client_id, "number_claim": oidc.number_claim},
        )
        if not _safe(oidc.issuer, "https"):
            raise RuleError(file, "oidc.issuer", oidc.issuer, "https 地址")
    if ldap.enabled:
        _needed(file, "ldap", {"server": ldap.server, "number_attribute": ldap.number_attribute})
        if ldap.user_dn.count("{username}") != 1:
            raise RuleError(
                file,
                "ldap.user_dn",
                ldap.user_dn,
                "含一处 {username} 的名称, 如 uid={username},ou=people,dc=example",
            )
        if not _safe(ldap.server, "ldaps") and not (ldap.start_tls and ldap.server.startswith("ldap://")):
            raise RuleError(file, "ldap.server", ldap.server, "ldaps 地址, 或 ldap 地址加 start_tls")
    return OutsideRules(oidc, ldap, provenance)


def _needed(file: str, part: str, values: dict[str, str]) -> None:
    for key, value in values.items():
        if not value:
            raise RuleError(file, f"{part}.{key}", value, "启用时必填")


def _safe(address: str, scheme: str) -> bool:
    parts = urlsplit(address)
    return bool(parts.hostname) and (parts.scheme == scheme or parts.hostname in _HERE)
