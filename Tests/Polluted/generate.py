"""Writes the polluted files and their list, pollutions.csv: one clean table, spoilt in one way at a time.

The kinds are those of Pollock (Vitagliano et al., VLDB 2023): what a survey of CSV files in the wild found wrong with them.
Each file stands in the list with what it has and what a reader may make of it:

  right    the clean table, cell by cell
  FILE     the table of another file, where the pollution changes what is said (a row is gone, a name is another)
  refused  nothing: the file says two things, and whoever reads one of them says something that is not there
"""

import csv
import pathlib

HERE = pathlib.Path(__file__).parent
HEADER = ["date", "country", "speaker", "topic", "tone", "words", "text"]
ROWS = [
    ["2025-11-04", "KOR", "Ahn Gyu-back", "OPCON", "0.5", "12", "We agreed, in principle, on the roadmap"],
    ["2025-11-04", "USA", "Pete Hegseth", "OPCON", "0.25", "9", "It is great; conditions stay"],
    ["2025-11-05", "PRK", "", "arms", "-1.5", "31", "They call it \"peace\" and mean war"],
    ["2025-11-07", "KOR", "Müller-Kim", "deterrence", "", "17", "Zusage \u2013 für 한국"],
    ["2025-11-09", "JPN", "Nakatani", "OPCON", "0.125", "8", "no comment"],
    ["2025-11-12", "KOR", "Lee Jae-myung", "budget", "1.5", "1234", "Two lines\nof text"],
    ["2025-11-15", "USA", "Brunson", "arms", "-0.75", "22", "fine"],
    ["2025-11-18", "PRK", "Kim", "arms", "-2.5", "5", "a | b \t c"],
    ["2025-11-20", "KOR", "Cho", "OPCON", "0.5", "40", "it's 5' long, the 'plan'"],
    ["2025-11-21", "USA", "Brunson", "OPCON", "2.25", "7", "on track"],
]
PLAIN = [[*row[:6], row[6].replace("\n", " ").replace(",", "").replace(";", "").replace("\"", "").replace("|", "")
          .replace("\t", " ").replace("'", "")] for row in ROWS]
# Without characters beyond ASCII, quotes, or anything else that a pollution would trip over twice.
ASCII = [[cell.encode("ascii", "ignore").decode() for cell in row] for row in PLAIN]

listed = []


def text(rows, header=HEADER, delimiter=",", quote='"', end="\n", always=False):
    """The table as delimited text; `quote` None writes fields as they are."""
    def field(value):
        if quote and (always or any(c in value for c in (delimiter, quote, "\n", "\r"))):
            return quote + value.replace(quote, quote * 2) + quote
        return value
    return "".join(delimiter.join(map(field, row)) + end for row in ([header] if header else []) + rows)


def file(name, kind, content, expected="right", encoding="utf-8"):
    """A file and its line of the list; `expected` is right, refused, or the rows (with their header) that are right."""
    data = content if isinstance(content, bytes) else content.encode(encoding)
    (HERE / "files" / name).write_bytes(data)
    if not isinstance(expected, str):
        (HERE / "tables" / name).write_text(text(expected[1:], expected[0]), encoding="utf-8", newline="")
        expected = name
    listed.append([name, kind, expected])


