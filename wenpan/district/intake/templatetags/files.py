"""What pages say of a file that was let in: {% load files %}{% file_words sha256 %}."""

from __future__ import annotations

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from wenpan.district.intake import door

register = template.Library()


@register.simple_tag
def file_words(sha256: str) -> SafeString:
    """未扫描病毒 · 含有宏, in small grey."""
    return format_html_join(
        " ", '<small class="wp-muted">{}</small>', ([word] for word in door.words(sha256))
    )
