from django.template import Library

from text.browsers import browser_name

register = Library()
register.filter("browser_name", browser_name)
