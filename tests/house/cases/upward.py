"""Which test of the library and of 对上衔接 stands for which public action and which form (tests/house/cases)."""

# ruff: noqa: E501  (names of tests)
ACTIONS: dict[str, tuple[str, ...]] = {
    "tests/district/library/test_library.py::test_a_paper_is_sent_once_signed_for_once_and_read_once": (
        "library.actions.add_paper",
        "library.actions.send_paper",
        "library.actions.receive_paper",
        "library.actions.note_read",
    ),
    "tests/district/library/test_library.py::test_what_a_unit_marked_becomes_its_proposal_beside_the_passage": (
        "library.actions.mark_paper",
        "library.proposing.propose_marks",
        "supervision.sources.actions.proposing.add_marked",
    ),
    "tests/district/upward/test_upward_contacts.py::test_what_was_learned_is_kept_and_the_next_contact_follows_the_rule": (
        "upward.actions.note_contact",
    ),
}

FORMS: dict[str, tuple[str, ...]] = {
    "tests/district/library/test_library.py::test_a_paper_goes_its_way_on_the_pages": (
        "library:add",
        "library:send",
        "library:receive",
        "library:read",
        "library:mark",
        "library:propose",
    ),
    "tests/district/upward/test_upward_contacts.py::test_the_owner_notes_on_the_page_and_it_stands_beside_the_indicator": (
        "upward:note",
    ),
}
