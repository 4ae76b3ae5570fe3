"""Every write of the outbox; all journalled in the same transaction."""

from wenpan.district.outbox.actions.choosing import choose
from wenpan.district.outbox.actions.dispatching import Dispatched, dispatch
from wenpan.district.outbox.actions.posting import post
from wenpan.district.outbox.actions.retrying import try_again

__all__ = ["Dispatched", "choose", "dispatch", "post", "try_again"]
