"""Channels: how one digest leaves the program.

A channel may be asked again with the same key after a crash. The folder then writes the same file; a mail
carries the same Message-ID; a robot's message the same number, since neither robot knows a key of ours.
"""

from wenpan.district.outbox.channels.digest import ChannelRefusedError, Digest, DigestLine
from wenpan.district.outbox.channels.folder import send_to_folder
from wenpan.district.outbox.channels.mail import MailDoor
from wenpan.district.outbox.channels.robots import send_by_robot

__all__ = ["ChannelRefusedError", "Digest", "DigestLine", "MailDoor", "send_by_robot", "send_to_folder"]
