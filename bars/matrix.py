"""Every address as a stranger and as each role, and other units' records, on each database: closed unless
opened, and what is not yours is not there. Control: the same matrix with the guard taken off.
"""

from __future__ import annotations

from bars._pytest import ran
from bars.bar import Result

TESTS = ("tests/house/test_permission_matrix.py", "tests/house/test_other_units_records.py")
ADDRESSES = 150
ROLES = "test_each_role_may_open_what_is_its_own_and_nothing_else"


def bar(seed: int) -> Result:
    found = {name: ran(TESTS, database=name) for name in ("sqlite", "postgresql")}
    control = ran([f"{TESTS[0]}::{ROLES}"], broken="_without_guards")
    names = found["sqlite"].names
    addresses = sum(name.startswith("test_a_stranger_sees") for name in names)
    roles = sum(name.startswith(ROLES) for name in names)
    wrong = ", ".join(f"{name} {len(one.failed)} wrong of {len(one.names)}" for name, one in found.items())
    return Result(
        f"{addresses} addresses × a stranger and {roles} roles, and other units' records: {wrong}",
        f"0 wrong on each, at least {ADDRESSES} addresses",
        not any(one.failed or len(one.names) < ADDRESSES for one in found.values())
        and addresses >= ADDRESSES,
        f"without the guard {len(control.failed)} of {len(control.names)} roles open what is not theirs",
        len(control.failed) > len(control.names) // 2,
    )
