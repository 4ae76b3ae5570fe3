"""Rule files of the place, written together: all of them stand, or what was there before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import yaml
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from wenpan.district.ground.refused import Refused
from wenpan.rules.choices import replace_file
from wenpan.rules.loading import RuleError, home_of


@contextmanager
def written(contents: Mapping[str, dict[str, Any]]) -> Iterator[None]:
    """While the block runs the files are the new ones; where it fails they are put back. Refused "rule" where
    a file cannot be used, in words without its name."""
    folder = home_of(None) / "rules"
    paths = {folder / f"{name}.yaml": data for name, data in contents.items()}
    before = {path: path.read_text("utf-8") if path.exists() else None for path in paths}
    try:
        for path, data in paths.items():
            replace_file(path, yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=110))
        yield
    except Exception as error:
        for path, text in before.items():
            if text is not None:
                replace_file(path, text)
            else:
                path.unlink(missing_ok=True)
        if isinstance(error, RuleError):
            raise Refused(
                "rule", _("改后的规则不能使用，没有施行：应为%(expected)s") % {"expected": error.expected}
            ) from error
        if isinstance(error, ValidationError):
            raise Refused("rule", _("没有施行：%(why)s") % {"why": "；".join(error.messages)}) from error
        raise
