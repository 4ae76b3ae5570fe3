"""A bulletin was issued: rooms above keep what belongs to its month, in the same transaction."""

from __future__ import annotations

from datetime import datetime

from wenpan.district.accounts.models import User
from wenpan.district.bulletins.models import Document
from wenpan.district.ground.registries import RoomEvent

ISSUED: RoomEvent[[Document, User, datetime]] = RoomEvent()
on_issued = ISSUED.listen
