"""The English catalogue: every text of the frame has one, and none loses a placeholder."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

import wenpan
from wenpan.district.compile_messages import compile_all

LOCALE = Path(wenpan.__file__).parent / "district" / "locale"
PO = LOCALE / "en" / "LC_MESSAGES" / "django.po"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|{\w*}|%%")


def _placeholders(text):
    """Of a message, or of each of its plural forms."""
    forms = [text] if isinstance(text, str) else text
    return [sorted(PLACEHOLDER.findall(form)) for form in forms]


def _messages():
    with PO.open("rb") as file:
        return [message for message in read_po(file) if message.id]


def test_no_entry_is_fuzzy():
    assert [message.id for message in _messages() if message.fuzzy] == []


def test_a_translation_keeps_every_placeholder():
    done = [message for message in _messages() if message.string]
    wrong = [m.id for m in done if _placeholders(m.id) != _placeholders(m.string)]
    assert wrong == []


def test_every_text_has_an_english_one():
    assert [m.id for m in _messages() if not all([m.string] if isinstance(m.string, str) else m.string)] == []


def test_no_text_stands_twice():
    entries = re.findall(r"(?m)^msgid ", PO.read_text("utf-8"))
    assert len(entries) == len(_messages()) + 1  # and the head


FRAME = ["总览", "指标", "目标倒逼", "目标", "数据", "台账", "通报", "退出登录", "登录", "红", "未知"]


@pytest.mark.parametrize("text", FRAME)
def test_the_frame_speaks_english(text):
    assert {message.id: message.string for message in _messages()}[text]


def test_the_catalogue_compiles_without_msgfmt_and_only_when_it_changed(tmp_path):
    copy = tmp_path / "en" / "LC_MESSAGES" / "django.po"
    copy.parent.mkdir(parents=True)
    copy.write_bytes(PO.read_bytes())
    assert compile_all(tmp_path) == [copy.with_suffix(".mo")]
    assert compile_all(tmp_path) == []


def test_no_compiled_catalogue_is_kept_in_git():
    assert "*.mo" in (LOCALE.parents[2] / ".gitignore").read_text().split()


NAMES = {"_", "gettext", "gettext_lazy", "lazy", "ngettext", "ngettext_lazy", "pgettext"}
TRANSLATE = re.compile(r"""{%\s*translate\s+(?:"([^"]*)"|'([^']*)')""")
BLOCK = re.compile(r"{%\s*blocktranslate\b([^%]*)%}(.*?){%\s*endblocktranslate\s*%}", re.S)
HAN = re.compile("[\u4e00-\u9fff]")


def _said_in_code(text):
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name in NAMES and isinstance(node.args[0].value, str):
                yield node.args[0].value


def _said_in_template(text):
    for found in TRANSLATE.findall(text):
        yield (found[0] or found[1]).replace("%", "%%")
    for options, body in BLOCK.findall(text):
        singular = re.split(r"{%\s*plural\s*%}", body)[0].replace("%", "%%")
        if "trimmed" in options:
            singular = " ".join(line.strip() for line in singular.strip().splitlines())
        yield re.sub(r"{{\s*(\w+)\s*}}", r"%(\1)s", singular)


def test_no_text_of_the_program_lacks_an_english_one():
    """Every Chinese text in code and templates, read as the extraction reads them, is in the catalogue."""
    ids = [m.id if isinstance(m.id, str) else m.id[0] for m in _messages()]
    known = {text.replace("%%", "%") for text in ids}
    lacking = {}
    for path in (LOCALE.parent).rglob("*"):
        read = {".py": _said_in_code, ".html": _said_in_template}.get(path.suffix)
        for text in read(path.read_text("utf-8")) if read else ():
            if HAN.search(text) and text.replace("%%", "%") not in known:
                lacking[text] = path.name
    assert lacking == {}
