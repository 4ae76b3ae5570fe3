"""Addresses of the room of firms."""

from django.urls import path

from wenpan.district.firms.common import pages as common
from wenpan.district.firms.contacts import pages as contacts
from wenpan.district.firms.imports import pages as imports
from wenpan.district.firms.links import pages as links
from wenpan.district.firms.page import pages as firm
from wenpan.district.firms.policies import form_pages, window_pages
from wenpan.district.firms.policies import pages as policies
from wenpan.district.firms.requests import pages as requests

app_name = "firms"
urlpatterns = [
    path("", firm.firms, name="list"),
    path("add/", firm.add, name="add"),
    path("ledger.xlsx", imports.ledger, name="ledger_form"),
    path("requests/tickets.xlsx", imports.tickets, name="tickets_form"),
    path("<int:pk>/", firm.firm, name="firm"),
    path("<int:pk>/change/", firm.change, name="change"),
    path("<int:pk>/end/", firm.end, name="end"),
    path("<int:pk>/request/", requests.register, name="register"),
    path("<int:pk>/visit/", contacts.visit, name="visit"),
    path("<int:pk>/contact/", contacts.assign, name="assign"),
    path("<int:pk>/fact/", policies.fact, name="fact"),
    path("requests/", requests.listing, name="requests"),
    path("requests/service/", requests.service, name="service"),
    path("requests/<int:pk>/", requests.one, name="request"),
    path("requests/<int:pk>/step/", requests.step, name="step"),
    path("requests/<int:pk>/firm/", requests.move, name="move_request"),
    path("requests/files/<int:pk>/", links.attached, name="request_file"),
    path("links/", links.links, name="links"),
    path("<int:pk>/link/", links.make, name="make_link"),
    path("links/<int:pk>/revoke/", links.revoke, name="revoke_link"),
    path("problems/", common.problems, name="problems"),
    path("problems/add/", common.add, name="add_problem"),
    path("problems/<int:pk>/", common.problem, name="problem"),
    path("problems/<int:pk>/<slug:deed>/", common.act, name="problem_act"),
    path("requests/withdrawn/", common.withdrawn, name="withdrawn"),
    path("contacts/", contacts.due, name="contacts"),
    path("visits/<int:pk>/photo/", contacts.picture, name="visit_photo"),
    path("contacts/plan/", contacts.plan, name="plan"),
    path("contacts/<int:pk>/end/", contacts.end, name="end_contact"),
    path("policies/", policies.library, name="policies"),
    path("policies/add/", form_pages.add, name="add_policy"),
    path("policies/table/", form_pages.table, name="policy_table"),
    path("policies/windows/", window_pages.listing, name="windows"),
    path("policies/<int:pk>/", policies.policy, name="policy"),
    path("policies/<int:pk>/paid/", form_pages.paid, name="policy_paid"),
]
