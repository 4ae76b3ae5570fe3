"""The bell of the frame and the state of a slip. The bell costs one indexed query a page."""

from __future__ import annotations

import re

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from wenpan.district.accounts.models import User
from wenpan.district.supervision.log.recipients import notices_of
from wenpan.district.supervision.models import Notice, Slip
from wenpan.district.supervision.slips import labels
from wenpan.documents.words.numbers import full_width

register = template.Library()
MOST = 99


@register.simple_tag
def notices_waiting(user: User) -> int | None:
    """None for those to whom this room says nothing; counted up to MOST + 1."""
    may = getattr(user, "may", None)
    if may is None or not may("matter.view", "desk.use"):
        return None
    waiting = Notice.objects.filter(notices_of(user), read_at=None, not_before__lte=timezone.now()).order_by()
    return waiting[: MOST + 1].count()


@register.simple_tag
def slip_state(slip: Slip) -> SafeString:
    """A chip: waiting, late, answered, withdrawn."""
    found = labels.state_of(slip, timezone.localdate())
    return format_html('<span class="wp-chip is-{}">{}</span>', found.tone or "plain", found.words)


@register.filter
def set_name(label: str) -> str:
    return labels.set_name(label)


@register.filter
def plain_reason(reason: str) -> str:
    """A rule's sentence without its numbers: 逾期…个工作日未办结."""
    return full_width(re.sub(r"\{[^}]*\}", "…", reason))
