"""How time and memory grow with the rows, the threads and the groups."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import data
from bench.engine import READOUT, THREADS, Engine, loaded
from bench.measure import Measurement, Outcome, ask, thread_dependence, writing
from bench.question import Question
from bench.settings import Settings
from bench.suites.statements import BY_COUNTRY, BY_COUNTRY_AND_MONTH, BY_SPEAKER_AND_TOPIC

BY_KEY = Question(
    "by key",
    {"by": "k", "measure": "v = sum(v)"},
    "SELECT k, sum(v) AS v FROM t GROUP BY k",
    "t.group_by('k').agg(pl.sum('v'))",
)


def run(settings: Settings) -> Iterator[Outcome]:
    yield _by_rows(settings)
    yield _by_groups(settings)


def _powers_of_ten(first: int, last: int) -> list[int]:
    sizes = [first]
    while sizes[-1] < last:
        sizes.append(sizes[-1] * 10)
    return sizes


def _by_rows(settings: Settings) -> Outcome:
    """Time and memory for each row, of Readout alone."""
    outcome = Outcome("scale-rows", "Time and memory a row")
    for rows in _powers_of_ten(100_000, settings.largest):
        for threads in (1, THREADS):
            outcome.measurements += _loading(data.statements(rows), threads, rows, settings.rounds)
        with Engine(READOUT) as readout, TemporaryDirectory() as folder:
            table = readout.load(data.statements(rows))
            name = f"table, {rows:,} rows"
            outcome.measurements.append(Measurement(name, READOUT, THREADS, [table.bytes / rows], rows, "B/row"))
            for question in (BY_COUNTRY, BY_COUNTRY_AND_MONTH, BY_SPEAKER_AND_TOPIC):
                for threads in (1, THREADS):
                    outcome.measurements += _a_row(readout, question, threads, rows, settings.rounds)
                outcome.failures += thread_dependence(writing(readout, question), Path(folder))
    return outcome


def _loading(path: Path, threads: int, rows: int, rounds: int) -> list[Measurement]:
    """Each time in a new process, the file in the system's cache after the first."""
    times = Measurement(f"loading, {rows:,} rows", READOUT, threads, rows=rows, unit="s/row")
    peaks = Measurement(f"loading, {rows:,} rows, peak memory", READOUT, threads, rows=rows, unit="B/row")
    for _ in range(rounds):
        with Engine(READOUT, threads) as readout:
            reply = readout.load(path)
        times.values.append(reply.seconds / rows)
        peaks.values.append(reply.peak / rows)
    print(f"{times.question}, {threads} threads: {times.median * rows:.3f} s", flush=True)
    return [times, peaks]


def _a_row(readout: Engine, question: Question, threads: int, rows: int, rounds: int) -> list[Measurement]:
    readout.forget_peak()
    peak = readout.query(question, threads).peak / rows
    times = [readout.query(question, threads).seconds / rows for _ in range(rounds)]
    name = f"{question.name}, {rows:,} rows"
    return [
        Measurement(name, READOUT, threads, times, rows, "s/row"),
        Measurement(f"{name}, peak memory", READOUT, threads, [peak], rows, "B/row"),
    ]


def _by_groups(settings: Settings) -> Outcome:
    """Time and memory of the sum by an integer key, from one group to as many as there are rows."""
    outcome = Outcome("scale-groups", f"Groups of {settings.rows:,} rows")
    for groups in _powers_of_ten(1, settings.rows):
        question = replace(BY_KEY, name=f"{groups:,} groups")
        with loaded(data.keys(settings.rows, groups)) as engines:
            for engine in engines:
                engine.forget_peak()
                peak = engine.query(question).peak
                name = f"{question.name}, peak memory"
                outcome.measurements.append(Measurement(name, engine.name, THREADS, [peak], groups, "B"))
            ask(outcome, [question], engines, settings.rounds)
    return outcome
