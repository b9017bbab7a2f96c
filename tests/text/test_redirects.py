import pytest

from text.redirects import own_path

SITE = "https://talk.example"


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("/articles/tea/?sort=newest#c7", "/articles/tea/?sort=newest#c7"),
        ("https://talk.example/articles/tea/", "/articles/tea/"),
        ("/café/", "/caf%C3%A9/"),
        ("/a/../b/", "/b/"),
    ],
)
def test_an_address_of_this_site_leads_to_its_path(address: str, path: str) -> None:
    assert own_path(address, origin=SITE) == path


def test_an_origin_may_name_the_usual_port_and_capitals() -> None:
    assert (
        own_path("https://Talk.example:443/articles/", origin="https://Talk.example:443")
        == "/articles/"
    )


@pytest.mark.parametrize(
    "address",
    [
        "//evil.example/",
        "/\\evil.example/",
        "\\\\evil.example/",
        "/\t/evil.example/",
        "/\n/evil.example/",
        "https:///evil.example/",
        "http://talk.example/",
        "https://talk.example.evil.example/",
        "https://talk.example:444/",
        "https://talk.example@evil.example/",
        "https://talk.example//evil.example/",
        "/.//evil.example/",
        "/x/..//evil.example/",
        "javascript:alert(1)",
        "data:text/html,x",
        "https://[",
        "articles/",
        " /articles/",
        "",
    ],
)
def test_any_other_address_leads_nowhere(address: str) -> None:
    assert own_path(address, origin=SITE) == ""
