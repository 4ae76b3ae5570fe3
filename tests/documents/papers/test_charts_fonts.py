"""Letters of charts: a font that was installed after the first start is found without cleaning a cache."""

from __future__ import annotations

import pytest

from wenpan.documents.papers import charts


@pytest.fixture(autouse=True)
def _ask_anew():
    charts.chinese_font.cache_clear()
    yield
    charts.chinese_font.cache_clear()


def test_a_font_installed_since_the_list_was_made_is_found(monkeypatch):
    from matplotlib.font_manager import fontManager

    if charts.chinese_font() is None:
        pytest.skip("this machine has no Chinese font")
    charts.chinese_font.cache_clear()
    files = {font.fname for font in fontManager.ttflist if font.name in charts.FONTS}
    old = [font for font in fontManager.ttflist if font.fname not in files]
    monkeypatch.setattr(fontManager, "ttflist", old)
    assert charts._first_known() is None
    assert charts.chinese_font() in charts.FONTS
    assert charts.font_note() == ""


def test_without_any_chinese_font_the_paper_says_so(monkeypatch):
    monkeypatch.setattr(charts, "FONTS", ("no such font",))
    assert charts.chinese_font() is None
    assert "没有中文字体" in charts.font_note()
