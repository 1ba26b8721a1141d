"""The CSV gate: dialects, headers, feet, and damage that costs its own row."""

import pytest

from audit.errors import FileFault
from audit.ingest import csvfile
from audit.ingest.dialect import decide
from audit.ingest.lines import LONGEST
from audit.ingest.parts import cut, cuts, split_part

HEADER = "purchase_id;item_id;ordered_at;unit_price;title"
ROWS = "1;11;2026-11-01;5;a\n2;12;2026-11-02;6;b\n3;13;2026-11-03;7;c\n"


def read(text, encoding="utf-8"):
    """The rows of a text under HEADER."""
    return csvfile.read("orders.csv", f"{HEADER}\n{text}".encode(encoding))


def cells(rows):
    """Row number and cells of every row."""
    return [(row, *found) for row, found in zip(rows.cells.index, rows.cells.itertuples(index=False, name=None), strict=True)]


def refused(rows):
    """Row number and reason of every refused row."""
    return [(fault.row, fault.reason) for fault in rows.broken]


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("last", ["", "end"])
def test_delimiters_and_line_ends_change_nothing(delimiter, newline, last):
    """Nor does the line end after the last row, where there is none."""
    text = f"{HEADER}\n{ROWS}".removesuffix("\n" if last else "").replace(";", delimiter).replace("\n", newline)

    assert cells(read(ROWS)) == cells(csvfile.read("orders.csv", text.encode()))


def test_line_ends_may_be_mixed():
    """Each of the three ends a line wherever it stands."""
    text = f"{HEADER}\r\n{ROWS}".replace("a\n", "a\r").replace("b\n", "b\r\n")

    assert cells(read(ROWS)) == cells(csvfile.read("orders.csv", text.encode()))


@pytest.mark.parametrize("sign", ["\f", "\v", "\x1c", "\x85", "\u2028", "\u2029"])
@pytest.mark.parametrize("quote", ["", '"'])
def test_other_signs_end_no_line(sign, quote):
    """A form feed or a line separator is text, in quotes and without."""
    assert [(2, "1", "11", "x", "5", f"a{sign}b")] == cells(read(f"1;11;x;5;{quote}a{sign}b{quote}\n"))


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ('1;11;x;5;"a;b"', "a;b"),
        ('1;11;x;5;"a ""b"" c"', 'a "b" c'),
        ('1;11;x;5;""', ""),
        ('1;11;x;5;""""', '"'),
        ('"1";"11";"x";"5";"a\nb\n\nc;d"', "a\nb\n\nc;d"),
        ('1;11;x;5;"a\r\nb"', "a\nb"),
    ],
)
def test_quoted_cells_hold_anything(line, title):
    """Delimiters, doubled quotes and line breaks; the next row keeps its number."""
    assert [(2, "1", "11", "x", "5", title), (3, "9", "19", "x", "5", "z")] == cells(read(f"{line}\n9;19;x;5;z\n"))


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('4;14;"x;5;d', "unsplit-line"),
        ('4;14;x;5;"d', "unsplit-line"),
        ('4;14;x;5;"d" e', "unsplit-line"),
        ('4;14;x;5;"d \\" e"', "unsplit-line"),
        ('4;14;x;5;d"e', "stray-quote"),
        ('4;14;x;5;d"', "stray-quote"),
        ("4;14;x;5", "unsplit-line"),
        ("4;14;x;5;d;", "unsplit-line"),
        ("4,,14,x,5,", "unsplit-line"),
        ("4;14;x;5;d\x00", "nul-byte"),
        ("Total;;;18;", "totals-line"),
        ("合计;;;18;", "totals-line"),
        ("Total: 18", "totals-line"),
        ("3 record(s) downloaded", "footer-line"),
        ("Seller ID : lumio", "footer-line"),
        ("Exporté le 23/11/2026;;;;", "footer-line"),
        (HEADER, "repeated-header"),
        ("\ufeff" + HEADER, "repeated-header"),
    ],
)
def test_a_faulty_line_costs_itself_alone(line, reason):
    """Wherever it stands, in a file that quotes some cells: it is refused with its reason, and no other row moves."""
    first, second, third = ROWS.splitlines()
    rows = read(f'{first}\n{line}\n{second}\n9;19;x;5;"z;z"\n{third}\n')

    assert [(3, reason)] == refused(rows)
    assert [(2, "1"), (4, "2"), (5, "9"), (6, "3")] == [found[:2] for found in cells(rows)]


