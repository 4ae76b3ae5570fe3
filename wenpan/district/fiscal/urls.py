"""/fiscal/…"""

from django.urls import path

from wenpan.district.fiscal.basis import pages as basis

app_name = "fiscal"
urlpatterns = [
    path("basis/", basis.side_by_side, name="basis"),
    path("basis/ledger/", basis.ledger, name="ledger"),
    path("basis/ledger/<int:pk>/decide/", basis.decide, name="decide"),
    path("basis/ledger/<int:pk>/withdraw/", basis.withdraw, name="withdraw"),
    path("basis/<slug:region>/<slug:code>/<slug:period>/", basis.one, name="basis_one"),
    path("basis/<slug:region>/<slug:code>/<slug:period>/propose/", basis.propose, name="propose"),
    path("basis/<slug:region>/<slug:code>/<slug:period>/answer/", basis.answer, name="answer"),
]
