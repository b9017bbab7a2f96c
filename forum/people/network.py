"""The network of a request, as a keyed digest instead of an address."""

import ipaddress

from allauth.account.adapter import get_adapter
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

PREFIX_OF_A_HOUSEHOLD = 64  # bits that a provider gives to one customer, of an IPv6 address


def network_digest(request: HttpRequest) -> str:
    """Return the digest, keyed with SECRET_KEY. It is the same for everybody in that network."""
    address = ipaddress.ip_address(get_adapter().get_client_ip(request))
    network = ipaddress.ip_network(
        (address, PREFIX_OF_A_HOUSEHOLD if address.version == 6 else 32), strict=False
    )
    return salted_hmac("forum.network", str(network), algorithm="sha256").hexdigest()
