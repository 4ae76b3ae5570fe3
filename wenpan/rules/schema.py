"""What a rule file may hold: dataclasses whose fields say it, and one map of Chinese errors.

A class describes one mapping (`@whole_form`: unknown keys are refused); a field says what it takes by its
type and, where that is not all, by one of the marks below: `Annotated[int, whole(1, 12)]`. A field `from_`
stands in the file as `from`. `read` checks and builds with pydantic, which is loaded when the first file is
read and not before: `wenpan --help` never pays for it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, is_dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast, get_args, get_type_hints

from wenpan.rules.loading import RuleError

if TYPE_CHECKING:
    from pydantic import TypeAdapter
    from pydantic_core import ErrorDetails

T = TypeVar("T")
C = TypeVar("C", bound=type)


def form(cls: C) -> C:
    """A dataclass that describes a mapping; keys that it does not know are left alone."""
    cls.__pydantic_config__ = {"alias_generator": _key}  # type: ignore[attr-defined]
    return cls


def whole_form(cls: C) -> C:
    """The same, and a key that it does not know is a mistake in the file."""
    cls.__pydantic_config__ = {"alias_generator": _key, "extra": "forbid"}  # type: ignore[attr-defined]
    return cls


def _key(name: str) -> str:
    return name.rstrip("_")


@dataclass(frozen=True)
class Fits:
    """`test`: does the value fit; `expected`: how the file's author is told what would."""

    test: Callable[[Any], bool]
    expected: str

    def __get_pydantic_core_schema__(self, source: Any, handler: Callable[[Any], Any]) -> Any:
        from pydantic_core import PydanticCustomError, core_schema

        def check(value: Any) -> Any:
            if not self.test(value):
                raise PydanticCustomError("expected", "{expected}", {"expected": self.expected})
            return value

        return core_schema.no_info_before_validator_function(check, handler(source))


def is_whole(value: Any, least: int, most: int | None = None) -> bool:
    """True and False are numbers to Python, and to nobody else."""
    whole = isinstance(value, int) and not isinstance(value, bool)
    return whole and value >= least and (most is None or value <= most)


def _number(value: Any) -> bool:
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


def whole(least: int, most: int | None = None) -> Fits:
    words = f"不小于{least}的整数" if most is None else f"{least} 到 {most} 的整数"
    return Fits(lambda v: is_whole(v, least, most), words)


def share() -> Fits:
    return Fits(lambda v: _number(v) and 0 <= v <= 1, "0到1之间的比例")


def one_of(*known: str) -> Fits:
    return Fits(lambda v: v in known, " 或 ".join(known))


def each_of(known: Iterable[str], *, least: int = 0) -> Fits:
    known = tuple(known)
    words = "、".join(known) + ("中的至少一项" if least else "的列表，可以为空")
    return Fits(lambda v: isinstance(v, list) and len(v) >= least and set(v) <= set(known), words)


POSITIVE = Fits(lambda v: is_whole(v, 1), "正整数")
NUMBER = Fits(_number, "数字")
FLAG = Fits(lambda v: isinstance(v, bool), "true 或 false")
DAY = Fits(lambda v: isinstance(v, date), "日期, 如 2022-01-01")
TEXT = Fits(lambda v: isinstance(v, str) and bool(v.strip()), "一段文字")
SOME = Fits(lambda v: isinstance(v, list) and bool(v), "至少一条")
WORDS = Fits(lambda v: isinstance(v, list) and all(isinstance(w, str) and w for w in v), "词的列表")

_EXPECTED = {
    "missing": "必填",
    "dataclass_type": "键值对",
    "dict_type": "键值对",
    "mapping_type": "键值对",
    "list_type": "列表",
    "tuple_type": "列表",
    "string_type": "一段文字",
    "bool_type": "true 或 false",
    "bool_parsing": "true 或 false",
    "int_type": "整数",
    "int_parsing": "整数",
    "int_from_float": "整数",
    "float_type": "数字",
    "float_parsing": "数字",
    "decimal_type": "数字",
    "decimal_parsing": "数字",
    "date_type": "日期, 如 2022-01-01",
    "date_parsing": "日期, 如 2022-01-01",
    "date_from_datetime_parsing": "日期, 如 2022-01-01",
    "date_from_datetime_inexact": "日期, 如 2022-01-01",
    "recursion_loop": "不引用自身的内容",
}


