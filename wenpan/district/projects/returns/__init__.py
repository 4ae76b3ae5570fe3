"""What a file of monthly returns would change, and what it must be asked. Reads only; amounts in 万元."""

from wenpan.district.projects.returns.changes import return_changes
from wenpan.district.projects.returns.lines import ReturnChanges, ReturnLine
from wenpan.district.projects.returns.units import return_changes_of_unit

__all__ = ["ReturnChanges", "ReturnLine", "return_changes", "return_changes_of_unit"]
