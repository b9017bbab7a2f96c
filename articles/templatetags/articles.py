from django import template

from articles.markdown import plain_text

register = template.Library()

register.filter(plain_text)