def test_inch_marks_are_text_where_a_file_quotes_nothing():
    """A quote within a cell is read as it stands; one that would open a cell is still refused."""
    marked = ROWS.replace(";a", ';24" LED').replace(";b", ';10"').replace(";c", ';17" x 3"')
    rows = read(marked * 2 + '4;14;"x;5;d\n')

    assert ['24" LED', '10"', '17" x 3"'] * 2 == list(rows.cells[4])
    assert [(8, "unsplit-line")] == refused(rows)


def test_a_delimiter_after_every_line_is_an_empty_column():
    """It shifts nothing where the header has it too."""
    content = (HEADER + "\n" + ROWS).replace("\n", ";\n").encode()

    assert [(*found, "") for found in cells(read(ROWS))] == cells(csvfile.read("orders.csv", content))


def test_blank_lines_are_counted_and_keep_their_number():
    """Empty lines, bare delimiters, spaces and empty quotes."""
    rows = read(f'\n;;;;\n \t\n;;\n"";"";;;\n{ROWS}')

    assert (5, [7, 8, 9], []) == (rows.blank, list(rows.cells.index), refused(rows))


@pytest.mark.parametrize("content", [b"", b"\n\n\n", b"\xef\xbb\xbf", b";;;\r\n;;;\r\n", b'"', b"\xff\xfe"])
def test_a_file_without_a_header_is_none(content):
    """Empty, blank, or nothing but a mark."""
    assert csvfile.read("orders.csv", content) is None


@pytest.mark.parametrize("end", ["", "\n", "\n\n"])
def test_a_header_alone_has_no_rows(end):
    """The columns are there, of text."""
    rows = csvfile.read("orders.csv", (HEADER + end).encode())

    assert (0, 5) == rows.cells.shape
    assert {"str"} == set(rows.cells.dtypes.astype(str))


def test_titles_and_blank_lines_above_the_header_are_skipped_and_said():
    """As banks write them: the header below is certain, and rows keep the numbers that a person sees."""
    content = f"Relevé;de ventes\nPériode;01/11;23/11\n\n;;;;\n{HEADER}\n{ROWS}".encode()
    rows = csvfile.read("orders.csv", content)

    assert (5, [6, 7, 8]) == (rows.header_row, list(rows.cells.index))
    assert ["orders.csv: lines skipped above the header in row 5: 2"] == [str(note) for note in rows.notes]


def test_rows_above_the_header_are_never_skipped():
    """What looks like a row up there refuses the file."""
    with pytest.raises(FileFault, match=r"orders.csv: lines that look like rows stand above the header in row 4\."):
        csvfile.read("orders.csv", f"{ROWS}{HEADER}\n".encode())


def test_a_header_of_two_known_names_counts_only_at_the_top():
    """Below other lines it is not certain."""
    assert decide("x.csv", b"purchase_id;foo;unit_price\n") is not None
    assert decide("x.csv", b"A title\npurchase_id;foo;unit_price\n") is None
    assert decide("x.csv", b"A title\npurchase_id;item_id;unit_price\n") is not None


@pytest.mark.parametrize("first", ["sep=,", '"sep=,"', "SEP=,"])
def test_a_sep_line_decides(first):
    """And is no line worth a note."""
    rows = csvfile.read("orders.csv", (first + "\n" + (HEADER + "\n" + ROWS).replace(";", ",")).encode())

    assert (",", [3, 4, 5], ()) == (rows.delimiter, list(rows.cells.index), rows.notes)


def test_a_header_may_span_lines():
    """Spreadsheets break long headers within quotes."""
    content = f'"purchase_id";"item_id";ordered_at;"unit\nprice";title\n{ROWS}'.encode()

    assert [found[1:] for found in cells(read(ROWS))] == [found[1:] for found in cells(csvfile.read("orders.csv", content))]


def test_two_exports_joined_with_their_columns_in_another_order_are_refused():
    """Every row below the second header would be shifted."""
    other = "item_id;purchase_id;ordered_at;unit_price;title"
    with pytest.raises(FileFault, match="a second header has the same columns in another order"):
        read(f"{ROWS}{other}\n14;4;x;5;d\n")


def test_a_quoted_text_that_looks_like_a_row_by_its_delimiters_stays_a_text():
    """Rows are known by how they begin: a sentence with as many delimiters as a row has is none."""
    message = '"Bonjour;\nje voudrais;un;deux;trois;quatre\nmerci"'
    rows = read("".join(f"10000{n};1{n};x;5;a\n" for n in range(9)) + f"100009;19;x;5;{message}\n")

    assert ([], 10) == (refused(rows), len(rows.cells))


