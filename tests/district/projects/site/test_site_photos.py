"""Site photos: a real picture with day, place and verifier; shown small and clean, to whom it may concern."""

from __future__ import annotations

import io
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from wenpan.district.accounts.models import Unit
from wenpan.district.ground import originals
from wenpan.district.ground.journal.models import Entry
from wenpan.district.ground.refused import Refused
from wenpan.district.projects import actions
from wenpan.district.projects.models import KeyProject, Photo, Project
from wenpan.district.projects.page.queries import project_page
from wenpan.district.projects.site import photos

pytestmark = pytest.mark.django_db
DAY = date(2022, 9, 28)


def picture(form="JPEG", size=(1600, 800), colour="green", **more):
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, form, **more)
    return out.getvalue()


@pytest.fixture(autouse=True)
def own_store(settings, tmp_path):
    settings.WENPAN_HOME = tmp_path


@pytest.fixture
def site(accepted, files, row):
    accepted(files.list(row()))
    return Project.objects.get()


@pytest.fixture
def add(site, analyst):
    def one(data=None, *, on=DAY, place="桐溪镇工地东门", verifier="李明", by=analyst, subject=site):
        return actions.add_photo(
            subject=subject, data=data or picture(), taken_on=on, place=place, verifier=verifier, by=by
        )

    return one


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_each_usual_kind_of_picture_is_kept_and_shown_small(form, add):
    data = picture(form)
    photo = add(data)
    assert originals.get(photo.sha256) == data
    with Image.open(io.BytesIO(originals.get(photo.shown))) as shown:
        assert (shown.format, shown.size) == ("JPEG", (1280, 640))


def test_what_is_shown_tells_nothing_of_the_telephone_and_stands_upright(add):
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = "TELEPHONE-MAKER", 6  # taken with the telephone on its side
    photo = add(picture(exif=exif.tobytes()))
    assert b"TELEPHONE-MAKER" in originals.get(photo.sha256)
    shown = originals.get(photo.shown)
    assert b"TELEPHONE-MAKER" not in shown
    with Image.open(io.BytesIO(shown)) as image:
        assert not image.getexif()
        assert image.height > image.width


