"""Which test of outbox stands for which public action and which form (tests/house/cases)."""

# ruff: noqa: E501  (names of tests)
ACTIONS: dict[str, tuple[str, ...]] = {
    "tests/district/outbox/test_mail.py::TestWhatAPersonChooses::test_unwanted_kinds_stay_inside_and_musts_come_all_the_same": (
        "outbox.actions.choosing.choose",
    ),
    "tests/district/outbox/test_outbox.py::test_a_failed_digest_is_tried_again_later_then_given_up_then_sent_by_hand": (
        "outbox.actions.retrying.try_again",
    ),
    "tests/district/outbox/test_outbox.py::test_nothing_leaves_while_no_channel_is_on": (
        "outbox.actions.posting.post",
    ),
}

FORMS: dict[str, tuple[str, ...]] = {
    "tests/district/outbox/test_mail.py::TestWhatAPersonChooses::test_the_page_keeps_what_was_ticked": (
        "outbox:mine",
    ),
    "tests/district/outbox/test_outbox.py::test_what_was_given_up_is_sent_again_from_the_page": (
        "outbox:again",
    ),
}
