"""Which test of 往来 stands for which public action and which form (tests/house/cases)."""

LETTERS = "tests/district/exchange/test_letters.py"
ACTIONS: dict[str, tuple[str, ...]] = {
    f"{LETTERS}::test_figures_that_came_are_judged_by_our_own_rules": ("exchange.actions.take",),
    f"{LETTERS}::test_a_revoked_key_is_no_longer_believed_and_cannot_come_back": ("exchange.actions.revoke",),
    f"{LETTERS}::test_a_card_is_believed_only_with_the_printed_fingerprint": ("exchange.actions.trust",),
    f"{LETTERS}::test_town_district_and_city_and_back_by_files_only": ("exchange.actions.write",),
}

FORMS: dict[str, tuple[str, ...]] = {
    f"{LETTERS}::test_by_the_pages": (
        "exchange:answer",
        "exchange:revoke",
        "exchange:take",
        "exchange:trust",
        "exchange:write",
    ),
}
