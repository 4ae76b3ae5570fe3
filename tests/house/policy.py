"""The policy of permissions as a table: address → roles that may open it, permission → roles that hold it,
limit of signing in → its value. It is kept beside the code (`policy_table.txt`), for who reviews a change:

    python -m tests.house.policy    writes it anew; the difference is what the change opens and closes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

TABLE = Path(__file__).with_name("policy_table.txt")


def table() -> list[str]:
    """A line each, sorted."""
    from wenpan.district.accounts import roles
    from wenpan.rules.loading import load_yaml

    held = {code: role.permissions for code, role in roles.ROLES.items()}
    known = sorted(frozenset().union(*held.values()))
    lines = [f"permission {name}: {_roles(held, (name,))}" for name in known]
    lines += [f"address {name}: {_roles(held, permissions)}" for name, permissions in _addresses()]
    data, _origin = load_yaml("access")
    lines += [f"access {key}: {value}" for key, value in leaves(data) if key != "source"]
    return sorted(set(lines))


def leaves(data: Any, at: str = "") -> Iterator[tuple[str, Any]]:
    """Every value of a file by the way to it."""
    if isinstance(data, Mapping):
        for key, value in data.items():
            yield from leaves(value, f"{at}.{key}" if at else str(key))
    else:
        yield at, data


def _addresses() -> list[tuple[str, tuple[str, ...]]]:
    from tests.house.test_permission_matrix import ADDRESSES

    return [(address.name, address.permissions) for address in ADDRESSES]


def _roles(held: Mapping[str, frozenset[str]], permissions: tuple[str, ...]) -> str:
    """Those that hold one of them; an address without any is open to whom its page lets in."""
    if not permissions:
        return "—"
    return " ".join(sorted(code for code, holds in held.items() if holds & set(permissions)))


def main() -> None:
    from wenpan.commands._start import start_django

    start_django()
    TABLE.write_text("\n".join(table()) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
