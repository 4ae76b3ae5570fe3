"""/calendar/… /tokens/… /tables/… /api/v1/…"""

from django.urls import include, path

from wenpan.district.sharing import table_pages
from wenpan.district.sharing.api.addresses import addresses, schema
from wenpan.district.sharing.calendar import pages as calendar
from wenpan.district.sharing.tokens import pages as tokens

app_name = "sharing"
urlpatterns = [
    path("calendar/", calendar.month, name="calendar"),
    path("calendar/links/", calendar.make_link, name="make_link"),
    path("calendar/links/<int:pk>/revoke/", calendar.revoke_link, name="revoke_link"),
    path("calendar/feed/<str:secret>.ics", calendar.feed, name="feed"),
    path("tokens/", tokens.mine, name="tokens"),
    path("tokens/make/", tokens.make, name="make_token"),
    path("tokens/<int:pk>/revoke/", tokens.revoke, name="revoke_token"),
    path("tables/<slug:name>.csv", table_pages.table, name="table"),
    path("api/v1/openapi.json", schema, name="schema"),
    path("api/v1/", include(addresses())),
]
