"""Additions to Django's ORM and its database backends."""
