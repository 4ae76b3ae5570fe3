"""Which files may come with a feedback: known by name and by their first bytes, small enough, not a program.

The limits stand in rules/supervision/attachments.yaml.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from wenpan import rules
from wenpan.district.ground.refused import Refused
from wenpan.documents.screening.file_names import clean_name
from wenpan.rules.loading import RuleError, path_of

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_BEGINNINGS: Mapping[str, tuple[bytes, ...]] = {
    "pdf": (b"%PDF",),
    "ofd": (_ZIP,),
    "docx": (_ZIP,),
    "xlsx": (_ZIP,),
    "doc": (_OLE,),
    "xls": (_OLE,),
    "jpg": (b"\xff\xd8\xff",),
    "jpeg": (b"\xff\xd8\xff",),
    "png": (b"\x89PNG",),
    "txt": (b"",),
}


@dataclass(frozen=True)
class AttachmentLimits:
    most_files: int
    most_bytes: int
    types: tuple[str, ...]

    @property
    def accept(self) -> str:
        """For the file field of a form."""
        return ",".join(f".{t}" for t in self.types)

    @property
    def megabytes(self) -> int:
        return self.most_bytes // 1024 // 1024


def _data() -> dict[str, Any]:
    data, _provenance = rules.load_yaml("supervision/attachments")
    return dict(data)


def limits() -> AttachmentLimits:
    """RuleError for a type that we cannot tell by its bytes, or a limit that is no number."""
    given = _data().get("attachments") or {}
    types = tuple(str(t) for t in given.get("types") or ())
    if not types or set(types) - set(_BEGINNINGS):
        raise RuleError(
            path_of("supervision/attachments"), "attachments.types", types, "、".join(_BEGINNINGS)
        )
    return AttachmentLimits(
        _number(given, "most_files"), _number(given, "most_megabytes") * 1024 * 1024, types
    )


def _number(given: Mapping[str, Any], key: str) -> int:
    value = given.get(key)
    if not isinstance(value, int) or value < 1:
        raise RuleError(path_of("supervision/attachments"), f"attachments.{key}", value, "正整数")
    return value


@dataclass(frozen=True)
class FormCost:
    """A form: how many fields it has and how many minutes one of them takes."""

    code: str
    name: str
    fields: int
    minutes: float


def forms_asked() -> dict[str, FormCost]:
    given = _data().get("asked") or {}
    return {
        str(code): FormCost(str(code), str(f["name"]), int(f["fields"]), float(f["minutes"]))
        for code, f in given.items()
    }


def examine(filename: str, data: bytes) -> None:
    """Refused "bad_value" with what was found and what is taken."""
    allowed = limits()
    name, kind = clean_name(filename, otherwise="附件")[:80], filename.rpartition(".")[2].lower()
    if kind not in allowed.types:
        raise Refused("bad_value", _("附件“%(name)s”的类型不收，可收：%(types)s。")
                      % {"name": name, "types": "、".join(allowed.types)})  # fmt: skip
    if not data:
        raise Refused("bad_value", _("附件“%(name)s”是空的。") % {"name": name})
    if len(data) > allowed.most_bytes:
        raise Refused("bad_value", _("附件“%(name)s”超过%(most)sMB。")
                      % {"name": name, "most": allowed.megabytes})  # fmt: skip
    if not data.startswith(_BEGINNINGS[kind]) or (kind == "txt" and b"\x00" in data):
        raise Refused("bad_value", _("附件“%(name)s”的内容和扩展名不符，请核对后再传。") % {"name": name})
