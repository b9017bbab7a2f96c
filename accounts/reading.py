from typing import Any

from pagecache.language import is_offered


def reads_in(person: Any, language: str = "") -> dict[str, str]:
    """Return the language and time zone of a person for mail.letters.letter; "" for the site's.

    `language` is that of the page that causes the email, for people who have not chosen one.
    """
    chosen = person.language if person else ""
    return {
        "language": chosen if is_offered(chosen) else language,
        "time_zone": person.time_zone if person else "",
    }
