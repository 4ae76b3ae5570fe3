"""What the databases of the tests do besides: end a block inside a test as a commit does, and empty tables
whose journal refuses it. An engine of its own is Django's way to say so; nothing of Django is replaced.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings


class CommitsInsideTests:
    """A connection on which the outermost block that the code under test opened ends like a commit: what
    waits for the commit (a job that runs at once, the lights that follow a judgement) happens then, although
    the test around it will be rolled back. A block that failed leaves nothing waiting."""

    def _only_the_test(self) -> bool:
        blocks = self.atomic_blocks
        return bool(blocks) and all(getattr(block, "_from_testcase", False) for block in blocks)

    def savepoint_commit(self, sid: str) -> None:
        super().savepoint_commit(sid)
        if self._only_the_test():
            waiting, self.run_on_commit = self.run_on_commit, []
            for _sids, function, _robust in waiting:
                function()

    def on_commit(self, func: Any, robust: bool = False) -> Any:
        if self._only_the_test():
            return func()
        return super().on_commit(func, robust)


class EmptiesTheJournal:
    """Tests with real transactions empty all tables afterwards; the triggers are lifted for that moment."""

    def execute_sql_flush(self, sql_list: Any) -> Any:
        from wenpan.district.ground.journal import triggers

        triggers.drop(self.connection)
        try:
            return super().execute_sql_flush(sql_list)
        finally:
            triggers.create(self.connection)
            (Path(settings.WENPAN_HOME) / "journal-head").unlink(missing_ok=True)
