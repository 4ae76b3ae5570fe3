"""Addresses of the room of deals."""

from django.urls import path

from wenpan.district.attraction import acting, pages
from wenpan.district.attraction.chain import acting as chain

app_name = "attraction"
urlpatterns = [
    path("", pages.board, name="board"),
    path("list/", pages.deals, name="deals"),
    path("funnel/", pages.funnel, name="funnel"),
    path("mine/", acting.mine, name="mine"),
    path("views/", pages.save_view, name="save_view"),
    path("views/<int:pk>/forget/", pages.forget_view, name="forget_view"),
    path("duplicates/", pages.duplicates, name="duplicates"),
    path("duplicates/settle/", acting.merge, name="merge"),
    path("<int:pk>/", pages.deal, name="deal"),
    path("<int:pk>/event/", acting.event, name="event"),
    path("<int:pk>/amount/", acting.amount, name="amount"),
    path("<int:pk>/shares/", acting.shares, name="shares"),
    path("<int:pk>/next/", acting.next_step, name="next_step"),
    path("<int:pk>/edit/", acting.edit, name="edit"),
    path("<int:pk>/link/", acting.link, name="link"),
    path("<int:pk>/open-project/", chain.open_project, name="open_project"),
    path("links/<int:pk>/take-back/", chain.take_back, name="take_back"),
    path("<int:pk>/unmerge/", acting.unmerge, name="unmerge"),
    path("events/<int:pk>/withdraw/", acting.withdraw_event, name="withdraw_event"),
    path("amounts/<int:pk>/withdraw/", acting.withdraw_amount, name="withdraw_amount"),
    path("links/<int:pk>/remove/", acting.unlink, name="unlink"),
]
