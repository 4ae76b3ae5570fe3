"""The letter as a file: one text, exactly as it was signed, and the signature.

Pure. A letter says from whom to whom (fingerprints), its number for this receiver, when it was made, which
letter it answers, and what it carries: figures and targets as the plain files of design.md §5, the sender's
lights, matters that are handed down, and what was done about them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

FORM = 1
MOST = 20 * 2**20  # bytes of a file
LISTS = ("lights", "matters", "replies")


class LetterError(ValueError):
    """A file that is no letter for us. str() is a Chinese sentence."""


@dataclass(frozen=True)
class LetterBody:
    sender: str  # fingerprints
    receiver: str
    number: int
    made: str
    title: str
    as_of: str = ""  # 2022-09
    answers: str = ""  # the digest of the letter that this one answers
    observations: str = ""  # CSV
    targets: str = ""
    lights: list[dict[str, Any]] = field(default_factory=list)
    matters: list[dict[str, Any]] = field(default_factory=list)
    replies: list[dict[str, Any]] = field(default_factory=list)


def text_of(body: LetterBody) -> str:
    told = {"wenpan_letter": FORM} | asdict(body)
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def file_of(text: str, signature: str) -> bytes:
    return json.dumps({"letter": text, "signature": signature}, ensure_ascii=False).encode()


def lines_of(body: LetterBody) -> Iterator[str]:
    """Whatever a person has written in it, line by line."""
    yield body.title
    for row in (*body.matters, *body.replies):
        for value in row.values():
            yield from str(value).splitlines()


def opened(content: bytes) -> tuple[str, str, LetterBody]:
    """(text, signature, what it says); nothing of it is believed yet. Raises LetterError."""
    if len(content) > MOST:
        raise LetterError("文件超过 20 MB，不是本系统的往来文件。")
    try:
        outer = json.loads(content)
        text, signature = outer["letter"], outer["signature"]
        told = json.loads(text)
        if not isinstance(signature, str) or told.pop("wenpan_letter") != FORM:
            raise ValueError("form")
        body = LetterBody(**told)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise LetterError("这不是本系统的往来文件，或文件已损坏。") from error
    plain = all(isinstance(getattr(body, name), str) for name in (
        "sender", "receiver", "made", "title", "as_of", "answers", "observations", "targets"
    ))  # fmt: skip
    lists = all(
        isinstance(getattr(body, name), list) and all(isinstance(row, dict) for row in getattr(body, name))
        for name in LISTS
    )
    if not (plain and lists and isinstance(body.number, int) and 0 < body.number < 10**6):
        raise LetterError("这不是本系统的往来文件，或文件已损坏。")
    return text, signature, body
