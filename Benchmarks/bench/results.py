"""Results as a CSV file and as tables in Markdown."""

import csv
import os
import re
import statistics
from datetime import date
from importlib.metadata import version
from pathlib import Path

from bench.data import ROOT
from bench.engine import PEERS, READOUT, TEXT_ENGINES, THREADS
from bench.measure import Measurement, Outcome

COLUMNS = ["suite", "question", "engine", "threads", "unit", "median", "min", "max", "runs", "rows", "ratio"]
# Runs of an engine that was stopped: its times are what it had, not what it needs.
STOPPED = "stopped"
SPEED = "B/s"
# How a unit of the measurements is shown, and by what they are multiplied for that.
UNITS = {"s": ("ms", 1e3), "B": ("MB", 1e-6), SPEED: ("GB/s", 1e-9), "B/row": ("B/row", 1), "s/row": ("ns/row", 1e9)}


def ratio(measurements: list[Measurement]) -> float | None:
    """How many times better Readout's median is than the best peer's; None where one of them is missing."""
    medians = {each.engine: each.median for each in measurements}
    own = medians.pop(READOUT, None)
    if not own or not medians:
        return None
    return own / max(medians.values()) if measurements[0].unit == SPEED else min(medians.values()) / own


def by_question(measurements: list[Measurement]) -> dict[tuple[str, str, int], list[Measurement]]:
    """The engines' measurements of one thing together, in the order of their coming."""
    groups: dict[tuple[str, str, int], list[Measurement]] = {}
    for each in measurements:
        groups.setdefault((each.question, each.unit, each.threads), []).append(each)
    return groups


def write_csv(outcome: Outcome, path: Path = ROOT / "results.csv") -> None:
    """Replaces the lines of the suite."""
    lines: list[dict[str, object]] = []
    if path.exists():
        with path.open(newline="") as file:
            lines = [line for line in csv.DictReader(file) if line["suite"] != outcome.name]
    for group in by_question(outcome.measurements).values():
        best = ratio(group)
        for each in group:
            values = [each.median, min(each.values), max(each.values)]
            shown = [f"{value:.6g}" for value in values]
            won = f"{best:.3f}" if best and each.engine == READOUT else ""
            head = [outcome.name, each.question, each.engine, each.threads, each.unit]
            runs = STOPPED if each.is_stopped else len(each.values)
            line = [*head, *shown, runs, each.rows, won]
            lines.append(dict(zip(COLUMNS, line, strict=True)))
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(lines)


def markdown(outcome: Outcome) -> str:
    """A table of the medians with its circumstances, and where Readout loses."""
    present = dict.fromkeys(each.engine for each in outcome.measurements)
    engines = [name for name in TEXT_ENGINES if name in present]
    engines += [name for name in present if name not in engines]
    against = len(engines) > 1
    head = ["", "rows", *engines, *(["times better"] if against else [])]
    lines = [_line(head), _line(["---"] + ["---:"] * (len(head) - 1))]
    ratios: dict[str, float] = {}
    lost: list[str] = []
    for (question, unit, threads), group in by_question(outcome.measurements).items():
        medians = {each.engine: _shown(each) for each in group}
        name = question if threads == THREADS else f"{question}, {threads} thread"
        best = ratio(group)
        if best and unit == "s":
            ratios[name] = best
            if best < 1:
                lost.append(f"{name} ({best:.2f})")
        elif READOUT not in medians:
            lost.append(f"{name} (no answer)")
        cells = [name, f"{group[0].rows:,}", *(medians.get(engine, "–") for engine in engines)]
        # Where the best peer was stopped it would have been worse.
        least = min((each for each in group if each.engine != READOUT), key=lambda each: each.median, default=None)
        more = "> " if least and least.is_stopped else ""
        lines.append(_line(cells + ([f"{more}{best:.2f}" if best else "–"] if against else [])))
    paragraphs = [f"**{outcome.title}.** {circumstances()}", "\n".join(lines)]
    if ratios:
        mean = statistics.geometric_mean(ratios.values())
        paragraphs.append(
            f"Geometric mean of the faster peer's time over Readout's: **{mean:.2f}**. "
            + (f"Readout loses: {', '.join(lost)}." if lost else "Readout loses nowhere.")
        )
    paragraphs += outcome.notes + [f"Failed: {failure}." for failure in outcome.failures]
    return "\n\n".join(paragraphs) + "\n"


def circumstances() -> str:
    model = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text())
    memory = re.search(r"MemTotal:\s*(\d+)", Path("/proc/meminfo").read_text())
    assert model and memory, "the machine is read from /proc, as Linux writes it"
    machine = f"{model[1]}, {os.cpu_count()} cores, {int(memory[1]) / 2**20:.0f} GB"
    versions = ", ".join(f"{name} {version(name.lower())}" for name in PEERS)
    return f"{date.today()}, {machine}, {THREADS} threads; {versions}."


def put(path: Path, name: str, text: str, *, append: bool) -> None:
    """Puts the text between the file's markers of that name; without them behind everything, or not at all."""
    begin, end = f"<!-- benchmarks:{name} begin -->", f"<!-- benchmarks:{name} end -->"
    old = path.read_text() if path.exists() else ""
    if begin in old:
        before, rest = old.split(begin, 1)
        path.write_text(before + begin + "\n" + text + end + rest.split(end, 1)[1])
    elif append:
        path.write_text((old + "\n" if old else "") + f"{begin}\n{text}{end}\n")


def _shown(measurement: Measurement) -> str:
    unit, factor = UNITS[measurement.unit]
    value = measurement.median * factor
    more = "> " if measurement.is_stopped else ""
    return f"{more}{value:,.0f} {unit}" if value >= 1000 else f"{more}{value:.3g} {unit}"


def _line(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"
