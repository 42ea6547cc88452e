"""Verify an evidence pack of Order Threads, offline: python3 -I verify_evidence.py PACK [FINGERPRINT]

Needs Python 3.8 and nothing else. Exit code 1 names the first place that is not as it was sealed. Without the
FINGERPRINT that the marketplace published it can only say whose key sealed the pack, not whether to trust that key.
"""

import base64
import hashlib
import json
import sys
from pathlib import Path

P, L = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D, ROOT = -121665 * pow(121666, P - 2, P) % P, pow(2, (P - 1) // 4, P)


def check(holds, place):
    if not holds:
        raise ValueError(place)


def point(data):  # what verifying Ed25519 takes, to is_signed: RFC 8032, section 5.1
    y, sign = int.from_bytes(data, "little") & (1 << 255) - 1, data[31] >> 7
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    x = x if (x * x - square) % P == 0 else x * ROOT % P
    check(len(data) == 32 and y < P and (x * x - square) % P == 0 and (x or not sign), "seal: no point of the curve")
    x = x if x & 1 == sign else P - x
    return x, y, 1, x * y % P


def add(p, q):
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    return (b - a) * (d - c) % P, (d + c) * (b + a) % P, (d - c) * (d + c) % P, (b - a) * (b + a) % P


def times(n, p):
    total = (0, 1, 1, 0)
    while n:
        total, p, n = add(total, p) if n & 1 else total, add(p, p), n >> 1
    return total


def is_signed(key, message, signature):
    s = int.from_bytes(signature[32:], "little")
    h = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % L
    left, right = times(s, point(bytes([0x58] + [0x66] * 31))), add(point(signature[:32]), times(h, point(key)))
    return s < L and all((left[i] * right[2] - right[i] * left[2]) % P == 0 for i in (0, 1))


def canonical(value):
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def verify(data, trusted=""):
    content, seal = (pack := json.loads(data))["content"], pack["seal"]
    link = hashlib.sha256(content["export"]["thread"].encode()).digest()
    for n, item in enumerate(content["entries"], 1):
        check(item["entry"]["seq"] == n, f"entry {n}: the one here says it is {item['entry']['seq']}")
        link = hashlib.sha256(link + canonical(item["entry"])).digest()
        check(item["hash"] == link.hex(), f"entry {n}: it, or its place, was changed")
    check((len(content["entries"]), link.hex()) == (content["export"]["head"], seal["chain"]), "entries: not all there")
    for row in content["audit"]:
        said = canonical({name: row[name] for name in row if name != "hash"})
        check(row["hash"] == hashlib.sha256(said).hexdigest(), f"audit: record {row['n']} was changed")
    for name in sorted({*content, *seal["digests"]}):
        check(hashlib.sha256(canonical(content[name])).hexdigest() == seal["digests"][name], f"{name}: it was changed")
    entries, money, escrow = [item["entry"] for item in content["entries"]], {}, 0
    for n, row in enumerate(content["ledger"], 1):
        money[row["kind"]] = money.get(row["kind"], 0) + row["amount"]
        escrow += row["amount"] * (row["credit"].startswith("escrow:") - row["debit"].startswith("escrow:"))
        check(row["amount"] > 0 and row["debit"] != row["credit"] and escrow >= 0, f"ledger: posting {n} cannot be")
    check(not escrow or content["order"]["state"] not in ("closed", "cancelled", "expired"), "ledger: money is left")
    for kind in ("held", "released", "refunded", "forfeited"):
        said = sum(entry["amount"]["amount"] for entry in entries if entry["kind"] == f"payment.{kind}")
        check(said == money.get(kind, 0), f"ledger: {kind} is {money.get(kind, 0)}, the entries say {said}")
    unsigned, key = canonical({part: seal[part] for part in seal if part != "signature"}), seal["key"]
    raw, signature = base64.urlsafe_b64decode(key["x"] + "="), bytes.fromhex(seal["signature"])
    fits = signature.hex() == seal["signature"] and is_signed(raw, unsigned, signature)
    check(fits, "seal: its signature does not fit")
    named = canonical({name: key[name] for name in ("crv", "kty", "x")})
    kid = base64.urlsafe_b64encode(hashlib.sha256(named).digest()).decode().rstrip("=")
    check(kid == key["kid"] and trusted in ("", kid), f"seal: made by another key, {kid}")
    check(canonical(pack) == data, "file: written in another form than it was")
    return content, entries, money, kid


if __name__ == "__main__":
    try:
        content, entries, money, kid = verify(Path(sys.argv[1]).read_bytes(), *sys.argv[2:])
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as fault:
        sys.exit(f"NOT AS SEALED: {fault}")
    export, order = content["export"], content["order"]
    print(f"As sealed on {export['at']} for {export['by']}: {export['why'] or 'no reason given'}")
    print(f"By the key {kid}" + ("" if len(sys.argv) > 2 else ": compare it with what the marketplace published"))
    print(f"Order {order['order']}, {order['title']!r}, {order['state']}; thread {export['thread']}; money {money}")
    print(*(f"  {entry['at']} {entry['action']}: {entry['to']}" for entry in entries if "action" in entry), sep="\n")
    print(", ".join(f"{len(part)} {name}" for name, part in content.items() if isinstance(part, list)))
