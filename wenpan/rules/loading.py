"""Rules are dated YAML with a source; a place's own file of the same name wins over ours.

`<home>/rules/<name>.yaml` is looked for first, then the file in this package. Every file must say
`version`, `effective_from` and `source`; one that does not is refused when it is loaded.
Parsed files are kept until their modification time or size changes.
"""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

OURS = Path(__file__).parent
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TICK = 2_000_000_000  # ns; a folder that changed just now may change again unseen
_parsed: dict[tuple[Path, int, int], Any] = {}


class RuleError(ValueError):
    """A rule file that cannot be used. str() is a Chinese sentence: file, key, found, expected."""

    def __init__(self, file: str | Path, key: str, found: object, expected: str) -> None:
        super().__init__(f"规则文件 {file} 的“{key}”有误: 实为 {found!r}, 应为{expected}")
        self.file, self.key, self.found, self.expected = str(file), key, found, expected


@dataclass(frozen=True)
class Provenance:
    file: str
    version: str
    source: str
    effective_from: date
    overridden: bool  # the place's own file


def home_of(home: Path | None) -> Path:
    """The folder that the place owns: given, or WENPAN_HOME, or var/ beside the code as everywhere."""
    return home or Path(os.environ.get("WENPAN_HOME") or OURS.parents[1] / "var")


def files(folder: str, home: Path | None = None) -> dict[str, Path]:
    """The YAML files of a folder by stem, the place's own in front of ours; ours first in order."""
    found = {path.stem: path for path in listed(OURS / folder)}
    own = home_of(home) / "rules" / folder
    return found | {path.stem: path for path in listed(own)}


def listed(folder: Path) -> tuple[Path, ...]:
    """The YAML files of a folder, sorted; looked for again when it changed; of no folder none."""
    try:
        changed = folder.stat().st_mtime_ns
    except OSError:
        return ()
    if time.time_ns() - changed < _TICK:  # another file may come within the same tick of the clock
        return tuple(sorted(folder.glob("*.yaml")))
    return _listed(folder, changed)


@lru_cache(maxsize=256)
def _listed(folder: Path, _changed: int) -> tuple[Path, ...]:
    return tuple(sorted(folder.glob("*.yaml")))


def path_of(name: str, home: Path | None = None) -> Path:
    own, text, ours = _places(name, home or os.environ.get("WENPAN_HOME") or "")
    return own if os.path.exists(text) else ours  # asked hundreds of times a page


@lru_cache(maxsize=512)
def _places(name: str, home: Path | str) -> tuple[Path, str, Path]:
    own = home_of(Path(home) if home else None) / "rules" / f"{name}.yaml"
    return own, str(own), OURS / f"{name}.yaml"


def load_yaml(name: str, home: Path | None = None) -> tuple[Any, Provenance]:
    """The file `name` ("quality", "lights/default") and where it comes from. The answer is kept: do not
    change it."""
    return load_file(path_of(name, home))


def load_file(path: Path) -> tuple[Any, Provenance]:
    data = parse(path)
    if not isinstance(data, dict):
        raise RuleError(path, "(全文)", type(data).__name__, "键值对")
    for key in ("version", "effective_from", "source"):
        if not data.get(key):
            raise RuleError(path, key, data.get(key), "必填 (版本、生效日期、来源)")
    if not isinstance(data["effective_from"], date):
        raise RuleError(path, "effective_from", data["effective_from"], "日期, 如 2022-01-01")
    source = " ".join(str(data["source"]).split())
    return data, Provenance(
        str(path), str(data["version"]), source, data["effective_from"], overridden=OURS not in path.parents
    )


def parse(path: Path) -> Any:
    """The file's content, parsed once per version of the file."""
    try:
        stat = path.stat()
        key = (path, stat.st_mtime_ns, stat.st_size)
        if key not in _parsed:
            _parsed[key] = yaml.load(path.read_text("utf-8"), Loader=_Loader)  # noqa: S506 (a safe loader)
        return _parsed[key]
    except FileNotFoundError:
        raise RuleError(path, "(文件)", "不存在", "一个规则文件") from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise RuleError(path, "(格式)", " ".join(str(error).split())[:160], "UTF-8 编码的 YAML") from None


def stamp(paths: list[Path]) -> tuple[tuple[Path, int], ...]:
    """Changes when one of the files does; the key under which built objects are kept."""
    return tuple((path, path.stat().st_mtime_ns) for path in paths)
