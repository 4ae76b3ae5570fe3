"""A real speech through the whole way: read, proposed, confirmed, counted. Only counts are said here."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.shared_data import SHARED
from wenpan.district.accounts.actions import sync_units
from wenpan.district.supervision.models import Matter, Source

SAMPLE = SHARED / "samples" / "speech.txt"
pytestmark = [pytest.mark.django_db, pytest.mark.shared]


@pytest.mark.skipif(not SAMPLE.exists(), reason="the shared folder is not here")
def test_a_real_speech_becomes_drafts_one_by_one(client, make_user):
    names = [
        ("jfj", "经发局", "department"),
        ("tjj", "统计局", "department"),
        ("dcb", "督查绩效办", "department"),
    ]
    sync_units(units=[{"code": c, "name": n, "short_name": n, "kind": k} for c, n, k in names], by=None)
    client.force_login(make_user("supervisor"))
    with SAMPLE.open("rb") as file:
        client.post(reverse("supervision:upload_source"), {"file": file, "dated": "2022-10-14"}, follow=True)
    source = Source.objects.get()
    found = list(source.proposals.all())
    assert 4 <= len(found) <= 30
    text = "\n".join(source.paragraphs)
    assert all(p.evidence == text[p.span_start : p.span_end] for p in found)
    assert not Matter.objects.exists()
    for p in found:
        client.post(reverse("supervision:confirm_proposal", args=[p.pk]), {"seen": p.version})
    assert Matter.objects.filter(state="draft", source=source).count() == len(found)
    client.post(reverse("supervision:settle_source", args=[source.pk]))
    source.refresh_from_db()
    assert source.settled_at is not None
