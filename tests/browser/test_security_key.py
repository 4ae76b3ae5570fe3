"""A security key in a real Chromium, with an authenticator that DevTools plays."""

from __future__ import annotations

import pytest
from django.core.cache import cache

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
GOOD = "Stable-district-2022"


def authenticator(page):
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "usb", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    return tools, tools.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]


def sign_in(page):
    page.goto("/accounts/sign-in/")
    page.fill("input[name=username]", "security_admin")
    page.fill("input[name=password]", GOOD)
    page.locator("main form button.btn-primary").click()


def test_a_key_is_registered_asked_for_at_the_door_and_a_copy_of_it_found_out(
    browser,
    live_server,
    make_user,
    settings,
):
    settings.ALLOWED_HOSTS = ["localhost"]
    cache.clear()
    user = make_user("security_admin")
    address = live_server.url.replace("127.0.0.1", "localhost")
    window = browser.new_context(base_url=address, locale="zh-CN")
    window.set_default_timeout(15_000)
    page = window.new_page()
    tools, device = authenticator(page)
    sign_in(page)
    page.goto("/accounts/second/")
    page.fill("#id_key_label", "办公室密钥")
    page.get_by_role("button", name="登记安全密钥").click()
    page.get_by_text("只显示这一次").wait_for()
    assert page.locator(".ac-codes li").count() == 10
    page.get_by_text("已经抄下").click()
    assert "办公室密钥" in page.inner_text("main")

    window.clear_cookies()
    sign_in(page)
    page.get_by_role("button", name="用安全密钥验证").click()
    page.wait_for_url(lambda url: "/second/" not in url and "/sign-in/" not in url)

    # somebody has a copy: it counts from where it was copied, behind the key itself
    kept = tools.send("WebAuthn.getCredentials", {"authenticatorId": device})["credentials"][0]
    tools.send("WebAuthn.removeCredential", {"authenticatorId": device, "credentialId": kept["credentialId"]})
    tools.send("WebAuthn.addCredential", {"authenticatorId": device, "credential": kept | {"signCount": 0}})
    window.clear_cookies()
    sign_in(page)
    page.get_by_role("button", name="用安全密钥验证").click()
    page.get_by_text("验证没有通过").wait_for()
    window.close()
    assert user.factors.count() == 1


def test_an_address_in_digits_offers_no_key_and_says_why(browser, live_server, make_user, settings):
    settings.ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
    make_user("security_admin")
    window = browser.new_context(base_url=live_server.url.replace("localhost", "127.0.0.1"), locale="zh-CN")
    page = window.new_page()
    sign_in(page)
    page.goto("/accounts/second/")
    assert "不允许在数字地址上使用" in page.inner_text("main")
    window.close()
