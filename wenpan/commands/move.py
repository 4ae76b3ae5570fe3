"""`wenpan move --to postgresql://…` or `--to sqlite`: the whole place into the other kind of database.

The program must be stopped. The journal and every row it answers for are checked first; then each table
goes over as it is, and its digest, made again from what the new database holds, must be equal. The old one is
not touched: until DATABASE_URL is changed, nothing has happened. Originals, rules and keys stay.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from wenpan.commands._single import only_start
from wenpan.commands._start import check_journal, home, start_django, stop
from wenpan.district.ground.private_files import keep_private

SQLITE = "sqlite"


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser("move", help="into the other kind of database 换库", description=__doc__)
    parser.add_argument("--to", default="", help="postgresql://user:password@host/name, or sqlite")
    parser.add_argument("--receive", type=Path, help=argparse.SUPPRESS)  # the other side of the same command
    parser.set_defaults(func=run)


def run(arguments: argparse.Namespace) -> int:
    keep_private()
    if arguments.receive:
        return receive(arguments.receive)
    place, target = home(), str(arguments.to)
    here = os.environ.get("DATABASE_URL", "")
    if target != SQLITE and not target.startswith(("postgresql://", "postgres://")):
        stop("--to is postgresql://user:password@host/name, or sqlite.")
    if target == here or (target == SQLITE and not here):
        stop("the place is in that database already. 数据已在这个库中。")
    if target == SQLITE and (place / "wenpan.sqlite3").exists():
        stop(f"{place / 'wenpan.sqlite3'} is there already: move it aside first.")
    check_journal()
    with only_start(place), tempfile.TemporaryDirectory(dir=place, prefix=".moving-") as scratch:
        file = Path(scratch) / "rows"
        send(file)
        environment = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
        if target != SQLITE:
            environment["DATABASE_URL"] = target
        command = [sys.executable, "-m", "wenpan", "move", "--receive", str(file)]
        if subprocess.run(command, env=environment, check=False).returncode:
            if target == SQLITE:
                (place / "wenpan.sqlite3").unlink(missing_ok=True)
            stop("换库没有完成；原库没有改动，照旧可用。")
    setting = f"DATABASE_URL={target}" if target != SQLITE else "without DATABASE_URL"
    print(
        f"换库完成，各表摘要逐一相同。以后启动：{setting}（/etc/wenpan/environment）；原库未动，请妥善保存后停用。"
    )
    return 0


def send(file: Path) -> None:
    """Every table with its digest into the file; ends where the place is not as its journal left it."""
    start_django()
    from wenpan.commands.doctor import examine
    from wenpan.district.ground import table_transfer

    if troubles := list(examine()):
        stop("换库前须先处理（wenpan doctor）：" + troubles[0])
    with file.open("w", encoding="utf-8") as out:
        for model in table_transfer.moved_models():
            found = table_transfer.digest(model)
            columns = [field.column for field in model._meta.concrete_fields]
            out.write(json.dumps({"table": model._meta.label, "columns": columns, **found._asdict()}) + "\n")
            for line in table_transfer.lines(model):
                out.write(line + "\n")
        out.write("{}\n")


def receive(file: Path) -> int:
    """In the process that has the new database: 0 when every table is there with the same digest."""
    start_django()
    from django.core.management import call_command
    from django.db import DatabaseError, connection, transaction

    from wenpan.district.accounts.models import User
    from wenpan.district.ground.databases.whole_migrations import whole_migrations
    from wenpan.district.ground.journal import triggers
    from wenpan.district.ground.journal.keeping import seal_moved
    from wenpan.district.ground.journal.models import Entry

    try:
        with whole_migrations():
            call_command("migrate", verbosity=0)
        if User.objects.exists() or Entry.objects.exists():
            stop("目标库不是空的：里面已有账号或日志。请给一个新建的空库。")
        with transaction.atomic():
            triggers.drop(connection)
            equal, wrong = _take(file)
            triggers.create(connection)
            if wrong:
                raise DatabaseError(f"{wrong}: the digest differs")
    except DatabaseError as error:
        print(f"× {error}", file=sys.stderr)
        return 1
    # The text that seals are made of is the database's own: rows shown to be equal are sealed anew here.
    seal_moved(where=connection.display_name, digests=equal)
    connection.close()
    return 0


def _take(file: Path) -> tuple[list[list[Any]], str]:
    """Writes what the file holds: (table, rows, digest) of the equal ones, and the first that is not."""
    from wenpan.district.ground import table_transfer

    known = {model._meta.label: model for model in table_transfer.moved_models()}
    heads, equal = [], []
    with file.open(encoding="utf-8") as source:
        while told := json.loads(next(source)):
            model = known.pop(told["table"], None)
            if model is None or told["columns"] != [f.column for f in model._meta.concrete_fields]:
                return [], str(told["table"])
            table_transfer.write(model, _rows(source, told["rows"]))
            heads.append((model, told))
    table_transfer.continue_numbering()
    for model, told in heads:
        found = table_transfer.digest(model)
        if found._asdict() != {"rows": told["rows"], "digest": told["digest"]}:
            return [], str(told["table"])
        equal.append([told["table"], found.rows, found.digest])
        if found.rows:
            print(f"{model._meta.label:36} {found.rows:>9}  {found.digest[:16]}")
    return equal, next(iter(known), "")


def _rows(source: IO[str], count: int) -> Iterator[str]:
    for _n in range(count):
        yield next(source)
