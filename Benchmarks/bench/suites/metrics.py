"""Metrics in Lua, lifted and in the VM, beside built-ins of Readout and Python functions of the peers (issue 4)."""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl

from bench import data
from bench.compare import difference, differences
from bench.data import ROOT
from bench.engine import DUCKDB, POLARS, READOUT, THREADS, Engine, Failure
from bench.measure import Measurement, Outcome, in_turn, thread_dependence, writing
from bench.question import Question
from bench.settings import Settings

OURS, SHIPPED = ROOT / "plugins", ROOT.parent / "plugins"
STATEMENTS, FEWER, SENTENCES = "t", "fewer", "sentences"
NATIVE, ARROW, NUMPY, MAPPED = "DuckDB native", "DuckDB Arrow", "DuckDB Arrow, numpy", "Polars map_elements"
# The plugins that come with Readout take a second for the sentences.
SLOW_ROUNDS = 3
LIFTED, INTERPRETED = "lifted", "interpreted"


@dataclass(frozen=True)
class Row:
    """A row of the table: a question that calls a metric, or what it is compared with."""

    name: str
    steps: dict[str, str]
    # The metric that the question calls.
    metric: str | None = None
    # How it must run; None is either, and the name then says which.
    runs: str | None = None
    lifts: bool = True
    table: str = STATEMENTS
    folder: Path = OURS
    # The same question with a Python function, by the name of the column.
    peers: dict[str, str] = field(default_factory=dict)

    def question(self, table: str) -> Question:
        request = {"table": table, "plugins": str(self.folder), "lifts": self.lifts}
        return Question(self.name, self.steps, "", None, request=request)


def numeric(function: str, is_vectorised: bool) -> dict[str, str]:
    """The peers' questions: the mean of a function of tone and words."""
    call = f"lambda row: {function}(row['tone'], row['words'])"
    forms = {NATIVE: "native", ARROW: "arrow"} | ({NUMPY: "numpy"} if is_vectorised else {})
    return {
        label: f"SELECT avg({function}_{form}(tone, words)) AS v FROM {FEWER}" for label, form in forms.items()
    } | {
        MAPPED: f"{FEWER}.select(v=pl.struct('tone', 'words').map_elements({call}, return_dtype=pl.Float64).mean())",
    }


def textual(function: str) -> dict[str, str]:
    """The peers' questions: the sum of a function of the text."""
    return {
        NATIVE: f"SELECT sum({function}_native(text))::BIGINT AS v FROM {SENTENCES}",
        ARROW: f"SELECT sum({function}_arrow(text))::BIGINT AS v FROM {SENTENCES}",
        MAPPED: f"{SENTENCES}.select(v=pl.col('text').map_elements({function}, return_dtype=pl.Int64).sum())",
    }


WEIGHTED = {"measure": "v = mean(weighted(tone, words))"}
DAMPED = {"measure": "v = mean(damped(tone, words))"}


def variance(function: str) -> dict[str, str]:
    return {"by": "country", "measure": f"v = {function}(tone)"}


def shipped(metric: str, measure: str) -> list[Row]:
    return [Row(metric, {"measure": f"v = {measure}"}, metric, table=SENTENCES, folder=SHIPPED)]


