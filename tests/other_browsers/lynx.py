"""lynx, in a terminal of tmux that is large enough for a whole page."""

import re
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.other_browsers.processes import wait_until

FIRST = "1"
ELSEWHERE = "file://localhost/etc/"
COLUMNS, ROWS = 250, 600
STATUS = 3  # rows below the page
READY = ("(", "Commands:")  # how the first of them begins when nothing is on its way
COMMAND = [
    "lynx",
    "-accept_all_cookies",
    "-display_charset=utf-8",
    "-number_fields",
    "-nopause",
    "/",
]
# As lynx prints them with numbers: "[28]____", "([36]BUTTON) Preview", "[27]Community guide".
FIELD = r"(?ms)^\s*{}\b.*?\[(\d+)\][^\[\n]*__"
ROW_OF_TEXT = r"\s*\[\d+\][^\[]*__"
PRESSED = r"\[(\d+)\](?:BUTTON\) )?{}"


class Lynx:
    sends_origin = False

    def __init__(self, home: Path) -> None:
        self.home = home
        self.at = FIRST

    def open(self, address: str) -> None:
        for page in (
            ELSEWHERE,
            address,
        ):  # the screen changes, also when this page stands on it already
            self._load("g", "C-u", page, "Enter")

    def fill(self, label: str, words: str) -> None:
        self._go_to(FIELD, label)
        self._type("C-u", words)

    def press(self, name: str) -> None:
        self._go_to(PRESSED, name)
        self._load("Enter")

    def forget(self) -> None:
        """Start again: cookies are not kept on disk."""
        self.tmux("respawn-window", "-k", *COMMAND)
        wait_until(self._is_ready)

    def text(self) -> str:
        return "\n".join(self._screen()[:-STATUS]).strip()

    def _screen(self) -> list[str]:
        return self.tmux("capture-pane", "-p").splitlines()

    def _stands_still(self) -> bool:
        drawn = self._screen()
        time.sleep(0.2)
        return self._is_ready() and drawn == self._screen()

    def _is_ready(self) -> bool:
        return self._screen()[-STATUS].startswith(READY)

    def tmux(self, *command: str) -> str:
        return subprocess.check_output(
            ["tmux", "-S", self.home / "tmux", "-f", "/dev/null", *command], text=True
        )

    def _go_to(self, pattern: str, words: str) -> None:
        found = wait_until(lambda: re.search(pattern.format(re.escape(words)), self.text()))
        stops = self._stops()
        self._type(*["Tab"] * (stops.index(found[1]) - stops.index(self.at)))
        self.at = found[1]

    def _stops(self) -> list[str]:
        """Return the numbers that Tab leads to: the rows of a text area are one stop."""
        area = False
        stops = []
        for line in self.text().splitlines():
            area, was_area = bool(re.fullmatch(ROW_OF_TEXT, line)), area
            if not (area and was_area):
                stops += re.findall(r"\[(\d+)\]", line)
        return stops

    def _load(self, *keys: str) -> None:
        before = self.text()
        self._type(*keys)
        wait_until(lambda: self.text() not in {"", before} and self._stands_still())
        self._type("Home")
        self.at = FIRST

    def _type(self, *keys: str) -> None:
        if keys:
            self.tmux("send-keys", *keys)


@contextmanager
def lynx(home: Path) -> Iterator[Lynx]:
    browser = Lynx(home)
    browser.tmux("new-session", "-d", "-x", str(COLUMNS), "-y", str(ROWS), *COMMAND)
    try:
        wait_until(browser._is_ready)
        yield browser
    finally:
        browser.tmux("kill-server")
