"""Which test of the wall stands for which public action and which form (tests/house/cases)."""

# ruff: noqa: E501  (names of tests)
_PAGES = "tests/district/wall/test_wall_pages.py::"
ACTIONS: dict[str, tuple[str, ...]] = {
    f"{_PAGES}test_only_the_hash_is_kept_and_the_journal_holds_no_key": ("wall.actions.open_screen",),
    f"{_PAGES}test_a_revoked_key_stops_at_once_and_is_revoked_once": ("wall.actions.revoke_screen",),
}

FORMS: dict[str, tuple[str, ...]] = {
    f"{_PAGES}test_a_screen_is_opened_and_revoked_on_the_page_and_its_address_is_shown_once": (
        "wall:revoke_screen",
    ),
}
