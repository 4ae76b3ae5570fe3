"""What a file of monthly returns would change, and what it must be asked. Reads only; amounts in 万元."""

from wenpan.district.projects.returns.changes import plan
from wenpan.district.projects.returns.lines import Line, Plan

__all__ = ["Line", "Plan", "plan"]