BAD = {
    "a page": b"<html><script>alert(1)</script></html>",
    "half a photo": picture()[:-400],
    "a kind not taken": picture("GIF"),
    "nothing": b"",
    "too heavy": picture() + b"\0" * photos.MOST_BYTES,
    "too many pixels": picture("PNG", (8000, 8000)),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_photo_is_refused_and_nothing_is_kept(name, site, analyst):
    with pytest.raises(Refused, match=r"照片"):
        actions.add_photo(
            subject=site, data=BAD[name], taken_on=DAY, place="东门", verifier="李明", by=analyst
        )
    assert not Photo.objects.exists()


@pytest.mark.parametrize("wrong", [{"place": " "}, {"verifier": ""}, {"on": date(2222, 1, 1)}])
def test_a_photo_has_a_place_a_verifier_and_a_day_that_was(wrong, add):
    with pytest.raises(Refused):
        add(**wrong)
    assert not Photo.objects.exists()


def test_the_same_photo_is_not_evidence_twice(add):
    add()
    with pytest.raises(Refused, match="已经登记"):
        add(on=date(2022, 9, 29))
    assert Photo.objects.count() == 1


def test_adding_is_journalled_and_for_those_who_edit_projects(add, make_user):
    photo = add()
    entry = Entry.objects.get(action="projects.photo")
    assert (entry.subject, entry.detail["sha256"]) == (f"project:{photo.project_id}", photo.sha256)
    with pytest.raises(PermissionDenied):
        add(picture(colour="red"), by=make_user("leader"))


def test_the_project_shows_its_photos_newest_first(add, client, make_user):
    old, new = add(on=date(2022, 3, 1)), add(picture(colour="red"))
    assert project_page(old.project_id, None).work.photos == (new, old)
    client.force_login(make_user("leader"))
    page = client.get(f"/projects/{old.project_id}/").content.decode()
    assert 0 < page.index(f"/projects/photos/{new.pk}/") < page.index(f"/projects/photos/{old.pk}/")
    assert "桐溪镇工地东门" in page


def test_a_photo_is_served_as_a_picture_and_only_to_those_who_see_projects(add, client, make_user):
    address = f"/projects/photos/{add().pk}/"
    client.force_login(make_user("leader"))
    answer = client.get(address)
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")
    assert answer.content.startswith(b"\xff\xd8\xff")
    for role, status in (("liaison", 404), ("auditor", 403)):  # of no unit; one without business here
        client.force_login(make_user(role))
        assert client.get(address).status_code == status


def test_the_form_takes_a_photo_and_says_why_it_does_not(site, client, analyst):
    client.force_login(analyst)
    words = {"on": "2022-09-28", "place": "东门", "verifier": "李明"}
    address = f"/projects/project/{site.pk}/photos/"
    said = client.post(address, {**words, "photo": SimpleUploadedFile("a.jpg", b"MZ")}, follow=True)
    assert "这不是可用的照片" in said.content.decode()
    client.post(address, {**words, "photo": SimpleUploadedFile("a.exe", picture())})
    assert Photo.objects.get().place == "东门"


@pytest.fixture
def key_site():
    return KeyProject.objects.create(
        code="Z1",
        name="桐溪大道",
        level="district",
        planned_total=30_000,
        stage="building",
        year=2022,
        pinyin="t",
        unit=Unit.objects.get(code="tongxi"),
    )


def test_a_key_project_has_photos_too_and_its_page_shows_them(add, key_site, client, make_user):
    photo = add(subject=key_site)
    assert (photo.key_project, photo.project) == (key_site, None)
    assert Entry.objects.get(action="projects.photo").subject == f"key_project:{key_site.pk}"
    client.force_login(make_user("leader"))
    page = client.get(f"/projects/key/{key_site.pk}/").content.decode()
    assert f"/projects/photos/{photo.pk}/" in page
    assert client.get(f"/projects/photos/{photo.pk}/").status_code == 200
    with pytest.raises(Refused, match="已经登记"):
        add(subject=key_site)


def test_the_same_photo_may_be_evidence_of_both_lists(add, key_site):
    add()
    add(subject=key_site)
    assert Photo.objects.count() == 2


def test_the_form_of_a_key_project_takes_a_photo(key_site, client, analyst):
    client.force_login(analyst)
    words = {"on": "2022-09-28", "place": "东门", "verifier": "李明"}
    file = SimpleUploadedFile("a.jpg", picture())
    answer = client.post(f"/projects/key/{key_site.pk}/photos/", {**words, "photo": file})
    assert answer.url == f"/projects/key/{key_site.pk}/"
    assert Photo.objects.get().key_project == key_site


@pytest.mark.parametrize("unit, allowed", [("tongxi", True), ("liuwan", False)])
def test_a_liaison_officer_adds_photos_to_their_own_projects_only(
    unit, allowed, add, key_site, make_user, client
):
    officer = make_user("liaison", unit=Unit.objects.get(code=unit))
    if allowed:
        photo = add(subject=key_site, by=officer)
    else:
        with pytest.raises(PermissionDenied):
            add(subject=key_site, by=officer)
        photo = add(subject=key_site)
    client.force_login(officer)
    assert client.get(f"/projects/photos/{photo.pk}/").status_code == (200 if allowed else 404)


def test_a_photo_whose_name_carries_a_mark_is_refused_and_not_kept(site, analyst, settings):
    with pytest.raises(Refused) as refused:
        actions.add_photo(
            subject=site, data=picture(), taken_on=DAY, place="东门", verifier="李明", by=analyst,
            filename="机密★1年.jpg"
        )  # fmt: skip
    assert refused.value.code == "secret"
    assert not Photo.objects.exists()
    assert Entry.objects.get(action="file.refused").detail["door"] == "现场照片"
