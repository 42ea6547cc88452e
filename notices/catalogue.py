"""Translations: which texts there are, the `.po` of a language, and the `.mo` that gettext reads (GNU gettext 0.22).

Takes the part of the `.po` format that we write: no context, no fuzzy entries. Must never need a tool of the system.
"""

import ast
import re
import struct
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
MARKS = ("_", "gettext", "ngettext")


@dataclass(frozen=True, slots=True)
class Message:
    """A text and, of those with a number, its plural."""

    text: str
    plural: str = ""


def po_of(language: str) -> Path:
    return HERE / "locale" / language / "LC_MESSAGES" / "django.po"


def texts() -> list[Message]:
    """Every marked text of this package, in the order of the files."""
    found: dict[Message, None] = {}
    for file in sorted(HERE.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKS:
                said = [
                    each.value for each in node.args if isinstance(each, ast.Constant) and isinstance(each.value, str)
                ]
                if said:
                    found[Message(*said)] = None
    return list(found)


def read(po: str) -> dict[Message, list[str]]:
    """{message: its translations, one per plural form} of a `.po`; the header is the message ""."""
    found = {}
    for block in re.split(r"\n\s*\n", po.strip()):
        fields: dict[str, str] = {}
        name = ""
        for line in block.splitlines():
            if match := re.match(r'(msgid|msgid_plural|msgstr(?:\[\d\])?) (".*")$', line):
                name = match[1]
                fields[name] = ast.literal_eval(match[2])
            elif line.startswith('"'):
                fields[name] += ast.literal_eval(line)
        said = [value for key, value in fields.items() if key.startswith("msgstr")]
        found[Message(fields["msgid"], fields.get("msgid_plural", ""))] = said
    return found


def compiled(po: str) -> bytes:
    """The `.mo`: the header, then pairs of originals and translations, sorted; what is not translated is left out."""
    pairs = sorted(
        ("\0".join(filter(None, (message.text, message.plural))).encode(), "\0".join(said).encode())
        for message, said in read(po).items()
        if all(said)
    )
    start = 28 + 16 * len(pairs)
    originals, translations, words = b"", b"", b""
    for side in (0, 1):
        for pair in pairs:
            entry = struct.pack("<II", len(pair[side]), start + len(words))
            if side:
                translations += entry
            else:
                originals += entry
            words += pair[side] + b"\0"
    head = struct.pack("<7I", 0x950412DE, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, start)
    return head + originals + translations + words


def written(po: str) -> str:
    """The `.po` again, with exactly the texts that there are, those without a translation empty."""
    known = read(po)
    forms = max(map(len, known.values()))
    blocks = [_block(Message(""), known[Message("")])]
    for message in texts():
        empty = [""] * (forms if message.plural else 1)
        blocks.append(_block(message, known.get(message, empty)))
    return "\n\n".join(blocks) + "\n"


def _block(message: Message, said: list[str]) -> str:
    lines = [f"msgid {_quoted(message.text)}"]
    if message.plural:
        lines += [f"msgid_plural {_quoted(message.plural)}"]
        lines += [f"msgstr[{index}] {_quoted(text)}" for index, text in enumerate(said)]
    else:
        lines += [f"msgstr {_quoted(said[0])}"]
    return "\n".join(lines)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    if "\n" not in escaped:
        return f'"{escaped}"'
    return '""\n' + "\n".join(f'"{line}\\n"' for line in escaped.splitlines())
