"""Which test of home stands for which public action and which form (tests/house/cases)."""

# ruff: noqa: E501  (names of tests)
ACTIONS: dict[str, tuple[str, ...]] = {
    "tests/district/home/test_changes.py::test_a_leader_who_has_read_it_is_not_asked_again": (
        "supervision.matters.actions.leading.instruct",
        "supervision.matters.actions.leading.mark_seen",
    ),
    "tests/district/home/test_today.py::test_the_chief_approves_eleven_at_once_and_is_told_what_was_not": (
        "supervision.matters.actions.batches.act_on_many",
    ),
    "tests/district/home/test_today.py::test_the_head_signs_all_that_was_reported_and_no_other_units": (
        "supervision.matters.actions.batches.sign_off_many",
    ),
    "tests/district/home/test_today.py::test_liaison_signs_all_and_reports_nothing_new_for_all": (
        "supervision.matters.actions.handling.nothing_new",
    ),
}

FORMS: dict[str, tuple[str, ...]] = {
    "tests/district/home/test_today.py::test_what_was_confirmed_together_is_taken_back_together": (
        "home:act",
        "home:undo",
    ),
}
