"""Where the links of a comment lead. Pure."""

import re
from html import unescape
from typing import Final
from urllib.parse import urlsplit

# Of the markup that articles.markdown makes: it writes each link in this one way.
_LINK: Final = re.compile(r'<a href="([^"]*)"')


def domains_linked_in(html: str, *, own: str = "") -> tuple[str, ...]:
    """The domain of each link that leads away from this site, as often as there are links."""
    domains = map(domain_of, _LINK.findall(html))
    return tuple(domain for domain in domains if domain and domain != own)


def domain_of(address: str) -> str:
    """Nothing, where the address has none or is no address of the web."""
    try:
        parts = urlsplit(unescape(address))
        host = parts.hostname or ""
    except ValueError:
        return ""
    return _as_ascii(host.rstrip(".")) if parts.scheme in {"http", "https"} else ""


def domains_in(lines: str) -> frozenset[str]:
    """The domains of a list, one a line, as domains or as whole addresses."""
    return frozenset(filter(None, map(_domain_written, lines.split())))


def belongs_to(domain: str, domains: frozenset[str]) -> bool:
    """Whether it is one of these domains, or lies within one."""
    parts = domain.split(".")
    return any(".".join(parts[at:]) in domains for at in range(len(parts)))


def _domain_written(line: str) -> str:
    address = line if "://" in line else f"http://{line.removeprefix('*.')}"
    return domain_of(address).removeprefix("www.")


def _as_ascii(host: str) -> str:
    try:
        return host.lower().encode("idna").decode()
    except UnicodeError:
        return host.lower()
