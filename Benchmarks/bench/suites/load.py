"""From a CSV file to a table that is ready for queries, in fresh processes; and the way back."""

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import data
from bench.engine import ENGINES, THREADS, Engine, Reply, loaded
from bench.measure import Measurement, Outcome
from bench.question import Question
from bench.settings import Settings

REPORT_ROWS = 1_000_000
REPORT = Question(
    f"CSV report of {REPORT_ROWS:,} rows",
    {"limit": str(REPORT_ROWS)},
    f"FROM t LIMIT {REPORT_ROWS}",
    f"t.head({REPORT_ROWS})",
)


def run(settings: Settings) -> Iterator[Outcome]:
    rows = settings.rows
    paths = [data.groupby(rows), data.groupby(rows, 5), data.groupby(rows, is_sorted=True), data.statements(rows)]
    outcome = Outcome("load", f"CSV files of {rows:,} rows")
    for path in [*paths, data.sentences()]:
        if path:
            _measure_loading(outcome, path, settings.rounds)
    yield outcome

    written = Outcome("write", "Writing a CSV report")
    with loaded(data.statements(rows)) as engines, TemporaryDirectory() as folder:
        measurements = []
        for engine in engines:
            size = engine.query(REPORT).rows
            measurements.append(Measurement(REPORT.name, engine.name, engine.threads, rows=size))
        for _ in range(settings.rounds):
            for engine, measurement in zip(engines, measurements, strict=True):
                measurement.values.append(engine.write_csv(Path(folder) / "report.csv").seconds)
    written.measurements += measurements
    yield written


def _measure_loading(outcome: Outcome, path: Path, rounds: int) -> None:
    size = path.stat().st_size
    for cache in ("warm", "cold"):
        name = f"{path.stem}, {size / 1e6:,.0f} MB, {cache}"
        times = [Measurement(name, engine, THREADS) for engine in ENGINES]
        peaks = [Measurement(f"{path.stem}, peak memory", engine, THREADS, unit="B") for engine in ENGINES]
        for _ in range(rounds):
            for time, peak in zip(times, peaks, strict=True):
                reply = _loaded_once(time.engine, path, is_cold=cache == "cold")
                time.values.append(reply.seconds)
                time.rows = peak.rows = reply.rows
                peak.values.append(reply.peak)
        outcome.measurements += times
        outcome.measurements += [replace(time, question=f"{name}, bytes a second", unit="B/s", values=[size / value for value in time.values]) for time in times]
        if cache == "warm":
            outcome.measurements += peaks
        print(name, *(f"{each.engine} {each.median:.3f} s" for each in times), flush=True)


def _loaded_once(engine: str, path: Path, *, is_cold: bool) -> Reply:
    _keep_in_cache(path, not is_cold)
    with Engine(engine) as process:
        return process.load(path)


def _keep_in_cache(path: Path, wanted: bool) -> None:
    """Reads the file into the system's cache, or asks the system to drop it from there (`POSIX_FADV_DONTNEED`)."""
    with path.open("rb") as file:
        if wanted:
            while file.read(1 << 24):
                pass
        else:
            os.fsync(file.fileno())
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
