"""Claims and statements: staff hear both, and neither party hears the other (domain.md)."""

import pytest

from tests.market import Deal, Person


def places(person: Person) -> str:
    """All that a party can read."""
    return str((person.reads(), person.sees(), person.lists()))


@pytest.mark.parametrize("who", ["kim", "sam"])
def test_the_other_never_reads_why_a_claim_was_filed_nor_why_it_was_rejected(deal: Deal, who: str) -> None:
    filer, other = (deal.kim, deal.sam) if who == "kim" else (deal.sam, deal.kim)
    claim = filer.does("claim.file", reason="They were rude")["claim"]
    assert filer.refused("claim.file").code == "not_allowed"
    deal.mia.does("moderation.reject_claim", claim=claim, reason="I found nothing rude")
    assert deal.mia.refused("moderation.reject_claim", claim=claim).code == "not_allowed"
    shown = filer.sees()["claims"][0]
    assert (shown["state"], shown["reason"], shown["answer"]) == ("rejected", "They were rude", "I found nothing rude")
    assert deal.kinds(2) == ["claim.filed", "claim.rejected"]
    for word in ("They were rude", "I found nothing rude"):
        assert word in places(filer)
        assert word not in places(other)
    deal.mia.does("moderation.watch")
    assert deal.mia.sees()["claims"][0]["reason"] == "They were rude"
    filer.does("claim.file")


def test_a_claim_is_withdrawn_by_its_filer_alone_and_once(deal: Deal) -> None:
    deal.kim.does("claim.file")
    assert deal.sam.refused("claim.withdraw").code == "not_found"
    deal.kim.does("claim.withdraw")
    assert deal.kim.refused("claim.withdraw").code == "not_found"


def test_each_speaks_to_staff_alone_while_frozen(deal: Deal) -> None:
    assert deal.kim.refused("message.send", purpose="statement").code == "not_allowed"
    deal.to("frozen")
    head = deal.head()
    said = deal.kim.does("message.send", purpose="statement", text="He sent me a drawing of a cat")
    assert "seq" not in said
    assert deal.head() == head
    assert deal.kim.sees()["statements"][0]["text"] == "He sent me a drawing of a cat"
    assert "cat" not in places(deal.sam)
    deal.mia.does("moderation.resolve", outcome="unfreeze")
    assert deal.kim.refused("message.send", purpose="statement").code == "not_allowed"
    assert "cat" not in places(deal.sam)
