"""Templates: no script or style of their own (the content security policy forbids it), none unused."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

import wenpan

CODE = Path(wenpan.__file__).parent
ROOT = CODE / "district" / "templates"
TEMPLATES = sorted(ROOT.rglob("*.html"))
DJANGO_CALLS_THEM = {"403.html", "403_csrf.html", "404.html", "500.html"}
each = pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: str(p.relative_to(ROOT)))


@each
def test_a_template_holds_no_script_no_style_element_and_no_handler(path):
    text = path.read_text()
    assert not re.findall(r"<script(?![^>]*\bsrc=)[^>]*>", text)
    assert not re.findall(r"<style\b", text)
    assert not re.findall(r"\son[a-z]+\s*=", re.sub(r"{#.*?#}|{%.*?%}", "", text))
    assert "javascript:" not in text


@each
def test_a_template_fetches_nothing_from_another_host(path):
    assert not re.findall(r"(?:src|href|action|hx-\w+)\s*=\s*[\"'](?:https?:)?//", path.read_text())


@each
def test_chinese_texts_are_marked_for_translation(path):
    """What stands outside tags in a template is not Chinese, but comes from a translate tag."""
    text = re.sub(r"{%\s*blocktranslate.*?{%\s*endblocktranslate\s*%}", "", path.read_text(), flags=re.S)
    text = re.sub(
        r"{%\s*comment.*?{%\s*endcomment\s*%}|{#.*?#}|{%.*?%}|{{.*?}}|<!--.*?-->", "", text, flags=re.S
    )
    left = [found for found in re.findall(r"[\u4e00-\u9fff]+", text) if found != "中文"]
    assert left == []


def _sources():
    return [*TEMPLATES, *CODE.rglob("*.py")]


def test_every_template_is_used():
    used = {
        name for path in _sources() for name in re.findall(r"[\"']([\w/.-]+\.html)[\"']", path.read_text())
    }
    names = {str(path.relative_to(ROOT)) for path in TEMPLATES} - DJANGO_CALLS_THEM
    assert names - used == set()


def test_every_template_that_is_named_exists():
    names = {str(path.relative_to(ROOT)) for path in TEMPLATES}
    named = re.compile(r"{%\s*(?:include|extends)\s+[\"']([\w/.-]+)[\"']")
    used = {name for path in TEMPLATES for name in named.findall(path.read_text())}
    assert used - names == set()


STATIC = re.compile(r"{%\s*static\s+[\"']([\w/.-]+)[\"']")


@each
def test_a_static_file_that_is_named_exists(path):
    """In service an unknown name would be an error page: the manifest does not know it."""
    assert [name for name in STATIC.findall(path.read_text()) if finders.find(name) is None] == []
