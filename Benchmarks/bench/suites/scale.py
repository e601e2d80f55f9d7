"""How time and memory grow with the rows, the threads and the groups."""

from collections.abc import Iterator
from contextlib import ExitStack

from bench import data
from bench.engine import ENGINES, READOUT, THREADS, Engine
from bench.measure import Measurement, Outcome
from bench.question import Question
from bench.settings import Settings
from bench.suites.statements import BY_COUNTRY, BY_COUNTRY_AND_MONTH, BY_SPEAKER_AND_TOPIC

BY_KEY = Question(
    "by key", {"by": "k", "measure": "v = sum(v)"}, "SELECT k, sum(v) AS v FROM t GROUP BY k", "t.group_by('k').agg(pl.sum('v'))"
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
        with Engine(READOUT) as readout:
            table = readout.load(data.statements(rows))
            outcome.measurements.append(Measurement("table", READOUT, THREADS, [table.bytes / rows], rows, "B/row"))
            for question in (BY_COUNTRY, BY_COUNTRY_AND_MONTH, BY_SPEAKER_AND_TOPIC):
                for threads in (1, THREADS):
                    time = Measurement(question.name, READOUT, threads, rows=rows, unit="s/row")
                    peak = Measurement(f"{question.name}, peak memory", READOUT, threads, rows=rows, unit="B/row")
                    readout.query(question, threads)
                    readout.forget_peak()
                    for _ in range(settings.rounds):
                        reply = readout.query(question, threads)
                        time.values.append(reply.seconds / rows)
                        peak.values.append(reply.peak / rows)
                    outcome.measurements += [time, peak]
    return outcome


def _by_groups(settings: Settings) -> Outcome:
    """Time and memory of the sum by an integer key, from one group to as many as there are rows."""
    outcome = Outcome("scale-groups", f"Groups of {settings.rows:,} rows")
    for groups in _powers_of_ten(1, settings.rows):
        path = data.keys(settings.rows, groups)
        times = [Measurement(f"{groups:,} groups", name, THREADS, rows=groups) for name in ENGINES]
        peaks = [Measurement(f"{groups:,} groups, peak memory", name, THREADS, rows=groups, unit="B") for name in ENGINES]
        with ExitStack() as stack:
            engines = [stack.enter_context(Engine(name)) for name in ENGINES]
            for engine in engines:
                engine.load(path)
                engine.forget_peak()
                engine.query(BY_KEY)
            for _ in range(settings.rounds):
                for engine, time, peak in zip(engines, times, peaks, strict=True):
                    reply = engine.query(BY_KEY)
                    time.values.append(reply.seconds)
                    peak.values.append(reply.peak)
        outcome.measurements += [*times, *peaks]
        print(f"{groups:,} groups", *(f"{each.engine} {each.median:.3f} s" for each in times), flush=True)
    return outcome
