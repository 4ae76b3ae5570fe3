"""The index finds what a scan for the substring finds, and nothing else; it follows every change."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from datetime import date

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.district.firms.conftest import *  # noqa: F403  (a firm, its people, its requests)
from tests.district.firms.conftest import FRIDAY
from wenpan.district.accounts.models import User
from wenpan.district.firms.ledger.actions import add_firm, change_firm
from wenpan.district.firms.models import Firm, ServiceRequest, SupportClause
from wenpan.district.firms.policies.actions import keep_clause
from wenpan.district.search import engines
from wenpan.district.search.finding import LONGEST, SearchWords
from wenpan.district.search.index import holding
from wenpan.district.search.keeping import catch_up, put, rebuild
from wenpan.district.search.models import IndexedText
from wenpan.district.search.queries import search
from wenpan.district.search.tokens import OVERLAP, PART, normalise, parts, tokens

CHARACTERS = "桐溪智造园供地政策补助用能ab1 -\n"


def hits(user, q):
    return {kind.code: [hit.text for hit in kind.hits] for kind in search(user, q)}


@pytest.fixture
def clauses(db):
    """clauses([text, …]): one policy a text, indexed."""

    def make(texts):
        made = SupportClause.objects.count()
        rows = [
            SupportClause(
                code=f"c{made + n}", name="条款", source="文", text=text, conditions={},
                valid_from=date(2022, 1, 1), at=FRIDAY,
            )
            for n, text in enumerate(texts)
        ]  # fmt: skip
        SupportClause.objects.bulk_create(rows)
        put("policies", [row.pk for row in rows])
        return rows

    return make


def found(word):
    typed = SearchWords.of(word)
    return set(SupportClause.objects.filter(holding("policies", typed)).values_list("code", flat=True))


def scanned(rows, word):
    return {
        row.code
        for row in rows
        if all(w in normalise(f"{row.text}\n{row.code}") for w in SearchWords.of(word).words)
    }


def test_recall_and_precision_are_one_against_a_substring_scan(clauses):
    rng = random.Random(14)
    texts = ["".join(rng.choices(CHARACTERS, k=rng.choice((3, 40, 400)))) for _ in range(300)]
    rows = clauses(texts)
    for _ in range(200):
        text = rng.choice(texts)
        at = rng.randrange(len(text))
        word = text[at : at + rng.choice((1, 2, 2, 3, 4))]
        if normalise(word).split():
            assert found(word) == scanned(rows, word), word


def test_a_word_is_found_wherever_a_long_text_is_cut(clauses):
    rows = clauses(["甲" * cut + "桐溪智造园" + "乙" * 50 for cut in range(PART - 8, PART + 3)])
    assert found("桐溪智造园") == {row.code for row in rows}
    long = clauses(["丙" * (PART - OVERLAP - 2) + "戊己庚辛" + "丙" * 3 * PART + "末尾两字"])
    assert found("戊己庚辛") == found("末尾两字") == {long[0].code}


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(alphabet=CHARACTERS, max_size=3 * PART), st.integers(0, 3 * PART), st.integers(1, LONGEST))
def test_the_parts_of_a_text_hold_every_word_of_it(text, at, length):
    word = normalise(text)[at : at + length]
    assert any(word in part for part in parts(text))
    assert all(len(part) <= PART for part in parts(text))


def test_a_word_does_not_reach_across_white_space():
    assert tokens("桐 溪") == ["u6850", "gap", "u6eaa"] and tokens("  ") == []


@pytest.mark.django_db
def test_every_kind_of_the_service_room_is_found(firm, people, asked):
    asked("供电容量不足", text="三号车间每天停两小时")
    clause = {"code": "energy", "name": "用能补助", "source": "区政规〔2022〕6号",
              "valid_from": date(2022, 1, 1),
              "conditions": [{"fact": "lists", "has": "规上工业"}], "support": {"fixed": 1}}  # fmt: skip
    keep_clause(data=clause, text="对停产的企业给予补助", by=people["office"])
    user = people["office"]
    assert hits(user, "车间")["requests"] == ["供电容量不足"]
    assert hits(user, "停产")["policies"] == ["用能补助"]
    assert hits(user, "ahjg")["firms"] == ["安禾精工有限公司"]
    assert hits(user, "Y43")["firms"] == ["安禾精工有限公司"]
    assert hits(user, "精工 车间")["requests"] == ["供电容量不足"]  # one word in the firm, one in the text


@pytest.mark.django_db
def test_rights_come_before_ranking(firm, people, asked):
    asked("供电容量不足")
    assert "requests" in hits(people["leader"], "供电")
    assert hits(people["other"], "供电") == {}
    assert "firms" in hits(people["town"], "精工") and "firms" not in hits(people["other"], "精工")


@pytest.mark.django_db
def test_the_index_follows_names_answers_and_what_is_taken_back(firm, people, replied):
    user = people["office"]
    assert hits(user, "增容")["requests"] == [replied.title]  # said in the answer
    change_firm(firm=firm, values={"name": "宁澜精密有限公司"}, by=user)
    assert hits(user, "宁澜")["firms"] == ["宁澜精密有限公司"]
    assert hits(user, "宁澜")["requests"] == [replied.title]
    assert hits(user, "安禾精工")["firms"] == ["宁澜精密有限公司"]  # a former name
    Firm.objects.filter(pk=firm.pk).update(retracted=True)
    ServiceRequest.objects.filter(pk=replied.pk).update(retracted=True)
    assert hits(user, "宁澜") == {}


@pytest.mark.django_db(transaction=True)
def test_a_commit_keeps_the_index_and_a_rollback_leaves_it(make_user):
    office = make_user("service", username="office")
    firm = add_firm(values={"name": "安禾精工有限公司"}, by=office)
    typed = SearchWords.of("精工")
    assert list(Firm.objects.filter(holding("firms", typed))) == [firm]
    with pytest.raises(RuntimeError), transaction.atomic():
        change_firm(firm=firm, values={"name": "宁澜电子有限公司"}, by=office)
        raise RuntimeError
    assert not Firm.objects.filter(holding("firms", SearchWords.of("宁澜"))).exists()
    change_firm(firm=firm, values={"name": "宁澜电子有限公司"}, by=office)
    assert Firm.objects.filter(holding("firms", SearchWords.of("宁澜"))).exists()
    assert User.objects.exists()


@pytest.mark.django_db
def test_made_anew_it_is_as_the_commits_kept_it(firm, people, asked):
    asked("供电容量不足")
    catch_up()
    kept = set(IndexedText.objects.values_list("kind", "object_id", "part"))
    assert rebuild()["firms"] == 1
    assert set(IndexedText.objects.values_list("kind", "object_id", "part")) == kept
    assert hits(people["office"], "供电")["requests"] == ["供电容量不足"]


@pytest.mark.django_db
def test_a_page_that_only_shows_writes_no_index(people, firm, signed_in):
    browser = signed_in("office")
    catch_up()
    connection.written.clear()
    before = IndexedText.objects.count()
    assert "安禾精工" in browser.get("/search/?q=精工").content.decode()
    assert IndexedText.objects.count() == before


@pytest.mark.parametrize("version", [(3, 40, 1), sqlite3.sqlite_version_info])
def test_an_older_sqlite_keeps_the_texts_and_forgets_a_row_all_the_same(version):
    """Debian 12 on aarch64 has 3.40.1: a table without content could not forget there."""
    sql = engines.CREATE["sqlite"][0].replace(engines._content(), engines._content(version))
    assert ("contentless_delete" in sql) == (version >= engines.NO_CONTENT)
    with closing(sqlite3.connect(":memory:")) as database:
        cursor = database.cursor()
        cursor.execute(sql)
        engines.insert(cursor, "sqlite", [(1, ["a"], ["b"], ["c"]), (2, ["a"], ["d"], ["e"])])
        engines.delete(cursor, "sqlite", [1])
        cursor.execute(f"SELECT rowid FROM {engines.TABLE} WHERE {engines.TABLE} MATCH 'a'")
        assert cursor.fetchall() == [(2,)]