def read(kind: type[T], data: Any, file: str | Path, at: str = "") -> T:
    """`data` as a `kind`. RuleError names the first thing that is wrong: file, key, found, expected.

    `at`: the key under which `data` stands in the file.
    """
    from pydantic import ValidationError

    try:
        return cast("T", _adapter(cast("Hashable", kind)).validate_python(data))
    except ValidationError as error:
        raise _fault(kind, error.errors(include_url=False)[0], file, at) from None


@lru_cache(maxsize=128)
def _adapter(kind: Hashable) -> TypeAdapter[Any]:
    from pydantic import TypeAdapter

    return TypeAdapter(cast("type[Any]", kind))


def _fault(kind: type[Any], error: ErrorDetails, file: str | Path, at: str) -> RuleError:
    found = None if error["type"] == "missing" else error["input"]
    key = key_of(error["loc"], at)
    if error["type"] == "unexpected_keyword_argument":
        return RuleError(file, key, found, f"已知的字段({'、'.join(sorted(_known(kind, error['loc'])))})")
    own = error.get("ctx", {}).get("expected") if error["type"] == "expected" else _said(kind, error["loc"])
    return RuleError(file, key, found, str(own or _EXPECTED.get(error["type"]) or error["msg"]))


def key_of(loc: tuple[int | str, ...], at: str = "") -> str:
    """("steps", 0, "day") → "steps[1].day": entries are counted as people count them."""
    key = at
    for step in loc:
        if isinstance(step, int):
            key += f"[{step + 1}]"
        else:
            key += f".{step}" if key else step
    return key or "(全文)"


def _known(kind: Any, loc: tuple[int | str, ...]) -> Mapping[str, Any]:
    """The keys of the mapping that holds the last step of `loc`, with what each takes."""
    for step in loc[:-1]:
        if not isinstance(step, int):
            kind = _fields(kind).get(step, Any)
        kind = _described(kind) or kind
    return _fields(_described(kind) or kind)


def _fields(kind: Any) -> dict[str, Any]:
    if not is_dataclass(kind) or not isinstance(kind, type):
        return {}
    return {_key(name): hint for name, hint in get_type_hints(kind, include_extras=True).items()}


def _described(hint: Any) -> Any:
    """The dataclass that stands somewhere in a type: `tuple[Release, ...]` → Release."""
    if is_dataclass(hint):
        return hint
    return next(filter(None, map(_described, get_args(hint))), None)


def _said(kind: Any, loc: tuple[int | str, ...]) -> str:
    """What the mark of a field expects; "" for a field without one."""
    hint = _known(kind, loc).get(str(loc[-1])) if loc else None
    return next((mark.expected for mark in get_args(hint) if isinstance(mark, Fits)), "")


class KeptDataError(ValueError):
    """A kept record that its class cannot read; str() says in Chinese what stands where."""


def keep(value: Any) -> Any:
    """A dataclass as JSON keeps it: by the names of its fields; amounts and days as text."""
    return _adapter(cast("Hashable", type(value))).dump_python(value, mode="json")


def read_kept(kind: type[T], data: Any) -> T:
    """What `keep` made, read back; a field that did not exist yet takes its default. KeptDataError."""
    from pydantic import ValidationError

    try:
        return cast("T", _adapter(cast("Hashable", kind)).validate_python(data))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        expected = _EXPECTED.get(first["type"]) or first["msg"]
        raise KeptDataError(
            f"保存的内容无法读出: “{key_of(first['loc'])}”实为 {first['input']!r}, 应为{expected}"
        ) from None
