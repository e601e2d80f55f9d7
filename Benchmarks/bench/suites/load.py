"""From a CSV file to a table that is ready for queries, in fresh processes; and the way back."""

import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import data
from bench.engine import ENGINES, READOUT, THREADS, Engine, loaded
from bench.measure import Measurement, Outcome, in_turn, thread_dependence, writing
from bench.question import Question
from bench.settings import Settings

EVERYTHING = Question("everything", {}, "FROM t", "t")
REPORT_ROWS = 1_000_000
REPORT = Question(
    f"{REPORT_ROWS:,} rows", {"limit": str(REPORT_ROWS)}, f"FROM t LIMIT {REPORT_ROWS}", f"t.head({REPORT_ROWS})"
)


def run(settings: Settings) -> Iterator[Outcome]:
    yield _reading(settings)
    yield _writing(settings)


def _reading(settings: Settings) -> Outcome:
    rows = settings.rows
    paths = [data.groupby(rows), data.groupby(rows, 5), data.groupby(rows, is_sorted=True), data.statements(rows)]
    if sentences := data.sentences():
        paths.append(sentences)
    outcome = Outcome("load", "Loading CSV files")
    for path in paths:
        for cache in ("warm", "cold"):
            outcome.measurements += reading(path, cache, settings.rounds)
        with TemporaryDirectory() as folder:
            failures = thread_dependence(partial(copying, path), Path(folder))
        outcome.failures += [f"{path.stem}: {failure}" for failure in failures]
    return outcome


def reading(path: Path, cache: str, rounds: int) -> list[Measurement]:
    """Seconds, bytes a second and peak memory; every run in a new process."""
    size = path.stat().st_size
    name = f"{path.stem}, {size / 1e6:,.0f} MB, {cache}"
    seconds = [Measurement(name, engine, THREADS) for engine in ENGINES]
    speeds = [Measurement(f"{name}: speed", engine, THREADS, unit="B/s") for engine in ENGINES]
    peaks = [Measurement(f"{name}: peak memory", engine, THREADS, unit="B") for engine in ENGINES]
    for _ in range(rounds):
        for measurements in zip(seconds, speeds, peaks, strict=True):
            _keep_in_cache(path, cache == "warm")
            with Engine(measurements[0].engine) as engine:
                reply = engine.load(path)
            for measurement, value in zip(measurements, (reply.seconds, size / reply.seconds, reply.peak), strict=True):
                measurement.values.append(value)
                measurement.rows = reply.rows
    print(f"{name}: {', '.join(f'{each.engine} {each.median:.3f} s' for each in seconds)}", flush=True)
    return [*seconds, *speeds, *peaks]


def _keep_in_cache(path: Path, is_wanted: bool) -> None:
    """Reads the file into the system's cache, or asks the system to drop it from there (`POSIX_FADV_DONTNEED`)."""
    with path.open("rb") as file:
        if is_wanted:
            while file.read(1 << 24):
                pass
        else:
            os.fsync(file.fileno())
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def copying(source: Path, threads: int, path: Path) -> None:
    """What a table of the file holds, loaded with so many threads."""
    with Engine(READOUT, threads) as readout:
        readout.load(source)
        writing(readout, EVERYTHING)(threads, path)


def _writing(settings: Settings) -> Outcome:
    outcome = Outcome("write", "Writing a CSV report")
    with loaded(data.statements(settings.rows)) as engines, TemporaryDirectory() as folder:
        outcome.failures += thread_dependence(writing(engines[0], REPORT), Path(folder))
        for engine in engines:
            rows = engine.query(REPORT).rows
            outcome.measurements.append(Measurement(REPORT.name, engine.name, THREADS, rows=rows))
        tasks = [partial(_written, engine, Path(folder) / "report.csv") for engine in engines]
        in_turn(outcome.measurements, tasks, settings.rounds)
    return outcome


def _written(engine: Engine, path: Path) -> float:
    return engine.write_csv(path).seconds
