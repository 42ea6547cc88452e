"""Whom a token, a ticket or a key lets in, and the attacks that must not work (protocol.md §3, RFC 8725)."""

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings

from chat import identity, tokens
from chat.refusals import Refused
from tests.chat.forging import ED, KEYS, OTHER, P256, RSA, WEAK, by_key, by_secret, claims, forged, jwk
from tests.stack import Stack


@pytest.fixture
def jwks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The host's key file, which this server was told of."""
    file = tmp_path / "jwks.json"
    file.write_text(json.dumps({"keys": KEYS}))
    told(monkeypatch, jwt_jwks=str(file))
    return file


def told(monkeypatch: pytest.MonkeyPatch, **environment: Any) -> None:
    monkeypatch.setattr(settings, "ENV", settings.ENV.model_copy(update=environment))
    tokens._host_keys.cache_clear()


def refusal(token: str) -> str:
    with pytest.raises(Refused) as refused:
        tokens.read(token)
    return refused.value.code


@pytest.mark.parametrize(
    "make",
    [
        by_secret,
        lambda: by_key(RSA, "RS256", "rsa"),
        lambda: by_key(P256, "ES256", "p256"),
        lambda: by_key(ED, "EdDSA", "ed"),
        lambda: by_secret(aud=["somebody else", "order-threads"]),
        lambda: by_secret(iat=int(time.time()) + 30, nbf=int(time.time()) + 30),
        lambda: by_secret(exp=time.time() + 600.5),
        lambda: by_secret(role=None, name=None, unheard_of={"of": []}),
    ],
    ids=["HS256", "RS256", "ES256", "EdDSA", "two audiences", "clock ahead", "fraction", "empty options"],
)
def test_kim_is_let_in_with_a_token_that_holds(jwks: Path, make: Callable[[], str]) -> None:
    assert tokens.read(make()).sub == "kim"


def test_mia_is_a_moderator_because_her_token_says_so() -> None:
    assert tokens.read(by_secret(sub="mia", role="moderator", name="Mia")).role == "moderator"


PEM = RSA.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
DER = RSA.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
SECRET = settings.JWT_SECRET.encode()

ATTACKS: dict[str, Callable[[], str]] = {
    "alg none": lambda: forged({"alg": "none"}, b""),
    "alg none with a kid": lambda: forged({"alg": "none", "kid": "rsa"}, b""),
    "alg None in another case": lambda: forged({"alg": "nOnE", "kid": "ed"}, b""),
    "no alg": lambda: forged({"typ": "JWT"}, SECRET),
    "alg is a list": lambda: forged({"alg": ["HS256"]}, SECRET),
    "HS256 with the RSA public key, PEM": lambda: forged({"alg": "HS256", "kid": "rsa"}, PEM),
    "HS256 with the RSA public key, DER": lambda: forged({"alg": "HS256", "kid": "rsa"}, DER),
    "HS512 with the secret": lambda: jwt.encode(claims(), settings.JWT_SECRET * 2, algorithm="HS512"),
    "another secret": lambda: forged({"alg": "HS256"}, b"another secret, as long as the right one"),
    "empty secret": lambda: forged({"alg": "HS256"}, b"\0"),
    "a symmetric key out of the JWKS": lambda: jwt.encode(claims(), b"x" * 32, "HS256", {"kid": "shared"}),
    "RS512 with the RS256 key": lambda: by_key(RSA, "RS512", "rsa"),
    "PS256 with the RS256 key": lambda: by_key(RSA, "PS256", "rsa"),
    "the right algorithm, another's kid": lambda: by_key(RSA, "RS256", "ed"),
    "another Ed25519 key under this kid": lambda: by_key(OTHER, "EdDSA", "ed"),
    "a kid unknown": lambda: by_key(ED, "EdDSA", "nobody's"),
    "no kid": lambda: by_key(ED, "EdDSA", None),
    "a kid that is a path": lambda: by_key(ED, "EdDSA", "../../../../dev/null"),
    "a kid that is a number": lambda: forged({"alg": "EdDSA", "kid": 7}, b"x"),
    "a weak RSA key": lambda: by_key(WEAK, "RS256", "weak"),
    "a key for encryption": lambda: by_key(ED, "EdDSA", "for encryption"),
    "a key of its own in the header": lambda: jwt.encode(claims(), OTHER, "EdDSA", {"jwk": jwk(OTHER, "own", "EdDSA")}),
    "an unknown critical header": lambda: forged({"alg": "HS256", "crit": ["b64x"], "b64x": 1}, SECRET),
    "no exp": lambda: by_secret(exp=...),
    "no sub": lambda: by_secret(sub=...),
    "no iss": lambda: by_secret(iss=...),
    "no aud": lambda: by_secret(aud=...),
    "wrong iss": lambda: by_secret(iss="another-marketplace"),
    "iss is a list": lambda: forged(
        {"alg": "HS256"}, SECRET, json.dumps(claims() | {"iss": ["order-threads"]}).encode()
    ),
    "wrong aud": lambda: by_secret(aud="another-service"),
    "aud only begins so": lambda: by_secret(aud="order-threads-staging"),
    "aud is an object": lambda: by_secret(aud={"order-threads": True}),
    "valid for a day": lambda: by_secret(exp=int(time.time()) + 86400),
    "valid for 17 minutes": lambda: by_secret(exp=int(time.time()) + 17 * 60),
    "valid for ever": lambda: forged({"alg": "HS256"}, SECRET, json.dumps(claims(exp=1e400)).encode()),
    "exp is not a number": lambda: by_secret(exp="never"),
    "exp is NaN": lambda: forged({"alg": "HS256"}, SECRET, json.dumps(claims(exp=float("nan"))).encode()),
    "exp is a string of digits": lambda: by_secret(exp=str(int(time.time()) + 60)),
    "not valid yet": lambda: by_secret(nbf=int(time.time()) + 300),
    "sub is empty": lambda: by_secret(sub=""),
    "sub has a blank": lambda: by_secret(sub="kim sam"),
    "sub has a NUL": lambda: by_secret(sub="kim\0"),
    "sub has 65 characters": lambda: by_secret(sub="k" * 65),
    "sub is a number": lambda: forged({"alg": "HS256"}, SECRET, json.dumps(claims() | {"sub": 7}).encode()),
    "a role that does not exist": lambda: by_secret(role="admin"),
    "role is a list": lambda: by_secret(role=["moderator"]),
    "the payload is a list": lambda: forged({"alg": "HS256"}, SECRET, b"[1]"),
    "the payload is not JSON": lambda: forged({"alg": "HS256"}, SECRET, b"{"),
    "the payload is too deep": lambda: forged({"alg": "HS256"}, SECRET, b"[" * 200_000),
    "the header is a list": lambda: forged(["HS256"], SECRET),  # type: ignore[arg-type]
    "cut short": lambda: by_secret()[:-1],
    "no signature": lambda: by_secret().rpartition(".")[0] + ".",
    "four parts": lambda: by_secret() + ".x",
    "empty": lambda: "",
    "not ASCII": lambda: "ké.ké.ké",
    "a lone surrogate": lambda: "\ud800.a.b",
    "an encrypted token": lambda: "a.b.c.d.e",
}


