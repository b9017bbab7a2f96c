"""The main walks. Each one continues where the one before ended."""

import re
from dataclasses import dataclass
from email import message_from_bytes, policy
from pathlib import Path
from typing import Protocol

from tests.other_browsers.processes import wait_until

ARTICLE = "/articles/why-bread-rises/"
PASSWORD = "a river up the harbour"


class Browser(Protocol):
    sends_origin: bool  # or Sec-Fetch-Site: the site knows whose form it gets

    def open(self, address: str) -> None: ...
    def forget(self) -> None: ...
    def fill(self, label: str, words: str) -> None: ...
    def press(self, name: str) -> None: ...
    def text(self) -> str: ...


@dataclass
class Visitor:
    browser: Browser
    name: str
    site: str
    outbox: Path
    administrator: tuple[str, str]  # email and password
    used: str = ""

    @property
    def email(self) -> str:
        return f"{self.name.lower()}@example.com"

    def send_signed_out(self, name: str, *, again: str) -> None:
        self.browser.press(name)
        if not self.browser.sends_origin:
            self.sees("but not sent yet")
            self.browser.press(again)

    def sees(self, words: str) -> None:
        wait_until(lambda: words in self.browser.text())

    def code(self) -> str:
        """Return the code that was sent since the last one."""
        wait_until(lambda: self._codes()[-1:] not in ([], [self.used]))
        self.used = self._codes()[-1]
        return self.used

    def _codes(self) -> list[str]:
        files = sorted(self.outbox.glob("*.eml"))
        mails = [message_from_bytes(file.read_bytes(), policy=policy.default) for file in files]
        texts = [
            mail.get_body(("plain",)).get_content() for mail in mails if mail["To"] == self.email
        ]
        return [code for text in texts for code in re.findall(r"\b\d{6}\b", text)]


def read(visitor: Visitor) -> None:
    visitor.browser.open(visitor.site)
    visitor.browser.press("Why bread rises")
    visitor.sees("Our kitchen is at 17 °C in winter")


def first_comment(visitor: Visitor) -> None:
    browser, words = visitor.browser, f"Read and written in {visitor.name}."
    browser.open(visitor.site + ARTICLE)
    browser.fill("Post your comment", words)
    browser.fill("Email", visitor.email)
    visitor.send_signed_out("Post your comment", again="Post comment")
    visitor.sees(words)
    browser.fill("Code", visitor.code())
    browser.fill("Display name", visitor.name)
    browser.press("Post your comment")
    visitor.sees("Your comment is published.")


def password_back(visitor: Visitor) -> None:
    browser, words = visitor.browser, f"Back again in {visitor.name}."
    browser.forget()
    browser.open(visitor.site + ARTICLE)
    browser.fill("Post your comment", words)
    browser.fill("Email", visitor.email)
    visitor.send_signed_out("Forgot password?", again="Send again")
    browser.fill("Code", visitor.code())
    browser.press("Continue")
    browser.fill("New password", PASSWORD)
    browser.press("Save the password and post your comment")
    visitor.sees("Your comment is published.")
    visitor.sees(words)


def reply(visitor: Visitor) -> None:
    browser, words = visitor.browser, f"An answer from {visitor.name}."
    browser.open(visitor.site + ARTICLE)
    browser.press("Reply to Bram Lindqvist")
    browser.fill("Reply to Bram Lindqvist", words)
    browser.press("Post your reply")
    visitor.sees(words)


def queue(visitor: Visitor) -> None:
    browser, (email, password) = visitor.browser, visitor.administrator
    browser.forget()
    browser.open(visitor.site + ARTICLE)
    browser.press(f"Report the comment of {visitor.name}")
    browser.press("Spam")
    browser.press("Report")
    visitor.sees("Thank you")
    browser.forget()
    browser.open(f"{visitor.site}/accounts/login/?next=/moderation/")
    browser.fill("Email", email)
    browser.fill("Password", password)
    browser.press("Sign in")
    browser.press("Remove as spam")
    visitor.sees("Undo")
