"""The store: content by its hash; nothing is lost, changed or found outside it."""

from pathlib import Path

import pytest
from django.conf import settings

from wenpan.district.ground import originals

ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def where(sha256):
    return Path(settings.WENPAN_HOME) / "originals" / sha256[:2] / sha256


def test_what_is_put_in_comes_out_under_its_hash_and_twice_is_once():
    assert originals.put(b"abc") == ABC
    assert originals.put(b"abc") == ABC
    assert originals.get(ABC) == b"abc"
    assert [path.name for path in where(ABC).parent.iterdir()] == [ABC]


def test_bytes_that_changed_on_the_disk_are_not_given_out():
    where(originals.put(b"abc")).write_bytes(b"abd")
    with pytest.raises(originals.DamagedError):
        originals.get(ABC)


def test_what_was_never_put_in_is_not_there():
    with pytest.raises(FileNotFoundError):
        originals.get("0" * 64)


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "A" * 64, ABC + "/x"])
def test_a_name_that_is_no_hash_is_refused(name):
    with pytest.raises(ValueError, match="no digest"):
        originals.get(name)


def test_a_write_that_fails_leaves_nothing(monkeypatch):
    def full(_handle):
        raise OSError("disk full")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="disk full"):
        originals.put(b"abc")
    assert list(where(ABC).parent.iterdir()) == []
