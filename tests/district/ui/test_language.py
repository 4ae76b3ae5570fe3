"""Pages speak Chinese until a person chooses English."""

from __future__ import annotations

import pytest
from django.urls import reverse


@pytest.mark.django_db
def test_a_browser_in_english_still_gets_the_chinese_page(client):
    page = client.get(reverse("accounts:sign_in"), headers={"accept-language": "en-US,en;q=0.9"})
    assert "登录" in page.content.decode()


@pytest.mark.django_db
def test_a_person_who_chose_english_gets_english(client):
    client.post(reverse("set_language"), {"language": "en", "next": reverse("accounts:sign_in")})
    page = client.get(reverse("accounts:sign_in"))
    assert "Sign in" in page.content.decode()
