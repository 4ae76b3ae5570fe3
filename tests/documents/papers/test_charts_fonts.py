"""Letters of charts: the font comes with the program, so no machine draws boxes."""

from __future__ import annotations

import warnings
from pathlib import Path

import pytest

from wenpan.documents.papers import charts, fonts


def test_the_fonts_and_their_licence_are_installed_with_the_program():
    assert Path(fonts.SANS).stat().st_size > 1_000_000
    assert Path(fonts.SERIF).stat().st_size > 1_000_000


@pytest.mark.filterwarnings("error:Glyph")
def test_a_chart_has_a_glyph_for_every_letter_also_on_a_machine_without_chinese_fonts(monkeypatch):
    from matplotlib.font_manager import fontManager

    monkeypatch.setattr(fontManager, "ttflist", [f for f in fontManager.ttflist if "DejaVu" in f.name])
    charts.chinese_font.cache_clear()
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        bars = [charts.Bar("规模以上工业增加值", 5.1, -3.2), charts.Bar("社会消费品零售总额", None, 2.0)]
        assert charts.growth_bars(bars, place="安禾区").startswith(b"\x89PNG")
    charts.chinese_font.cache_clear()
    assert [str(w.message) for w in told if "lyph" in str(w.message) or "findfont" in str(w.message)] == []


def test_the_font_holds_the_letters_of_our_papers():
    from matplotlib.ft2font import FT2Font

    known = FT2Font(fonts.SANS).get_charmap()
    assert [c for c in "安禾区县街镇增速位次％—·、（）①②③↑↓★〔〕−" if ord(c) not in known] == []
