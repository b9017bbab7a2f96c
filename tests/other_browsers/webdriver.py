"""Firefox and WebKit, by the commands of W3C WebDriver.

WebKitWebDriver takes them over HTTP. Debian has no geckodriver, but Firefox takes the
same commands itself, over its Marionette socket.
"""

import json
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from tests.other_browsers.processes import running, wait_until
from tests.server import free_port

PREFERENCES = 'user_pref("marionette.port", 0);\nuser_pref("ui.prefersReducedMotion", 1);\n'
GTK_SETTINGS = "[Settings]\ngtk-enable-animations=0\n"
MINIBROWSER = "/usr/lib/*/webkit2gtk-4.1/MiniBrowser"
# Marionette's name of a command, and the method and address of the same command over HTTP.
COMMANDS = {
    "NewSession": ("POST", ""),
    "Navigate": ("POST", "/url"),
    "DeleteAllCookies": ("DELETE", "/cookie"),
    "FindElement": ("POST", "/element"),
    "ElementClear": ("POST", "/element/{id}/clear"),
    "ElementSendKeys": ("POST", "/element/{id}/value"),
    "ElementClick": ("POST", "/element/{id}/click"),
    "ExecuteScript": ("POST", "/execute/sync"),
}
TEXT = """
  const found = document.querySelectorAll("input:not([type=hidden]), textarea");
  const fields = Array.from(found, field => field.value);
  return [document.body.innerText, ...fields].join("\\n");
"""
UNDER_WAY = {"no such element", "no such frame", "element not interactable"}
IS_LOADED = "return document.readyState === 'complete'"
LABEL = "//main//label[starts-with(normalize-space(), {0})]"
FIELD = f"//*[@id = {LABEL}/@for]"
PRESSED = (
    "//main//*[self::a or self::button or self::label[input]][contains(normalize-space(), {0})]"
)

Send = Callable[..., Any]


class Window:
    """A window used as a person does: find things by their labels, press, type, read."""

    sends_origin = True

    def __init__(self, send: Send) -> None:
        self.send = send

    def open(self, address: str) -> None:
        self.send("Navigate", url=address)

    def forget(self) -> None:
        self.send("DeleteAllCookies")

    def fill(self, label: str, words: str) -> None:
        field = self._find(FIELD, label)
        self.send("ElementClear", id=field)
        self.send("ElementSendKeys", id=field, text=words)

    def press(self, name: str) -> None:
        wait_until(lambda: self._pressed(self._find(PRESSED, name)))

    def text(self) -> str:
        """Return what can be read on the page and in its fields."""
        return wait_until(self._text)

    def _find(self, xpath: str, words: str) -> str:
        return wait_until(lambda: self._found(xpath.format(json.dumps(words))))

    def _found(self, xpath: str) -> str:
        try:
            element = self.send("FindElement", using="xpath", value=xpath)
            is_loaded = self._run(IS_LOADED)  # before, scripts move what is about to be pressed
        except NotYet:
            return ""
        return str(next(iter(element.values()))) if is_loaded else ""

    def _pressed(self, element: str) -> bool:
        try:
            self.send("ElementClick", id=element)
        except NotYet:
            return False
        return True

    def _text(self) -> str:
        try:
            return str(self._run(TEXT))
        except NotYet:
            return ""

    def _run(self, script: str) -> Any:
        return self.send("ExecuteScript", script=script, args=[])


class NotYet(RuntimeError):
    """The page is on its way, or scrolls to what is to be pressed."""


def _refusal(command: str, error: dict[str, str]) -> Exception:
    kind = NotYet if error["error"] in UNDER_WAY else RuntimeError
    return kind(f"{command}: {error['error']}: {error['message']}")


class Marionette:
    def __init__(self, connection: socket.socket) -> None:
        self.stream = connection.makefile("rwb")
        self._receive()  # its greeting
        self.send("NewSession")

    def send(self, command: str, **parameters: Any) -> Any:
        message = json.dumps([0, 1, f"WebDriver:{command}", parameters]).encode()
        self.stream.write(b"%d:%b" % (len(message), message))
        self.stream.flush()
        _, _, error, result = self._receive()
        if error:
            raise _refusal(command, error)
        return result.get("value")

    def _receive(self) -> Any:
        length = b"".join(iter(lambda: self.stream.read(1), b":"))
        return json.loads(self.stream.read(int(length)))


class Driver:
    def __init__(self, address: str) -> None:
        self.session = address
        browser = {"binary": str(next(Path("/").glob(MINIBROWSER[1:]))), "args": ["--automation"]}
        wanted = {"alwaysMatch": {"webkitgtk:browserOptions": browser}}
        self.session += "/" + self.send("NewSession", capabilities=wanted)["sessionId"]

    def send(self, command: str, **parameters: Any) -> Any:
        method, path = COMMANDS[command]
        body = json.dumps(parameters).encode() if method == "POST" else None
        request = Request(self.session + path.format(**parameters), body, method=method)
        try:
            with urlopen(request) as answer:
                return json.load(answer)["value"]
        except HTTPError as error:
            raise _refusal(command, json.load(error)["value"]) from None


@contextmanager
def firefox(home: Path) -> Iterator[Window]:
    (home / "user.js").write_text(PREFERENCES)
    port = home / "MarionetteActivePort"
    command = ["firefox-esr", "--headless", "--marionette", "--no-remote", "--profile", str(home)]
    with running(command, home):
        wait_until(lambda: port.exists() and port.read_text())
        with socket.create_connection(("127.0.0.1", int(port.read_text()))) as connection:
            yield Window(Marionette(connection).send)


@contextmanager
def webkit(home: Path) -> Iterator[Window]:
    settings = home / ".config" / "gtk-3.0" / "settings.ini"
    settings.parent.mkdir(parents=True)
    settings.write_text(GTK_SETTINGS)
    port = free_port()
    with running(["xvfb-run", "--auto-servernum", "WebKitWebDriver", f"--port={port}"], home):
        wait_until(lambda: listens(port))
        yield Window(Driver(f"http://127.0.0.1:{port}/session").send)


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
