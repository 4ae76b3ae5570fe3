"""The edit rules that ship or that a place keeps: `rules/edits/*.yaml`, each rule with examples that must
pass and fail."""

from __future__ import annotations

import re
from pathlib import Path

from wenpan.economy.quality.edits.edit_rules import EditRuleError, EditRules
from wenpan.economy.quality.edits.verdicts import contradicted
from wenpan.rules.loading import RuleError, files, load_file, parse

_CODE = re.compile(r"[\w.-]{1,60}")


def edit_packs(home: Path | None = None) -> dict[str, EditRules]:
    """Every pack by its file's name. RuleError for one without source, with a rule that cannot be used or
    without an example of either kind, or whose examples contradict it."""
    return {name: _pack(path) for name, path in files("edits", home).items()}


def edit_rules_of(path: Path) -> EditRules:
    """A file of rules as somebody wrote it: what cannot be used stays in it with its problem."""
    try:
        return EditRules.from_data(parse(path))
    except EditRuleError as error:
        raise RuleError(path, error.key, error.found, error.expected) from None


def _pack(path: Path) -> EditRules:
    load_file(path)  # version, dates, source
    rules = edit_rules_of(path)
    for rule in rules.rules:
        if not _CODE.fullmatch(rule.code):
            raise RuleError(
                path, "rules.code", rule.code, "字母、数字、汉字、点、横线(至多60字), 因地址中要写它"
            )
        if rule.problem:
            raise RuleError(path, f"{rule.code}.expression", rule.text, f"可用的表达式({rule.problem})")
        if not rule.passes or not rule.fails or not rule.sentence:
            raise RuleError(path, rule.code, "缺", "一句说明(sentence), 应通过和应不通过的样例各至少一个")
        if why := contradicted(rule):
            raise RuleError(path, rule.code, rule.text, f"与样例相符({why})")
    return rules
