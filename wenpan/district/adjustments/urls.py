from django.urls import path

from wenpan.district.adjustments import pages
from wenpan.district.adjustments.registers import pages as lists

app_name = "adjustments"
urlpatterns = [
    path("", pages.listing, name="list"),
    path("<slug:code>/change/", pages.change, name="change"),
    path("<int:pk>/decide/", pages.decide, name="decide"),
    path("<int:pk>/undo/", pages.undo, name="undo"),
    path("<slug:code>/lines/", lists.rows, name="rows"),
    path("<slug:code>/line/", lists.row, name="row"),
    path("<slug:code>/bring-in/", lists.bring_in, name="bring_in"),
    path("<slug:code>/propose/", lists.propose_list, name="propose_list"),
]
