"""Every form sent twice with one key, and forms and files sent by two at once, on each database: nothing is
done twice. Control: some of the same forms without the key.
"""

from __future__ import annotations

from bars._pytest import ran
from bars.bar import Result

RACES = (
    "tests/district/projects/page/test_sent_at_once.py",
    "tests/district/supervision/matters/test_at_once.py",
    "tests/flows/test_same_file_at_once.py",
)
ADDRESSES = 80  # at least so many take forms


def bar(seed: int) -> Result:
    from tests.house.cases import FORMS

    addresses = {name for names in FORMS.values() for name in names}
    found = {name: ran([*sorted(FORMS), *RACES], database=name) for name in ("sqlite", "postgresql")}
    some = sorted(FORMS)[seed % 7 :: 7]
    control = ran(some, broken="_without_keys")
    wrong = {name: len(one.failed) for name, one in found.items()}
    tests = ", ".join(
        f"{name} {len(one.names)} tests, {len(one.failed)} wrong" for name, one in found.items()
    )
    return Result(
        f"{len(addresses)} forms sent twice and {len(RACES)} sets of races: {tests}",
        f"0 wrong on each, at least {ADDRESSES} forms",
        not any(wrong.values())
        and len(addresses) >= ADDRESSES
        and not any(o.skipped for o in found.values()),
        f"without the key {len(control.failed)} of {len(control.names)} tests see a deed done twice",
        len(control.failed) > len(control.names) // 2,
    )
