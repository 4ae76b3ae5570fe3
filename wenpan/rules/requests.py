"""Rules about requests: clocks of a place, how a hotline assesses its units, what a city's states mean.

Files of `wenpan/rules/requests/` (a place's own of the same name win); `in_force.yaml` says which holds since
when; `tickets/states.yaml` holds the dated tables of states. Every function gives frozen values of
`wenpan.economy.requests`; a RuleError names file, key, found, expected.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any, TypeVar, cast

from wenpan.documents.firms.ticket_rows import TICKET_STATES, StateTable
from wenpan.documents.words.units import normal
from wenpan.economy.requests.assessment import AssessmentRules
from wenpan.economy.requests.clock_rules import RequestRuleError, RequestRules
from wenpan.rules.loading import RuleError, files, load_file, load_yaml, path_of
from wenpan.rules.schema import form, read, whole, whole_form

_CHOICE = "requests/in_force"
_ASSESSMENT = "assessment-"
T = TypeVar("T")


def request_rules(home: Path | None = None) -> dict[str, RequestRules]:
    """Every set of clocks by code."""
    return {
        rules.code: rules
        for stem, path in files("requests", home).items()
        if stem != "in_force" and not stem.startswith(_ASSESSMENT)
        for rules in (_built(path, RequestRules.from_data),)
    }


def request_rules_of(code: str, home: Path | None = None) -> RequestRules:
    """The set with this code, from the file of that name where there is one; else the default set."""
    path = path_of(f"requests/{code}", home)
    if path.exists() and (named := _built(path, RequestRules.from_data)).code == code:
        return named
    known = request_rules(home)
    return known.get(code) or known["default"]


def request_rules_from(path: Path) -> RequestRules:
    """A set from a file of its own, as `wenpan clocks --rules my.yaml` takes it."""
    return _built(path, RequestRules.from_data)


def request_rules_in_force(on: date, home: Path | None = None) -> RequestRules:
    code = _chosen("clocks", on, home)
    rules = _built(path_of(f"requests/{code}", home), RequestRules.from_data)
    if not rules.in_force(on):
        since = rules.effective_from
        raise RuleError(path_of(_CHOICE, home), "clocks", f"{code} 于 {on}", f"施行期内的办法(自{since}起)")
    return rules


def assessment_in_force(on: date, home: Path | None = None) -> AssessmentRules:
    return _built(path_of(f"requests/{_chosen('assessment', on, home)}", home), AssessmentRules.from_data)


def _chosen(part: str, on: date, home: Path | None) -> str:
    data, _ = load_yaml(_CHOICE, home)
    entries = data.get(part) or ()
    for entry in entries:
        if not isinstance(entry, dict) or not isinstance(entry.get("from"), date) or not entry.get("rules"):
            raise RuleError(path_of(_CHOICE, home), part, entry, "from(日期)和 rules(代码)")
    chosen = [entry for entry in entries if entry["from"] <= on]
    if not chosen:
        raise RuleError(path_of(_CHOICE, home), part, str(on), "至少一条在该日之前生效的选择")
    return str(max(chosen, key=lambda entry: entry["from"])["rules"])


_kept: dict[Any, Any] = {}  # sets are asked for with every request: built once for each version of their file


def _built(path: Path, build: Callable[[dict[str, Any]], T]) -> T:
    data, _ = load_file(path)
    key = (path, build, id(data))  # `load_file` keeps the parsed data as long as the file is the same
    if key not in _kept:
        _kept[key] = (data, _built_anew(path, data, build))
    return cast(T, _kept[key][1])


def _built_anew(path: Path, data: dict[str, Any], build: Callable[[dict[str, Any]], T]) -> T:
    try:
        return build(data)
    except RequestRuleError as error:
        raise RuleError(path, error.key, error.found, error.expected) from None
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise RuleError(path, "(内容)", repr(error), "一份可用的诉求规则") from None


_TICKETS = "tickets/states"


@whole_form
@dataclass(frozen=True)
class _DatedStates:
    from_: date
    states: dict[str, tuple[str, ...]]


@form
@dataclass(frozen=True)
class _TicketTables:
    tables: tuple[_DatedStates, ...]


def ticket_states(home: Path | None = None) -> tuple[StateTable, ...]:
    """Every table, in the order of the file."""
    data, _ = load_yaml(_TICKETS, home)
    path = path_of(_TICKETS, home)
    return tuple(_table(path, table) for table in read(_TicketTables, data, path).tables)


def _table(path: Path, table: _DatedStates) -> StateTable:
    found: dict[str, str] = {}
    for state, words in table.states.items():
        if state not in TICKET_STATES:
            raise RuleError(path, "tables.states", state, "、".join(TICKET_STATES))
        for word in words:
            if found.setdefault(normal(word), state) != state:
                raise RuleError(path, f"tables.states.{state}", word, "只在一种状态下出现的词")
    return StateTable(table.from_, found)


@form
@dataclass(frozen=True)
class DoorLimits:
    """What the firms' own door takes: per link and day, per request, and per address (`wrong_links` in ten
    minutes, `calls_a_minute`)."""

    valid_days: Annotated[int, whole(1, 3650)]
    requests_a_day: Annotated[int, whole(1, 100)]
    messages_a_day: Annotated[int, whole(1, 500)]
    files_at_once: Annotated[int, whole(0, 10)]
    files_a_request: Annotated[int, whole(0, 100)]
    file_mb: Annotated[int, whole(1, 50)]
    file_types: tuple[str, ...]
    wrong_links: Annotated[int, whole(1, 1000)]
    calls_a_minute: Annotated[int, whole(1, 10_000)]


def door_limits(home: Path | None = None) -> DoorLimits:
    data, _ = load_yaml("tickets/door", home)
    return read(DoorLimits, data, path_of("tickets/door", home))
