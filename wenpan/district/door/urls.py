"""All addresses of the door. None names a firm; what is not here is not reachable."""

from django.urls import path

from wenpan.district.door import pages

handler404 = "wenpan.district.door.entry.gone"
handler403 = "wenpan.district.door.entry.gone"
handler400 = "wenpan.district.door.entry.gone"
handler500 = "wenpan.district.door.pages.broken"
urlpatterns = [
    path("", pages.requests, name="door_requests"),
    path("l/<str:token>/", pages.enter, name="door_enter"),
    path("file/", pages.file, name="door_file"),
    path("r/<str:number>/", pages.one, name="door_request"),
    path("r/<str:number>/add/", pages.add, name="door_add"),
    path("r/<str:number>/rate/", pages.rate, name="door_rate"),
    path("leave/", pages.leave, name="door_leave"),
]
