"""Every read of this room: the archive, and what stands behind the numbers of a bulletin."""

from wenpan.district.bulletins.queries.archive import (
    Difference,
    DocumentView,
    Edition,
    compare,
    document,
    documents,
    editions,
    months,
    pdf_offered,
    picture,
    refusal,
    view,
)
from wenpan.district.bulletins.queries.bulletin import (
    Behind,
    Deeds,
    Moved,
    before_of,
    behind,
    bulletin_months,
    bulletin_refusal,
    deeds,
    moved,
    place_name,
    wording,
)
from wenpan.district.bulletins.queries.drawing import ShownBlock, ShownSpan

__all__ = [
    "Behind",
    "Deeds", "Difference", "DocumentView", "Edition", "Moved", "ShownBlock", "ShownSpan", "before_of",
    "behind", "bulletin_months", "bulletin_refusal", "compare", "deeds", "document", "documents", "editions",
    "months", "moved", "pdf_offered", "picture", "place_name", "refusal", "view", "wording",
]  # fmt: skip