def test_a_stray_quote_never_takes_the_next_row():
    """Two stray quotes in the same column of two rows would make one well-formed record of both."""
    rows = read(f'{ROWS}4;"14;x;5;d\n5;15";x;5;e\n6;16;x;5;"f"\n')

    assert [(5, "unsplit-line"), (6, "stray-quote")] == refused(rows)
    assert ["1", "2", "3", "6"] == list(rows.cells[0])


def test_a_wrong_byte_within_a_text_of_several_lines_costs_that_row_once():
    """The record is refused as a whole."""
    rows = csvfile.read("orders.csv", f'{HEADER}\n1;11;é;5;"a\n@\nc"\n{ROWS}'.encode().replace(b"@", b"\xe9"))

    assert ([(2, "undecodable")], [3, 4, 5]) == (refused(rows), list(rows.cells.index))


def test_a_wrong_unit_of_utf_16_costs_its_row():
    """And so does half a unit at the end."""
    text = f"{HEADER}\n{ROWS}4;14;x;5;d\ud83d\n5;15;x;5;e"
    rows = csvfile.read("orders.csv", b"\xff\xfe" + text.encode("utf-16-le", "surrogatepass") + b"\x41")

    assert ([(5, "undecodable"), (6, "undecodable")], [2, 3, 4]) == (refused(rows), list(rows.cells.index))


def test_text_encoded_twice_is_a_note():
    """The rows are read; a person is told."""
    assert ["orders.csv: text such as NumÃ©ro was encoded twice before it was exported"] == [
        str(note) for note in read("1;11;x;5;NumÃ©ro 3\n").notes
    ]


@pytest.mark.parametrize("size", [LONGEST - 100, LONGEST + 100, 5_000_000])
def test_cells_of_megabytes_are_read(size):
    """Whatever the size, a cell is one cell."""
    rows = read(f"1;11;x;5;{'a' * size}\n2;12;x;5;b\n")

    assert [size, 1] == list(rows.cells[4].str.len())


@pytest.mark.parametrize(
    "text",
    [
        "4;14;x;5;" + '"' * 1_000_001 + "\n",
        "4;14;" + ";" * 1_000_000 + "\n",
        '4;14;x;5;"d\n' + "no row\n" * 100_000,
        '4;14;"x;5;d\n' * 50_000,
        '4;14;x;5;"""\n' * 50_001,
    ],
    ids=["a million quotes", "a million delimiters", "one open quote", "every quote open", "every quote doubled"],
)
def test_hostile_lines_take_no_more_than_linear_time(text):
    """Read at all, they are: in quadratic time none of these would end."""
    rows = read(ROWS + text + "9;19;x;5;z\n")

    assert ["1", "2", "3"] == list(rows.cells[0])[:3]
    assert "9" == list(rows.cells[0])[-1]


def test_one_reading_splits_every_part():
    """A part knows neither the file's beginning nor its end; row numbers follow on."""
    content = f"{HEADER}\n{ROWS}".encode()
    reading = decide("orders.csv", content)
    first, second = cuts(content, reading, 21)
    part = split_part(second, reading, 3)

    assert (b"1;11;2026-11-01;5;a\n", b"2;12;2026-11-02;6;b\n3;13;2026-11-03;7;c\n") == (first, second)
    assert ([3, 4], 5, ["b", "c"]) == (list(part.cells.index), part.next_row, list(part.cells[4]))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "gb18030"])
def test_a_cut_never_falls_within_a_quoted_cell(encoding):
    """Every row of the file holds a text of several lines, so that no line begins a row for certain; cuts are found all the same."""
    text = f"{HEADER}\n" + "".join(f'{n};1{n};"x\ny";5;"桌\n\nz"\n' for n in range(3_000))
    content = (b"\xff\xfe" if encoding == "utf-16-le" else b"") + text.encode(encoding)
    reading = decide("orders.csv", content)
    pieces = list(cuts(content, reading, 30_000))

    assert len(pieces) > 1
    assert content[reading.start :] == b"".join(pieces)
    assert 3_000 == sum(len(split_part(piece, reading, 2).cells) for piece in pieces)


def test_a_cut_is_before_the_last_line_that_begins_a_row():
    """At the very size a record ends; one byte less, and the record before ends the part."""
    content = f"{HEADER}\n{ROWS}".encode()
    reading = decide("orders.csv", content)
    row = len("1;11;2026-11-01;5;a\n")

    assert reading.start + row == cut(content, reading, reading.start, 2 * row + 2)
    assert len(content) == cut(content, reading, reading.start, 3 * row)
