"""Extensions of Django's ORM and database backends."""
