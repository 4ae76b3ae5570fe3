"""一页纸: who may have it, and that it stands also where nothing is judged yet."""

import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("role", "status"), [("leader", 200), ("analyst", 200), ("liaison", 403), ("auditor", 403)]
)
def test_the_sheet_is_for_those_who_read_papers(role, status, client, make_user):
    client.force_login(make_user(role))
    client.raise_request_exception = False
    assert client.get("/sheet/").status_code == status


def test_in_an_empty_place_it_says_that_nothing_is_red(client, make_user):
    client.force_login(make_user("leader"))
    page = client.get("/sheet/").content.decode()
    assert "没有红灯指标" in page
    assert "没有逾期的事项" in page