def main():
    for folder in ("files", "tables"):
        (HERE / folder).mkdir(exist_ok=True)
        for old in (HERE / folder).iterdir():
            old.unlink()
    (HERE / "tables" / "right").write_text(text(ROWS), encoding="utf-8", newline="")
    plain, ascii_only = [HEADER, *PLAIN], [HEADER, *ASCII]
    lines = text(ASCII).splitlines(keepends=True)

    file("clean.csv", "none", text(ROWS))
    # Delimiters.
    file("semicolon.csv", "delimiter ;", text(ROWS, delimiter=";"))
    file("tab.csv", "delimiter tab", text(ROWS, delimiter="\t"))
    file("bar.csv", "delimiter |", text(ROWS, delimiter="|"))
    file("colon.csv", "delimiter :", text(ROWS, delimiter=":"))
    file("caret.csv", "delimiter ^", text(ROWS, delimiter="^"))
    file("tilde.csv", "delimiter ~", text(ROWS, delimiter="~"))
    file("comma-blank.csv", "delimiter , and a blank", text(ASCII, [*HEADER], delimiter=", "), ascii_only)
    file("two-bars.csv", "delimiter ||", text(ASCII, delimiter="||"), ascii_only)
    file("sep-line.csv", "a line sep=; in front", "sep=;\n" + text(ROWS, delimiter=";"))
    # Quotes.
    file("all-quoted.csv", "every field quoted", text(ROWS, always=True))
    file("single-quotes.csv", "quote '", text(ROWS, quote="'"))
    file("single-quotes-semicolon.csv", "quote ', delimiter ;", text(ROWS, delimiter=";", quote="'", always=True))
    file("backslash.csv", "quotes escaped by a backslash",
         text(ROWS, always=True).replace('""peace""', '\\"peace\\"'))
    file("bare-quotes.csv", "quotes inside fields without quotes",
         text([[*r[:6], r[6].replace("fine", "5\" of \"rain\"")] for r in ASCII], quote=None),
         [HEADER, *[[*r[:6], r[6].replace("fine", "5\" of \"rain\"")] for r in ASCII]])
    file("unescaped.csv", "quotes not doubled inside quotes", text(ROWS).replace('""', '"'), "refused")
    file("unclosed.csv", "a quote that is never closed",
         text(ASCII).replace("no comment", "\"no comment"), "refused")
    file("blank-before-quote.csv", "a blank between delimiter and quote",
         text(ASCII, always=True).replace(",", ", "), ascii_only)
    file("typographic.csv", "typographic quotes", text(ASCII).replace("fine", "\u201cfine\u201d"),
         [HEADER, *[[*r[:6], r[6].replace("fine", "\u201cfine\u201d")] for r in ASCII]])
    # Line ends.
    file("crlf.csv", "CRLF", text(ROWS, end="\r\n"))
    file("cr.csv", "CR", text(PLAIN, end="\r"), plain)
    file("cr-quoted-lf.csv", "CR, and LF in a quoted field", text(ROWS, end="\r"))
    file("mixed-crlf-lf.csv", "CRLF and LF", "".join(
        line if i % 2 else line.replace("\n", "\r\n") for i, line in enumerate(lines)), ascii_only)
    file("mixed-cr-lf.csv", "CR and LF", "".join(
        line if i % 3 else line.replace("\n", "\r") for i, line in enumerate(lines)), ascii_only)
    file("no-last-end.csv", "no line end at the end", text(ROWS).rstrip("\n"))
    file("blank-lines.csv", "empty lines between and behind", "".join(line + "\n" * (i % 3) for i, line in
         enumerate(lines)) + "\n\n", ascii_only)
    file("blank-first.csv", "empty lines in front", "\n\n" + text(ROWS))
    # Headers.
    file("no-header.csv", "no header", text(ROWS, header=None), "refused")
    file("duplicate-names.csv", "two columns of one name", text(ASCII, [*HEADER[:5], "tone", HEADER[6]]), "refused")
    file("empty-name.csv", "a column without a name", text(ROWS, [*HEADER[:5], "", HEADER[6]]), "refused")
    file("padded-names.csv", "blanks around names", text(ROWS, [f" {name} " for name in HEADER]))
    file("two-header-lines.csv", "a line of units below the header",
         text([["day", "code", "name", "word", "score", "count", "free"], *ASCII]), "refused")
    file("long-name.csv", "a name with a line end", text(ASCII, [*HEADER[:6], "text\n(English)"]),
         [[*HEADER[:6], "text\n(English)"], *ASCII])
    file("short-header.csv", "one name less than columns", text(ASCII, HEADER[1:]), "refused")
    # Preambles and footers.
    file("title.csv", "a title above the header", "Statements on OPCON\n" + text(ROWS))
    file("preamble.csv", "title, source and an empty line above the header",
         "Statements on OPCON\nSource: press, own coding\n\n" + text(ROWS))
    file("comments.csv", "comments above the header", "# Statements\n# coded by hand\n" + text(ROWS))
    file("footnote.csv", "a note below the rows", text(ASCII) + "Source: press\n", "refused")
    file("total.csv", "a line of totals below the rows", text(ASCII) + ",,,,,1385,\n",
         [HEADER, *ASCII, ["", "", "", "", "", "1385", ""]])
    file("two-tables.csv", "a second table below", text(ASCII) + "\ncountry,n\nKOR,4\nUSA,3\n", "refused")
    # Rows.
    file("short-row.csv", "a row with a field less", text(ASCII).replace(",no comment", ""), "refused")
    file("long-row.csv", "a row with a field more", text(ASCII).replace("no comment", "no,comment"), "refused")
    file("many-short.csv", "a third of the rows end early", "".join(
        line if i == 0 or i % 3 else ",".join(line.split(",")[:5]) + "\n" for i, line in enumerate(lines)), "refused")
    file("delimiter-at-end.csv", "a delimiter at the end of every row but the header",
         "".join(line if i == 0 else line.replace("\n", ",\n") for i, line in enumerate(lines)), "refused")
    file("delimiter-at-all-ends.csv", "a delimiter at the end of every line",
         "".join(line.replace("\n", ",\n") for line in lines), [[*HEADER, ""], *[[*row, ""] for row in ASCII]])
    file("empty-rows.csv", "rows of delimiters alone", text(ASCII) + ",,,,,,\n",
         [HEADER, *ASCII, [""] * 7])
    # Values.
    file("thousands.csv", "separators of thousands", text([[*r[:5], f"{int(r[5]):,}", r[6]] for r in ROWS]),
         [HEADER, *[[*r[:5], f"{int(r[5]):,}", r[6]] for r in ROWS]])
    german = [[r[0], *r[1:4], r[4].replace(".", ","), *r[5:]] for r in ROWS]
    file("decimal-comma.csv", "decimal commas", text(german, delimiter=";"), [HEADER, *german])
    file("na.csv", "NA, n/a and - for nothing", text([[*r[:4], r[4] or "n/a", *r[5:]] for r in ROWS]),
         [HEADER, *[[*r[:4], r[4] or "n/a", *r[5:]] for r in ROWS]])
    # Encodings.
    file("mark.csv", "a byte order mark", text(ROWS), encoding="utf-8-sig")
    file("utf16.csv", "UTF-16 with a mark", text(ROWS), encoding="utf-16")
    file("utf16le.csv", "UTF-16 without a mark", text(ROWS), encoding="utf-16-le")
    western = [[cell.replace("한국", "Korea") for cell in row] for row in ROWS]
    file("windows.csv", "Windows-1252", text(western), [HEADER, *western], encoding="cp1252")
    mixed = text(ROWS).encode().replace("Müller".encode(), "Müller".encode("cp1252"))
    file("mixed-encodings.csv", "UTF-8, and a line in Windows-1252", mixed, "refused")
    file("nul.csv", "NUL bytes", text(ASCII).replace("fine", "fi\0ne").encode(), "refused")
    file("cut-utf8.csv", "cut off within a character", text(ROWS[:4]).encode()[:-3], "refused")
    file("cut-utf16.csv", "UTF-16 with an odd byte", text(ROWS).encode("utf-16")[:-1], "refused")
    # Sizes.
    file("header-only.csv", "a header and no rows", text([]), [HEADER])
    file("empty.csv", "nothing at all", "", "refused")
    file("mark-only.csv", "a byte order mark and nothing else", b"\xef\xbb\xbf", "refused")
    file("one-line-end.csv", "a line end and nothing else", "\n", "refused")

    with open(HERE / "pollutions.csv", "w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(["file", "pollution", "expected"])
        writer.writerows(listed)


main()
