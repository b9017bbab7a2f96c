from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts.preferences import PreferencesForm
from accounts.responses import status_of


@never_cache
@login_required
def preferences(request: HttpRequest) -> HttpResponse:
    form = PreferencesForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        person = form.save(commit=False)
        # Not the whole row: somebody may have switched the account off meanwhile.
        person.save(update_fields=[*form.fields])
        with override(person.language or get_language()):
            messages.success(request, _("Your language and time zone are saved."))
        return redirect("account")
    return render(request, "account/preferences.html", {"form": form}, status=status_of(form))
