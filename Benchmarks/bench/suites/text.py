"""Terms in texts: how often they are mentioned, by country."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from bench import data, generate
from bench.engine import CLICKHOUSE, POLARS, READOUT, TEXT_ENGINES, THREADS, Engine, loaded
from bench.measure import Measurement, Outcome, ask, ask_once
from bench.question import Question
from bench.settings import Settings

# None stands beside a letter beyond ASCII in the sentences, as "treaty" does in "Treatyâs", a quotation mark that was garbled: there
# DuckDB's and ClickHouse's `\b`, which knows ASCII letters only, sees the border of a word.
SENTENCE_TERMS = [
    "security", "conflict", "cooperation", "sanctions", "climate", "weapons", "sovereignty", "disarmament", "democracy", "genocide",
    "violence", "deterrence", "armistice", "ceasefire", "pandemic", "debt", "poverty", "hunger", "missiles", "charter",
]


# Peers that go through texts with a thousand patterns may need minutes: so many seconds they have, and all of it is compared on
# so many rows, a table of their own: ClickHouse's LIMIT takes whichever rows come first.
LIMIT, COMPARED = 30, 10_000
FEW = "few"
# Rounds of peers, which need seconds for some questions, and of what needs a table that was never asked.
ROUNDS = 3


def mentions(name: str, terms: list[str], where: bool = False, table: str = "t", scan: bool = False) -> Question:
    """Whole words in any case; what lies between the words of a phrase is ignored, the longest term wins.

    With `scan` Readout is told texts that are no stored column, so that it has no index.
    """
    ordered = sorted(terms, key=len, reverse=True)
    pattern = r"(?i)\b(?:" + "|".join(r"\W+".join(term.split()) for term in ordered) + r")\b"
    listed = ", ".join(f"'{term}'" for term in terms)
    escaped = pattern.replace("\\", "\\\\")
    if where:
        return Question(
            name,
            {"where": f"mentions(text, {listed}) > 0", "by": "country", "measure": "n = count()"},
            f"SELECT country, count(*) AS n FROM t WHERE regexp_matches(text, '{pattern}') GROUP BY country",
            f"t.filter(pl.col('text').str.contains(r'{pattern}')).group_by('country').agg(n=pl.len())",
            clickhouse=f"SELECT country, count() AS n FROM t WHERE match(text, '{escaped}') GROUP BY country",
        )
    text = "text or ''" if scan else "text"
    return Question(
        name,
        {"by": "country", "measure": f"n = sum(mentions({text}, {listed}))"},
        f"SELECT country, sum(len(regexp_extract_all(text, '{pattern}')))::BIGINT AS n FROM {table} GROUP BY country",
        f"{table}.group_by('country').agg(n=pl.col('text').str.count_matches(r'{pattern}').cast(pl.Int64).sum())",
        clickhouse=f"SELECT country, sum(countMatches(text, '{escaped}'))::Int64 AS n FROM {table} GROUP BY country",
        request={"table": table},
    )


def lexicon(path: Path) -> list[str]:
    """A thousand terms of the table's own words: 800 words from the 100th commonest on, 200 phrases of two.

    Of ASCII letters, and none that stands beside a letter beyond ASCII somewhere (`SENTENCE_TERMS` says why).
    """
    words: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    beside: set[str] = set()
    with path.open(newline="") as file:
        for number, row in enumerate(csv.DictReader(file)):
            text = row["text"].lower()
            if number < 50_000:
                found = re.findall("[a-z]+", text)
                words.update(found)
                pairs.update(zip(found, found[1:]))
            if not text.isascii():
                for word in re.findall(r"\w+", text):
                    if not word.isascii():
                        beside.update(re.findall("[a-z]+", word))
    ranked = [
        word for word, _ in sorted(words.items(), key=lambda item: (-item[1], item[0])) if word not in beside
    ][100:20_000]
    common = [
        pair for pair, _ in sorted(pairs.items(), key=lambda item: (-item[1], item[0])) if beside.isdisjoint(pair)
    ][200:2_200:10]
    return ranked[:: max(1, len(ranked) // 800)][:800] + [" ".join(pair) for pair in common]


def questions(terms: list[str]) -> list[Question]:
    return [
        mentions("one term", terms[:1]),
        mentions("twenty terms", terms),
        mentions("rows with a term", terms[:1], where=True),
    ]


def run(settings: Settings) -> Iterator[Outcome]:
    title = f"statements of 260 bytes, {settings.texts:,} rows"
    tables = [("text", title, data.texts(settings.texts), generate.PLANTED)]
    if sentences := data.sentences():
        tables.append(("sentences", "sentences of the UN General Debate, 492,532 rows", sentences, SENTENCE_TERMS))
    for name, title, path, terms in tables:
        outcome = Outcome(name, f"Terms in texts: {title}")
        outcome.notes.append(_clickhouse())
        with loaded(path, TEXT_ENGINES, **{FEW: data.first(path, COMPARED)}) as engines:
            ask(outcome, questions(terms), engines, min(settings.rounds, ROUNDS))
            thousand = lexicon(path)
            kind = "lexicon of 1,000 terms, 200 of them phrases"
            ask(outcome, [mentions(f"{kind}, of {COMPARED:,} rows", thousand, table=FEW)], engines, rounds=1)
            ask_once(outcome, mentions(kind, thousand), engines, LIMIT)
        outcome.notes.append(f"A peer is stopped after {LIMIT} s without an answer.")
        outcome.measurements += _first(path, terms, outcome)
        outcome.measurements += _building(path, terms, outcome)
        yield outcome


def _clickhouse() -> str:
    if CLICKHOUSE not in TEXT_ENGINES:
        return "chdb is not installed in Benchmarks/.venv: ClickHouse is missing."
    return f"ClickHouse is chdb {version('chdb')}."


def _first(path: Path, terms: list[str], outcome: Outcome) -> list[Measurement]:
    """The first query of a process, without an index; Polars keeps none in any case."""
    found = []
    for question in questions(terms)[:2]:
        first = Measurement(f"{question.name}, first query", READOUT, THREADS)
        for _ in range(ROUNDS):
            with Engine(READOUT) as engine:
                engine.load(path)
                reply = engine.query(question)
            first.values.append(reply.seconds)
            first.rows = reply.rows
        known = [each for each in outcome.measurements if each.question == question.name and each.engine == POLARS]
        found += [first, *(Measurement(first.question, POLARS, THREADS, each.values, each.rows) for each in known)]
    return found


def _building(path: Path, terms: list[str], outcome: Outcome) -> list[Measurement]:
    """Bytes of text a second that one thread cuts and numbers, the index's bytes and the texts', and after how many queries of
    twenty terms the index is paid back."""
    speed = Measurement("building the index", READOUT, 1, unit="B/s")
    memory = Measurement("the index's memory", READOUT, 1, unit="B")
    text = Measurement("the texts' memory", READOUT, 1, unit="B")
    twice = Measurement("twenty terms twice, the index built first", READOUT, 1)
    scanned = Measurement("twenty terms twice, no index", READOUT, 1)
    question, scan = mentions("twenty terms", terms), mentions("twenty terms", terms, scan=True)
    for _ in range(ROUNDS):
        with Engine(READOUT, threads=1) as engine:
            engine.load(path)
            before = engine.ask("bytes", columns=["text"]).bytes
            scans = [engine.query(scan).seconds for _ in range(2)]
            first = engine.query(question).seconds
            again = engine.query(question).seconds
            after = engine.ask("bytes", columns=["text"]).bytes
        speed.values.append(before / (first - again))
        memory.values.append(after - before)
        text.values.append(before)
        twice.values.append(first + again)
        scanned.values.append(sum(scans))
    outcome.notes.append(
        f"The index takes {memory.median / text.median:.2f} times the memory of the texts; twenty terms asked twice with building "
        f"it take {twice.median / scanned.median:.2f} times what they take without one."
    )
    return [speed, memory, text, twice, scanned]
