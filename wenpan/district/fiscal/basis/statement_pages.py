"""核对文字: the numbers of a published text about revenue, typed in, and where they contradict each other.

Nothing is kept: the text is somebody else's, and none of its numbers is put right.
"""

from __future__ import annotations

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET

from wenpan.district.accounts.permissions import requires
from wenpan.district.accounts.request import SignedInRequest
from wenpan.district.fiscal.basis.amounts import of_digits, typed_amount
from wenpan.district.ground.refused import Refused
from wenpan.economy.fiscal.printed import PrintedNumber
from wenpan.economy.fiscal.statement_checks import RevenueStatement, TextContradiction, contradictions

MOST_PARTS = 20
# Field of the address → its label and whether it may stay empty.
NUMBERS = (
    ("value", lazy("本年数"), False),
    ("rate", lazy("自然口径增速（%）"), True),
    ("change", lazy("比上年增加"), True),
    ("refunds", lazy("留抵退税额"), True),
    ("pull", lazy("称退税拉低（个百分点）"), True),
    ("adjusted_value", lazy("可比口径数"), True),
    ("adjusted_rate", lazy("可比口径增速（%）"), True),
    ("adjusted_change", lazy("可比口径增加"), True),
)


@require_GET
@requires("basis.view")
def statement(request: SignedInRequest) -> HttpResponse:
    get, told, found = request.GET, "", None
    if get.get("value", "").strip():
        try:
            found = found_in(get)
        except Refused as no:
            told = no.message
    fields = [(name, label, get.get(name, "")[:30], empty) for name, label, empty in NUMBERS]
    context = {
        "tab": "statement", "fields": fields, "name": get.get("name", "")[:40],
        "parts": get.get("parts", "")[:2000], "told": told, "found": found,
    }  # fmt: skip
    return render(request, "fiscal/statement.html", context)


def found_in(get: QueryDict) -> list[TextContradiction]:
    """Refused "bad_value" for what is no number, or a part that cannot be read."""
    numbers = {name: _number(get.get(name, "")) for name, _label, _empty in NUMBERS}
    value = numbers["value"]
    if value is None:
        raise Refused("bad_value", _("请填写本年数。"))
    whole = RevenueStatement(
        get.get("name", "").strip()[:40] or _("合计"),
        value,
        rate=numbers["rate"],
        change=numbers["change"],
        adjusted_value=numbers["adjusted_value"],
        adjusted_rate=numbers["adjusted_rate"],
        adjusted_change=numbers["adjusted_change"],
        refunds=numbers["refunds"],
        pull=numbers["pull"],
    )
    lines = [line.split() for line in get.get("parts", "").splitlines() if line.strip()]
    if len(lines) > MOST_PARTS:
        raise Refused("bad_value", _("分项最多%(most)s行。") % {"most": MOST_PARTS})
    return contradictions(whole, [[_part(line) for line in lines]] if lines else [])


def _part(words: list[str]) -> RevenueStatement:
    """税收收入 18296 -11.03"""
    value = _number(words[1]) if 2 <= len(words) <= 3 else None
    if value is None:
        raise Refused(
            "bad_value", _("分项每行写名称、本年数、增速，用空格隔开，实为“%s”。") % " ".join(words)[:40]
        )
    return RevenueStatement(words[0][:40], value, rate=_number(words[2]) if len(words) == 3 else None)


def _number(text: str) -> PrintedNumber | None:
    typed = typed_amount(text.strip().removesuffix("%"))
    return None if typed is None else of_digits(*typed)
