"""The walk of a stranger: from October's workbook to the briefing in LibreOffice, in a real browser.

With WENPAN_SCREENSHOTS=FOLDER the steps are kept as pictures (script/screenshots does that for docs/).
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from wenpan.demo.story.people import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.slow]
HOME_TABLE = "安禾区2022年1—10月主要经济指标完成情况表.xlsx"
CITY_TABLE = "宁澜市各区县2022年1—10月主要经济指标.xlsx"
REASON = "省级核减上年重复项目, 已向投促局核实"


def picture(page, name: str, *, whole: bool = False) -> None:
    if folder := os.environ.get("WENPAN_SCREENSHOTS"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.wait_for_timeout(700)  # charts finish drawing
        path = Path(folder) / f"{name}.png"
        page.screenshot(path=str(path), full_page=whole)
        from PIL import Image  # comes with matplotlib

        Image.open(path).convert("RGB").quantize(256, kmeans=2).save(path, optimize=True)


def sign_in(page, username: str) -> None:
    page.goto("/")
    page.locator("input[name=username]").fill(username)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("form button.btn-primary").click()
    page.wait_for_url(lambda url: "sign" not in url)


def send_in(page, demo_home: Path, name: str, released: str) -> None:
    """Uploads a sample, explains what is asked, says when it was published; acceptance is the next click."""
    page.goto("/data/")
    page.locator("#in-file").set_input_files(demo_home / "samples" / name)
    if page.locator("#in-accept").count() == 0:
        page.locator("form.in-drop button.btn-primary").click()
    page.locator("#in-accept").wait_for(timeout=60_000)
    assert re.search(r"/data/\d+/$", page.url)
    for answer in page.locator("input[form=in-accept][name^='reason:']").all():
        answer.fill(REASON)
    page.locator("#in-released").fill(released)


def test_a_stranger_walks_from_the_workbook_to_the_briefing(page, demo_home, tmp_path):
    page.goto("/")
    page.locator("input[name=username]").wait_for()
    picture(page, "01-sign-in")
    sign_in(page, "analyst")

    page.goto("/board/")
    assert "2022年9月" in page.locator("main").inner_text()
    before = [e.inner_text() for e in page.locator(".wp-count strong").all()]
    picture(page, "02-board")

    page.goto("/data/samples/")
    assert HOME_TABLE in page.locator("main").inner_text()
    with page.expect_download() as download:
        page.get_by_role("row", name=HOME_TABLE).get_by_role("link").click()
    assert Path(download.value.path()).read_bytes() == (demo_home / "samples" / HOME_TABLE).read_bytes()
    picture(page, "03-samples")

    send_in(page, demo_home, HOME_TABLE, "2022-11-18")
    findings = page.locator(".in-findings").all_inner_texts()
    assert any("实际利用外资" in text for text in findings), "October's struck-off investment is asked about"
    picture(page, "04-findings")
    page.locator("#in-accept button").click()
    page.locator(".wp-note.is-green").first.wait_for(timeout=60_000)
    assert "入账" in page.locator(".wp-note.is-green").first.inner_text()
    send_in(page, demo_home, CITY_TABLE, "2022-11-22")
    page.locator("#in-accept button").click()
    page.locator(".wp-note.is-green").first.wait_for(timeout=60_000)
    picture(page, "05-accepted")

    page.goto("/board/")
    text = page.locator("main").inner_text()
    assert "2022年10月" in text
    assert [e.inner_text() for e in page.locator(".wp-count strong").all()] != [] != before
    picture(page, "06-board-october")

    row = page.locator("tr", has=page.get_by_role("link", name="固投", exact=True)).last
    row.locator("button.wp-figure").first.click()
    origin = page.locator("#wp-origin-body")
    origin.get_by_text("2022年1—10月").first.wait_for()
    assert "林知衡" in origin.inner_text() or "沈明册" in origin.inner_text()
    picture(page, "07-origin")

    page.goto("/indicators/fai/")
    page.locator(".wp-chart svg, .wp-chart canvas").first.wait_for()
    picture(page, "08-indicator", whole=True)
    page.goto("/plan/")
    picture(page, "09-plan")

    page.goto("/documents/")
    page.locator("select[name=as_of]").select_option("2022-10")
    page.locator("form.wp-make button.btn-primary").click()
    page.locator(".wp-paper").wait_for(timeout=60_000)
    picture(page, "10-briefing")
    with page.expect_download() as download:
        page.get_by_role("link", name="下载 Word").click()
    paper = tmp_path / "briefing.docx"
    download.value.save_as(paper)
    check_paper(paper, tmp_path)


def check_paper(paper: Path, folder: Path) -> None:
    """It is a whole docx that says what it should, and LibreOffice makes pages of it."""
    with zipfile.ZipFile(paper) as archive:
        assert archive.testzip() is None
        text = re.sub(r"<[^>]+>", "", archive.read("word/document.xml").decode())
    assert "经济运行分析" in text
    assert "固定资产投资" in text
    assert not re.search(r"增长[-−]\d", text), "a fall is never called negative growth"
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        if os.environ.get("CI") == "true":
            pytest.fail("LibreOffice is missing")
        return
    run = subprocess.run(
        [office, f"-env:UserInstallation=file://{folder}/office", "--headless", "--convert-to", "pdf",
         "--outdir", str(folder), str(paper)],
        capture_output=True, text=True, timeout=180, check=False,
    )  # fmt: skip
    pdf = paper.with_suffix(".pdf")
    assert pdf.exists(), run.stdout + run.stderr
    assert pdf.read_bytes().startswith(b"%PDF")
    assert len(re.findall(rb"/Type\s*/Page\b", pdf.read_bytes())) >= 2
