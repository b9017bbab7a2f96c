"""The domains that a comment links to. Pure."""

import re
from functools import lru_cache
from typing import Final

from text.addresses import canonical, host_of
from text.visible import links_in

# Nearly all lines of a list: canonical already.
_PLAIN: Final = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}")


def domains_linked_in(html: str, *, own: str = "") -> tuple[str, ...]:
    """Return the domain of each link that leaves this site, once for each link."""
    domains = map(host_of, links_in(html))
    return tuple(domain for domain in domains if domain and domain != own)


@lru_cache(128)
def domains_in(lines: str) -> frozenset[str]:
    """Return the domains of a list with one domain or address a line."""
    return frozenset(filter(None, map(_domain_written, lines.split())))


def belongs_to(domain: str, domains: frozenset[str]) -> bool:
    """Return True if the domain is one of these, or a subdomain of one."""
    parts = domain.split(".")
    return any(".".join(parts[at:]) in domains for at in range(len(parts)))


def _domain_written(line: str) -> str:
    if _PLAIN.fullmatch(line) and "xn--" not in line:
        return line.removeprefix("www.")
    address = line if "://" in line else f"http://{line.removeprefix('*.')}"
    return host_of(canonical(address)).removeprefix("www.")
