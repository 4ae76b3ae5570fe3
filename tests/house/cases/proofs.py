"""Which test of proofs stands for which public action and which form (tests/house/cases)."""

# ruff: noqa: E501  (names of tests)
ACTIONS: dict[str, tuple[str, ...]] = {
    "tests/district/proofs/test_proof_pages.py::test_a_paper_without_text_is_refused_and_leaves_its_trace": (
        "proofs.actions.note_unreadable",
    ),
    "tests/district/proofs/test_proof_pages.py::test_the_list_of_figures_is_exported": (
        "proofs.actions.keep_check",
    ),
}

FORMS: dict[str, tuple[str, ...]] = {
    "tests/district/proofs/test_proof_pages.py::test_a_check_stays_as_it_was_and_another_one_sees_the_new_ledger": (
        "proofs:again",
        "proofs:upload",
    ),
}
