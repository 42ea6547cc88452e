"""A pack of evidence is whole, says what happened, and whatever is changed in it is found by the program in docs/."""

import json
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from django.core.management import CommandError, call_command

from moderation.sealing import public_key, sealed
from tests.market import Deal, Said, passes
from tests.moderation.packs import changed, flipped, is_signed, made_consistent, pack, run, verify
from tests.profiles import catching

# RFC 8032, section 7.1: public key, message, signature.
VECTORS = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
]
ORDER_OF_THE_CURVE = 2**252 + 27742317777372353535851937790883648493


@pytest.fixture
def quarrel(deal: Deal) -> Deal:
    """All that a pack has a section for, and text that is not of one alphabet."""
    sent = deal.kim.does("message.send", text='Größer, 日本語, 🙂 \u2028 \\ "\n\t')
    deal.kim.does("message.edit", target=sent["seq"], text="Larger")
    deal.sam.does("message.send", text="Scoundrel!")
    deal.kim.does("message.report", target=5, reason="He calls me names.")
    deal.sam.does("offer.make")
    deal.sam.does("proposal.make", kind="refund", amount={"amount": 100, "currency": "EUR"})
    deal.kim.does("claim.file", reason="He calls me names.")
    deal.mia.does("moderation.watch")
    deal.mia.does("moderation.note", text="It is him again.")
    deal.mia.does("message.redact", target=5, reason="not for this place")
    deal.mia.does("moderation.freeze")
    deal.sam.does("message.send", text="She began.", purpose="statement")
    deal.mia.does("moderation.resolve", outcome="split", amount={"amount": 1000, "currency": "EUR"})
    deal.kim.does("review.write")
    deal.sam.does("thread.leave")
    return deal


def test_it_holds_all_there_is(quarrel: Deal) -> None:
    said = json.loads(pack(quarrel))
    content = said["content"]
    assert [item["entry"] for item in content["entries"]] == quarrel.log()
    assert content["entries"][4]["entry"]["text"] == "Scoundrel!"
    assert content["changes"] == [
        {"seq": 3, "by": 4, "kind": "message.edited"},
        {"seq": 5, "by": 9, "kind": "message.redacted"},
    ]
    assert content["claims"][0]["reason"] == content["reports"][0]["reason"] == "He calls me names."
    assert content["statements"][0]["text"] == "She began."
    acts = [row["action"] for row in content["audit"]]
    assert {"moderation.watch", "moderation.note", "moderation.freeze", "moderation.resolve"} <= set(acts)
    assert [row["kind"] for row in content["ledger"]] == ["held", "refunded", "released"]
    assert [row["user"] for row in content["parties"]] == [quarrel.kim.user, quarrel.sam.user]
    assert content["export"]["by"] == {"role": "host"}
    assert content["files"] == []
    assert said["seal"]["key"] == public_key()


def test_what_was_masked_and_what_was_held_stands_in_it_as_it_was_written(deal: Deal) -> None:
    with catching("phone=hold,email=mask"):
        masked = deal.kim.does("message.send", text="Write to kim@example.com")
        held = deal.kim.does("message.send", text="Call me: 0151 23456789")["held"]
    content = verify(pack(deal))[0]
    assert "kim@example.com" not in content["entries"][2]["entry"]["text"]
    assert content["originals"] == [{"seq": masked["seq"], "field": "text", "text": "Write to kim@example.com"}]
    assert [(row["held"], row["text"], row["state"]) for row in content["held"]] == [
        (held, "Call me: 0151 23456789", "waiting")
    ]
    assert {row["kind"] for row in content["flags"]} == {"phone", "email"}


def test_a_third_person_verifies_it_with_python_alone(quarrel: Deal, tmp_path: Path) -> None:
    done = run(pack(quarrel), tmp_path, public_key()["kid"])
    assert (done.returncode, done.stderr) == (0, "")
    assert "asked for by kim's lawyer" in done.stdout
    assert "resolve_split: closed" in done.stdout
    unknown = run(pack(quarrel), tmp_path)
    assert unknown.returncode == 0
    assert f"{public_key()['kid']}: compare it" in unknown.stdout


@pytest.mark.parametrize(("key", "message", "signature"), VECTORS)
def test_its_signatures_are_those_of_the_rfc(key: str, message: str, signature: str) -> None:
    said = [bytes.fromhex(each) for each in (key, message, signature)]
    assert is_signed(*said)
    assert not is_signed(said[0], said[1] + b"!", said[2])
    # The same signature written in another way is none (section 5.1.7).
    s = int.from_bytes(said[2][32:], "little") + ORDER_OF_THE_CURVE
    assert not is_signed(said[0], said[1], said[2][:32] + s.to_bytes(32, "little"))


