"""Rows of which one holds at a time end when the next begins."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from wenpan.district.ground.succession import unfollowed

BEGIN = datetime(2022, 10, 1)


def chain(kinds):
    """Rows one after another, each kind ended by its next."""
    rows, last = [], {}
    for pk, kind in enumerate(kinds, start=1):
        at = BEGIN + timedelta(days=pk)
        if kind in last:
            rows[last[kind]][3] = at
        last[kind] = len(rows)
        rows.append([pk, kind, at, None])
    return rows


@given(st.lists(st.sampled_from("abc"), max_size=12))
def test_rows_that_follow_each_other_are_no_trouble(kinds):
    assert list(unfollowed(chain(kinds))) == []


@given(st.lists(st.sampled_from("abc"), min_size=1, max_size=12), st.data())
def test_a_moved_end_is_named_with_the_end_that_follows(kinds, data):
    rows = chain(kinds)
    changed = data.draw(st.sampled_from(rows))
    follows, changed[3] = changed[3], BEGIN - timedelta(days=data.draw(st.integers(1, 9)))
    assert list(unfollowed(rows)) == [(changed[0], changed[3], follows)]
