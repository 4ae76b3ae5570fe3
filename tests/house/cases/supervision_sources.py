"""Which test of supervision / sources stands for which public action and which form (tests/house/cases)."""

# ruff: noqa: E501  (names of tests)
ACTIONS: dict[str, tuple[str, ...]] = {
    "tests/district/supervision/sources/test_sources_scans.py::test_of_a_scan_with_its_mark_on_a_later_page_nothing_stays": (
        "intake.door.forget",
    ),
    "tests/district/supervision/sources/test_sources_batches.py::test_what_is_certain_is_confirmed_and_nothing_else": (
        "supervision.sources.actions.batches.confirm_sure",
    ),
    "tests/district/supervision/sources/test_sources_batches.py::test_a_batch_is_taken_back_as_one": (
        "supervision.sources.actions.batches.decide_many",
    ),
    "tests/district/supervision/sources/test_sources_decisions.py::test_a_deadline_before_the_papers_day_is_a_question": (
        "supervision.sources.actions.proposing.register_source",
    ),
    "tests/district/supervision/sources/test_sources_decisions.py::test_a_group_expands_and_has_no_lead_until_a_person_says": (
        "supervision.sources.actions.deciding.split_among",
    ),
    "tests/district/supervision/sources/test_sources_decisions.py::test_a_merge_is_not_undone_under_a_later_decision": (
        "supervision.sources.actions.deciding.edit",
        "supervision.sources.actions.deciding.merge",
    ),
    "tests/district/supervision/sources/test_sources_decisions.py::test_a_settled_paper_takes_nothing_back": (
        "supervision.sources.actions.deciding.settle",
    ),
    "tests/district/supervision/sources/test_sources_decisions.py::test_assignment_begins_with_what_was_planned": (
        "supervision.sources.actions.deciding.confirm",
    ),
    "tests/district/supervision/sources/test_sources_decisions.py::test_decisions_are_taken_back_in_turn": (
        "supervision.sources.actions.undoing.undo_last",
    ),
    "tests/district/supervision/sources/test_sources_decisions.py::test_parts_have_their_own_words_as_evidence_and_their_own_deadline": (
        "supervision.sources.actions.deciding.split",
    ),
    "tests/district/supervision/sources/test_sources_decisions.py::test_the_day_is_not_moved_under_a_decision": (
        "supervision.sources.actions.deciding.dismiss",
    ),
    "tests/district/supervision/sources/test_sources_decisions.py::test_the_same_order_in_a_second_paper_is_offered_and_joined": (
        "supervision.sources.actions.deciding.join",
    ),
    "tests/district/supervision/sources/test_sources_decisions.py::test_two_people_at_once_decide_once": (
        "supervision.sources.actions.undoing.undo",
    ),
    "tests/district/supervision/sources/test_sources_decisions.py::test_words_added_by_hand_must_stand_in_the_paper": (
        "supervision.sources.actions.instructions.write_by_hand",
    ),
    "tests/district/supervision/sources/test_sources_model.py::test_asked_twice_it_proposes_once": (
        "supervision.sources.actions.proposing.add_from_model",
    ),
    "tests/district/supervision/sources/test_sources_pages.py::test_a_locked_pdf_is_refused": (
        "supervision.sources.actions.proposing.note_refusal",
    ),
    "tests/district/supervision/sources/test_sources_pages.py::test_a_note_is_drafted_at_once_or_proposed_first": (
        "supervision.sources.actions.instructions.take_note",
    ),
    "tests/district/supervision/sources/test_sources_pages.py::test_without_any_date_nothing_is_confirmed_until_a_person_gives_it": (
        "supervision.sources.actions.proposing.amend_source",
        "supervision.sources.actions.proposing.propose_again",
    ),
}

FORMS: dict[str, tuple[str, ...]] = {
    "tests/district/supervision/sources/test_sources_model.py::test_asked_twice_it_proposes_once": (
        "supervision:ask_model",
    ),
    "tests/district/supervision/sources/test_sources_pages.py::test_a_locked_pdf_is_refused": (
        "supervision:upload_source",
    ),
    "tests/district/supervision/sources/test_sources_pages.py::test_a_note_is_drafted_at_once_or_proposed_first": (
        "supervision:note",
    ),
    "tests/district/supervision/sources/test_sources_pages.py::test_editing_and_splitting_work_without_script": (
        "supervision:edit_proposal",
        "supervision:split_proposal",
    ),
    "tests/district/supervision/sources/test_sources_pages.py::test_the_list_counts_what_is_open": (
        "supervision:drop_proposal",
    ),
    "tests/district/supervision/sources/test_sources_pages.py::test_the_task_table_holds_what_was_confirmed": (
        "supervision:undo_proposal",
    ),
    "tests/district/supervision/sources/test_sources_pages.py::test_without_any_date_nothing_is_confirmed_until_a_person_gives_it": (
        "supervision:amend_source",
        "supervision:confirm_proposal",
    ),
}
