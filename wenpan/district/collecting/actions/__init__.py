"""Every write of the room: a source is asked, a file of it is taken in or refused."""

from wenpan.district.collecting.actions.asking import Asked, ask, ask_all, ask_now

__all__ = ["Asked", "ask", "ask_all", "ask_now"]
