"""Random damage on random tables: no row takes another's values, none is lost, and the fast way is the strict way."""

import random
import re
from collections import Counter
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from audit import ingest
from audit.ingest import csvfile
from audit.ingest.dialect import decide
from audit.ingest.encoding import as_utf8
from audit.ingest.lines import Lines, whole_rows
from audit.ingest.parts import cuts, split_part
from audit.ingest.reading import Reading
from audit.ingest.records import split

HEADER = ("purchase_id", "item_id", "ordered_at", "unit_price", "title", "sku", "brand")
WIDTH = len(HEADER)
TOKEN = re.compile(r"r(\d{3})c(\d{2})z")
EXTRAS = ("", "", "", "é à", 'a "b" c', " 12, rue", "x;y", "x,y;z,t,u", "x\ny", "x\n\ny;z\nt", 'x "y"\n"z"; t', "\u2028", "\f", "中文")
DAMAGE = (";", ",", '"', '"', '"', '""', "\n", "\r\n", "\x00", "\udcff", "", "x", " ", '";', ';"')
SEEDS = st.integers(0, 2**32)
ENCODINGS = ("utf-8", "utf-8", "utf-8", "utf-8-sig", "utf-16", "gb18030")


def table(chance):
    """Rows whose cells tell where they belong: first an identifier, then some with what must be quoted, some blank."""
    extras = EXTRAS if chance.random() < 0.5 else EXTRAS[:6]
    blank = chance.choice([0, 0.3])
    return [
        [name(row, 0), *("" if chance.random() < blank else name(row, place) + chance.choice(extras) for place in range(1, WIDTH))]
        for row in range(chance.randint(3, 12))
    ]


def name(row, place):
    """What tells a cell's row and column."""
    return f"r{row:03}c{place:02}z"


def written(row, delimiter, newline, *, quote_all):
    """A row as a proper writer writes it: what holds a delimiter, quote or line break is quoted."""
    special = re.compile(f'[{delimiter}"\r\n]')
    quoted = ['"' + cell.replace('"', '""') + '"' if quote_all or special.search(cell) else cell for cell in row]
    return delimiter.join(quoted) + newline


def file(seed, *, faults_a_row):
    """A file's bytes and text, of rows any of which may be damaged, each at most so many times."""
    chance = random.Random(seed)  # noqa: S311 - damage, no secret
    delimiter, newline = chance.choice(";,\t"), chance.choice(["\n", "\r\n", "\r"])
    quote_all = chance.random() < 0.3
    lines = [written(row, delimiter, newline, quote_all=quote_all) for row in table(chance)]
    joined = -1
    for place in sorted(faults_a_row * chance.sample(range(len(lines)), k=chance.randint(0, len(lines)))):
        if faults_a_row > 1 or place > joined:
            lines[place], kind = damaged(chance, lines[place], newline)
            joined = place + (kind == "join")
    text = written(HEADER, delimiter, newline, quote_all=quote_all) + "".join(lines)
    return encoded(text, chance.choice(ENCODINGS)), text


def damaged(chance, line, newline):
    """A line with something added, lost, overwritten, cut, in another encoding, or joined with the next; and which of these."""
    body = line.removesuffix(newline)
    spots = [place for place, sign in enumerate(body) if sign in ';,\t"\n'] if chance.random() < 0.5 else []
    spot = chance.choice(spots) if spots else chance.randint(0, len(body))
    sign, after = chance.choice(DAMAGE), chance.randint(0, 1)
    made = {
        "add": body[: spot + after] + sign + body[spot + after :] + newline,
        "drop": body[:spot] + body[spot + 1 :] + newline,
        "overwrite": body[:spot] + sign + body[spot + 1 :] + newline,
        "cut": body[:spot] + newline,
        "recode": body.encode("cp1252", "replace").decode("utf-8", "surrogateescape") + newline,
        "join": body + sign,
    }
    kind = chance.choice(["add", *made])
    return made[kind], kind


def encoded(text, encoding):
    """Bytes in an encoding; what stands for a wrong byte becomes one."""
    if encoding == "utf-16":
        return b"\xff\xfe" + text.encode("utf-16-le", "surrogatepass")
    return text.encode(encoding, "surrogateescape")


def tokens(text):
    """How often each cell's name stands in a text."""
    return Counter(found[0] for found in TOKEN.finditer(text))


