"""`wenpan journal verify`: one line and an exit code."""

import pytest
from django.db import connection, transaction

from wenpan.cli import main
from wenpan.district.ground.journal import triggers
from wenpan.district.ground.journal.actions import record

pytestmark = pytest.mark.django_db


def write():
    with transaction.atomic():
        return [record(by=None, action="a.b", subject=f"c:{n}", summary="x") for n in range(3)]


def test_a_whole_journal_is_exit_code_0_and_prints_its_head(capsys):
    head = write()[-1].hash
    assert main(["journal", "verify"]) == 0
    assert f"共 3 条，链头 {head}" in capsys.readouterr().out


def test_a_broken_one_is_exit_code_1_and_names_the_entry(capsys):
    write()
    triggers.drop(connection)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE journal_entry SET summary='y' WHERE sequence=2")
    triggers.create(connection)
    assert main(["journal", "verify"]) == 1
    assert "第 2 条的内容被改过" in capsys.readouterr().out


def test_a_printed_head_that_is_not_in_the_chain_is_a_break(capsys):
    write()
    assert main(["journal", "verify", "--head", "f" * 64]) == 1
    assert "链头不在日志中" in capsys.readouterr().out