@pytest.mark.filterwarnings("ignore::jwt.warnings.InsecureKeyLengthWarning")
@pytest.mark.parametrize("attack", ATTACKS)
def test_nobody_is_let_in_by(jwks: Path, attack: str) -> None:
    assert refusal(ATTACKS[attack]()) == "unauthenticated"


@pytest.mark.parametrize("ago", [0, 1, 3600])
def test_kim_is_told_that_her_token_has_expired(jwks: Path, ago: int) -> None:
    past = int(time.time()) - ago
    assert refusal(by_secret(exp=past)) == "auth_expired"
    assert refusal(by_key(ED, "EdDSA", "ed", exp=past)) == "auth_expired"


def test_a_forged_token_that_has_expired_is_forged_before_it_is_expired(jwks: Path) -> None:
    assert refusal(by_key(OTHER, "EdDSA", "ed", exp=1)) == "unauthenticated"


def test_without_a_key_set_only_the_shared_secret_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    told(monkeypatch, jwt_jwks="")
    assert refusal(by_key(ED, "EdDSA", "ed")) == "unauthenticated"
    assert tokens.read(by_secret()).sub == "kim"


def test_our_own_token_is_ours() -> None:
    said = tokens.read(tokens.write("mia", "Mia", "moderator", 60))
    assert (said.sub, said.name, said.role) == ("mia", "Mia", "moderator")
    assert tokens.read(tokens.write("kim", "Kim", "", 900)).role is None


def test_issuer_and_audience_are_the_installation_s(monkeypatch: pytest.MonkeyPatch) -> None:
    told(monkeypatch, jwt_issuer="market", jwt_audience="threads")
    assert refusal(by_secret()) == "unauthenticated"
    assert tokens.read(by_secret(iss="market", aud="threads")).sub == "kim"
    assert tokens.read(tokens.write("kim", "", "", 60)).sub == "kim"


@pytest.mark.parametrize("name", ["K\0im", "\ud800Kim", "Kim\x1b", "Kim" + "m" * 500])
def test_an_odd_name_in_a_token_locks_nobody_out(stack: Stack, name: str) -> None:
    actor = identity.by_token(by_secret(name=name)).actor
    assert actor.name.startswith("Kim")
    assert len(actor.name) <= 200
