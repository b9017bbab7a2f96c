"""Rows of a form that one adds, orders and removes: facts, questions, authors, sources.

The names of a row's fields begin with its key, and the keys are sent in the order of the page.
So a row moves without a change of names, in the page by a script as well as here.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.utils.translation import gettext as _

KEY = re.compile(r"[0-9A-Za-z]{1,20}")
NEW_KEY = "newkey"  # in the row that a script copies (static/desk/rows.js)


class Rows:
    """The rows of one kind; `saved` has the rows of the article by their keys."""

    kind: str
    form_class: Any
    most: int
    caption_of: tuple[str, ...]  # the fields that name a folded row
    unique = ""  # the field whose value no two rows may share
    said_twice: Any = ""  # the message then
    has_blank = False  # where there is no row yet
    has_focus = False  # its button that adds a row

    def __init__(self, saved: Mapping[str, Any], data: QueryDict | None = None) -> None:
        self.saved, self.data = saved, data
        self.errors: list[str] = []
        keys = saved if data is None else data.getlist(self.kind)
        self.keys = [key for key in dict.fromkeys(keys) if KEY.fullmatch(key)]
        if not self.keys and self.has_blank and data is None:
            self.keys = [self.free_key()]
        self.forms = [self._form(key, self.data) for key in self.keys]
        for form in self.forms:
            if self.is_blank(form):
                leave_unchecked(form)

    def __iter__(self) -> Iterator[Any]:
        return iter(self.forms)

    @property
    def number(self) -> int:
        """Return the number of rows in which something is typed."""
        return len(self.filled())

    @property
    def blank(self) -> Any:
        """Return the row that a script copies."""
        return self._form(NEW_KEY, None)

    def free_key(self) -> str:
        """Return a key that no row has: those of saved rows are numbers."""
        return next(key for key in map("n{}".format, range(1, 10_000)) if key not in self.keys)

    def is_valid(self) -> bool:
        if len(self.forms) > self.most:
            self.errors.append(_("There are more than %(n)d. Remove some.") % {"n": self.most})
        filled = self.filled()
        checked = [form.is_valid() for form in filled]  # all of them, for their errors
        return not self.errors and self._are_unique(filled) and all(checked)

    def _are_unique(self, forms: list[Any]) -> bool:
        taken, twins = set(), []
        for form in forms if self.unique else []:
            value = form.cleaned_data.get(self.unique)
            if value and value in taken:
                twins.append(form)
            taken.add(value)
        for form in twins:
            form.add_error(self.unique, self.said_twice)
        return not twins

    def filled(self) -> list[Any]:
        """Return the rows in which something is typed; the others are left out."""
        return [form for form in self.forms if not self.is_blank(form)]

    def has_changed(self) -> bool:
        """Return whether a row was changed, added, moved or removed."""
        filled = self.filled()
        is_moved = [form.key for form in filled] != list(self.saved)
        return is_moved or any(form.has_changed() for form in filled)

    def is_blank(self, form: Any) -> bool:
        names = [form.add_prefix(name) for name in form.fields]
        if self.data is None:
            return form.key not in self.saved
        return not any(self.data.get(name, "").strip() for name in names)

    def focus_on(self, command: str) -> None:
        """Put the focus on a new row, or on the button that was pressed."""
        verb, kind, key = [*command.split(" "), "", "", ""][:3]
        for form in self.forms if kind == self.kind else []:
            if form.key != key:
                continue
            form.focus = verb
            if verb == "add":
                next(iter(form.fields.values())).widget.attrs["autofocus"] = True
        self.has_focus = command == f"add {self.kind}"

    def _form(self, key: str, data: QueryDict | None) -> Any:
        form: Any = self.make(self.saved.get(key), data=data, prefix=f"{self.kind}-{key}")
        form.key, form.kind, form.caption = key, self.kind, self.caption(form)
        form.is_new = key not in self.saved
        return form

    def caption(self, form: Any) -> str:
        """Return what a folded row is called."""
        return next((text for name in self.caption_of if (text := form[name].value())), "")

    def make(self, row: Any, **options: Any) -> Any:
        return self.form_class(instance=row, use_required_attribute=False, **options)


def leave_unchecked(form: Any) -> None:
    """Show a form as it was typed, without errors."""
    form._errors = ErrorDict()


def rearranged(data: QueryDict, command: str, kinds: Iterable[Rows]) -> tuple[QueryDict, str]:
    """Return the form with a row added, moved or removed, and the command whose button has the
    focus then.
    """
    verb, kind, key = [*command.split(" "), "", "", ""][:3]
    rows = next((each for each in kinds if each.kind == kind), None)
    if rows is None:
        return data, ""
    keys = [*rows.keys]
    if verb == "add":
        key = rows.free_key()
        keys.append(key)
    elif key in keys and verb in STEPS:
        place = keys.index(key)
        keys.remove(key)
        keys.insert(max(place + STEPS[verb], 0), key)
    elif key in keys and verb == "remove":
        keys.remove(key)
    changed = data.copy()
    changed.setlist(kind, keys)
    return changed, f"add {kind}" if verb == "remove" else f"{verb} {kind} {key}"


STEPS = {"up": -1, "down": 1}
