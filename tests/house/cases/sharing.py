"""Which test of sharing stands for which public action and which form (tests/house/cases)."""

# ruff: noqa: E501  (names of tests)
ACTIONS: dict[str, tuple[str, ...]] = {
    "tests/district/sharing/test_feed.py::TestALink::test_making_revoking_and_the_days_first_reading_are_journalled": (
        "sharing.calendar.actions.make_link",
        "sharing.calendar.actions.revoke_link",
    ),
}

FORMS: dict[str, tuple[str, ...]] = {
    "tests/district/sharing/test_feed.py::TestThePage::test_the_address_is_shown_once": (
        "sharing:make_link",
    ),
    "tests/district/sharing/test_feed.py::TestALink::test_revoked_it_answers_as_one_that_never_was": (
        "sharing:revoke_link",
    ),
}
