from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

View = Callable[..., HttpResponse]


def by_button(view: View, **others: View) -> View:
    """Return a view that leaves a form to another one when the button of that name was pressed.

    Text browsers ignore `formaction`: they send the form to
    its own address, with the button's name.
    """

    @wraps(view)
    def chosen(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        pressed = next((other for name, other in others.items() if name in request.POST), view)
        return pressed(request, *args, **kwargs)

    return chosen
