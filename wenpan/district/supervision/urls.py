"""Addresses of this room, one list a group of screens."""

from wenpan.district.supervision.burden import pages as burden
from wenpan.district.supervision.log import number_pages
from wenpan.district.supervision.matters.pages import desk, matters, sheet
from wenpan.district.supervision.orders import pages as orders
from wenpan.district.supervision.scoring import pages as scores
from wenpan.district.supervision.slips import pages as slips
from wenpan.district.supervision.sources.pages import sources
from wenpan.district.supervision.weekly import pages as weekly

app_name = "supervision"
urlpatterns = [
    *matters.routes,
    *sources.routes,
    *desk.routes,
    *sheet.routes,
    *burden.routes,
    *slips.routes,
    *weekly.routes,
    *scores.routes,
    *number_pages.routes,
    *orders.routes,
]