# Rows of one group are asked in turn and must give the same answer.
GROUPS = [
    [
        Row("number, lifted", WEIGHTED, "weighted", LIFTED, peers=numeric("weighted", is_vectorised=True)),
        Row("number, built-in `if_`", {"measure": "v = mean(if_(tone < 0, tone * 2 + words, tone))"}),
        Row("number, `lifts = false`", WEIGHTED, "weighted", INTERPRETED, lifts=False),
    ],
    [
        Row("number, interpreted", DAMPED, "damped", INTERPRETED, peers=numeric("damped", is_vectorised=False)),
        Row("number, interpreted, `lifts = false`", DAMPED, "damped", INTERPRETED, lifts=False),
    ],
    [
        Row(
            "text, interpreted",
            {"measure": "v = sum(indent(text))"},
            "indent",
            INTERPRETED,
            table=SENTENCES,
            peers=textual("indent"),
        )
    ],
    [
        Row("two dictionary columns", {"measure": "v = sum(pairing(country, topic))"}, "pairing", LIFTED),
        Row(
            "two dictionary columns, `lifts = false`",
            {"measure": "v = sum(pairing(country, topic))"},
            "pairing",
            INTERPRETED,
            lifts=False,
        ),
    ],
    [
        Row("fold by country, lifted", variance("welford"), "welford", LIFTED),
        Row("fold by country, lifted, begun with integers", variance("welford_whole"), "welford_whole", LIFTED),
        Row("fold by country, built-in `variance`", variance("variance")),
        Row("fold by country, `lifts = false`", variance("welford"), "welford", INTERPRETED, lifts=False),
    ],
    shipped("stance", "mean(stance(text, 'disarmament'))"),
    shipped("hedging", "mean(hedging(text))"),
    shipped("tone", "mean(tone(text))"),
    shipped("commitment", "count_if(commitment(text) == 'demand')"),
    [Row("polarisation by country", variance("polarisation"), "polarisation", folder=SHIPPED)],
    [
        Row(
            "salience by country",
            {"by": "country", "measure": "v = salience(if_(tone < 0, words, 0), words)"},
            "salience",
            folder=SHIPPED,
        )
    ],
]


def run(settings: Settings) -> Iterator[Outcome]:
    fewer = settings.rows // 10
    tables = {STATEMENTS: data.statements(settings.rows), FEWER: data.statements(fewer)}
    tables[SENTENCES] = data.sentences() or data.texts(settings.texts)
    title = f"Metrics in Lua, time a row, statements of {settings.rows:,} rows and texts; the peers' Python functions"
    outcome = Outcome("metrics", f"{title} over {fewer:,} of the statements")
    with ExitStack() as stack, TemporaryDirectory() as folder:
        readout, duckdb, polars = (stack.enter_context(Engine(name)) for name in (READOUT, DUCKDB, POLARS))
        rows = {table: readout.load(path, table).rows for table, path in tables.items()}
        for peer in (duckdb, polars):
            for table in (FEWER, SENTENCES):
                peer.load(tables[table], table)
            peer.ask("functions")
        suite = Suite(outcome, readout, {DUCKDB: duckdb, POLARS: polars}, rows, Path(folder), settings.rounds)
        for group in GROUPS:
            suite.measure(group)
    outcome.notes += goals(outcome.measurements)
    yield outcome


