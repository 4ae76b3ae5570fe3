"""Signing in by the place's directory: a real slapd where there is one."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time

import pytest
from django.core.cache import cache

from wenpan.district.accounts.models import OutsidePerson, User
from wenpan.district.accounts.outside import actions
from wenpan.rules import RuleError
from wenpan.rules.access.outside import outside

pytestmark = [pytest.mark.django_db, pytest.mark.one_database,
              pytest.mark.filterwarnings("ignore::DeprecationWarning:ldap3.*"),
              pytest.mark.filterwarnings("ignore::DeprecationWarning:pyasn1.*")]  # fmt: skip
DOOR = "/accounts/sign-in/"
SLAPD = shutil.which("slapd") or next((p for p in ("/usr/sbin/slapd",) if os.path.exists(p)), None)
TREE = """dn: dc=district,dc=example
objectClass: dcObject
objectClass: organization
o: district
dc: district

dn: ou=people,dc=district,dc=example
objectClass: organizationalUnit
ou: people

dn: uid=zhang,ou=people,dc=district,dc=example
objectClass: inetOrgPerson
uid: zhang
cn: 张三
sn: 张
employeeNumber: A1001
userPassword: Directory-word-1
"""
CONFIGURATION = """include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
modulepath /usr/lib/ldap
moduleload back_mdb
database mdb
suffix "dc=district,dc=example"
directory {folder}/data
rootdn "cn=root,dc=district,dc=example"
access to attrs=userPassword by anonymous auth by * none
access to * by self read by * none
"""


@pytest.fixture(scope="module")
def slapd(tmp_path_factory):
    if SLAPD is None:
        pytest.skip("slapd is missing (Debian: apt-get install slapd)")
    folder = tmp_path_factory.mktemp("slapd")
    (folder / "data").mkdir()
    (folder / "slapd.conf").write_text(CONFIGURATION.format(folder=folder))
    (folder / "tree.ldif").write_text(TREE)
    add = shutil.which("slapadd") or "/usr/sbin/slapadd"
    subprocess.run(
        [add, "-f", folder / "slapd.conf", "-l", folder / "tree.ldif"], check=True, capture_output=True
    )
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"ldap://127.0.0.1:{port}"
    process = subprocess.Popen([SLAPD, "-f", folder / "slapd.conf", "-h", address, "-d", "0"])
    for _n in range(100):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            break
        except OSError:
            time.sleep(0.1)
    yield address
    process.terminate()
    process.wait(20)


@pytest.fixture
def directory(slapd, place_says):
    cache.clear()
    place_says(
        ldap={
            "enabled": True, "server": slapd, "start_tls": False,
            "user_dn": "uid={username},ou=people,dc=district,dc=example",
        }
    )  # fmt: skip
    return slapd


def enter(client, username="zhang", password="Directory-word-1"):
    return client.post(DOOR, {"username": username, "password": password})


def signed_in(client) -> bool:
    return "_auth_user_id" in client.session


def test_whom_the_directory_knows_waits_and_is_told_so(client, directory):
    assert "首次登录须系统管理员确认" in enter(client).content.decode()
    person = OutsidePerson.objects.get()
    assert (person.number, person.name, person.source) == ("A1001", "张三", "ldap")
    assert not signed_in(client) and not User.objects.exists()


def test_once_linked_the_directorys_password_opens(client, directory, make_user):
    enter(client)
    actions.open_account(
        person=OutsidePerson.objects.get(), username="zhangsan", unit=None, by=make_user("system_admin")
    )
    enter(client)
    assert signed_in(client)


@pytest.mark.parametrize(
    ("username", "password"),
    [
        ("zhang", "wrong"), ("zhang", ""), ("nobody", "Directory-word-1"), ("", "x"),
        ("zhang,ou=people", "x"),        ("*", "Directory-word-1"), ("zhang)(uid=*", "Directory-word-1"),
    ],
)  # fmt: skip
def test_whom_it_does_not_know_is_not_noted(client, directory, username, password):
    enter(client, username, password)
    assert not OutsidePerson.objects.exists() and not signed_in(client)


def test_a_directory_that_is_down_keeps_nobody_with_a_local_password_out(client, place_says, make_user):
    cache.clear()
    place_says(ldap={"enabled": True, "server": "ldap://127.0.0.1:1", "user_dn": "uid={username},dc=x"})
    make_user("analyst")
    assert "密码不对" in enter(client).content.decode()
    enter(client, "analyst", "Stable-district-2022")
    assert signed_in(client)


@pytest.mark.parametrize(
    "changed",
    [
        {"server": "ldap://directory.example", "start_tls": False}, {"server": ""},
        {"user_dn": "ou=people,dc=example"}, {"user_dn": "uid={username},cn={username}"},
    ],
)  # fmt: skip
def test_a_directory_that_would_hear_passwords_in_the_clear_is_refused(place_says, changed):
    said = {"enabled": True, "server": "ldaps://directory.example", "user_dn": "uid={username},dc=example"}
    place_says(ldap=said)
    assert outside().ldap.enabled
    place_says(ldap=said | changed)
    with pytest.raises(RuleError):
        outside()
