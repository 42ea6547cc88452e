"""Fills a database of ours with people, threads and entries, as they would stand after real use.

Must never go through the product: a million entries take seconds here. The rows are made inside PostgreSQL, so that
none crosses the wire; triggers and foreign keys rest meanwhile, so what is written here must be right by itself.
"""

import psycopg

from bench.names import LONG_ENTRIES, LONG_THREADS, OPENING, PEOPLE, THREADS

TEXT = "A message of about a hundred characters, as people write them to each other about an order, more or less."

PEOPLE_SQL = """
INSERT INTO chat_person (id, name, email, locale, role)
SELECT side || n, side || n, '', '', '' FROM generate_series(0, %(people)s - 1) n, unnest(ARRAY['b', 's']) side
ON CONFLICT DO NOTHING"""

THREADS_SQL = """
INSERT INTO chat_thread (id, "order", title, category, buyer_id, seller_id, mode, state, head, last_at, follow_ups,
                         left_by)
SELECT %(name)s || n, %(name)s || 'o' || n, 'A logo', '', 'b' || n %% %(people)s, 's' || n %% %(people)s,
       'open', 'pending', %(entries)s, now(), 0, ''
FROM generate_series(0, %(threads)s - 1) n"""

ORDERS_SQL = """
INSERT INTO orders_order (id, thread_id, buyer_id, seller_id, title, state, version, price, currency, delivery_days,
                          payment_reference, placed_at, start_by, expires_at, due_at)
SELECT "order", id, buyer_id, seller_id, title, state, 1, 5000, 'EUR', 3, 'bench', now(),
       now() + interval '2 days', now() + interval '180 days', now() + interval '2 days'
FROM chat_thread WHERE starts_with(id, %(name)s) AND substr(id, length(%(name)s) + 1) ~ '^[0-9]+$'"""

ENTRIES_SQL = """
INSERT INTO chat_entry (thread_id, seq, entry, kind, at, by_role, by_user, command)
SELECT %(name)s || n, seq, gen_random_uuid(),
       CASE seq WHEN 1 THEN 'thread.opened' WHEN 2 THEN 'payment.held' ELSE 'message' END, now(),
       CASE WHEN seq <= %(opening)s THEN 'host' WHEN seq %% 2 = 0 THEN 'buyer' ELSE 'seller' END,
       CASE WHEN seq <= %(opening)s THEN '' WHEN seq %% 2 = 0 THEN 'b' || n %% %(people)s
            ELSE 's' || n %% %(people)s END,
       CASE WHEN seq <= %(opening)s THEN '' ELSE gen_random_uuid()::text END
FROM generate_series(0, %(threads)s - 1) n, generate_series(1, %(entries)s) seq"""

WORDS_SQL = """
INSERT INTO chat_words (thread_id, seq, body)
SELECT %(name)s || n, seq, CASE seq
    WHEN 1 THEN json_build_object('order', %(name)s || 'o' || n, 'title', 'A logo', 'parties', json_build_array(
        json_build_object('user', 'b' || n %% %(people)s, 'role', 'buyer', 'name', 'b' || n %% %(people)s),
        json_build_object('user', 's' || n %% %(people)s, 'role', 'seller', 'name', 's' || n %% %(people)s)))
    WHEN 2 THEN json_build_object('amount', json_build_object('amount', 5000, 'currency', 'EUR'))
    ELSE ('{"text":' || to_json(%(text)s::text) || ',"purpose":"chat","attachments":[]}')::json END
FROM generate_series(0, %(threads)s - 1) n, generate_series(1, %(entries)s) seq"""

ANSWERS_SQL = """
INSERT INTO chat_answer ("user", command, digest, reply, at)
SELECT by_user, command, sha256(command::bytea), jsonb_build_object('seq', seq, 'entry', entry, 'at', at), at
FROM chat_entry WHERE command <> '' AND starts_with(thread_id, %(name)s)"""

STATEMENTS = (PEOPLE_SQL, THREADS_SQL, ORDERS_SQL, ENTRIES_SQL, WORDS_SQL, ANSWERS_SQL)


def fill(url: str, name: str, threads: int, entries: int, people: int = PEOPLE) -> None:
    """`threads` threads called `name`0, `name`1, … of `people` pairs, each with `entries` entries."""
    values = {"name": name, "threads": threads, "entries": entries, "people": people, "opening": OPENING, "text": TEXT}
    with psycopg.connect(url) as connection:
        connection.execute("SET session_replication_role = replica")
        for statement in STATEMENTS:
            connection.execute(statement, values)
    with psycopg.connect(url, autocommit=True) as connection:
        # Otherwise the first readers pay for it, in the middle of a measurement.
        connection.execute("VACUUM ANALYZE")


def fill_usual(url: str) -> None:
    """What every scenario finds: the threads of names.py."""
    fill(url, "t", THREADS, OPENING)
    fill(url, "long", LONG_THREADS, LONG_ENTRIES)


def fill_volume(url: str, threads: int, entries: int) -> None:
    """As many more threads of other people, with that many entries in all."""
    fill(url, "v", threads, entries // threads, people=max(PEOPLE, threads // 10))
