"""Line icons of 24 units, drawn inline so that nothing is fetched and they take the text's colour."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

PATHS = {
    "today": "M4 6h16v14H4zM4 10h16M8 3v4M16 3v4M9 15l2 2 4-4",
    "board": "M4 4h7v7H4zM13 4h7v4h-7zM13 11h7v9h-7zM4 14h7v6H4z",
    "chart": "M4 4v16h16M8 15l3.5-4 3 2.5L20 7",
    "plan": "M4 19h3v-4h4v-4h4V7h5M17 4l3 3-3 3",
    "target": "M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18M12 8a4 4 0 1 0 0 8a4 4 0 1 0 0-8M12 12h.01",
    "upload": "M12 16V4M7 9l5-5 5 5M4 17v3h16v-3",
    "download": "M12 4v12M7 11l5 5 5-5M4 17v3h16v-3",
    "ledger": "M5 3h14v18H5zM9 3v18M12 8h4M12 12h4",
    "pencil": "M4 20l1-4L16 5l3 3L8 19zM14 7l3 3",
    "document": "M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6",
    "people": "M9 4a3.5 3.5 0 1 0 0 7a3.5 3.5 0 1 0 0-7M3 20c0-4 3-6 6-6s6 2 6 6"
    "M16 4.500a3.500 3.500 0 0 1 0 6.500M18 14c2 .8 3 3 3 6",
    "journal": "M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18M12 7v5l3.5 2",
    "rules": "M12 4v16M6 20h12M4 8h16M7 8l-3 6h6zM17 8l-3 6h6z",
    "search": "M11 4a7 7 0 1 0 0 14a7 7 0 1 0 0-14M16 16l4.500 4.500",
    "menu": "M4 7h16M4 12h16M4 17h16",
    "user": "M12 4a4 4 0 1 0 0 8a4 4 0 1 0 0-8M4 20c0-4 4-6 8-6s8 2 8 6",
    "help": "M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18"
    "M9.500 9.500a2.500 2.500 0 1 1 3.500 2.300c-.7.3-1 .8-1 1.700M12 17h.01",
    "exit": "M14 4h5v16h-5M10 8l-4 4 4 4M6 12h9",
    "lock": "M6 11h12v9H6zM8.500 11V8a3.500 3.500 0 0 1 7 0v3",
    "language": "M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18M3 12h18M12 3c3 3 3 15 0 18c-3-3-3-15 0-18",
    "close": "M6 6l12 12M18 6L6 18",
    "check": "M5 12.500l4.500 4.500L19 7.500",
    "alert": "M12 4l9 16H3zM12 10v5M12 17.500h.01",
    "empty": "M4 13l3-8h10l3 8v6H4zM4 13h5l1 2.500h4l1-2.500h5",
    "screen": "M3 5h18v11H3zM9 20h6M12 16v4",
    "key": "M8 12a4 4 0 1 0 0 .01M12 12h9M17 12v4M20 12v3",
    "plus": "M12 5v14M5 12h14",
    "bell": "M6 17V11a6 6 0 0 1 12 0v6l1.500 1.500h-15zM10 21h4",
}


def icon(name: str, size: int = 18) -> SafeString:
    """KeyError for an unknown name: a page with a missing icon fails its test, not its reader."""
    return format_html(
        '<svg class="wp-icon" width="{0}" height="{0}" viewBox="0 0 24 24" aria-hidden="true">'
        '<path d="{1}"/></svg>',
        int(size),
        mark_safe(PATHS[name]),  # noqa: S308  # our own constant
    )
