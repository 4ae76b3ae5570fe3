"""Another name of an indicator, registered in the place's own rules."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import User
from wenpan.district.accounts.permissions import require
from wenpan.district.ground.journal.actions import record
from wenpan.district.ground.refused import Refused
from wenpan.rules import catalogue
from wenpan.rules.aliases import AliasError, with_alias
from wenpan.rules.aliases import register_alias as write_alias


@transaction.atomic
def register_alias(*, indicator: str, alias: str, by: User, at: datetime | None = None) -> None:
    """From now on the name means the indicator, in every table. Refused "bad_value" where it cannot.

    The overlay is written last: what cannot be journalled does not happen.
    """
    require(by, "layout.map")
    at = at or timezone.now()
    try:
        with_alias(catalogue(), indicator, alias)
        record(
            by=by,
            action="intake.alias",
            subject=f"indicator:{indicator}",
            at=at,
            summary=_("登记别名：“%(alias)s”就是%(name)s")
            % {"alias": alias.strip(), "name": catalogue()[indicator].name},
            detail={"indicator": indicator, "alias": alias.strip()},
        )
        write_alias(indicator, alias, by=str(by), on=timezone.localdate(at))
    except AliasError as wrong:
        raise Refused("bad_value", str(wrong)) from wrong
