"""One form is one deed, whoever sends it how often."""

import re
from pathlib import Path

import pytest
from django.template import engines
from django.urls import reverse

import wenpan
from wenpan.district.accounts.models import User
from wenpan.district.ground.idempotency import middleware
from wenpan.district.ground.idempotency.models import SentForm

pytestmark = pytest.mark.django_db
TEMPLATES = Path(wenpan.__file__).parent / "district" / "templates"
URL = "/accounts/people/new/"
FORM = {"username": "zhao", "name": "赵新", "unit": ""}


@pytest.fixture
def admin(client, make_user):
    client.force_login(make_user("system_admin"))
    return client


def key_in(page):
    return re.search(r'name="form_key" value="([^"]+)"', page.content.decode())[1]


def test_every_post_form_of_every_template_carries_a_key():
    """By construction: the tag against forgery brings it, and no POST form is without that tag."""
    html = engines["django"].from_string("{% csrf_token %}").render({"csrf_token": "x"})
    assert 'name="csrfmiddlewaretoken"' in html and 'name="form_key"' in html
    for path in TEMPLATES.rglob("*.html"):
        for form in re.findall(r"<form\b(?=[^>]*method=\"post\")[^>]*>.*?</form>", path.read_text(), re.S):
            assert "csrf_token" in form or "components/form.html" in form, path


def test_the_same_key_again_is_answered_by_the_first_answer(admin):
    form = FORM | {"form_key": key_in(admin.get(URL))}
    first, second = admin.post(URL, form), admin.post(URL, form)
    assert (first.status_code, first.url) == (second.status_code, second.url)
    assert second["Idempotent-Replay"] == "true"
    assert User.objects.filter(username="zhao").count() == 1


def test_without_a_key_the_same_form_at_once_is_the_same_form(admin):
    assert [admin.post(URL, FORM).status_code for _n in range(2)] == [302, 302]


def test_a_used_key_with_other_content_does_nothing_and_says_so(admin):
    form = FORM | {"form_key": key_in(admin.get(URL))}
    admin.post(URL, form)
    again = admin.post(URL, form | {"username": "qian"})
    assert again.status_code == 409 and "已经提交过" in again.content.decode()
    assert not User.objects.filter(username="qian").exists()


def test_a_refused_form_may_be_sent_again(admin, make_user):
    other = make_user("auditor")
    url = reverse("accounts:grant", args=[other.pk])
    assert admin.post(url, {"role": "leader", "form_key": "k"}).status_code == 403
    assert not SentForm.objects.exists()


def test_what_fails_leaves_no_key(admin, monkeypatch):
    monkeypatch.setattr("wenpan.district.ground.journal.actions.Entry.objects.create", lambda **_v: 1 / 0)
    admin.raise_request_exception = False
    assert admin.post(URL, FORM | {"form_key": "k"}).status_code == 500
    assert not SentForm.objects.exists() and not User.objects.filter(username="zhao").exists()


def test_off_and_on_and_off_without_keys_are_three_deeds(admin, make_user):
    url = reverse("accounts:activity", args=[make_user("leader").pk])
    for active in ("0", "1", "0"):
        admin.post(url, {"active": active})
    assert not User.objects.get(username="leader").is_active


def test_old_answers_are_purged(admin):
    middleware.cache.clear()
    admin.post(URL, FORM)
    SentForm.objects.update(at="2020-01-01T00:00:00Z", named=True)
    middleware.cache.clear()
    admin.post(URL, FORM | {"username": "sun"})
    assert SentForm.objects.count() == 1
