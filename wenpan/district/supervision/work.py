"""Long and timed work of this room; each module registers its jobs when it is imported."""

from wenpan.district.supervision import tick
from wenpan.district.supervision.lights import work as light_work
from wenpan.district.supervision.sources import work as source_work

__all__ = ["light_work", "source_work", "tick"]
