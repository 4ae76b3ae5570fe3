"""What the rooms' tests have in common: a home district with one rival in its city."""

from __future__ import annotations

import pytest


@pytest.fixture
def regions(db):
    from wenpan.district.observations.actions import sync_regions

    return sync_regions(
        regions=[{"code": "anhe", "name": "安禾区", "home": True}, {"code": "donglan", "name": "东澜区"}],
        city={"code": "ninglan", "name": "宁澜市"},
        by=None,
    )
