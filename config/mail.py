"""The name by which tasks queued by earlier versions ask for the delivery of an email."""

from mail.delivery import deliver

__all__ = ["deliver"]
