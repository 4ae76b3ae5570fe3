from django.urls import path

from wenpan.district.adjustments import pages
from wenpan.district.adjustments.registers import pages as lists
from wenpan.district.adjustments.roster import pages as roster

app_name = "adjustments"
urlpatterns = [
    path("", pages.listing, name="list"),
    path("<slug:code>/change/", pages.change, name="change"),
    path("<int:pk>/decide/", pages.decide, name="decide"),
    path("<int:pk>/undo/", pages.undo, name="undo"),
    path("people/", roster.roster, name="roster"),
    path("people/sample/", roster.sample, name="roster_sample"),
    path("people/check/", roster.check, name="roster_check"),
    path("people/take-in/", roster.take_in, name="roster_take_in"),
    path("people/slips/", roster.slips, name="slips"),
    path("people/second-slips/", roster.second_slips, name="second_slips"),
    path("<slug:code>/lines/", lists.rows, name="rows"),
    path("<slug:code>/line/", lists.row, name="row"),
    path("<slug:code>/bring-in/", lists.bring_in, name="bring_in"),
    path("<slug:code>/propose/", lists.propose_list, name="propose_list"),
]
