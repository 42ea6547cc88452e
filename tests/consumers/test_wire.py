"""What a frame must be: the server reads one meaning or says what was wrong."""

import json
from datetime import UTC, datetime
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chat.announce import Record
from chat.commands import MessageSend, ThreadSubscribe
from chat.refusals import Refused
from consumers import wire
from consumers.vocabulary import COMMANDS, FRAMES, Hello

ID = "01990000-0000-7000-8000-000000000001"
SEND = {"type": "message.send", "id": ID, "thread": "t1", "text": "Good morning!"}


def misread(text: str) -> wire.Unreadable:
    with pytest.raises(wire.Unreadable) as caught:
        wire.decode(text)
    return caught.value


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hello",
        "[]",
        '"hello"',
        "null",
        "[" + json.dumps(SEND) + "]",
        '{"type":"pong","n":1,"n":2}',
        '{"type":"x","deep":{"a":1,"a":1}}',
        '{"a":NaN}',
        '{"a":Infinity}',
        '{"a":-Infinity}',
        '{"a":1e400}',
        '{"a":9007199254740993}',
        '{"a":-9007199254740993}',
        '{"a":' + "9" * 5000 + "}",
        '{"a":"\x07"}',
        '{"a":1} {"b":2}',
        '{"a":' * 9 + "1" + "}" * 9,
        '{"a":' + "[" * 8 + "]" * 8 + "}",
        "[" * 100_000,
        '{"a":' * 5000,
        '\ufeff{"type":"pong","n":1}',
    ],
)
def test_what_two_readers_could_understand_differently_is_a_bad_frame(text):
    fault = misread(text)
    assert (fault.code, fault.id) == ("bad_frame", None)


def test_bytes_that_are_no_utf8_are_a_bad_frame_too():
    with pytest.raises(Refused, match="bad_frame"):
        wire.parse(b'{"a":"\xff"}')


def test_eight_levels_and_the_largest_exact_integer_are_within_the_limits():
    assert wire.parse('{"a":' * 8 + "9007199254740992" + "}" * 8)
    assert wire.parse(json.dumps({"text": "[" * 500}))


def test_a_megabyte_of_digits_costs_no_time():
    begun = perf_counter()
    misread('{"a":' + "7" * 1_000_000 + "}")
    assert perf_counter() - begun < 0.5


def test_nobody_knows_a_command_that_is_not_in_the_registry():
    fault = misread(json.dumps({"type": "thread.haunt", "id": ID}))
    assert (fault.code, fault.id) == ("unknown_type", ID)


@pytest.mark.parametrize("kind", [None, 5, ["message.send"], {}])
def test_a_type_that_is_no_string_is_the_wrong_field(kind):
    fault = misread(json.dumps({"type": kind, "id": ID}))
    assert (fault.code, fault.field, fault.id) == ("bad_request", "type", ID)


@pytest.mark.parametrize(
    ("change", "field", "echoed"),
    [
        ({"text": None}, "text", ID),
        ({"text": 5}, "text", ID),
        ({"thread": "x" * 65}, "thread", ID),
        ({"thread": "a b"}, "thread", ID),
        ({"thread": "\ud800"}, "thread", ID),
        ({"attachments": ["a", 5]}, "attachments.1", ID),
        ({"attachments": "abc"}, "attachments", ID),
        ({"purpose": "gossip"}, "purpose", ID),
        ({"reply_to": True}, "reply_to", ID),
        ({"reply_to": 1.0}, "reply_to", ID),
        ({"id": "5"}, "id", None),
        ({"id": ID + "0"}, "id", None),
        ({"id": ID + "\n"}, "id", None),
        ({"id": 5}, "id", None),
        ({"id": None, "text": None}, "id", None),
    ],
)
def test_the_first_wrong_field_is_named_and_only_a_uuid_is_echoed(change, field, echoed):
    fault = misread(json.dumps(SEND | change))
    assert (fault.code, fault.field, fault.id) == ("bad_request", field, echoed)
    assert fault.body()["retry"] == "fix"


def test_a_missing_field_inside_another_is_named_by_its_path():
    offer = {"type": "offer.make", "id": ID, "thread": "t1", "title": "Logo", "delivery_days": 3}
    assert misread(json.dumps(offer | {"price": {"amount": 5}})).field == "price.currency"
    assert misread(json.dumps(offer)).field == "price"


def test_a_field_that_only_this_kind_of_proposal_needs_is_named_too():
    asked = {"type": "proposal.make", "id": ID, "thread": "t1", "reason": "half is done"}
    for kind, field in (("refund", "amount"), ("extension", "deliver_by")):
        fault = misread(json.dumps(asked | {"kind": kind}))
        assert (fault.code, fault.field, fault.id) == ("bad_request", field, ID)


