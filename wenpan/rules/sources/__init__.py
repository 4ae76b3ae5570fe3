"""Where files are fetched from: `rules/sources.yaml`, a place's own file first. None by default."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated, Any

from wenpan.rules.loading import RuleError, load_yaml
from wenpan.rules.releases import releases
from wenpan.rules.schema import FLAG, TEXT, WORDS, Fits, form, one_of, read, whole, whole_form

NAME = "sources"
FOLDER, MAILBOX, HTTP = "folder", "mailbox", "http"
_NEEDED = {FOLDER: ("path",), MAILBOX: ("host", "user", "senders"), HTTP: ("url",)}

_CODE = Fits(
    lambda said: isinstance(said, str) and bool(re.fullmatch(r"[a-z0-9-]{1,20}", said)),
    "1 到 20 个小写字母、数字或短横",
)
_STRING = Fits(lambda said: isinstance(said, str), "一段文字")
_URL = Fits(
    lambda said: isinstance(said, str) and bool(re.fullmatch(r"(https?://[^\s@]+)?", said)),
    "网址，如 https://tjj.example/month.xlsx（不带账号口令）",
)


@whole_form
@dataclass(frozen=True)
class FileSource:
    """One place that files come from. `in_name_of`: the account that sends them in; acceptance stays a
    person's. `releases`: codes of the releases that it should bring."""

    code: Annotated[str, _CODE]
    name: Annotated[str, TEXT]
    kind: Annotated[str, one_of(FOLDER, MAILBOX, HTTP)]
    enabled: Annotated[bool, FLAG]
    in_name_of: Annotated[str, TEXT]
    every_minutes: Annotated[int, whole(5, 10_080)] = 60
    pattern: Annotated[str, TEXT] = "*.xls*"
    releases: Annotated[tuple[str, ...], WORDS] = ()
    path: Annotated[str, _STRING] = ""
    host: Annotated[str, _STRING] = ""
    port: Annotated[int, whole(1, 65535)] = 993
    security: Annotated[str, one_of("tls", "starttls", "none")] = "tls"
    user: Annotated[str, _STRING] = ""
    folder: Annotated[str, TEXT] = "INBOX"
    senders: Annotated[tuple[str, ...], WORDS] = ()
    url: Annotated[str, _URL] = ""


@form
@dataclass(frozen=True)
class _SourcesFile:
    sources: tuple[FileSource, ...]


def file_sources() -> tuple[FileSource, ...]:
    """On or off, in the order of the file. RuleError names the key that is wrong."""
    data, provenance = load_yaml(NAME)
    found = read(_SourcesFile, data, provenance.file).sources
    _check(found, provenance.file)
    return found


def _check(found: tuple[FileSource, ...], file: str) -> None:
    codes = [source.code for source in found]
    if len(set(codes)) < len(codes):
        raise RuleError(file, "sources.code", "、".join(codes), "各不相同的代码")
    known = {release.code for release in releases()[0]} if found else set()
    for at, source in enumerate(found, 1):
        for key in _NEEDED[source.kind]:
            if not getattr(source, key):
                raise RuleError(file, f"sources[{at}].{key}", _said(source, key), f"{source.kind} 必填")
        if unknown := next((code for code in source.releases if code not in known), ""):
            raise RuleError(file, f"sources[{at}].releases", unknown, "rules/releases.yaml 里的代码")


def _said(source: FileSource, key: str) -> Any:
    return getattr(source, key)
