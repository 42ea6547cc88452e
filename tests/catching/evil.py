"""Texts made to be slow to read, each of 4000 characters: signs, beginnings without ends, everything many times."""

BEGINNINGS = {
    "digits": "1", "apart": "1 ", "numbers": "0151 2345678 ", "plus": "+1 ", "international": "+49 151 234567 ",
    "dotted": "+1.2.3.4.5 ", "seen as": "0oli", "spelled": "one two three ", "double": "double ", "at": "@", "a@a": "a@a.",
    "addresses": "a@b.com ", "tags": "@a1 ", "(at)": "(at)", "at dot": "a at b dot ", "labels": "a.", "links": "a.com ",
    "http": "http:// ", "www": "www.", "iban": "de89 ", "long iban": "de89370400440532013000", "cards": "4111 1111 1111 1111 ",
    "fours": "4 ", "dates": "2024-05-06 ", "prices": "1 000 ", "thousands": "1,000", "sizes": "12x", "machines": "1.2.3.4.",
    "books": "978 0 1 2 3 4 5 6 ", "places": "48.85661234", "asking": "give me your ", "blackmail": "refund or bad review if ",
    "number": "number phone email ", "threats": "kill you find me ", "letters": "a ", "apps": "whatsapp @ ", "no width": "\u200b",
    "look-alikes": "пауме ", "full width": "０", "mathematical": "𝟎", "combining": "e\u0301", "dots": ".", "brackets": "((((",
}  # fmt: skip

LENGTH = 4000


def texts() -> dict[str, str]:
    whole = {name: (part * LENGTH)[:LENGTH] for name, part in BEGINNINGS.items()}
    whole["one address"] = "a.b-c" * 400 + "@" + "d-e." * 499
    whole["one purse"] = "1" + "g" * (LENGTH - 1)
    whole["all scripts"] = "".join(map(chr, range(0x3040, 0x3040 + LENGTH)))
    return whole
