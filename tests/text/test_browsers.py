import pytest

from text.browsers import browser_name

WEBKIT = "AppleWebKit/605.1.15 (KHTML, like Gecko)"
CHROME = "(KHTML, like Gecko) Chrome/140.0.0.0"


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (
            f"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 {CHROME} Safari/537.36",
            "Chrome on Linux",
        ),
        (
            "Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
            "Firefox on Ubuntu",
        ),
        (
            (
                f"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) {WEBKIT} Version/18.5 "
                "Safari/605.1.15"
            ),
            "Safari on macOS",
        ),
        (
            (
                f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 {CHROME} "
                "Safari/537.36 Edg/140.0"
            ),
            "Edge on Windows",
        ),
        (
            (
                f"Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) {WEBKIT} Version/18.5 "
                "Mobile/15E148 Safari/604.1"
            ),
            "Mobile Safari on iOS",
        ),
        ("", "Unknown browser"),
        ("Unspecified", "Unknown browser"),
        ("\u202e<script>", "Unknown browser"),
        ("x" * 100_000, "Unknown browser"),
    ],
)
def test_a_browser_has_the_name_that_people_know(user_agent: str, name: str) -> None:
    assert browser_name(user_agent) == name
