"""Readers without an account follow an article by email."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import http_date
from django.utils.translation import gettext as _

from accounts.forms import EmailForm
from accounts.limits import Limited, count_mail, wait_until
from articles.models import Article
from forum.notifications.followers import ask_to_confirm


def follow_by_email(request: HttpRequest, article: Article) -> HttpResponse:
    """Show the form; send a letter that asks for confirmation, and show the same page for every
    address.
    """
    if request.method != "POST":
        return _page(request, article, EmailForm(), status=200)
    form = EmailForm(request.POST)
    if not form.is_valid():
        return _page(request, article, form, status=422)
    email = form.cleaned_data["email"]
    try:
        count_mail(request, email)
    except Limited as limited:
        words = _("Too many emails to this address or from your network. Try again %(wait)s.")
        form.add_error("email", words % {"wait": wait_until(limited.until)})
        response = _page(request, article, form, status=429)
        response["Retry-After"] = http_date(limited.until.timestamp())
        return response
    ask_to_confirm(article, email)
    return render(
        request, "forum/notifications/follow_asked.html", {"article": article, "email": email}
    )


def _page(request: HttpRequest, article: Article, form: EmailForm, *, status: int) -> HttpResponse:
    context = {"article": article, "form": form}
    return render(request, "forum/notifications/follow_by_email.html", context, status=status)
