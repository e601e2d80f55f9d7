"""python -m bench.polluted: reads the polluted files of Tests/Polluted with Readout, DuckDB and Polars, each as it comes.

Writes the table of Documentation/polluted-csv.md. A file is

  right    the cells of the table that the list names, and its column names
  told     an error, or (Readout only) another table with a note or a warning about it
  wrong    another table, and not a word

Cells are compared as text, numbers as numbers; a null and an empty text are the same.
"""

import csv
import io
import pathlib
import subprocess

import duckdb
import polars

from bench import results
from bench.data import ROOT

HERE = ROOT.parent / "Tests" / "Polluted"
READOUT = ROOT.parent / ".build" / "release" / "readout"


def cell(value) -> str:
    text = "" if value is None else str(value)
    try:
        return repr(float(text))
    except ValueError:
        return text


def table(rows) -> list:
    return [[cell(value) for value in row] for row in rows]


def with_readout(path):
    done = subprocess.run([READOUT, "query", path, "--format", "csv"], capture_output=True)
    told = done.stderr.decode("utf-8", "replace")
    if done.returncode:
        return None, told
    return table(csv.reader(io.StringIO(done.stdout.decode(), newline=""))), told


def with_duckdb(path):
    try:
        found = duckdb.connect().sql(f"select * from read_csv('{path}')")
        return table([found.columns, *found.fetchall()]), ""
    except duckdb.Error as error:
        return None, str(error)


def with_polars(path):
    try:
        found = polars.read_csv(path)
        return table([found.columns, *found.rows()]), ""
    except (polars.exceptions.PolarsError, OSError, RuntimeError) as error:
        return None, str(error)


ENGINES = {"Readout": with_readout, "DuckDB": with_duckdb, "Polars": with_polars}


def outcome(found, told, expected) -> str:
    if found is None:
        return "told" if told else "wrong"
    # A reader that gives the table of a file to be refused chose one of two readings.
    if expected is not None and found == expected:
        return "right"
    return "told" if told else "wrong"


def cells(found, expected) -> float:
    """The harmonic mean of how many of the cells are right and how many of the right ones are there (F1), places included."""
    if found is None:
        return 0.0
    def places(rows):
        return {(r, c, value) for r, row in enumerate(rows) for c, value in enumerate(row)}
    mine, right = places(found), places(expected)
    return 2 * len(mine & right) / (len(mine) + len(right)) if mine or right else 1.0


def main():
    with open(HERE / "pollutions.csv", encoding="utf-8", newline="") as file:
        pollutions = list(csv.DictReader(file))
    counts = {name: {"right": 0, "told": 0, "wrong": 0} for name in ENGINES}
    scores = {name: [] for name in ENGINES}
    lines = []
    for pollution in pollutions:
        expected = None
        if pollution["expected"] != "refused":
            with open(HERE / "tables" / pollution["expected"], encoding="utf-8", newline="") as file:
                expected = table(csv.reader(file))
        line = [pollution["pollution"], "read" if expected is not None else "refuse"]
        for name, read in ENGINES.items():
            found, told = read(str(HERE / "files" / pollution["file"]))
            result = outcome(found, told, expected)
            counts[name][result] += 1
            if expected is not None:
                scores[name].append(cells(found, expected))
            line.append({"right": "right", "told": "told", "wrong": "**wrong**"}[result])
        lines.append(line)
    def row(values):
        return "| " + " | ".join(values) + " |"
    summary = [
        f"{len(pollutions)} files; DuckDB {duckdb.__version__}, Polars {polars.__version__}; each reader as it comes, without options.", "",
        row(["", *ENGINES]), row(["---", *["---:"] * len(ENGINES)]),
        *(row([label, *(str(counts[name][kind]) for name in ENGINES)]) for kind, label in
          [("right", "right"), ("told", "an error or a note"), ("wrong", "wrong in silence")]),
        row(["cells, of the files to read (F1)", *(f"{sum(scores[n]) / len(scores[n]):.3f}" for n in ENGINES)]),
        "", row(["pollution", "to", *ENGINES]), row(["---"] * (2 + len(ENGINES))), *map(row, ([v.replace("|", "\\|") for v in l] for l in lines)),
    ]
    text = "\n".join(summary) + "\n"
    print(text)
    results.put(ROOT.parent / "Documentation" / "polluted-csv.md", "polluted", text, append=False)


main()
