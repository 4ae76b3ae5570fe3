"""A memo as JSON, by the names of its fields and with a version; older ones stay readable."""

from __future__ import annotations

from typing import Any

from wenpan.district.meetings.memo.facts import Memo
from wenpan.rules import schema


def keep(memo: Memo) -> Any:
    return schema.keep(memo)


def read_memo(data: Any) -> Memo:
    """`schema.KeptDataError` for what is no memo."""
    return schema.read_kept(Memo, data)
