"""The fields that the form of an article sends, read from its page as a browser does."""

from html.parser import HTMLParser
from typing import Any

from django.test import Client

FIELDS = {"input", "select", "textarea"}
NEW = "/desk/articles/new/"
Attributes = list[tuple[str, str | None]]


class SentFields(HTMLParser):
    """Collects what form#article sends if no button is pressed."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.sent: dict[str, Any] = {}
        self.is_inside = self.is_copied = False
        self.name = ""  # of the field whose text or choices follow
        self.feed(page)

    def add(self, name: str, value: str) -> None:
        self.sent.setdefault(name, []).append(value)

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.is_inside = given.get("id") == "article"
        elif tag == "template":
            self.is_copied = True
        if not self.is_inside or self.is_copied or (tag in FIELDS and "name" not in given):
            return
        if tag == "input" and (given.get("type") != "radio" or "checked" in given):
            self.add(given["name"], given.get("value", ""))
        elif tag in {"textarea", "select"}:
            self.name = given["name"]
        elif tag == "option" and "selected" in given:
            self.add(self.name, given.get("value", ""))

    def handle_data(self, data: str) -> None:
        if self.name and self.lasttag == "textarea":
            self.add(self.name, data.removeprefix("\n"))

    def handle_endtag(self, tag: str) -> None:
        if tag in {"textarea", "select"}:
            self.name = ""
        elif tag == "template":
            self.is_copied = False
        elif tag == "form":
            self.is_inside = False


def fields(page: str) -> dict[str, Any]:
    return SentFields(page).sent


def written(client: Client, address: str = NEW, **typed: Any) -> dict[str, Any]:
    """Return the form at an address as somebody filled it in; a row is `facts=[{…}, {…}]`."""
    sent = fields(client.get(address).text)
    for name, value in typed.items():
        if isinstance(value, list):
            sent[name] = [f"new{number}" for number in range(len(value))]
            for number, row in enumerate(value):
                sent |= {f"{name}-new{number}-{field}": text for field, text in row.items()}
        else:
            sent[name] = value
    return sent
