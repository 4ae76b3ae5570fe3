"""Which test of collecting stands for which public action and which form (tests/house/cases)."""

# ruff: noqa: E501  (names of tests)
ACTIONS: dict[str, tuple[str, ...]] = {
    "tests/district/collecting/test_sources.py::TestThePage::test_asked_by_hand_while_it_is_being_asked_is_refused": (
        "collecting.actions.asking.ask_now",
    ),
}

FORMS: dict[str, tuple[str, ...]] = {
    "tests/district/collecting/test_sources.py::TestThePage::test_now_is_a_persons_press_and_needs_the_right_to_send_in": (
        "collecting:now",
    ),
}
