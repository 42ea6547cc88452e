"""What is pushed can be read by the one browser it is for, as another implementation of RFC 8291 shows."""

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec

from notices.push import encryption
from tests.notices.browser import PushBrowser, b64, unb64

# RFC 8291, appendix A.
PLAIN = b"When I grow up, I want to be a watermelon"
SALT = unb64("DGv6ra1nlYgDCS1FRnbzlw")
SENDER = unb64("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw")
BODY = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_"
    "yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
)


def test_the_example_of_the_rfc_comes_out_byte_for_byte() -> None:
    browser = PushBrowser.of_the_rfc()
    own = ec.derive_private_key(int.from_bytes(SENDER, "big"), ec.SECP256R1())
    assert b64(encryption.encrypt(PLAIN, *browser.keys.values(), salt=SALT, own=own)) == BODY
    assert browser.reads(unb64(BODY)) == PLAIN


@pytest.mark.parametrize("plain", [b"x", b"\x02", "é – “quoted”".encode(), b"x" * encryption.LONGEST])
def test_a_browser_reads_what_is_for_it_and_no_other_can(plain: bytes) -> None:
    kim, odd = PushBrowser(), PushBrowser()
    body = encryption.encrypt(plain, *kim.keys.values())
    assert kim.reads(body) == plain
    assert len(body) <= encryption.RECORD
    with pytest.raises(InvalidTag):
        odd.reads(body)


def test_the_same_push_never_looks_the_same_twice() -> None:
    keys = PushBrowser().keys
    assert encryption.encrypt(b"x", *keys.values())[:86] != encryption.encrypt(b"x", *keys.values())[:86]


def test_keys_that_are_none_and_pushes_too_long_are_refused() -> None:
    keys = PushBrowser().keys
    for wrong in ("", "A", "AAAA", b64(b"\x04" + b"\x01" * 64), "ä" * 87):
        with pytest.raises(ValueError, match=r"."):
            encryption.encrypt(b"x", wrong, keys["auth"])
    with pytest.raises(ValueError, match="at most"):
        encryption.encrypt(b"x" * (encryption.LONGEST + 1), *keys.values())
