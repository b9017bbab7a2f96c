"""Telling an outage, which ends by itself, from a fault of the code."""

import errno

from django.db import InterfaceError, InternalError, OperationalError

READ_ONLY = "25006"  # SQLSTATE of a server that takes no writes, such as a standby after a failover
NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EROFS}


def is_outage(error: BaseException | None) -> bool:
    """Return whether a database is away, locked, full or read-only, or a disk is full."""
    if isinstance(error, InternalError):
        return getattr(error.__cause__, "sqlstate", "") == READ_ONLY
    if isinstance(error, OSError):
        return error.errno in NO_ROOM
    return isinstance(error, OperationalError | InterfaceError)
