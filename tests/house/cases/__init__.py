"""Which test stands for which public action and for which address that takes a form (tests/again.py).

A file a room, with two tables: ACTIONS, test → the actions it does, tried first with a broken journal; FORMS,
test → the addresses whose form it sends, twice. What has no case, and why, stands here.
"""

from __future__ import annotations

import pkgutil
from importlib import import_module

# ruff: noqa: E501  (names of tests)
ACTIONS: dict[str, tuple[str, ...]] = {}
FORMS: dict[str, tuple[str, ...]] = {}
for room in pkgutil.iter_modules(__path__):
    tables = import_module(f"{__name__}.{room.name}")
    for whole, part in ((ACTIONS, tables.ACTIONS), (FORMS, tables.FORMS)):
        if twice := whole.keys() & part.keys():
            raise ValueError(f"tests/house/cases/{room.name}.py names {sorted(twice)} again")
        whole.update(part)

FORMS_WITHOUT: dict[str, str] = {
    "accounts:sign_in": "its sender is a stranger: nobody whose form it could be; it makes nothing",
    "accounts:finish_reset": "a stranger's: the code serves once (test_separation.py)",
    "accounts:sign_out": "the second sender is a stranger by then and is shown the door",
    "adjustments:bring_in": "shows what a spreadsheet would change and writes nothing (test_lists.py)",
    "adjustments:roster_check": "shows what a list would do and writes nothing (test_account_list.py)",
    "adjustments:second_slips": "its answer is secrets and is not kept: the second is told so (test_account_list.py)",
    "accounts:hand_over": "its answer is a secret and is not kept: the second is told so (test_separation.py)",
    "sharing:make_link": "its answer is a secret and is not kept: the second is told so (test_feed.py)",
    "sharing:make_token": "its answer is a secret and is not kept: the second is told so (test_tokens.py)",
    "firms:make_link": "its answer is a secret and is not kept: the second is told so (door/test_door.py)",
    "accounts:second_proof": "a stranger's: a code serves once, a key answers one question (test_second.py)",
    "accounts:outside_enter": "a stranger's: what the provider said is used up (test_provider.py)",
    "accounts:second_code": "its first answer shows recovery codes and is not kept (test_second.py)",
    "accounts:second_key": "its first answer shows recovery codes and is not kept (test_security_keys.py)",
    "accounts:recovery_codes": "its answer is a secret and is not kept: the second is told so",
    "wall:open_screen": "its answer shows a key and is not kept: the second is told so (test_wall_pages.py)",
    "set_language": "changes a cookie of the browser and nothing in the database",
}
# Public functions of files of actions that journal nothing by themselves, and why.
PART = "a part of accepting or undoing a file, in whose transaction it stands and which journals it"
ACTIONS_WITHOUT: dict[str, str] = {
    "attraction.boards.list_actions.store_board": PART,
    "attraction.boards.list_actions.undo_board": PART,
    "firms.contacts.actions.photo_of": "looks at a photo before the visit that keeps it and journals it",
    "campaigns.actions.entering.evidence_of": "looks at files before the finding that keeps and journals them",
    "adjustments.registers.actions.note": "the journal's line of an act of adjustments.actions, which has its case",
    "attraction.lists.list_actions.store_deals": PART,
    "attraction.work.actions.require_own": "asks whether an action may be done",
    "intake.actions.layouts.make_layout": "a part of teaching or choosing, in whose transaction it stands",
    "attraction.lists.list_actions.undo_deals": PART,
    "attraction.work.list_actions.store_receptions": PART,
    "attraction.work.list_actions.undo_receptions": PART,
    "attraction.offers.list_actions.store_offers": PART,
    "attraction.offers.list_actions.undo_offers": PART,
    "projects.library.list_actions.store_list": PART,
    "fiscal.basis.actions.store_adjustments": PART,
    "fiscal.basis.actions.undo_adjustments": PART,
    "fiscal.reports.actions.store_report": PART,
    "fiscal.reports.actions.undo_report": PART,
    "supports.actions.store_accounts": PART,
    "supports.actions.undo_accounts": PART,
    "entries.actions.store_candidates": PART,
    "entries.actions.undo_candidates": PART,
    "projects.ratings.actions.store_ratings": PART,
    "projects.ratings.actions.undo_ratings": PART,
    "supervision.matters.available_actions.require_action": "asks whether an action may be done",
}


def actions_of(test: str) -> tuple[str, ...]:
    return ACTIONS.get(test, ())


def forms_of(test: str) -> tuple[str, ...]:
    return FORMS.get(test, ())
