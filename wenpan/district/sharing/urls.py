"""/calendar/…"""

from django.urls import path

from wenpan.district.sharing.calendar import pages as calendar

app_name = "sharing"
urlpatterns = [
    path("calendar/", calendar.month, name="calendar"),
    path("calendar/links/", calendar.make_link, name="make_link"),
    path("calendar/links/<int:pk>/revoke/", calendar.revoke_link, name="revoke_link"),
    path("calendar/feed/<str:secret>.ics", calendar.feed, name="feed"),
]
