"""What a file of monthly returns would change, and what it must be asked. Reads only; amounts in 万元."""

from wenpan.district.projects.returns.changes import plan
from wenpan.district.projects.returns.lines import ReturnChanges, ReturnLine
from wenpan.district.projects.returns.units import plan_of_unit

__all__ = ["ReturnChanges", "ReturnLine", "plan", "plan_of_unit"]
