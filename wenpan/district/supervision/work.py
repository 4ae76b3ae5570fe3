"""Long and timed work of this room; each module registers its jobs when it is imported."""

from wenpan.district.supervision import source_work, ticking

__all__ = ["source_work", "ticking"]
