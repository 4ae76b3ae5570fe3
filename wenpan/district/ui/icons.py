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
    "phone": "M6 4h3l2 4-2 2a10 10 0 0 0 5 5l2-2 4 2v3c0 1-1 2-2 2C10 19 5 13 4 6c0-1 1-2 2-2",
    "medal": "M12 13a4.500 4.500 0 1 0 0-9a4.500 4.500 0 1 0 0 9M9 12L7.500 21l4.500-2.500 4.500 2.500L15 12",
    "bars": "M4 20h16M6 20v-7h3v7M11 20V6h3v14M16 20v-10h3v10",
    "forward": "M4 16l5-5 4 3 4-5M15 9h4v4M4 20h16",
    "flag": "M6 21V4M6 5h11l-2 4 2 4H6",
    "map": "M4 6l5-2 6 2 5-2v14l-5 2-6-2-5 2zM9 4v14M15 6v14",
    "tools": "M14 6a4 4 0 0 0-5 5l-5 5 3 3 5-5a4 4 0 0 0 5-5l-2.500 2.500-3-3z",
    "inbox": "M4 13l2-8h12l2 8v6H4zM4 13h4l1.500 3h5L16 13h4",
    "star": "M12 4l2.500 5.200 5.700.8-4.100 4 1 5.700L12 17l-5.100 2.700 1-5.700-4.100-4 5.700-.8z",
    "swap": "M4 9h13M14 6l3 3-3 3M20 15H7M10 12l-3 3 3 3",
    "split": "M12 20v-7M12 13L6 6M12 13l6-7M6 10V6h4M14 6h4v4",
    "briefcase": "M4 8h16v11H4zM9 8V5h6v3M4 13h16",
    "funnel": "M4 5h16l-6 7v6l-4 2v-8z",
    "pin": "M12 21c-4-5-6-7.500-6-11a6 6 0 0 1 12 0c0 3.500-2 6-6 11M12 8a2 2 0 1 0 0 4a2 2 0 1 0 0-4",
    "factory": "M4 20V10l5 3v-3l5 3V6h6v14zM8 16h2M13 16h2",
    "eye": "M3 12c3-5 6-6 9-6s6 1 9 6c-3 5-6 6-9 6s-6-1-9-6M12 9a3 3 0 1 0 0 6a3 3 0 1 0 0-6",
    "calendar": "M4 6h16v14H4zM4 10h16M8 3v4M16 3v4M8 14h2M14 14h2M8 17h2",
    "loop": "M5 12a7 7 0 0 1 12-5l2 2M19 5v4h-4M19 12a7 7 0 0 1-12 5l-2-2M5 19v-4h4",
    "shield": "M12 3l7 3v5c0 5-3 8-7 10c-4-2-7-5-7-10V6zM9 12l2 2 4-4",
    "send": "M4 12l16-8-6 16-3-6zM11 14l9-10",
    "settings": "M4 7h9M17 7h3M4 17h3M11 17h9M13 5v4M17 5v4M7 15v4M11 15v4M13 5h4v4h-4zM7 15h4v4H7z",
    "clock": "M12 4a8 8 0 1 0 0 16a8 8 0 1 0 0-16M12 8v4l3 2",
    "campaign": "M5 10v4h3l7 4V6l-7 4zM18 9c1.300 1.500 1.300 4.500 0 6",
    "pulse": "M3 12h4l2-6 4 12 3-8 1.500 2H21",
    "text": "M4 19L10 5l6 14M6 14h8M17 19l2.500-6 2.500 6",
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
