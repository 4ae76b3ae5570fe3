"""`{% csrf_token %}` for every template: beside Django's token the key that makes one form one deed.

A builtin of the template engine (settings.TEMPLATES): a form cannot be protected against forgery without
getting its key as well, so that no form can be forgotten.
"""

from __future__ import annotations

import secrets
from typing import Any

from django import template
from django.template.defaulttags import CsrfTokenNode
from django.utils.html import format_html
from django.utils.safestring import SafeString

from wenpan.district.ground.idempotency.keys import FIELD

register = template.Library()


class FormKeyNode(CsrfTokenNode):
    """Each rendering of each form has a key of its own."""

    def render(self, context: Any) -> SafeString:
        key = format_html('<input type="hidden" name="{}" value="{}">', FIELD, secrets.token_urlsafe(18))
        return SafeString(super().render(context)) + key


@register.tag
def csrf_token(_parser: Any, _token: Any) -> FormKeyNode:
    return FormKeyNode()
