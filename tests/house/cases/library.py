"""Which test of the library stands for which public action and which form (tests/house/cases)."""

# ruff: noqa: E501  (names of tests)
_FILE = "tests/district/library/test_library.py::"
ACTIONS: dict[str, tuple[str, ...]] = {
    f"{_FILE}test_a_paper_is_sent_once_signed_for_once_and_read_once": (
        "library.actions.add_paper",
        "library.actions.send_paper",
        "library.actions.receive_paper",
        "library.actions.note_read",
    ),
    f"{_FILE}test_what_a_unit_marked_becomes_its_proposal_beside_the_passage": (
        "library.actions.mark_paper",
        "library.proposing.propose_marks",
        "supervision.sources.actions.proposing.add_marked",
    ),
}

FORMS: dict[str, tuple[str, ...]] = {
    f"{_FILE}test_a_paper_goes_its_way_on_the_pages": (
        "library:add",
        "library:send",
        "library:receive",
        "library:read",
        "library:mark",
        "library:propose",
    ),
}
