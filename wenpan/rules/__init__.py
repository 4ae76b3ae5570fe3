"""Policy as data: dated YAML with its source. A place's own folder overrides it, visibly."""

from wenpan.rules.catalogue import Catalogue, catalogue, normalised
from wenpan.rules.lights import hold_periods, light_rules, rules_in_force
from wenpan.rules.loading import Provenance, RuleError, load_yaml
from wenpan.rules.place import Place, PlaceRegion, PlaceUnit, place
from wenpan.rules.policies import QualityLimits, TargetPolicy, quality_limits, target_policy, workbook_kinds
from wenpan.rules.ranks import rank_rule

__all__ = [
    "Catalogue",
    "Place",
    "PlaceRegion",
    "PlaceUnit",
    "Provenance",
    "QualityLimits",
    "RuleError",
    "TargetPolicy",
    "catalogue",
    "hold_periods",
    "light_rules",
    "load_yaml",
    "normalised",
    "place",
    "quality_limits",
    "rank_rule",
    "rules_in_force",
    "target_policy",
    "workbook_kinds",
]
