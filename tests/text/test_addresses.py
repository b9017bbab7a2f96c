"""One opinion on addresses, and it is the browsers'."""

import pytest

from text.addresses import canonical, host_of, imitates, undisclosed_host
from text.autolinks import address_at
from text.markdown import render_article, render_comment

SHOP = "https://shop.example/"


@pytest.mark.parametrize(
    "address",
    [
        *(
            "https://shop.example",
            "https:///shop.example/",
            "https:////shop.example",
            "//shop.example/",
            "///shop.example",
        ),
        *(
            "https:shop.example",
            "https:/shop.example",
            "https:\\\\shop.example\\",
            "/\\shop.example",
            "\\\\shop.example",
        ),
        *(
            "HTTPS://SHOP.EXAMPLE/",
            "https://shop.example./",
            "https://shop.example:443/",
            "https://shop.example:/",
        ),
        *(
            "ht\ntps://shop\t.example/",
            " https://shop.example/ ",
            "\thttps://shop.example",
            "/\t/shop.example",
        ),
        *(
            "https://user:word@shop.example/",
            "https://bank.example@shop.example",
            "https://@shop.example",
        ),
        *(
            "https://sh%6fp.example/",
            "https://ｓｈｏｐ．example/",
            "https://shop。example",
            "https://sh\u00adop.example/",
        ),
        *("https://shop.example/.", "https://shop.example/a/..", "https://shop.example/%2e/"),
    ],
)
def test_all_spellings_of_an_address_become_one(address: str) -> None:
    assert canonical(address) == SHOP
    assert host_of(canonical(address)) == "shop.example"


@pytest.mark.parametrize(
    ("address", "form"),
    [
        ("http://0x7f.1/", "http://127.0.0.1/"),
        ("http://2130706433", "http://127.0.0.1/"),
        ("http://017700000001", "http://127.0.0.1/"),
        ("http://[0:0::1]:80/", "http://[::1]/"),
        ("https://bücher.example", "https://xn--bcher-kva.example/"),
        ("https://shop.example:8080/a b?c d#e f", "https://shop.example:8080/a%20b?c%20d#e%20f"),
        ("/topics/../topics/sea/?a=1#b", "/topics/sea/?a=1#b"),
        ("\\topics", "/topics"),
        ("mailto:ada@shop.example", "mailto:ada@shop.example"),
    ],
)
def test_an_address_has_a_canonical_form(address: str, form: str) -> None:
    assert canonical(address) == form
    assert canonical(form) == form


@pytest.mark.parametrize(
    "address",
    [
        *(
            "",
            "topics/sea",
            "?a=1",
            "#c12",
            "./a",
            "../a",
            "javascript:alert(1)",
            "JaVa\tScript:alert(1)",
            "data:text/html,x",
        ),
        *(
            "vbscript:x",
            "file:///etc",
            "ftp://shop.example/",
            "blob:https://shop.example/",
            "mailto:",
            "mailto:nobody",
        ),
        *(
            "https://",
            "https://...",
            "http://a..b/",
            "https://exa mple/",
            "https://[x]/",
            "https://a.example:99999/",
        ),
        *(
            "https://-a.example/",
            "/.//shop.example",
            "https://" + "a" * 64 + ".example/",
            "https://a.example/" + "b" * 2000,
        ),
    ],
)
def test_what_has_no_canonical_form_is_text(address: str) -> None:
    assert canonical(address) == ""
    assert ">words</a>" not in render_comment(f"[words](<{address}>)")


