"""Engines in turn, several rounds, and what came of it."""

import filecmp
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.compare import differences
from bench.engine import POLARS, READOUT, Engine, Failure, TimeLimit
from bench.question import Question

THREADS_TRIED = (1, 2, 8)
# Seconds of running after which no more rounds are added to those that were asked for.
ENOUGH = 2


@dataclass
class Measurement:
    """What one engine needed for one question, run by run: seconds, or bytes of memory."""

    question: str
    engine: str
    threads: int
    values: list[float] = field(default_factory=list)
    rows: int = 0
    unit: str = "s"
    # Whether the engine was stopped: then it needs more than the value.
    is_stopped: bool = False

    @property
    def median(self) -> float:
        return statistics.median(self.values)


@dataclass
class Outcome:
    """What a suite found."""

    name: str
    title: str
    measurements: list[Measurement] = field(default_factory=list)
    # Wrong answers, errors, answers that depend on the number of threads.
    failures: list[str] = field(default_factory=list)
    # Sentences that stand under the table.
    notes: list[str] = field(default_factory=list)


def in_turn(measurements: Sequence[Measurement], tasks: Sequence[Callable[[], float]], rounds: int) -> None:
    """Runs the tasks one behind the other, and that so many times; short ones more often, as they scatter more."""
    spent = 0.0
    for round in range(5 * rounds):
        if round >= rounds and spent >= ENOUGH:
            break
        for measurement, task in zip(measurements, tasks, strict=True):
            measurement.values.append(task())
            spent += measurement.values[-1]


def ask(outcome: Outcome, questions: list[Question], engines: list[Engine], rounds: int) -> None:
    """Asks every engine every question: a warm-up whose answers are compared, then the rounds that count."""
    with TemporaryDirectory() as folder:
        for question in questions:
            able, failures = _warmed_up(question, engines, Path(folder))
            outcome.failures += [f"{question.name}: {failure}" for failure in failures]
            measurements = [Measurement(question.name, engine.name, engine.threads, rows=rows) for engine, rows in able]
            tasks = [partial(_seconds, engine, question) for engine, _ in able]
            in_turn(measurements, tasks, rounds)
            outcome.measurements += measurements
            shown = [f"{each.engine} {each.median * 1000:.1f} ms" for each in measurements]
            print(f"{outcome.name}, {question.name}: {', '.join(shown + failures)}", flush=True)


def ask_once(outcome: Outcome, question: Question, engines: list[Engine], limit: float) -> None:
    """Asks every engine once, for `limit` seconds at most; the answers are not compared. Engines that are stopped are gone."""
    shown = []
    for engine in engines:
        measurement = Measurement(question.name, engine.name, engine.threads)
        try:
            reply = engine.query(question, limit=limit)
            measurement.values.append(reply.seconds)
            measurement.rows = reply.rows
        except TimeLimit:
            measurement.values.append(limit)
            measurement.is_stopped = True
        except Failure as problem:
            outcome.failures.append(f"{question.name}: {engine.name}: {' '.join(str(problem).split())}")
            continue
        outcome.measurements.append(measurement)
        shown.append(f"{engine.name} {'> ' * measurement.is_stopped}{measurement.median * 1000:.1f} ms")
    print(f"{outcome.name}, {question.name}: {', '.join(shown)}", flush=True)


def _seconds(engine: Engine, question: Question) -> float:
    return engine.query(question).seconds


def _warmed_up(question: Question, engines: list[Engine], folder: Path) -> tuple[list[tuple[Engine, int]], list[str]]:
    """The engines that answered rightly with the rows they gave, and what was wrong."""
    able: list[tuple[Engine, int]] = []
    failures: list[str] = []
    for engine in engines:
        if engine.name == POLARS and question.polars is None:
            continue
        try:
            able.append((engine, engine.query(question).rows))
        except Failure as problem:
            failures.append(f"{engine.name}: {' '.join(str(problem).split())}")
    wrong = differences([engine for engine, _ in able], question, folder)
    failures += [f"{name}: {problem}" for name, problem in wrong.items()]
    for engine, _ in able:
        if engine.name == READOUT:
            failures += thread_dependence(writing(engine, question), folder)
    return [(engine, rows) for engine, rows in able if engine.name not in wrong], failures


def thread_dependence(write: Callable[[int, Path], None], folder: Path) -> list[str]:
    """What to say where `write`, given a number of threads, does not write the same bytes with all numbers."""
    paths = []
    for threads in THREADS_TRIED:
        paths.append(folder / f"{threads}.csv")
        write(threads, paths[-1])
    return [
        f"{READOUT}: other bytes with {path.stem} threads than with {paths[0].stem}"
        for path in paths[1:]
        if not filecmp.cmp(paths[0], path, shallow=False)
    ]


def writing(readout: Engine, question: Question) -> Callable[[int, Path], None]:
    """Asks the question on so many threads and writes the answer."""

    def write(threads: int, path: Path) -> None:
        readout.query(question, threads)
        readout.write_csv(path)

    return write
