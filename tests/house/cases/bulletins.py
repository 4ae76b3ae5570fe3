"""Which test of bulletins stands for which public action and which form (tests/house/cases)."""

# ruff: noqa: E501  (names of tests)
ACTIONS: dict[str, tuple[str, ...]] = {
    "tests/district/bulletins/test_returned_editions.py::test_an_edited_analysis_is_handed_in_on_its_page": (
        "bulletins.actions.returning.take_edited",
    ),
    "tests/district/bulletins/test_bulletin_pages.py::test_a_draft_goes_back_with_words_and_is_reviewed_and_issued_on_the_page": (
        "bulletins.actions.issuing.send_back",
    ),
    "tests/district/bulletins/test_bulletin_pages.py::test_a_unit_reads_what_was_issued_to_it_and_no_draft": (
        "bulletins.actions.issuing.issue",
        "bulletins.actions.issuing.review",
    ),
    "tests/district/bulletins/test_bulletin_pages.py::test_the_whole_way_through_the_pages": (
        "bulletins.actions.issuing.verify",
    ),
    "tests/district/bulletins/test_bulletin_pages.py::test_two_months_are_compared_by_numbers_and_by_matters": (
        "bulletins.actions.drafting.draft_bulletin",
    ),
    "tests/district/bulletins/test_bulletin_pages.py::test_wording_makes_a_new_edition_and_a_figure_is_sent_back": (
        "bulletins.actions.drafting.reword",
    ),
    "tests/district/bulletins/test_documents_made.py::test_it_is_journalled_and_prints_the_head_that_it_stood_on": (
        "bulletins.actions.briefing.make_briefing",
    ),
    "tests/district/bulletins/test_own_heads.py::test_the_whole_way_on_its_page": (
        "bulletins.heads.actions.decide_template",
        "bulletins.heads.actions.propose_template",
        "bulletins.heads.actions.retire_template",
    ),
    "tests/district/bulletins/test_red_reasons.py::test_the_page_writes_signs_and_shows_what_is_known": (
        "bulletins.reasons.actions.sign_reason",
        "bulletins.reasons.actions.write_reason",
    ),
}

FORMS: dict[str, tuple[str, ...]] = {
    "tests/district/bulletins/test_own_heads.py::test_the_whole_way_on_its_page": (
        "bulletins:decide_template",
        "bulletins:propose_template",
        "bulletins:retire_template",
    ),
    "tests/district/bulletins/test_red_reasons.py::test_the_page_writes_signs_and_shows_what_is_known": (
        "bulletins:sign_reason",
        "bulletins:write_reason",
    ),
    "tests/district/bulletins/test_returned_editions.py::test_an_edited_analysis_is_handed_in_on_its_page": (
        "bulletins:returned",
    ),
    "tests/district/bulletins/test_bulletin_pages.py::test_a_clerk_drafts_by_a_job_and_lands_on_the_preview": (
        "bulletins:draft",
    ),
    "tests/district/bulletins/test_bulletin_pages.py::test_a_draft_goes_back_with_words_and_is_reviewed_and_issued_on_the_page": (
        "bulletins:send_back",
    ),
    "tests/district/bulletins/test_bulletin_pages.py::test_the_whole_way_through_the_pages": (
        "bulletins:issue",
        "bulletins:review",
        "bulletins:verify",
    ),
    "tests/district/bulletins/test_bulletin_pages.py::test_wording_makes_a_new_edition_and_a_figure_is_sent_back": (
        "bulletins:words",
    ),
    "tests/district/bulletins/test_document_pages.py::test_an_analyst_makes_one_and_lands_on_its_preview": (
        "bulletins:make",
    ),
}
