"""No address that a stranger gives leads into our own network."""

import pytest

from notices.addresses import ForbiddenAddress, pinned, well_formed

PRIVATE = [
    "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
    "255.255.255.255", "192.0.2.1", "[::1]", "[::]", "[fe80::1]", "[fd00::1]", "[::ffff:127.0.0.1]", "[::ffff:10.0.0.1]",
    "[64:ff9b::7f00:1]", "[64:ff9b:1::1]", "[2002:7f00:1::]", "[ff02::1]",
]  # fmt: skip


@pytest.mark.parametrize("host", PRIVATE)
def test_an_address_of_a_private_network_is_refused_at_once(host: str) -> None:
    well_formed("https://93.184.215.14/push")
    well_formed("https://[2606:4700::6810:84e5]/push")
    with pytest.raises(ForbiddenAddress):
        well_formed(f"https://{host}/push")
    with pytest.raises(ForbiddenAddress):
        pinned(f"https://{host}/push")


@pytest.mark.parametrize(
    "url",
    [
        "http://push.example/x", "ftp://push.example/x", "push.example", "https://", "https:///x", "https://localhost/x",
        "https://intranet/x", "https://me@push.example/x", "https://push.example:8443/x", "https://push.example:x/",
        "https://push.example/x#y", "https://push.example/ x", "https://push.example/\n", "https://püsh.example/x",
        "https://[::1", "https://push.example/" + "x" * 2048,
    ],
)  # fmt: skip
def test_what_is_no_address_of_a_push_service_is_refused(url: str) -> None:
    well_formed("https://push.example/x")
    with pytest.raises(ForbiddenAddress):
        well_formed(url)


@pytest.mark.parametrize("host", ["0x7f.1", "127.1", "2130706433.", "localhost."])
def test_a_name_that_leads_home_is_refused_when_it_is_looked_up(host: str) -> None:
    with pytest.raises((ForbiddenAddress, OSError)):
        pinned(f"https://{host}/x")


def test_what_was_checked_is_what_is_connected_to() -> None:
    place = pinned("http://localhost:9/x?y", private=True)
    assert place.url in ("http://127.0.0.1:9/x?y", "http://[::1]:9/x?y")
    assert (place.host, place.header) == ("localhost", "localhost:9")
