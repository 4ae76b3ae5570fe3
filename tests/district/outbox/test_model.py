"""A model to copy: one action and one page, each with its tests. Replace the names, keep the sentences."""

from __future__ import annotations

import pytest

from wenpan.district.ground.refused import Refused
from wenpan.district.outbox.models import Envelope

pytestmark = pytest.mark.django_db


@pytest.fixture
def failed(make_user):
    """A record in the state in which the action may happen."""
    from django.utils import timezone

    now = timezone.now()
    return Envelope.objects.create(
        key="k", channel="folder", user=make_user("liaison"), state="failed", next_try_at=now, made_at=now
    )


class TestAction:
    def test_it_changes_what_its_name_says_and_journals_it(self, failed, make_user):
        from wenpan.district.ground.journal.models import Entry
        from wenpan.district.outbox.actions import try_again

        assert try_again(by=make_user("supervision_head")) == 1
        assert Envelope.objects.get().state == "waiting"
        assert Entry.objects.filter(action="outbox.again").count() == 1

    def test_it_refuses_in_words_what_cannot_be_done_and_changes_nothing(self, make_user):
        from wenpan.district.outbox.actions import try_again

        with pytest.raises(Refused, match="没有未发成的汇总"):
            try_again(by=make_user("supervision_head"))


class TestPage:
    def test_who_may_sees_it(self, failed, make_user, client):
        client.force_login(make_user("supervision_head"))
        assert "未发成1份" in client.get("/outbox/").content.decode()

    @pytest.mark.parametrize("role", ["liaison", "leader", "system_admin", ""])
    def test_others_do_not(self, role, make_user, client):
        client.force_login(make_user(role, username="other"))
        assert client.get("/outbox/").status_code == 403

    def test_reading_cannot_do_what_posting_does(self, failed, make_user, client):
        client.force_login(make_user("supervision_head"))
        assert client.get("/outbox/again/").status_code == 405
        assert Envelope.objects.get().state == "failed"
