"""Addresses of the room of deals."""

from django.urls import path

from wenpan.district.attraction import acting, pages
from wenpan.district.attraction.boards import pages as boards
from wenpan.district.attraction.chain import acting as chain
from wenpan.district.attraction.offers import pages as offers
from wenpan.district.attraction.report import pages as reports
from wenpan.district.attraction.work import pages as work

app_name = "attraction"
urlpatterns = [
    path("", pages.board, name="board"),
    path("list/", pages.deals, name="deals"),
    path("funnel/", pages.funnel, name="funnel"),
    path("report/", reports.report, name="report"),
    path("mine/", acting.mine, name="mine"),
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
    path("published/", boards.boards, name="boards"),
    path("published/<int:pk>/", boards.board, name="published"),
    path("offers/", offers.offers, name="offers"),
    path("offers/save/", offers.save_offer, name="save_offer"),
    path("offers/<int:pk>/", offers.offer, name="offer"),
    path("offers/<int:pk>/save/", offers.save_offer, name="edit_offer"),
    path("offers/<int:pk>/state/", offers.offer_state, name="offer_state"),
    path("offers/uses/<int:pk>/stop/", offers.stop_pointing, name="stop_pointing"),
    path("<int:pk>/point/", offers.point, name="point"),
    path("reserve/", offers.reserve, name="reserve"),
    path("reserve/<int:pk>/", offers.reserve_project, name="reserve_project"),
    path("reserve/<int:pk>/pitch/", offers.pitch, name="pitch"),
    path("reserve/papers/<int:pk>/withdraw/", offers.withdraw_pitch, name="withdraw_pitch"),
    path("receptions/", work.receptions, name="receptions"),
    path("receptions/note/", work.reception, name="reception"),
    path("receptions/<int:pk>/kept/", work.keep_promise, name="keep_promise"),
    path("receptions/<int:pk>/withdraw/", work.withdraw_reception, name="withdraw_reception"),
    path("<int:pk>/lead/", work.lead_step, name="lead_step"),
    path("lead-steps/<int:pk>/withdraw/", work.withdraw_lead_step, name="withdraw_lead_step"),
    path("<int:pk>/unmerge/", acting.unmerge, name="unmerge"),
    path("events/<int:pk>/withdraw/", acting.withdraw_event, name="withdraw_event"),
    path("amounts/<int:pk>/withdraw/", acting.withdraw_amount, name="withdraw_amount"),
    path("links/<int:pk>/remove/", acting.unlink, name="unlink"),
]
