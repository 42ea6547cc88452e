"""E-mail addresses, links and names on other services, also as they are written to be overlooked.

Must never look further around a sign than an address can reach.
"""

import re
from collections.abc import Iterator, Sequence

from chat.catching.kinds import Find
from chat.catching.lexicon import LEXICON
from chat.catching.phrases import Word

# Endings that are no words and no endings of files, so that they need no other sign of being a link.
SURE = (
    "com|net|org|info|biz|eu|fr|de|uk|ch|io|app|dev|shop|store|online|site|website|xyz|tech|blog|page|link|club|agency"
    "|design|studio|art|pro|co|nl|pl|ru|ca|au|dk|se|fi|cz|ie|pt|ro|gr|hu|tv|cc|ly|gg|gl|vip|space|email|cloud|edu|gov"
)
# Endings that are words: a link only with a path, www or a word for it.
WORDS = "it|at|be|me|in|to|so|us|es|no|is|am|la|do|id|ai|sh|ps|ws|li|lu"
SHORT = "wa|t|m|fb|bit|tinyurl|paypal|linktr|discord|youtu|goo|cash|ko|revolut|telegram|instagr|g|buymeacoffee|calendly"
LINK = re.compile(
    rf"https?[ ]?:[ ]?/[ ]?/[^\s<>\"]{{2,500}}|hxxps?[^\s]{{2,200}}"
    rf"|www[0-9]?\.[a-z0-9.-]{{3,200}}(?:/[^\s<>\"]{{0,500}})?"
    rf"|(?<![a-z0-9@._-])(?:[a-z0-9_-]{{1,63}}\.){{1,4}}"
    rf"(?:(?:{SURE})(?![a-z0-9_-]|\.[a-z]{{2}})(?:[:/][^\s<>\"]{{0,500}})?|(?:{WORDS})/[^\s<>\"]{{1,500}})"
    rf"|(?<![a-z0-9@._-])(?:{SHORT})\.(?:{WORDS}|{SURE}|ee)(?:/[^\s<>\"]{{1,500}})"
)
BRACKETED = re.compile(r"[(\[{<]\s?(at|dot|point|punkt|arobase|a)\s?[)\]}>]")
NAME = re.compile(r"[a-z0-9._%+'-]{1,64}\s?$")
LABEL = re.compile(r"\s?([a-z]{2,12})")
HOST = re.compile(
    rf"\s?[a-z0-9-]{{1,63}}(?:\s?\.\s?[a-z0-9-]{{1,63}}){{0,4}}\s?\.\s?(?:{SURE}|{WORDS}|[a-z]{{2,6}})(?![a-z0-9])"
)
# Of those that carry letters, the ones whose names are no words.
SURE_PROVIDERS = frozenset(
    ["gmail", "googlemail", "yahoo", "hotmail", "outlook", "icloud", "proton", "protonmail", "gmx"]
)
PROVIDERS = SURE_PROVIDERS | {
    "web", "aol", "live", "msn", "orange", "free", "laposte", "sfr", "wanadoo", "mail", "yandex", "zoho", "tonline",
    "posteo", "mailbox", "freenet", "bluewin", "tutanota", "ymail", "me", "fastmail",
}  # fmt: skip
TLDS = frozenset((SURE + "|" + WORDS).split("|"))
TAG = re.compile(r"(?<![a-z0-9._@/])@[a-z0-9][a-z0-9._]{2,29}")
NAMED = re.compile(
    r"\s{0,2}(?:is|id|:|=|-|name|ist|est|user|username)?\s{0,2}(?:is|:|=)?\s{0,2}[@+]?([a-z0-9._]{3,32})"
)
FILE = re.compile(
    r"\.(?:pdf|png|jpe?g|gif|svg|docx?|xlsx?|pptx?|zip|psd|eps|ai|mp[34]|mov|wav|txt|csv|html?|css|js|py|json|xml|indd|fig|otf|ttf)$"
)
NEAR = 3


def emails(folded: str) -> Iterator[tuple[int, int]]:
    """Addresses with their sign, blanks or not."""
    at, behind = folded.find("@"), 0
    while at >= 0:
        name = NAME.search(folded, max(behind, at - 65), at)
        if name is not None:
            host = HOST.match(folded, at + 1, at + 260)
            # `on insta @kim.draws` is a name and no address.
            if host is not None and (not name[0].endswith(" ") or host[0].rpartition(".")[2].strip() in TLDS):
                yield name.start(), host.end()
                behind = host.end()
            elif (label := LABEL.match(folded, at + 1)) and label[1] in PROVIDERS:
                yield name.start(), label.end()
                behind = label.end()
        at = folded.find("@", at + 1)


def spelled_emails(words: Sequence[Word], folded: str) -> Iterator[tuple[int, int]]:
    """`kim at example dot com`, `kim (at) example.com`, `kim arobase gmail`."""
    for n, word in enumerate(words):
        if word.text not in LEXICON.at and not (word.text == "a" and BRACKETED.match(folded, word.start - 1)):
            continue
        if n == 0 or n + 1 >= len(words):
            continue
        bracketed = folded[word.start - 1 : word.start] in ("(", "[", "{", "<") and word.start > 0
        last = _host(words, folded, n + 1, bracketed=bracketed)
        if last >= 0:
            yield words[n - 1].start, words[last].end


def _host(words: Sequence[Word], folded: str, at: int, *, bracketed: bool) -> int:
    """The last word of the host that begins there; -1 for none."""
    labels, spelled, last = 1, False, at
    provider = words[at].text in PROVIDERS
    while last + 1 < len(words) and labels < 4:
        between = folded[words[last].end : words[last + 1].start].strip()
        if words[last + 1].text in LEXICON.dot and last + 2 < len(words):
            spelled, last = True, last + 2
        elif between == ".":
            last += 1
        else:
            break
        labels += 1
        provider = provider or words[last].text in PROVIDERS
    ends = labels > 1 and words[last].text in TLDS
    if ends and (spelled or bracketed or provider):
        return last
    return at if provider and (bracketed or words[at].text in SURE_PROVIDERS) else -1


def links(folded: str) -> Iterator[tuple[int, int]]:
    for match in LINK.finditer(folded):
        if not FILE.search(match[0]) or "/" in match[0]:
            yield match.start(), match.start() + len(match[0].rstrip(".,;:!?)'\""))


def spelled_links(words: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """`example dot com`."""
    for n in range(1, len(words) - 1):
        if words[n].text == "dot" and words[n + 1].text in ("com", "net", "org", "fr", "de", "io", "co", "me"):
            yield words[n - 1].start, words[n + 1].end


def handles(words: Sequence[Word], folded: str) -> Iterator[Find]:
    """A name with its sign beside a service's name, or with something that no word has; `telegram: kim99`."""
    apps = [word for word in words if word.text in LEXICON.apps]
    for match in TAG.finditer(folded):
        name = match[0].rstrip(".")
        near = any(abs(app.start - match.start()) < 60 for app in apps[:50])
        if near or any(not character.isalpha() for character in name[1:]):
            yield Find(match.start(), match.start() + len(name), "handle")
    for app in apps[:50]:
        named = NAMED.match(folded, app.end)
        if named is None or named[1].isdigit():
            continue
        sign = folded[app.end : named.start(1)]
        if (
            ":" in sign
            or "=" in sign
            or "@" in sign
            or any(each.isdigit() or each == "_" for each in named[1].strip("."))
        ):
            yield Find(app.start, named.end(1), "handle")
