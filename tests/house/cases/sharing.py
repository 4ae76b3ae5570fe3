"""Which test of sharing stands for which public action and which form (tests/house/cases)."""

# ruff: noqa: E501  (names of tests)
ACTIONS: dict[str, tuple[str, ...]] = {
    "tests/district/sharing/test_feed.py::TestALink::test_making_revoking_and_the_days_first_reading_are_journalled": (
        "sharing.calendar.actions.make_link",
        "sharing.calendar.actions.revoke_link",
    ),
    "tests/district/sharing/test_tokens.py::TestMaking::test_two_in_use_do_not_share_a_name_and_ten_is_the_most": (
        "sharing.tokens.actions.make_token",
    ),
    "tests/district/sharing/test_tokens.py::TestUsing::test_revoked_it_is_as_if_it_never_was_and_only_its_owner_revokes_it": (
        "sharing.tokens.actions.revoke_token",
    ),
}

FORMS: dict[str, tuple[str, ...]] = {
    "tests/district/sharing/test_feed.py::TestALink::test_revoked_it_answers_as_one_that_never_was": (
        "sharing:revoke_link",
    ),
    "tests/district/sharing/test_tokens.py::TestUsing::test_revoked_it_is_as_if_it_never_was_and_only_its_owner_revokes_it": (
        "sharing:revoke_token",
    ),
}
