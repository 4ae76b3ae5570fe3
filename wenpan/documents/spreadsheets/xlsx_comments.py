"""Comments at the cells of an xlsx sheet: what somebody wrote beside a number.

What the program itself wrote there when it marked a file (author 稳盘) is no remark of an office; what stood
there before it does."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator

from defusedxml import ElementTree

OWN_AUTHOR = "稳盘"
_PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_NAMED = re.compile(r"^[^:：\n]{1,20}[:：]\s*\n")  # Excel begins a comment with its author's name


def comments(archive: zipfile.ZipFile, sheet_path: str) -> dict[tuple[str, int], str]:
    """(column's letters, row from 1) -> the text of the comment; empty where the sheet has none."""
    found: dict[tuple[str, int], str] = {}
    for path in _parts(archive, sheet_path):
        root = ElementTree.fromstring(archive.read(path))
        authors = ["".join(node.itertext()) for node in root.iter() if _tag(node) == "author"]
        for node in root.iter():
            place = _PLACE.fullmatch(node.get("ref") or "") if _tag(node) == "comment" else None
            if place is None:
                continue
            number = str(node.get("authorId") or "")
            author = authors[int(number)] if number.isdigit() and int(number) < len(authors) else ""
            if text := _text(node, author):
                found[place[1], int(place[2])] = text
    return found


def _parts(archive: zipfile.ZipFile, sheet_path: str) -> Iterator[str]:
    folder, name = posixpath.split(sheet_path)
    relations = f"{folder}/_rels/{name}.rels"
    names = set(archive.namelist())
    if relations not in names:
        return
    for node in ElementTree.fromstring(archive.read(relations)):
        target = node.get("Target", "")
        path = target[1:] if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")
        if str(node.get("Type", "")).endswith("/comments") and path in names:
            yield path


def _text(comment: ElementTree.Element, author: str) -> str:
    return plain("".join("".join(n.itertext()) for n in comment.iter() if _tag(n) == "t"), author)


def plain(text: str, author: str) -> str:
    """What a person wrote: without his name, and without what the program itself added."""
    text = text.strip()
    if author == OWN_AUTHOR:
        text = text.partition("【")[0].strip()
    text = _NAMED.sub("", text)
    for colon in ("：", ":"):
        text = text.removeprefix(f"{author}{colon}") if author else text
    return text.strip()


def _tag(node: ElementTree.Element) -> str:
    return str(node.tag).rsplit("}", 1)[-1]