@dataclass
class Suite:
    outcome: Outcome
    readout: Engine
    peers: dict[str, Engine]
    # Of each table.
    rows: dict[str, int]
    folder: Path
    rounds: int

    def measure(self, group: list[Row]) -> None:
        measurements: list[Measurement] = []
        tasks: list[Callable[[], float]] = []
        reference: pl.DataFrame | None = None
        for row in group:
            try:
                question, count = row.question(row.table), self.rows[row.table]
                name = self._named(row, question)
                answer = self._answer(question)
                reference = answer if reference is None else reference
                if problem := difference(reference, answer):
                    self._fail(row, problem)
                for problem in thread_dependence(writing(self.readout, question), self.folder):
                    self._fail(row, problem)
            except Failure as problem:
                self._fail(row, str(problem))
                continue
            measurements.append(Measurement(name, READOUT, THREADS, rows=count, unit="s/row"))
            tasks.append(partial(_seconds_a_row, self.readout, question, count))
            for label, asked in self._able_peers(row):
                table = FEWER if row.table == STATEMENTS else row.table
                engine = self._peer(label)
                measurements.append(Measurement(name, label, THREADS, rows=self.rows[table], unit="s/row"))
                tasks.append(partial(_seconds_a_row, engine, asked, self.rows[table]))
        in_turn(measurements, tasks, SLOW_ROUNDS if row.folder == SHIPPED else self.rounds)
        self.outcome.measurements += measurements
        for each in measurements:
            print(f"{each.question}, {each.engine}: {each.median * each.rows * 1e3:.1f} ms, {each.median * 1e9:.2f} ns a row", flush=True)

    def _named(self, row: Row, question: Question) -> str:
        """The row's name; a failure where the metric does not run as it says."""
        if row.metric is None:
            return row.name
        plan = self.readout.plan(question)
        found = re.search(rf"\b{row.metric}(?:: |\(.*\) \[)({LIFTED}|{INTERPRETED})", plan)
        if not found or row.runs not in (None, found[1]):
            raise Failure(f"{row.metric} should be {row.runs or 'in the plan'}: {plan}")
        return row.name if row.runs else f"plugin {row.name}, {found[1]}"

    def _answer(self, question: Question) -> pl.DataFrame:
        path = self.folder / "answer.csv"
        self.readout.query(question)
        self.readout.write_csv(path)
        return pl.read_csv(path)

    def _able_peers(self, row: Row) -> Iterator[tuple[str, Question]]:
        """The peers' questions whose answers are Readout's over the same rows."""
        for label, text in row.peers.items():
            asked = Question(row.name, row.steps, text, text)
            peer = self._peer(label)
            try:
                peer.query(asked)
                self.readout.query(row.question(FEWER if row.table == STATEMENTS else row.table))
                if wrong := differences([peer, self.readout], asked, self.folder):
                    self._fail(row, f"{label}: {wrong[READOUT]}")
                    continue
            except Failure as problem:
                self._fail(row, f"{label}: {problem}")
                continue
            yield label, asked

    def _peer(self, label: str) -> Engine:
        return self.peers[POLARS if label == MAPPED else DUCKDB]

    def _fail(self, row: Row, problem: str) -> None:
        self.outcome.failures.append(f"{row.name}: {' '.join(problem.split())}")
        print(f"metrics: {self.outcome.failures[-1]}", flush=True)


def _seconds_a_row(engine: Engine, question: Question, rows: int) -> float:
    return engine.query(question).seconds / rows


def goals(measurements: list[Measurement]) -> list[str]:
    """What issue 4 asks for, and what was found."""
    found = {(each.question, each.engine): each.median * 1e9 for each in measurements}
    own = {question: value for (question, engine), value in found.items() if engine == READOUT}

    def peer(question: str) -> float:
        """The fastest peer that calls the function for each value."""
        return min(found[question, label] for label in (NATIVE, ARROW, MAPPED))

    def over(first: str, second: str) -> float:
        return own[first] / own[second]

    number, text = "number, interpreted", "text, interpreted"
    fold = "fold by country, lifted"
    checks: list[tuple[str, Callable[[], float], str, float]] = [
        ("lifted number over the built-in", lambda: over("number, lifted", "number, built-in `if_`"), "at most", 1.5),
        ("lifted number, ns", lambda: own["number, lifted"], "at most", 2),
        ("fastest Python call over the lifted number", lambda: peer("number, lifted") / own["number, lifted"], "at least", 50),
        ("interpreted number, ns", lambda: own[number], "at most", 35),
        ("fastest Python call over the interpreted number", lambda: peer(number) / own[number], "at least", 2),
        ("interpreted text, ns", lambda: own[text], "at most", 90),
        ("fastest Python call over the interpreted text", lambda: peer(text) / own[text], "at least", 2),
        ("dictionary columns, ns", lambda: own["two dictionary columns"], "at most", 3),
        ("dictionary columns in the VM, ns", lambda: own["two dictionary columns, `lifts = false`"], "at most", 3),
        ("fold in the VM, ns", lambda: own["fold by country, `lifts = false`"], "at most", 60),
        ("lifted fold over `variance`", lambda: over(fold, "fold by country, built-in `variance`"), "at most", 3),
    ]
    lines = []
    for name, value, bound, limit in checks:
        try:
            measured = value()
        except KeyError:
            lines.append(f"- {name}: not measured")
            continue
        is_met = measured <= limit if bound == "at most" else measured >= limit
        lines.append(f"- {name}: {measured:.3g} ({bound} {limit:g}{'' if is_met else ', missed'})")
    return ["\n".join(lines)]
