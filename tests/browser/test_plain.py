"""Plain: no word of a developer stands before an official, on any page that a link leads to, for any role."""

from __future__ import annotations

import os
import re

import pytest

# Every page as every role takes minutes.
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not os.environ.get("WENPAN_CRAWL"), reason="WENPAN_CRAWL=1 walks every page"),
]

HAN = "[\u4e00-\u9fff]"
REFUSED = {
    "the name of a file of the program": r"\.ya?ml\b|\.py\b|\.md\b|\bin_force\b",
    "a folder of the program": r"\brules/|\bdocs/|\bwenpan/|WENPAN_",
    "a sign of comparison": r"==|!=|>=|<=|[<>] ?[−-]?\d",
    "a raw address": r"https?://",
    "a code of the journal": r"\b(?:user|matter|slip|proposal|submission|target|batch|unit):\w",
    "a name of the program": r"\b[a-z]+(?:_[a-z]+)+\b|\b(?:NaN|None|null|undefined|SHA-?256|Beta)\b|种子",
    "a stilted sentence": r"年中有\d+年做到|灯触发|不作事项|为什么是对的|逐字节|这张清单应当是空的|按上下限",
    "half-width punctuation": rf"{HAN}[,;:?!] ?{HAN}|{HAN}[,;:](?: |$)|{HAN}\. |{HAN}\.$",
}
# Where words of files and of people stand as they were given: cells, original texts, names of accounts.
GIVEN = (
    "intake:",
    "projects:project",
    "projects:own_return",
    "supervision:source",
    "supervision:edit",
    "accounts:",
    "firms:add_policy",
    "firms:policy",
    "journal:evidence",  # algorithms by the names that an assessor writes
)
LIT_NOWHERE = {
    "home:help",
    "home:how_to",
    "accounts:password",
    "accounts:profile",
    "accounts:second",
    "outbox:mine",
    "sharing:tokens",
    "supervision:notices",
    "jobs:list",
    "search:search",
    "wall:wall",  # a wall has no menu
    "observations:origin",
}


def test_no_word_of_a_developer_stands_on_a_page(crawled):
    found = {}
    for page in crawled:
        if page.get("name") == "sharing:tokens":  # addresses for other programs, given to who connects them
            continue
        for kind, pattern in REFUSED.items():
            given = page.get("name", "").startswith(GIVEN)
            if given and kind in {"half-width punctuation", "a name of the program"}:
                continue
            for words in page["words"]:
                if words.endswith((".xlsx", ".docx", ".pdf")) or re.fullmatch(r"[a-z_]+", words):
                    continue
                said = re.sub(r"（[a-z_]+）|[\w/]+\.xlsx", "", words)  # names of accounts and files
                if re.search(pattern, said):
                    found.setdefault((kind, page["name"]), f"{page['url']} {page['user']}: {words[:140]}")
    assert found == {}


def test_no_link_leads_to_a_page_that_refuses_who_clicks_it(crawled):
    assert [(p["user"], p["from"], p["url"], p["status"]) for p in crawled if p["status"] >= 400] == []


def test_exactly_one_entry_of_the_menu_is_lit(crawled):
    dark = {p["name"] for p in crawled if p["words"] and p.get("lit") != 1} - LIT_NOWHERE
    assert dark == set()


# Long tables that are no lists: series, matrices, papers, forms, what is decided row by row.
NO_LISTS = {
    "adjustments:rows": "the place's own list, taken out and in as a spreadsheet",
    "adjustments:list": "settings by subject",
    "attraction:published": "a table as another office printed it",
    "journal:evidence": "requirements in the order of the standards",
    "bulletins:document": "a paper",
    "entries:batches": "a calendar of batches",
    "indicators:plan": "a plan by month",
    "indicators:rules": "conditions of a rule set",
    "intake:samples": "files to take",
    "observations:releases": "a calendar by day",
    "projects:project": "returns by month",
    "bulletins:behind": "what stands behind a number of a paper",
    "fiscal:overview": "revenue by kind, in the order of the statement",
    "indicators:indicator": "a series by month",
    "indicators:scorecard": "what was said and came, by band",
    "intake:submission": "a file's own rows",
    "intake:layout": "a file's own columns",
    "meetings:meeting": "a paper",
    "projects:curves": "a curve a kind",
    "projects:links": "pairs that are decided row by row",
    "projects:map": "a plan by month",
    "projects:outlook": "months ahead",
    "projects:speech": "the table of the speech",
    "sharing:tokens": "addresses for other programs",
    "supervision:burden": "units by form",
    "supervision:charges": "rules",
}


def test_every_long_table_is_a_list_that_sorts_or_says_why_not(crawled):
    long = {p["name"] for p in crawled if p.get("plain_rows", 0) > 10}
    assert long - set(NO_LISTS) == set()


def test_every_role_was_walked(crawled):
    assert len({page["user"] for page in crawled}) >= 10
    assert len({page.get("name") for page in crawled}) >= 80
