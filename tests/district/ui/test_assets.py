"""Static files in service: each under a name with the hash of its content, which a browser keeps for good."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from django.templatetags.static import static
from django.test import Client
from django.urls import reverse

from wenpan.commands import _assets
from wenpan.district import settings as shipped

HASHED = r"/static/wenpan\.[0-9a-f]{12}\.css"


@pytest.fixture
def gathered(settings, tmp_path: Path) -> Path:
    """A place as `wenpan serve` leaves it, with the storage that the settings ship."""
    settings.STORAGES = shipped.STORAGES | {
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    }
    settings.STATIC_ROOT = tmp_path / "static"
    settings.WHITENOISE_AUTOREFRESH = settings.WHITENOISE_USE_FINDERS = False
    _assets.gather()
    return tmp_path / "static"


def test_a_page_names_every_file_by_its_hash_and_each_is_kept_for_good(gathered, db):
    client = Client()
    page = client.get("/accounts/sign-in/", follow=True).content.decode()
    named = set(re.findall(r'(?:src|href|data-wp-echarts)="(/static/[^"]+)"', page))
    assert [name for name in named if re.fullmatch(HASHED, name)]
    for name in named:
        answer = client.get(name)
        assert (answer.status_code, "immutable" in answer["Cache-Control"]) == (200, True), name
        assert int(re.search(r"max-age=(\d+)", answer["Cache-Control"]).group(1)) > 300 * 86_400


def test_a_large_file_is_sent_packed(gathered):
    answer = Client().get(static("vendor/echarts.min.js"), headers={"accept-encoding": "gzip"})
    assert answer["Content-Encoding"] == "gzip"


def test_pages_are_sent_packed_and_downloads_as_they_are(client, make_user, db):
    client.force_login(make_user("analyst"))
    packed = client.get("/help/", headers={"accept-encoding": "gzip"})
    assert packed["Content-Encoding"] == "gzip" and packed["Cache-Control"] == "no-store"
    plain = client.get("/help/")
    assert "Content-Encoding" not in plain and len(packed.content) < len(plain.content) / 3
    book = client.get(reverse("indicators:targets") + "?export=xlsx", headers={"accept-encoding": "gzip"})
    assert book.content[:2] == b"PK" and "Content-Encoding" not in book


def test_an_upgrade_names_a_changed_file_anew_and_takes_the_old_one_away(gathered, settings, tmp_path):
    (source := tmp_path / "source").mkdir()
    settings.STATICFILES_DIRS = [source]
    names = []
    for text in ("a { color: red }", "a { color: blue }"):
        (source / "own.css").write_text(text)
        call_command("collectstatic", verbosity=0, interactive=False, clear=True)
        names.append(staticfiles_storage.stored_name("own.css"))
    assert names[0] != names[1]
    assert [path.name for path in gathered.glob("own.*.css")] == [names[1]]


def test_the_usual_start_gathers_nothing(monkeypatch, tmp_path):
    """A stamp that knows the static files: the same files, the same stamp; one byte more, another."""
    monkeypatch.setattr(_assets, "STATIC", tmp_path)
    (tmp_path / "a.css").write_text("a")
    before = _assets.form()
    assert _assets.form() == before
    (tmp_path / "a.css").write_text("ab")
    assert _assets.form() != before


def test_a_folder_that_was_thrown_away_is_noticed_at_the_start(gathered):
    assert _assets.gathered(gathered.parent)
    (gathered / "staticfiles.json").unlink()
    assert not _assets.gathered(gathered.parent)
