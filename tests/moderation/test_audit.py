"""Reading the records: a lead reads everybody's, a moderator her own, and nobody else any."""

from tests.market import Deal

WHY = "a complaint by phone"


def test_mia_reads_what_she_did_and_lea_what_anybody_did(deal: Deal) -> None:
    deal.mia.does("moderation.watch", reason=WHY)
    deal.max.does("moderation.note", text="Seen him before")
    deal.mia.does("moderation.warn", user=deal.kim.user, reason="abuse of the chat")
    own = deal.mia.does("moderation.audit")["records"]
    assert [record["action"] for record in own] == ["moderation.warn", "moderation.watch"]
    assert (own[0]["user"], own[1]["reason"], own[1]["thread"]) == (deal.kim.user, WHY, deal.thread)
    every = deal.lea.does("moderation.audit")["records"]
    assert [record["moderator"] for record in every] == [deal.mia.user, deal.max.user, deal.mia.user]
    of_kim = deal.lea.does("moderation.audit", user=deal.kim.user)["records"]
    assert [record["action"] for record in of_kim] == ["moderation.warn"]
    first = deal.lea.does("moderation.audit", limit=1)
    assert first["records"] == every[:1]
    assert deal.lea.does("moderation.audit", cursor=first["cursor"])["records"] == every[1:]
    assert deal.lea.refused("moderation.audit", cursor="yesterday").code == "bad_request"


def test_no_party_reads_a_record(deal: Deal) -> None:
    deal.mia.does("moderation.watch", reason=WHY)
    for person in (deal.kim, deal.sam, deal.odd):
        assert person.refused("moderation.audit").code == "wrong_role"
