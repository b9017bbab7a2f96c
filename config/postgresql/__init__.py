"""Django's backend for PostgreSQL, which does not wait anew for a server that is away."""
