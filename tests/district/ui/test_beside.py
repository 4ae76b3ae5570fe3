"""Panels beside a subject: rooms say what they know; who may not see it sees nothing."""

from types import SimpleNamespace

from django.template import Context, Template

from wenpan.district.ui import beside
from wenpan.district.ui.beside import PanelLine, SidePanel


def draw(subject, user):
    source = Template("{% load ui %}{% beside subject %}")
    return source.render(Context({"subject": subject, "request": SimpleNamespace(user=user)}))


def test_every_room_that_knows_something_is_heard_and_silence_draws_nothing(monkeypatch):
    def knows(user, subject):
        return (
            SidePanel("督办", (PanelLine("2022-0001 供地", "/m/1", "RED", "住建局"),))
            if user == "me"
            else None
        )

    monkeypatch.setattr(beside.PANELS, "providers", [knows, lambda user, subject: None])
    drawn = draw("project:1", "me")
    assert "2022-0001 供地" in drawn
    assert 'href="/m/1"' in drawn
    assert "红" in drawn
    assert draw("project:1", "somebody else").strip() == ""
