"""Which test of 对上衔接 stands for which public action and which form (tests/house/cases)."""

# ruff: noqa: E501  (names of tests)
ACTIONS: dict[str, tuple[str, ...]] = {
    "tests/district/upward/test_upward_contacts.py::test_what_was_learned_is_kept_and_the_next_contact_follows_the_rule": (
        "upward.actions.note_contact",
    ),
}

FORMS: dict[str, tuple[str, ...]] = {
    "tests/district/upward/test_upward_contacts.py::test_the_owner_notes_on_the_page_and_it_stands_beside_the_indicator": (
        "upward:note",
    ),
}
