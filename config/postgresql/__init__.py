"""Django's backend for PostgreSQL, which waits neither for ever nor
anew for a server that is away.
"""

# Seconds that a page waits for one statement, locks included.
PATIENCE = 10.0


class Statements:
    """The seconds that each has in this process; None:
    commands wait, a migration may take its time.
    """

    patience: float | None = None


def be_quick() -> None:
    """Bound the statements of this process: it answers requests."""
    Statements.patience = PATIENCE
