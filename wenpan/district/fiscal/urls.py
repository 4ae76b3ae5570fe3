"""/fiscal/…"""

from django.urls import path

from wenpan.district.fiscal.basis import pages as basis
from wenpan.district.fiscal.basis import statement_pages
from wenpan.district.fiscal.page import pages as page

app_name = "fiscal"
urlpatterns = [
    path("", page.overview, name="overview"),
    path("budgets/", page.budgets, name="budgets"),
    path("budgets/set/", page.set_budget, name="set_budget"),
    path("budgets/<int:pk>/withdraw/", page.withdraw_budget, name="withdraw_budget"),
    path("funds/", page.funds, name="funds"),
    path("bonds/", page.bond_list, name="bonds"),
    path("basis/", basis.side_by_side, name="basis"),
    path("basis/statement/", statement_pages.statement, name="statement"),
    path("basis/ledger/", basis.ledger, name="ledger"),
    path("basis/ledger/<int:pk>/decide/", basis.decide, name="decide"),
    path("basis/ledger/<int:pk>/withdraw/", basis.withdraw, name="withdraw"),
    path("basis/<slug:region>/<slug:code>/<slug:period>/", basis.one, name="basis_one"),
    path("basis/<slug:region>/<slug:code>/<slug:period>/propose/", basis.propose, name="propose"),
    path("basis/<slug:region>/<slug:code>/<slug:period>/answer/", basis.answer, name="answer"),
]