def test_unknown_fields_are_ignored_and_names_may_be_any_script():
    frame = wire.decode(json.dumps(SEND | {"colour": "green", "text": "Grüße 🌻"}, ensure_ascii=False))
    assert frame == MessageSend(type="message.send", id=ID, thread="t1", text="Grüße 🌻")


def test_a_lone_surrogate_reaches_the_rules_which_refuse_it():
    frame = wire.decode(json.dumps(SEND | {"text": "\ud800"}))
    assert isinstance(frame, MessageSend)


def test_leaving_needs_a_plain_yes():
    leave = {"type": "thread.leave", "id": ID, "thread": "t1"}
    assert wire.decode(json.dumps(leave | {"confirm": True})).type == "thread.leave"
    for no in (1, "true", False, None):
        assert misread(json.dumps(leave | {"confirm": no})).field == "confirm"


def test_every_type_is_read_into_its_own_model():
    for name, model in FRAMES.items():
        assert model.model_fields["type"].annotation.__args__ == (name,)  # type: ignore[union-attr]
    assert set(FRAMES) == {*COMMANDS, "hello", "pong"}


def test_hello_reads_the_cursors():
    hello = wire.decode('{"type":"hello","token":"t","resume":{"epoch":"e","threads":{"t1":5}}}')
    assert isinstance(hello, Hello)
    assert hello.resume
    assert hello.resume.threads == {"t1": 5}


def test_a_subscription_without_a_cursor_differs_from_one_at_zero():
    for after in (None, 0):
        frame = wire.decode(json.dumps({"type": "thread.subscribe", "id": ID, "thread": "t", "after": after}))
        assert isinstance(frame, ThreadSubscribe)
        assert frame.after == after


def test_replies_are_compact_and_raw():
    assert wire.ok(ID, {"text": "ü"}) == f'{{"type":"ok","id":"{ID}","text":"ü"}}'
    assert wire.entries('t"1', ['{"seq":1}', '{"seq":2}']) == (
        '{"type":"entries","thread":"t\\"1","entries":[{"seq":1},{"seq":2}]}'
    )


def test_a_message_of_a_group_is_answered_as_one_that_went_alone():
    record = Record(3, "an-entry", "message", datetime(2026, 1, 2, 3, 4, 5, 678_901, UTC), "buyer", "kim", ID, {})
    alone = wire.ok(ID, record.placed() | {"duplicate": False})
    assert wire.ok_at(ID, record.place()) == alone


def test_an_error_says_whether_it_was_done_and_what_to_do():
    said = json.loads(wire.error(Refused("version_conflict", version=4), ID))
    assert said.pop("message")
    assert said == {
        "type": "error",
        "id": ID,
        "code": "version_conflict",
        "executed": "no",
        "retry": "resync",
        "info": {"version": 4},
    }


def test_size_is_in_bytes():
    assert (wire.size("abc"), wire.size("ü"), wire.size("🌻")) == (3, 2, 4)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


def refusal(text: str) -> wire.Unreadable | None:
    try:
        wire.decode(text)
    except wire.Unreadable as fault:
        return fault
    return None


@given(st.text() | JSON.map(json.dumps))
def test_whatever_odd_types_the_answer_is_a_refusal_with_a_code(text):
    fault = refusal(text)
    assert fault is None or fault.code in ("bad_frame", "unknown_type", "bad_request")


FIELDS = ["id", "thread", "text", "target", "offer", "expect", "price", "after", "seq", "on", "n", "token", "resume"]


@given(st.sampled_from(sorted(FRAMES)), st.dictionaries(st.sampled_from(FIELDS), JSON))
def test_whatever_odd_puts_into_a_command_the_answer_is_a_refusal_with_a_field(name, fields):
    fault = refusal(json.dumps({"type": name, **fields}))
    assert fault is None or fault.code == "bad_frame" or (fault.code == "bad_request" and fault.field)


FLAT = st.dictionaries(
    st.text(max_size=4), st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9)
)


@given(st.text() | JSON.map(json.dumps) | FLAT.map(lambda said: json.dumps(said, ensure_ascii=False)), st.data())
def test_frames_that_are_read_fast_are_read_no_differently(text, data):
    # Cut and doubled somewhere, so that keys come twice, and texts end where they should not.
    begin = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(begin, len(text)))
    for each in (text, text[:end] + text[begin:], text[:begin] + text[end:]):
        try:
            strictly = wire.parse(each.encode())
        except wire.Unreadable:
            strictly = None
        try:
            fast = wire.parse(each)
        except wire.Unreadable:
            fast = None
        assert fast == strictly


def test_a_key_that_comes_twice_is_found_on_the_fast_way_too():
    assert wire.parse('{"a":"x","b":1}') == {"a": "x", "b": 1}
    for text in ('{"a":"x","a":"x"}', '{"a":"x","a":1}', '{"a":1,"a":"x"}', '{"a":"","b":"","a":null}'):
        assert misread(text).code == "bad_frame"
