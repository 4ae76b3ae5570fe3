"""Part of `tamper`: changes of what follows from something else, as whoever holds the journal's key makes
them: he seals the row anew, and only making it again shows that nothing gives it."""

from __future__ import annotations

import json
import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from bars._tampering import MissError, Tampering, _unguarded

Change = Callable[[sqlite3.Connection, random.Random], str]


def tampered_and_sealed(home: Path, chance: random.Random) -> list[Tampering]:
    """One change of each kind; the words must stand in a line of what doctor makes again."""
    with closing(sqlite3.connect(home / "wenpan.sqlite3", isolation_level=None)) as database:
        database.row_factory = sqlite3.Row
        _unguarded(database)
        return [Tampering(kind, (change(database, chance),)) for kind, (_room, change) in DERIVED.items()]


def _one(database: sqlite3.Connection, chance: random.Random, sql: str) -> dict[str, Any]:
    rows = database.execute(sql).fetchall()
    if not rows:
        raise MissError(sql)
    return dict(chance.choice(rows))


def _add(database: sqlite3.Connection, chance: random.Random, label: str, column: str) -> str:
    """Another amount in a row that came from a file."""
    table = label.lower().replace(".", "_")
    row = _one(database, chance, f'SELECT id, "{column}" AS v FROM "{table}" WHERE "{column}" IS NOT NULL')
    more = f"{float(row['v']) + chance.choice([1, -1, 100]):.4f}"
    database.execute(f'UPDATE "{table}" SET "{column}"=? WHERE id=?', [more, row["id"]])
    return f"{label} row {row['id']} "


def revenue(database: sqlite3.Connection, chance: random.Random) -> str:
    return _add(database, chance, "fiscal.RevenueRow", chance.choice(["ytd", "ytd_last", "budget"]))


def treasury(database: sqlite3.Connection, chance: random.Random) -> str:
    return _add(database, chance, "fiscal.TreasuryRow", "amount")


def bond(database: sqlite3.Connection, chance: random.Random) -> str:
    return _add(database, chance, "fiscal.BondRow", "issued")


def adjustment(database: sqlite3.Connection, chance: random.Random) -> str:
    row = _one(database, chance, "SELECT id FROM fiscal_adjustmententry WHERE decided_at IS NOT NULL")
    database.execute("UPDATE fiscal_adjustmententry SET state='proposed' WHERE id=?", [row["id"]])
    return f"fiscal.AdjustmentEntry row {row['id']} is kept as proposed"


def accounts(database: sqlite3.Connection, chance: random.Random) -> str:
    return _add(database, chance, "supports.AccountsRow", chance.choice(["value", "growth"]))


def duty(database: sqlite3.Connection, chance: random.Random) -> str:
    row = _one(database, chance, "SELECT id FROM supports_supportduty WHERE superseded_at IS NULL")
    database.execute("UPDATE supports_supportduty SET superseded_at='2022-11-01' WHERE id=?", [row["id"]])
    return f"supports.SupportDuty row {row['id']} is kept as ending"


def stage(database: sqlite3.Connection, chance: random.Random) -> str:
    row = _one(database, chance, "SELECT id FROM entries_entrycandidate WHERE stage <> 'entered'")
    database.execute("UPDATE entries_entrycandidate SET stage='entered' WHERE id=?", [row["id"]])
    return f"entries.EntryCandidate row {row['id']} "


def step_gone(database: sqlite3.Connection, chance: random.Random) -> str:
    row = _one(database, chance, "SELECT id, candidate_id AS unit FROM entries_entrystep WHERE kind='listed'")
    database.execute("DELETE FROM entries_entrystep WHERE id=?", [row["id"]])
    return f"entries.EntryCandidate row {row['unit']} "


def campaign(database: sqlite3.Connection, chance: random.Random) -> str:
    row = _one(database, chance, "SELECT id FROM campaigns_campaign WHERE started_at IS NOT NULL")
    database.execute("UPDATE campaigns_campaign SET state='planned' WHERE id=?", [row["id"]])
    return f"campaigns.Campaign row {row['id']} (“"


def report(database: sqlite3.Connection, chance: random.Random) -> str:
    row = _one(database, chance, "SELECT id, campaign_id AS of, facts FROM campaigns_campaignreport")
    facts = json.loads(row["facts"])
    facts["left_out"] += 1
    database.execute("UPDATE campaigns_campaignreport SET facts=? WHERE id=?", [json.dumps(facts), row["id"]])
    return f"the report of campaigns.Campaign row {row['of']} is not what was found"


def drawn(database: sqlite3.Connection, chance: random.Random) -> str:
    row = _one(database, chance, "SELECT id, drawn, population FROM quality_fielddraw")
    taken, population = json.loads(row["drawn"]), json.loads(row["population"])
    other = chance.choice([code for code, _name in population if code not in taken])
    taken[chance.randrange(len(taken))] = other
    database.execute("UPDATE quality_fielddraw SET drawn=? WHERE id=?", [json.dumps(taken), row["id"]])
    return f"quality.FieldDraw row {row['id']} "


def letter(database: sqlite3.Connection, chance: random.Random) -> str:
    """A letter that never was: its number is missing."""
    row = _one(
        database, chance, "SELECT id, (SELECT min(id) FROM quality_queryletter l WHERE l.id > q.id) AS next "
        "FROM quality_queryletter q WHERE next IS NOT NULL",
    )  # fmt: skip
    database.execute("DELETE FROM quality_queryletter WHERE id=?", [row["id"]])
    return f"quality.QueryLetter row {row['next']} "


def memo(database: sqlite3.Connection, chance: random.Random) -> str:
    row = _one(database, chance, "SELECT id, facts FROM meetings_keptmemo")
    facts = json.loads(row["facts"])
    facts["answers"]["answered"] += 1
    database.execute("UPDATE meetings_keptmemo SET facts=? WHERE id=?", [json.dumps(facts), row["id"]])
    return f"meetings.KeptMemo row {row['id']} counts"


def question(database: sqlite3.Connection, chance: random.Random) -> str:
    row = _one(database, chance, "SELECT id, text FROM meetings_meetingquestion")
    database.execute(
        "UPDATE meetings_meetingquestion SET text=? WHERE id=?", ["另问：" + row["text"], row["id"]]
    )
    return f"meetings.MeetingQuestion row {row['id']} is not the question"


DERIVED: dict[str, tuple[str, Change]] = {
    "an amount of revenue": ("fiscal", revenue),
    "an amount due": ("fiscal", treasury),
    "an amount of bonds": ("fiscal", bond),
    "the state of an adjustment": ("fiscal", adjustment),
    "a figure of the accounts": ("supports", accounts),
    "who answers for an industry": ("supports", duty),
    "a stage of an entry": ("entries", stage),
    "a step that is gone": ("entries", step_gone),
    "the state of a campaign": ("campaigns", campaign),
    "a number of a report": ("campaigns", report),
    "a unit that was not drawn": ("quality", drawn),
    "a letter that is gone": ("quality", letter),
    "a count of a memo": ("meetings", memo),
    "a question of a memo": ("meetings", question),
}
ROOMS = tuple(dict.fromkeys(room for room, _change in DERIVED.values()))
