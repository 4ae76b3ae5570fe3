"""Whether the place's files can be used as they are now: each is loaded by who reads it."""

from __future__ import annotations

from datetime import date

from wenpan import rules
from wenpan.district.projects.base.policy import limits
from wenpan.district.supervision.burden import policy as burden
from wenpan.district.supervision.escalation_steps.policy import escalation_rules
from wenpan.district.supervision.lights.policy import light_matters
from wenpan.district.supervision.log.policy import office
from wenpan.district.supervision.matters import attachments
from wenpan.rules.access import access
from wenpan.rules.outliers import outlier_limits
from wenpan.rules.query_letters import answer_days
from wenpan.rules.ranks import rank_rule
from wenpan.rules.slips import slips_in_force


def usable(on: date) -> None:
    """RuleError names file, key, found and expected."""
    rules.rules_in_force(on)
    rules.quality_limits()
    outlier_limits()
    limits()
    access()
    escalation_rules()
    office()
    slips_in_force(on)
    rank_rule(on)
    answer_days(on)
    attachments.limits()
    burden.register()
    light_matters()