@pytest.mark.parametrize(
    ("text", "address"),
    [
        *(
            ("“https://example.org/a”", "/a"),
            ("«https://example.org/a»", "/a"),
            ("‚https://example.org/a‘", "/a"),
        ),
        *(
            ("https://example.org/a。次", "/a"),
            ("（https://example.org/b）", "/b"),
            ("「https://example.org/b」は", "/b"),
        ),
        *(
            ("https://example.org/a، ثم", "/a"),
            ("https://example.org/a؟", "/a"),
            ("https://example.org/a।", "/a"),
        ),
        *(
            ("https://example.org/a…", "/a"),
            ("https://example.org/a—so", "/a"),
            ("https://example.org/a！", "/a"),
        ),
        *(
            ("https://example.org/a\u200bb", "/a"),
            ("https://example.org/a\u2060", "/a"),
            ("https://example.org/a\ufeff", "/a"),
        ),
        *(
            ("https://example.org/a\u3000b", "/a"),
            ("https://example.org/a\u202eb", "/a"),
            ("https://example.org/a\u00adb", "/a"),
        ),
        *(("https://example.org/a🇩🇪", "/a"), ("https://example.org/a1\ufe0f\u20e3", "/a1")),
        *(("https://example.org/a\u034fb", "/a"), ("https://example.org/a👍🏽", "/a")),
        *(
            ("https://example.org/a🙂", "/a"),
            ("https://example.org/a❤️", "/a"),
            ("https://example.org/a?!", "/a"),
        ),
        *(
            ("(https://example.org/A_(b)).", "/A_(b)"),
            ("[https://example.org/a]", "/a"),
            ("{https://example.org/a}.", "/a"),
        ),
        *(
            ("https://example.org/a&quot;b", "/a"),
            ("https://example.org/a&nbsp;b", "/a"),
            ("https://example.org/a&#8203;b", "/a"),
        ),
        *(
            ("**https://example.org/a**", "/a"),
            ("https://example.org/a’ and", "/a"),
            ("'https://example.org/a'", "/a"),
        ),
        *(("https://example.org/?a=1&b=2", "/?a=1&b=2"), ("https://example.org/日本語", "/日本語")),
        *(
            ("https://example.org/Spanish–American_War", "/Spanish–American_War"),
            ("https://example.org/L’Homme", "/L’Homme"),
        ),
    ],
)
def test_an_address_in_text_ends_by_classes_of_characters(text: str, address: str) -> None:
    begins = text.index("https")
    assert address_at(text, begins) == f"https://example.org{address}"
    assert (
        f'href="{canonical(f"https://example.org{address}").replace("&", "&amp;")}"'
        in render_comment(text)
    )


@pytest.mark.parametrize(
    "text",
    [
        "https://",
        "https://-a.example/ and",
        "xhttps://example.org",
        "https:example.org",
        "//example.org",
    ],
)
def test_what_is_no_whole_address_is_text(text: str) -> None:
    assert render_comment(text) == f"<p>{text}</p>"


@pytest.mark.parametrize(
    ("words", "address", "host"),
    [
        ("https://bank.example/", "https://evil.example/", "evil.example"),
        ("bank.example", "https://evil.example/", "evil.example"),
        ("//bank.example/in", "https://evil.example/", "evil.example"),
        ("see bank。example", "https://evil.example/", "evil.example"),
        ("bank\u2024example", "https://evil.example/", "evil.example"),
        ("bank\ufe52example/in", "https://evil.example/", "evil.example"),
        ("ba\u200bnk.example", "https://evil.example/", "evil.example"),
        ("evil.example.bank.example", "https://evil.example/", "evil.example"),
        ("https://bank.example@evil.example/", "https://evil.example/", "evil.example"),
        ("evil.example and bank.example", "https://evil.example/", "evil.example"),
        ("ada@bank.example", "mailto:eve@evil.example", "eve@evil.example"),
        ("https://аррӏе.com/", "https://xn--80ak6aa92e.com/", "xn--80ak6aa92e.com"),
        ("https://xn--80ak6aa92e.com/", "https://xn--80ak6aa92e.com/", ""),
        ("https://bücher.example/", "https://xn--bcher-kva.example/", ""),
        ("www.bank.example", "https://bank.example/", ""),
        ("https://bank.example/readme.md", "https://bank.example/readme.md", ""),
        ("the tide tables", "https://evil.example/", ""),
        ("version 3.5", "https://evil.example/", ""),
        ("", "https://evil.example/", ""),
    ],
)
def test_a_reader_sees_where_a_link_leads(words: str, address: str, host: str) -> None:
    assert undisclosed_host(words, address) == host
    assert (f"</a> ({host})" in render_comment(f"[{words}](<{address}>)")) == bool(host)


@pytest.mark.parametrize(
    ("host", "is_in_disguise"),
    [
        *(
            ("xn--80ak6aa92e.com", True),
            ("xn--pypal-4ve.example", True),
            ("xn--bcher-kva.example", False),
        ),
        *(("bank.example", False), ("xn--wgv71a119e.jp", False), ("xn--e1afmkfd.xn--p1ai", False)),
    ],
)
def test_a_host_in_other_letters_may_imitate(host: str, is_in_disguise: bool) -> None:
    assert imitates(host) == is_in_disguise


def test_an_address_that_was_punycode_stays_so_in_the_text() -> None:
    assert ">https://xn--80ak6aa92e.com/</a>" in render_comment("https://xn--80ak6aa92e.com/")


def test_an_article_may_lead_to_a_part_of_itself() -> None:
    assert '<a href="#faq"' in render_article("[below](#faq)")
    assert "<a" not in render_comment("[below](#faq)")
