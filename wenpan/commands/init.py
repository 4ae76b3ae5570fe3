"""`wenpan init --place FILE`: a new, empty place: database, districts, units and three administrators.

The file is like `wenpan/demo/play/place.yaml`. Running it again with a changed file brings names,
aliases and new units up to date; no unit is deleted. Pages change the same file: what the place's own
copy says and the given file would take back (a later name, an end, a unit) is listed and nothing is
done, unless `--replace` is given.

`--profile sm` (国密) protects the new place with SM3 and SM4 instead of SHA-256 and AES; it is chosen once
and never changed (ground/ciphers.py).
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

from wenpan.commands._start import home, start_django, stop
from wenpan.district.ground import ciphers
from wenpan.district.ground.ciphers import CipherProfile
from wenpan.district.ground.private_files import keep_private

ADMINISTRATORS = (("sysadmin", "系统管理员", "system_admin"), ("secadmin", "安全管理员", "security_admin"),
                  ("auditor", "安全审计员", "auditor"))  # fmt: skip


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser("init", help="make a new place 建新区", description=__doc__)
    parser.add_argument("--place", type=Path, required=True, help="YAML with city, regions and units")
    parser.add_argument(
        "--replace", action="store_true", help="also take back what the place's own file says otherwise"
    )
    parser.add_argument(
        "--profile", choices=("standard", "sm"), help="algorithms of a new place: standard 通用, sm 国密"
    )
    parser.set_defaults(func=run)


def run(arguments: argparse.Namespace) -> int:
    keep_private()
    profile = _ciphers(arguments.profile)
    install_place(arguments.place, home(), replace=arguments.replace)
    from wenpan.commands.serve import migrate

    migrate()
    sync_place()
    _note_rules()
    _office_key()
    for username, name, password in _administrators():
        print(f"{username}  {password}  {name}")
    print(f"algorithms 密码算法: {profile.code}（{profile.label()}）")
    print(f"the place is ready in {home()}; start it with: wenpan serve")
    return 0


def _ciphers(code: str | None) -> CipherProfile:
    """Chosen before anything is kept; ends with one sentence where this machine or the place has others."""
    try:
        return ciphers.choose(home(), code) if code else ciphers.of(home())
    except ciphers.CiphersError as error:
        stop(str(error))


def _office_key() -> None:
    """The key that letters to other places are signed with; its fingerprint is to be printed."""
    from wenpan.district.exchange import keys

    print(f"office key 往来密钥指纹: {keys.fingerprint(keys.public(keys.own_key(home())))}")


def _note_rules() -> None:
    from wenpan.district.ground.journal import rule_digests

    rule_digests.note(why="安装本区文件")


def install_place(source: Path, place: Path, *, replace: bool = False) -> None:
    """Checks the file by the rules' own reader before it takes the place of an older one. Stops where the
    older one says what would be lost, unless `replace`."""
    from wenpan.commands._place_changes import taken_back
    from wenpan.rules import RuleError
    from wenpan.rules.place import place as read_place

    if not source.is_file():
        stop(f"there is no file {source}")
    trial = place / "rules" / ".trial"
    (trial / "rules").mkdir(parents=True, exist_ok=True)
    try:
        shutil.copyfile(source, trial / "rules" / "place.yaml")
        there, comes = read_place(place), read_place(trial)
        if there and comes and not replace and (lost := taken_back(there, comes)):
            own = place / "rules" / "place.yaml"
            lines = ["the place's own file says what this one would take back (pages change it too):", *lost]
            stop("\n  ".join(lines) + f"\nadd it to {source.name}, or change {own}; --replace takes it back")
        (trial / "rules" / "place.yaml").rename(place / "rules" / "place.yaml")
    except RuleError as error:
        stop(str(error))
    finally:
        shutil.rmtree(trial, ignore_errors=True)


def sync_place() -> None:
    """Regions and units of the database as the place's file says; needs Django."""
    start_django()
    from wenpan.district.observations.place import sync_place as sync

    if not sync(home()):
        stop("WENPAN_HOME/rules/place.yaml is missing.")


def _administrators() -> list[tuple[str, str, str]]:
    """The three administrators with a password each, told once; none where they exist."""
    from wenpan.district.accounts.actions import create_user
    from wenpan.district.accounts.models import User
    from wenpan.district.accounts.passwords import drawn_password

    made = []
    for username, name, role in ADMINISTRATORS:
        if not User.objects.filter(username=username).exists():
            password = drawn_password()
            create_user(
                username=username, name=name, role=role, unit=None, password=password, by=None, temporary=True
            )
            made.append((username, name, password))
    return made
