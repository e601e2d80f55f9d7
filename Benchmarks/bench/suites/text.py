"""Terms in texts: how often they are mentioned, by country."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from bench import data, generate
from bench.engine import POLARS, READOUT, TEXT_ENGINES, THREADS, Engine, loaded
from bench.measure import Measurement, Outcome, ask
from bench.question import Question
from bench.settings import Settings

SENTENCE_TERMS = [
    "security", "nuclear", "peace", "sanctions", "climate", "terrorism", "sovereignty", "disarmament", "refugees", "genocide",
    "aggression", "deterrence", "armistice", "ceasefire", "pandemic", "debt", "poverty", "hunger", "missiles", "treaty",
]


def mentions(name: str, terms: list[str], where: bool = False) -> Question:
    """Whole words in any case; what lies between the words of a phrase is ignored, the longest term wins."""
    ordered = sorted(terms, key=len, reverse=True)
    pattern = r"(?i)\b(?:" + "|".join(r"\W+".join(term.split()) for term in ordered) + r")\b"
    listed = ", ".join(f"'{term}'" for term in terms)
    escaped = pattern.replace("\\", "\\\\")
    sums = {"n": f"sum(mentions(text, {listed}))"}
    if where:
        return Question(
            name,
            {"where": f"mentions(text, {listed}) > 0", "by": "country", "measure": "n = count()"},
            f"SELECT country, count(*) AS n FROM t WHERE regexp_matches(text, '{pattern}') GROUP BY country",
            f"t.filter(pl.col('text').str.contains(r'{pattern}')).group_by('country').agg(n=pl.len())",
            clickhouse=f"SELECT country, count() AS n FROM t WHERE match(text, '{escaped}') GROUP BY country",
        )
    return Question(
        name,
        {"by": "country", "measure": f"n = {sums['n']}"},
        f"SELECT country, sum(len(regexp_extract_all(text, '{pattern}')))::BIGINT AS n FROM t GROUP BY country",
        f"t.group_by('country').agg(n=pl.col('text').str.count_matches(r'{pattern}').cast(pl.Int64).sum())",
        clickhouse=f"SELECT country, sum(countMatches(text, '{escaped}'))::Int64 AS n FROM t GROUP BY country",
    )


def lexicon(path: Path) -> list[str]:
    """A thousand terms of the table's own words: 800 words from the 100th commonest on, 200 phrases of two."""
    words: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    with path.open(newline="") as file:
        for number, row in enumerate(csv.DictReader(file)):
            if number == 50_000:
                break
            found = re.findall("[a-z]+", row["text"].lower())
            words.update(found)
            pairs.update(zip(found, found[1:]))
    ranked = [word for word, _ in sorted(words.items(), key=lambda item: (-item[1], item[0]))][100:20_000]
    common = sorted(pairs.items(), key=lambda item: (-item[1], item[0]))[200:2_200:10]
    return ranked[:: max(1, len(ranked) // 800)][:800] + [" ".join(pair) for pair, _ in common]


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
        with loaded(path, TEXT_ENGINES) as engines:
            ask(outcome, questions(terms), engines, settings.rounds)
            # Peers need seconds to minutes for this one.
            long = mentions("lexicon of 1,000 terms, 200 of them phrases", lexicon(path))
            ask(outcome, [long], engines, rounds=1)
        outcome.measurements += _first(path, terms, outcome, settings.rounds)
        outcome.measurements += _building(path, terms, settings.rounds)
        yield outcome


def _first(path: Path, terms: list[str], outcome: Outcome, rounds: int) -> list[Measurement]:
    """The first query of a process, without an index; Polars keeps none in any case."""
    found = []
    for question in questions(terms)[:2]:
        first = Measurement(f"{question.name}, first query", READOUT, THREADS)
        for _ in range(rounds):
            with Engine(READOUT) as engine:
                engine.load(path)
                reply = engine.query(question)
            first.values.append(reply.seconds)
            first.rows = reply.rows
        known = [each for each in outcome.measurements if each.question == question.name and each.engine == POLARS]
        found += [first, *(Measurement(first.question, POLARS, THREADS, each.values, each.rows) for each in known)]
    return found


def _building(path: Path, terms: list[str], rounds: int) -> list[Measurement]:
    """Bytes of text a second that one thread cuts and numbers, and the index's bytes for each byte of text."""
    speed = Measurement("building the index, one thread", READOUT, 1, unit="B/s")
    memory = Measurement("the index's memory", READOUT, 1, unit="B")
    text = Measurement("the texts' memory", READOUT, 1, unit="B")
    question = mentions("twenty terms", terms)
    for _ in range(rounds):
        with Engine(READOUT, threads=1) as engine:
            engine.load(path)
            before = engine.ask("bytes", columns=["text"]).bytes
            first = engine.query(question).seconds
            again = engine.query(question).seconds
            after = engine.ask("bytes", columns=["text"]).bytes
        speed.values.append(before / (first - again))
        memory.values.append(after - before)
        text.values.append(before)
    return [speed, memory, text]
