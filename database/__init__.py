"""Where the site goes beyond Django's ORM and its database backends."""
