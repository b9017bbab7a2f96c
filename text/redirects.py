"""Targets of redirects: paths of this site only."""

import ada_url


def own_path(address: str, *, origin: str) -> str:
    """Return the path, query and fragment of an address on this origin, and "" for any other.

    The address begins with "/" or with `origin` ("https://example.org") and is read as a browser
    reads it (WHATWG URL): control characters dropped, backslashes as slashes. A path that a browser
    would take for a host ("//evil.example") is "".
    """
    if not address.startswith(("/", origin)):
        return ""
    try:
        site = ada_url.URL(origin)
        url = ada_url.URL(address, base=origin)
    except ValueError:
        return ""
    if url.origin != site.origin or url.pathname.startswith("//"):
        return ""
    return url.pathname + url.search + url.hash
