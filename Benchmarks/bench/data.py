"""Where the measured files are; they are made when they are first asked for."""

import csv
import gzip
import shutil
import sys
from collections.abc import Callable
from itertools import islice
from pathlib import Path

from bench import generate

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "data"
# Material that some machines have beside the repository.
SHARED = ROOT.parents[1] / "shared"


def groupby(rows: int, nulls: int = 0, is_sorted: bool = False) -> Path:
    groups = 100
    name = f"G1_{rows}_{groups}_{nulls}_{int(is_sorted)}.csv"
    return _made(name, lambda path: generate.groupby(path, rows, groups, nulls, is_sorted))


def statements(rows: int) -> Path:
    return _made(f"statements_{rows}.csv", lambda path: generate.statements(path, rows))


def keys(rows: int, groups: int) -> Path:
    return _made(f"keys_{rows}_{groups}.csv", lambda path: generate.keys(path, rows, groups))


def joined(rows: int, small: int, large: int) -> Path:
    return _made(f"joined_{rows}_{small}_{large}.csv", lambda path: generate.joined(path, rows, small, large))


def joinable(rows: int) -> Path:
    return _made(f"joinable_{rows}.csv", lambda path: generate.joinable(path, rows))


def dated(rows: int, countries: int, seed: int) -> Path:
    name = f"dated_{rows}_{countries}_{seed}.csv"
    return _made(name, lambda path: generate.dated(path, rows, countries, seed))


def texts(rows: int) -> Path:
    return _made(f"texts_{rows}.csv", lambda path: generate.texts(path, rows))


def json_lines(rows: int) -> Path:
    return _made(f"statements_{rows}.jsonl", lambda path: generate.json_lines(path, rows))


def gkg(rows: int) -> Path:
    return _made(f"gkg_{rows}.csv", lambda path: generate.gkg(path, rows))


def sentences() -> Path | None:
    """Sentences of the UN General Debate, quoted text; None where they are not at hand."""
    source = SHARED / "data" / "ungdc" / "sentences_1995on.csv.gz"

    def unpack(path: Path) -> None:
        with gzip.open(source) as packed, path.open("wb") as file:
            shutil.copyfileobj(packed, file)

    name = "sentences.csv"
    return _made(name, unpack) if source.exists() or (FOLDER / name).exists() else None


def first(path: Path, rows: int) -> Path:
    """The first rows of a file."""

    def cut(few: Path) -> None:
        with path.open(newline="") as source, few.open("w", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(islice(csv.reader(source), rows + 1))

    return _made(f"{path.stem}_first_{rows}.csv", cut)


def _made(name: str, make: Callable[[Path], None]) -> Path:
    path = FOLDER / name
    if not path.exists():
        print(f"making {name}", file=sys.stderr)
        FOLDER.mkdir(exist_ok=True)
        unfinished = path.with_suffix(".part")
        make(unfinished)
        unfinished.rename(path)
    return path
