"""An engine in a process of its own, asked line by line."""

import json
import os
import select
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Self

from bench.data import ROOT
from bench.question import Question

READOUT, DUCKDB, POLARS, CLICKHOUSE = "Readout", "DuckDB", "Polars", "ClickHouse"
PEERS = (DUCKDB, POLARS)
ENGINES = (READOUT, *PEERS)
# Text is also asked of ClickHouse, which searches it well, where it is installed.
TEXT_ENGINES = (*ENGINES, CLICKHOUSE) if find_spec("chdb") else ENGINES
THREADS = 2


class Failure(Exception):
    """The engine's own words for what went wrong."""


class TimeLimit(Failure):
    """No answer in the time that it was given. The process has ended."""


@dataclass(frozen=True)
class Reply:
    seconds: float = 0
    rows: int = 0
    bytes: int = 0
    # Bytes of memory held at most, beyond what the process held before its first task.
    peak: int = 0
    # How Readout would run a query.
    plan: str = ""


class Engine:
    def __init__(self, name: str, threads: int = THREADS) -> None:
        self.name = name
        self.threads = threads
        command = (
            [ROOT / ".build" / "release" / "readout-bench"]
            if name == READOUT
            else [sys.executable, "-m", "bench.peer", name.lower(), str(threads)]
        )
        environment = os.environ | {"POLARS_MAX_THREADS": str(threads)}
        self._process = subprocess.Popen(
            command, cwd=ROOT, env=environment, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate()

    def load(self, path: Path, table: str = "t") -> Reply:
        # The peers tell it by the name.
        more = {"format": "gdelt-gkg"} if self.name == READOUT and path.name.startswith("gkg_") else {}
        return self.ask("load", path=str(path), table=table, **more)

    def query(self, question: Question, threads: int | None = None, limit: float | None = None) -> Reply:
        """The answer; after `limit` seconds without one the process is ended."""
        text = {
            READOUT: question.steps,
            DUCKDB: question.sql,
            POLARS: question.polars,
            CLICKHOUSE: question.clickhouse,
        }[self.name]
        more = question.request if self.name == READOUT else {}
        return self.ask("query", query=text, threads=threads or self.threads, limit=limit, **more)

    def plan(self, question: Question) -> str:
        """How Readout would run the question."""
        return self.ask("explain", query=question.steps, **question.request).plan

    def write_csv(self, path: Path) -> Reply:
        return self.ask("answer", path=str(path))

    def write_parquet(self, path: Path) -> None:
        self.ask("parquet", path=str(path))

    def forget_peak(self) -> None:
        self.ask("forget")

    def ask(self, task: str, limit: float | None = None, **more: Any) -> Reply:
        assert self._process.stdin and self._process.stdout
        request = {"task": task, "table": "t", "threads": self.threads} | more
        try:
            self._process.stdin.write(json.dumps(request) + "\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            raise Failure("the process ended before") from None
        # A reply is one line, written at once.
        if limit and not select.select([self._process.stdout], [], [], limit)[0]:
            self._process.kill()
            raise TimeLimit(f"no answer in {limit:.0f} s")
        line = self._process.stdout.readline()
        if not line:
            raise Failure(f"the process ended with status {self._process.wait()}")
        reply = json.loads(line)
        if "error" in reply:
            raise Failure(reply["error"])
        return Reply(**reply)


@contextmanager
def loaded(path: Path, names: tuple[str, ...] = ENGINES, **others: Path) -> Iterator[list[Engine]]:
    """The engines, with the file in memory as the table `t`, and the others by their names."""
    with ExitStack() as stack:
        engines = [stack.enter_context(Engine(name)) for name in names]
        for engine in engines:
            for table, file in {"t": path, **others}.items():
                engine.load(file, table)
        yield engines
