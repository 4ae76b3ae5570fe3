"""The wall never scrolls and never cuts a red off, in three sizes and with five, fifteen and forty reds."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.template.loader import render_to_string

from tests.district.wall.samples import wall
from wenpan.district.wall.policy import SCENES, wall_rules

STATIC = Path(__file__).parents[2] / "wenpan" / "district" / "static"
SIZES = ((1366, 768), (1920, 1080), (3840, 2160))
MEASURE = """() => {
  const page = document.documentElement, inside = (a, b) =>
    a.left >= b.left - 1 && a.top >= b.top - 1 && a.right <= b.right + 1 && a.bottom <= b.bottom + 1;
  const view = {left: 0, top: 0, right: innerWidth, bottom: innerHeight}, wrong = [];
  const scene = document.querySelector("[data-wl-scene]:not([hidden])");
  for (const red of scene.querySelectorAll(".wl-red")) {
    const box = red.getBoundingClientRect();
    if (!inside(box, view) || box.height < 12) wrong.push("red");
    for (const p of red.children)
      if (p.offsetParent && !inside(p.getBoundingClientRect(), box)) wrong.push("in red: " + p.className);
      else if (p.offsetParent && getComputedStyle(p).webkitLineClamp === "none" && p.clientHeight
               && p.scrollHeight > p.clientHeight * 1.25) wrong.push("cut: " + p.className);
  }
  for (const panel of document.querySelectorAll(".wl-panel, .wl-head, .wl-foot, .wl-main, .wl-stage"))
    if (panel.offsetParent && panel.scrollHeight > panel.clientHeight + 1) wrong.push(panel.className);
  return {width: page.scrollWidth, height: page.scrollHeight, reds: scene.querySelectorAll(".wl-red").length,
          wrong: [...new Set(wrong)]};
}"""


def page_of(count: int, scene: str) -> str:
    rules = wall_rules()
    context = {
        "wall": wall(count), "rules": rules, "scenes": rules.scenes, "scene": scene, "following": scene,
        "public": False, "as_of": "",
    }  # fmt: skip
    html = render_to_string("wall/wall.html", context)
    style = (STATIC / "rooms" / "wall.css").read_text("utf-8")
    html = re.sub(r"<script.*?</script>", "", html, flags=re.S)
    return re.sub(r'<link rel="stylesheet"[^>]*>', f"<style>{style}</style>", html)


@pytest.mark.parametrize("count", [0, 5, 15, 20, 40, 75])
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_the_wall_fits_its_screen(browser, size, count):
    window = browser.new_context(viewport={"width": size[0], "height": size[1]})
    page = window.new_page()
    try:
        for scene in SCENES:
            page.set_content(page_of(count, scene))
            found = page.evaluate(MEASURE)
            assert (found["width"], found["height"]) == size, scene
            assert found["wrong"] == [], scene
            assert found["reds"] == min(count, 60)
    finally:
        window.close()
