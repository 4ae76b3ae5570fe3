"""What a page of the documents names is there: links, and paths in code marks; nothing is told twice."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import wenpan

CODE = Path(wenpan.__file__).parent
ROOT = CODE.parent
PAGES = sorted(
    [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "benchmarks").glob("*.md")],
    key=lambda page: page.name,
)
HERE = ("wenpan", "tests", "docs", "benchmarks", "bars", "script")
ENDINGS = r"py|yaml|md|html|toml|txt|css|js|po|sh|svg"
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
NAMED = re.compile(rf"`((?:[\w.-]+/)*[\w.*-]+\.(?:{ENDINGS})|(?:[\w.-]+/)+)`")
# Files of a place or made by a run, not of the project.
MADE = re.compile(
    r"^(place|demo|manifest|place-.*|out|var|rules/place)\b|^(WENPAN_HOME|home|var|keys|originals|log|backups|docs/rules)/"
)


def _stands(name: str) -> bool:
    """As a whole path, or as the end of one: whoever searches for it finds it."""
    return any(next(iter((ROOT / folder).rglob(name.strip("/"))), None) for folder in HERE) or bool(
        list(ROOT.glob(name))
    )


def test_the_changelog_tells_nothing_twice():
    """No subject has two entries, and no sentence stands in two of them."""
    text = (ROOT / "CHANGELOG.md").read_text()
    subjects = [subject.strip("。. ") for subject in re.findall(r"^- \*\*(.+?)\*\*", text, flags=re.M)]
    said = [" ".join(part.split()) for part in re.split(r"[.;。；]\s", text) if len(part) > 40]
    for told in (subjects, said):
        assert [one for one in told if told.count(one) > 1] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_file_that_a_page_names_exists(page):
    text = re.sub(r"```.*?```", "", page.read_text(), flags=re.S)
    links = {link for link in LINK.findall(text) if not re.match(r"[a-z]+:", link)}
    missing = [link for link in links if not (page.parent / link).exists()]
    for name in set(NAMED.findall(text)):
        if not MADE.match(name) and not _stands(name):
            missing.append(name)
    assert sorted(missing) == []


POINTER = re.compile(r"`((?:economy|documents|district|rules|commands)(?:\.[a-z_0-9]+)+(?:\.[A-Z]\w+)?)`")


def _leads_somewhere(pointer: str) -> bool:
    """`economy.judging.columns.JUDGED`: folders, a module, and a name that stands in it."""
    at = CODE
    for i, part in enumerate(parts := pointer.split(".")):
        if (module := at / f"{part}.py").exists():
            rest = parts[i + 1 :]
            return not rest or re.search(rf"\b{rest[0]}\b", module.read_text()) is not None
        if not (at / part).is_dir():
            package = at / "__init__.py"
            named = package.exists() and re.search(rf"\b{part}\b", package.read_text()) is not None
            return named or (at / f"{part}.yaml").exists()
        at /= part
    return True


def test_what_a_docstring_points_to_stands_there():
    """A module that moves takes the words about it along."""
    lost = [
        f"{path.relative_to(ROOT)}: {pointer}"
        for path in sorted(CODE.rglob("*.py"))
        for pointer in POINTER.findall(path.read_text())
        if not _leads_somewhere(pointer)
    ]
    assert lost == []
    assert not _leads_somewhere("economy.judgement.JUDGED"), "the control: where it stood before"


def test_every_benchmark_stands_in_the_table_and_runs_without_arguments():
    """`script/bench` gives none: whatever a benchmark needs has a default, or it says what it lacks."""
    table = (ROOT / "benchmarks/README.md").read_text()
    for file in sorted((ROOT / "benchmarks").glob("*.py")):
        text = file.read_text()
        if "__main__" in text:
            assert f"`{file.name}" in table, file.name
            assert "required=True" not in text and 'nargs="+"' not in text, file.name
            for asked in re.findall(r'add_argument\("[a-z].*', text):
                assert "nargs=" in asked, f"{file.name}: {asked}"