def removed(said: Said) -> None:
    del said["content"]["entries"][4]


def swapped(said: Said) -> None:
    entries = said["content"]["entries"]
    entries[2], entries[4] = entries[4], entries[2]


def swapped_with_their_seqs(said: Said) -> None:
    swapped(said)
    entries = said["content"]["entries"]
    entries[2]["entry"]["seq"], entries[4]["entry"]["seq"] = 3, 5


def cut_short(said: Said) -> None:
    del said["content"]["entries"][-2:]


def reworded(said: Said) -> None:
    said["content"]["entries"][2]["entry"]["text"] = "Smaller"


def less_money(said: Said) -> None:
    said["content"]["ledger"][0]["amount"] -= 1


def another_reason(said: Said) -> None:
    said["content"]["claims"][0]["reason"] = "I want my money back."


def a_quiet_look(said: Said) -> None:
    del said["content"]["audit"][0]


def another_moderator(said: Said) -> None:
    said["content"]["audit"][1]["moderator"] = "max"


def one_more_section(said: Said) -> None:
    said["content"]["verdict"] = "guilty"


def one_section_less(said: Said) -> None:
    del said["content"]["statements"]


TAMPERINGS: dict[Callable[[Said], None], str] = {
    removed: "entry 5: the one here says it is 6",
    swapped: "entry 3: the one here says it is 5",
    swapped_with_their_seqs: "entry 3: it, or its place, was changed",
    cut_short: "entries: not all there",
    reworded: "entry 3: it, or its place, was changed",
    less_money: "ledger: it was changed",
    another_reason: "claims: it was changed",
    a_quiet_look: "audit: it was changed",
    another_moderator: "audit: record",
    one_more_section: "verdict",
    one_section_less: "statements",
}


@pytest.mark.parametrize("tampering", TAMPERINGS, ids=lambda tampering: tampering.__name__)
def test_whoever_tampers_is_told_the_place(quarrel: Deal, tmp_path: Path, tampering: Callable[[Said], None]) -> None:
    whole = pack(quarrel)
    assert run(whole, tmp_path).returncode == 0
    done = run(changed(whole, tampering), tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert TAMPERINGS[tampering] in done.stderr


@pytest.mark.parametrize("tampering", [reworded, another_reason, another_moderator, one_more_section])
def test_one_who_makes_every_hash_anew_has_no_key(quarrel: Deal, tampering: Callable[[Said], None]) -> None:
    def forged(said: Said) -> None:
        tampering(said)
        made_consistent(said)

    with pytest.raises(ValueError, match="seal: its signature does not fit"):
        verify(changed(pack(quarrel), forged))


def test_another_s_key_is_told_from_the_marketplace_s(quarrel: Deal, tmp_path: Path) -> None:
    done = run(pack(quarrel), tmp_path, "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")
    assert done.returncode == 1
    assert "made by another key" in done.stderr


def test_money_that_does_not_add_up_is_found_even_under_a_good_seal(quarrel: Deal) -> None:
    def unbalanced(said: Said) -> None:
        less_money(said)
        made_consistent(said)
        seal = said["seal"]
        said["seal"] = sealed({name: seal[name] for name in ("format", "chain", "digests")})

    with pytest.raises(ValueError, match="ledger: posting"):
        verify(changed(pack(quarrel), unbalanced))


def test_whichever_byte_is_flipped_is_found(quarrel: Deal) -> None:
    whole, random = pack(quarrel), Random(8032)
    verify(whole)
    seal = whole.index(b',"seal":')
    # In letters, bit 5 tells large from small, which is the flip that a careless reader takes for nothing.
    for place in [*random.sample(range(seal), 300), *range(seal, len(whole))]:
        for bit in {5, random.randrange(8)}:
            with pytest.raises((ValueError, LookupError, TypeError, AttributeError)):
                verify(flipped(whole, place, bit))


def test_no_more_and_no_less_than_the_file_is_taken(quarrel: Deal) -> None:
    whole = pack(quarrel)
    for other in (whole + b"\n", b" " + whole, whole[:-1], b"", b"[]", b"{}", whole.replace(b"\xc3\xb6", b"\\u00f6")):
        with pytest.raises((ValueError, LookupError, TypeError, AttributeError)):
            verify(other)


def test_of_a_thread_that_is_none_there_is_no_pack(deal: Deal) -> None:
    with pytest.raises(CommandError, match="none"):
        call_command("evidence", "none")


def test_a_thread_that_only_began_has_a_pack_too(deal: Deal) -> None:
    content, entries, money, _ = verify(pack(deal))
    assert (len(entries), money, content["order"]["state"]) == (2, {"held": 5000}, "pending")
    passes(days=200)
    assert verify(pack(deal))[2] == {"held": 5000, "refunded": 5000}
