from django.urls import path

from wenpan.district.adjustments import pages
from wenpan.district.adjustments.account_list import pages as account_list
from wenpan.district.adjustments.registers import pages as lists

app_name = "adjustments"
urlpatterns = [
    path("", pages.listing, name="list"),
    path("<slug:code>/change/", pages.change, name="change"),
    path("<int:pk>/decide/", pages.decide, name="decide"),
    path("<int:pk>/undo/", pages.undo, name="undo"),
    path("people/", account_list.account_list, name="roster"),
    path("people/sample/", account_list.sample, name="roster_sample"),
    path("people/check/", account_list.check, name="roster_check"),
    path("people/take-in/", account_list.take_in, name="roster_take_in"),
    path("people/slips/", account_list.slips, name="slips"),
    path("people/second-slips/", account_list.second_slips, name="second_slips"),
    path("<slug:code>/lines/", lists.rows, name="rows"),
    path("<slug:code>/line/", lists.row, name="row"),
    path("<slug:code>/bring-in/", lists.bring_in, name="bring_in"),
    path("<slug:code>/propose/", lists.propose_list, name="propose_list"),
]
