"""What a project list would change: the same plan for the preview and for the acceptance. Reads only."""

from wenpan.district.projects.lists.lines import KEY, STATISTICS, Line, base_name
from wenpan.district.projects.lists.planning import plan

__all__ = ["KEY", "STATISTICS", "Line", "base_name", "plan"]
