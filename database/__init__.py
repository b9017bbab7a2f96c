"""Extensions of Django's ORM and its database backends."""
