"""Evidence: every quoted requirement has a test or a duty, and the state is looked at anew."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path

import pytest

from wenpan.cli import main
from wenpan.district.audit import evidence
from wenpan.rules import RuleError
from wenpan.rules.evidence import requirements

ROOT = Path(__file__).resolve().parents[3]


def test_every_named_test_exists_and_every_named_look_is_known():
    for one in requirements()[0]:
        assert all((ROOT / test).is_file() for test in one.tests), one.clause
        assert not one.check or one.check in evidence.CHECKS
        assert len(one.quotation) > 10 and one.clause.startswith(("GB/T ", "统计法"))


@pytest.mark.django_db
def test_what_was_not_compared_with_a_public_text_says_so(client, make_user, monkeypatch):
    found, provenance = requirements()
    one = replace(found[0], checked="")
    monkeypatch.setattr(evidence, "requirements", lambda: ((one, found[1]), provenance))
    client.force_login(make_user("auditor"))
    page = client.get("/journal/evidence/").content.decode()
    assert page.count("引文未核对") == 1 and found[1].checked in page


def test_a_requirement_without_test_or_duty_is_refused(tmp_path):
    (tmp_path / "rules").mkdir()
    head = "version: t\neffective_from: 2026-01-01\nsource: 测试\nrequirements:\n"
    for wrong in ("met_by: program", "met_by: place", "met_by: not_met", "met_by: somebody"):
        (tmp_path / "rules" / "evidence.yaml").write_text(f"{head}  - {{clause: a, quotation: b, {wrong}}}\n")
        with pytest.raises(RuleError):
            requirements(tmp_path)


@pytest.mark.django_db
def test_the_state_follows_the_place(make_user, settings):
    def state(clause: str) -> str:
        return next(row.state for row in evidence.rows() if row.requirement.clause.endswith(clause))

    assert state("8.1.4.2 d)") == "open"
    for role in ("system_admin", "security_admin", "auditor"):
        make_user(role)
    assert state("8.1.4.2 d)") == "met"
    assert state("8.1.4.1 c)") == "open"
    settings.SESSION_COOKIE_SECURE = True
    assert state("8.1.4.1 c)") == "duty"
    assert state("8.1.4.9 b)") == "not_met"


@pytest.mark.django_db
def test_a_test_that_failed_in_the_last_run_makes_its_requirement_open(settings):
    test = "tests/district/journal/test_journal_chain.py"
    other = "tests/district/journal/test_seals.py"
    path = settings.WENPAN_HOME / evidence.LAST_RUN
    try:
        path.write_text(json.dumps({"at": "2026-11-29T12:00", "outcomes": {test: True, other: False}}))
        row = next(r for r in evidence.rows() if test in r.requirement.tests)
        assert (row.state, row.passed, row.ran) == ("open", False, "2026-11-29T12:00")
    finally:
        path.unlink()


@pytest.mark.django_db
def test_the_command_writes_the_table_and_ends_with_1_when_something_is_open(tmp_path, capsys):
    assert main(["evidence", "--to", str(tmp_path / "a.csv")]) == 1
    with (tmp_path / "a.csv").open(encoding="utf-8-sig") as file:
        table = list(csv.DictReader(file))
    assert len(table) == len(requirements()[0]) == len(capsys.readouterr().out.splitlines())


@pytest.mark.django_db
def test_the_auditor_reads_it_and_nobody_else(client, make_user):
    client.force_login(make_user("auditor"))
    assert "合规举证" in client.get("/journal/evidence/").content.decode()
    client.force_login(make_user("analyst"))
    assert client.get("/journal/evidence/").status_code == 403
