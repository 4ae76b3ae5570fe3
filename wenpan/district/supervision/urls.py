"""Addresses of this room, one list a group of screens."""

from wenpan.district.supervision.pages import desk, matters, scores, slips, sources, weekly

app_name = "supervision"
urlpatterns = [
    *matters.routes,
    *sources.routes,
    *desk.routes,
    *slips.routes,
    *weekly.routes,
    *scores.routes,
]