@settings(max_examples=300, deadline=None, derandomize=True)
@given(SEEDS)
def test_no_row_takes_anothers_values_and_none_is_lost(seed):
    """With one fault a row, whatever a row is accepted with stood in that row and column, and every cell is accounted for."""
    content, text = file(seed, faults_a_row=1)
    rows = csvfile.read("orders.csv", content)
    for row in rows.cells.itertuples(index=False):
        names = {name for cell in row for name in TOKEN.findall(cell)}
        assert len({row for row, _ in names}) <= 1, row
        assert all(int(place) == column for column, cell in enumerate(row) for _, place in TOKEN.findall(cell)), row

    told = Counter()
    for found in (*rows.cells.to_numpy().ravel(), *(fault.line for fault in rows.broken)):
        told += tokens(found)
    assert tokens(text) == told
    places = [*rows.cells.index, *(fault.row for fault in rows.broken)]
    assert len(places) == len(set(places))
    assert set(places) <= set(range(2, 2 + len(places) + rows.blank))


@settings(max_examples=200, deadline=None, derandomize=True)
@given(SEEDS)
def test_the_fast_way_is_the_strict_way(seed):
    """Read all at once or line by line: the same cells, the same refusals, the same row numbers."""
    content, _ = file(seed, faults_a_row=3)
    reading = decide("orders.csv", content)
    body = content[reading.start :]
    part = split_part(body, reading, 2)
    lines = Lines(as_utf8(body, reading.encoding))
    records = list(split(lines, reading, range(len(lines))))

    assert {row: record.cells for row, record in enumerate(records, 2) if record.cells} == {
        row: list(cells) for row, cells in zip(part.cells.index, part.cells.itertuples(index=False), strict=True)
    }
    assert [(row, record.reason, record.text) for row, record in enumerate(records, 2) if record.cells is None] == [
        fault[:3] for fault in part.broken
    ]
    assert (len(records) + 2, sum(record.cells == [] for record in records)) == (part.next_row, part.blank)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(SEEDS, st.integers(2, 400))
def test_parts_put_together_are_the_whole(seed, size):
    """Wherever a file is cut, its parts' rows are those of the file, and no byte is left out."""
    content, _ = file(seed, faults_a_row=3)
    reading = decide("orders.csv", content)
    whole = split_part(content[reading.start :], reading, 2)
    pieces = list(cuts(content, reading, size))
    cells, broken, blank, row = [], [], 0, 2
    for piece in pieces:
        part = split_part(piece, reading, row)
        cells += zip(part.cells.index, part.cells.itertuples(index=False, name=None), strict=True)
        broken += part.broken
        blank, row = blank + part.blank, part.next_row

    assert content[reading.start :] == b"".join(pieces)
    assert list(zip(whole.cells.index, whole.cells.itertuples(index=False, name=None), strict=True)) == cells
    assert (list(whole.broken), whole.blank, whole.next_row) == (broken, blank, row)


@settings(max_examples=25, deadline=None, derandomize=True)
@given(SEEDS)
def test_the_ledger_of_a_damaged_file_adds_up(tmp_path_factory, seed):
    """Accepted, refused, copies and blank rows are all the rows of the file, whatever they hold."""
    path = tmp_path_factory.mktemp("damaged") / "orders.csv"
    path.write_bytes(file(seed, faults_a_row=3)[0])
    rows = csvfile.read("orders.csv", path.read_bytes())
    counted = ingest.read([path], zone=ZoneInfo("Europe/Paris"), as_of=datetime(2026, 11, 23, tzinfo=UTC)).inputs.iloc[0]

    assert len(rows.cells) + rows.lost_rows + rows.blank == counted["rows"]
    assert counted["rows"] == counted["accepted"] + counted["quarantined"] + counted["duplicates"] + counted["blank"]


QUOTED = st.lists(st.sampled_from(['"', ";", '""', "a", '";"', '"a"', '"a";"b"', '";', ';"', "\n", '"\n"']), min_size=1, max_size=8)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.lists(QUOTED.map("".join), min_size=1, max_size=4))
def test_whole_rows_are_rows_by_themselves(texts):
    """Whatever quotes and separators stand in a line, it is taken for one row only if the strict reader takes it for one by itself."""
    reading = Reading("orders.csv", "", "utf-8", ";", 1, header=("a", "b", "c"))
    lines = Lines("\n".join(texts).encode())
    whole = whole_rows(lines, reading)

    for place in range(len(lines)):
        (record,) = split([lines[place]], reading, [0])
        assert not whole[place] or record.cells is not None, lines[place]
