"""The fast reader's proofs: whatever is done to a sheet's XML, it says what the careful reader says, or leaves it to that one."""

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit.errors import FileFault
from audit.ingest.workbooks import careful, fast
from audit.ingest.workbooks.archive import Archive
from audit.ingest.workbooks.cells import as_text
from audit.ingest.workbooks.context import Context
from audit.ingest.workbooks.package import describe
from audit.ingest.workbooks.scanning import tags_of
from audit.ingest.workbooks.sheet import as_rows
from audit.ingest.workbooks.strings import shared_strings
from audit.ingest.workbooks.tags import SHEET, STRINGS, Tag
from audit.ingest.workbooks.texts import number_texts
from audit.ingest.workbooks.wellformed import NotPlainError, are_attributes, is_plain_head
from audit.testing import make_package

HEADER = "".join(f'<c r="{letter}1" t="s"><v>{place}</v></c>' for place, letter in enumerate("ABC"))
STRINGS_PART = (
    "<si><t>Purchase ID</t></si><si><t>Item ID</t></si><si><t>Order date</t></si>"
    '<si><t xml:space="preserve"> a &amp; b </t></si><si><t/></si><si><t> c_x0041_ </t></si>'
)
ROWS = (
    f'<row r="1">{HEADER}</row>'
    '<row r="9"><c r="A9"><v>12.50</v></c><c r="B9" t="s"><v>3</v></c><c r="C9" s="1"><v>46346.5</v></c></row>'
    '<row r="10" hidden="1"><c r="A10" t="b"><v>1</v></c><c r="B10" t="str"><f>A1&amp;"x"</f><v>x</v></c><c r="C10" t="e"><v>#N/A</v></c></row>'
    '\n<row r="11"/><row r="12"><c r="B12" t="inlineStr"><is><t>lamp &lt;1&gt;</t></is></c><c r="C12" s="1"/></row>'
)
TAIL = '</sheetData><mergeCells count="1"><mergeCell ref="A9:B9"/></mergeCells><sheetData>'
BITS = (
    *'<>/"= crvtsif10AZ9-.&\r\n\t\x00é',
    *("<v>", "</v>", "<v/>", "</c>", '<c r="', "</row>", '<row r="9">', "<t>", "</t>", "<is>", "</is>", "<f>", "</f>", "<f/>", "<x/>", "<!--", "-->"),
    *(' s="1"', ' t="s"', ' t="e"', ' hidden="1"', "&amp;", "&#10;", "_x0041_", "1e5", '<t xml:space="preserve">', '<c r="D9"><v>1</v></c>'),
)  # fmt: skip
"""What is put into a sheet at a random place."""


def parts(content):
    """What both readers need of a workbook."""
    archive = Archive("f.xlsx", content)
    package = describe(archive, "xl/workbook.xml")
    return archive, package.sheets[0].part, "Data", Context(archive, package)


def told(read, content):
    """All that a reader makes of a workbook; the fault where it refuses it, None where it leaves it alone."""
    try:
        grid = read(*parts(content))
    except FileFault as fault:
        return str(fault)
    rows = as_rows("f.xlsx", grid) if grid else None
    if rows is None:
        lines = [" ".join(grid.line(place)).rstrip() for place in range(len(grid.numbers))] if grid else []
        return grid and [line for line in lines if line]
    native = {place: list(mask) for place, mask in rows.native.items() if any(mask)}
    return rows.cells.to_dict(), rows.broken, rows.blank, [str(note) for note in rows.notes], native


@st.composite
def damaged(draw, text):
    """A text with one to three pieces put in, taken away, replaced or repeated."""
    for _ in range(draw(st.integers(1, 3))):
        begin = draw(st.integers(0, len(text)))
        end = draw(st.integers(begin, min(len(text), begin + 30)))
        put = draw(st.one_of(st.sampled_from(BITS), st.just(""), st.just(text[begin:end] * 2)))
        text = text[:begin] + put + text[end if put not in BITS else min(end, begin + 1) :]
    return text


@settings(max_examples=400, deadline=None, derandomize=True)
@given(sheet=damaged(ROWS + TAIL))
def test_a_damaged_sheet_is_read_as_the_careful_reader_reads_it(sheet):
    """A tag, letter or attribute too many, too few or in another place never makes the fast reader say something of its own."""
    content = make_package({"Data": sheet.encode("utf-8").decode()}, strings=STRINGS_PART)
    found = told(fast.read_sheet, content)

    assert found is None or told(careful.read_sheet, content) == found


@settings(max_examples=200, deadline=None, derandomize=True)
@given(strings=damaged(STRINGS_PART))
def test_damaged_shared_texts_are_read_as_the_careful_reader_reads_them(strings):
    """Both readers take the same texts for the same numbers, or the workbook is refused."""
    content = make_package({"Data": ROWS}, strings=strings)
    found = told(fast.read_sheet, content)

    assert found is None or told(careful.read_sheet, content) == found


@pytest.mark.parametrize(
    "strings", ["<si ><t>a</t></si><si><t>b</t></si>", "<si><t>a</t></si><si ><t>b</t></si>", "<si><t>a</t></si></sst><sst>"]
)
def test_no_shared_text_is_passed_over(strings):
    """A text whose tag is written otherwise counts like any other; what is no document is refused."""
    content = make_package({"Data": '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'}, strings=strings)
    found = told(fast.read_sheet, content)

    assert found == told(careful.read_sheet, content)
    assert ["a"] == found or "is a broken workbook" in found


def test_the_undamaged_sheet_is_read_fast():
    """What the damage is done to is plain: the tests above compare something."""
    assert told(fast.read_sheet, make_package({"Data": ROWS + TAIL}, strings=STRINGS_PART)) is not None


def is_fast(sheet, **options):
    """Whether a sheet is read the fast way."""
    return fast.read_sheet(*parts(make_package({"Data": sheet}, **options))) is not None


def wide(columns):
    """One row of so many cells."""
    letters = [chr(65 + place) if place < 26 else chr(64 + place // 26) + chr(65 + place % 26) for place in range(columns)]
    return '<row r="1">' + "".join(f'<c r="{column}1"><v>1</v></c>' for column in letters) + "</row>"


def test_plain_sheets_have_at_most_two_hundred_columns():
    """Two hundred columns are read fast, the two hundred and first makes a sheet wide."""
    assert is_fast(wide(200))
    assert not is_fast(wide(201))


def styled(styles):
    """One row of so many cells, each shown with another number of digits."""
    cells = wide(styles).split(' r="')
    return ' r="'.join([*cells[:2], *(cell.replace('"', f'" s="{style}"', 1) for style, cell in enumerate(cells[2:], start=2))])


def test_plain_sheets_have_at_most_a_hundred_ways_to_show_numbers():
    """A hundred different formats are read fast, one more is left to the careful reader."""
    formats = ["0" * digits for digits in range(2, 103)]

    assert is_fast(styled(100), formats=formats)
    assert not is_fast(styled(101), formats=formats)


def test_columns_of_two_letters_follow_those_of_one():
    """Z comes before AA, and no column of three letters is plain."""
    read = fast.read_sheet(*parts(make_package({"Data": wide(28)})))

    assert 28 == len(read.columns)
    assert not is_fast('<row r="1"><c r="AAA1"><v>1</v></c></row>')


def test_a_plain_sheet_has_no_wider_rows_further_down(monkeypatch):
    """A row that is wider than the first batch is left to the careful reader; one that is as wide is not."""
    monkeypatch.setattr(fast, "BATCH", 1)
    monkeypatch.setattr(Archive, "chunks", lambda archive, part, chunks=Archive.chunks: _before_each_row(b"".join(chunks(archive, part))))
    rows = [f'<row r="{number}"><c r="{last}{number}"><v>1</v></c></row>' for number, last in ((1, "B"), (2, "B"), (3, "C"))]

    assert is_fast("".join(rows[:2]))
    assert not is_fast("".join(rows))


def _before_each_row(content):
    """A part's bytes in pieces, the first up to the second row."""
    head, *rows = content.split(b"<row ")
    return [b"<row ".join([head, *rows[:1]]), *(b"<row " + row for row in rows[1:])]


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="A1"><v>1</v></c>',
        '<c r="A1" s="0" t="n" ><v>1</v></c>',
        '<c r="A1" t="str"><f t="shared" ref="A1:A9" si="0">B1+1</f><v>1</v></c>',
        '<c r="A1" t="str"><f t="shared" si="0"/><v>1</v></c>',
        '<c r="A1" t="inlineStr"><is><t xml:space="preserve">a</t></is></c>',
        '<c r="A1"><v/></c>',
        '<c r="A1"><v /></c>',
        '<c r="A1"></c>',
        '<c r="A1" t="s"><v>0</v></c>',
    ],
)
def test_plain_cells(cell):
    """Each of the ways in which programs write a plain cell is read fast."""
    assert is_fast(f'<row r="1">{cell}</row>', strings="<si><t>a</t></si>")


@pytest.mark.parametrize(
    "row",
    [
        '<row r="1"><c r="A1" t="n" t="n"><v>1</v></c></row>',
        '<row r="1"><c r="A1" r="A1"><v>1</v></c></row>',
        '<row r="1" ht="5" ht="6"><c r="A1"><v>1</v></c></row>',
        '<row r="1" 5="5"><c r="A1"><v>1</v></c></row>',
        '<row r="10000000"><c r="A10000000"><v>1</v></c></row>',
        '<row r="1a"><c r="A1a"><v>1</v></c></row>',
        '<row r=""><c r="A"><v>1</v></c></row>',
        '<row r="1"><c r="a1"><v>1</v></c></row>',
        '<row r="1"><c r="A11"><v>1</v></c></row>',
        '<row r="11"><c r="A1"><v>1</v></c></row>',
        '<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c></raw>',
        '<row r="1"><c r="A1"><v>1</v></c> <c r="B1"><v>1</v></c></row>',
        '<row r="1"><c r="A1">1<v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v><v>1</v></c></row>',
        '<row r="1"><c r="A1"><is><v>1</v></is></c></row>',
        '<row r="1"><c r="A1"><f>1</f><f>1</f><v>1</v></c></row>',
        '<row r="1"><c r="A1"><f t="a" t="a">1</f><v>1</v></c></row>',
        '<row r="1"><c r="A1"><f>A&B</f><v>1</v></c></row>',
        '<row r="1"><c r="A1"><f>1</f><is><t>1</t></is></c></row>',
        '<row r="1"><c r="A1"><f>1\r+1</f></c></row>',
        '<row r="1"><c r="A1" t="str"><v>a > b</v></c></row>',
        '<row r="1"><c r="A1" t="str"><v>a\rb</v></c></row>',
        '<row r="1"><c r="A1" t="str"><v>a\x00b</v></c></row>',
        '<row r="1"><c r="A1" t="str"><v>a&#10;b</v></c></row>',
        '<row r="1"><c r="A1" t="inlineStr"><is><t xml:space="default">a</t></is></c></row>',
        '<row r="1"><c r="A1" t="inlineStr"><is><t xml:space="preserve" >a</t></is></c></row>',
        '<row r="1"><c r="A1" t="s"><v>1</v></c></row>',
        '<row r="1"><c r="A1" t="s"><v>-0</v></c></row>',
        '<row r="1"><c r="A1"><v>nan</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c></row>text',
        '<row r="1"><c r="A1"><v>1</v></c></row></sheetData><x><sheetData>',
        '<row r="1"><c r="A1"><v>1</v></c></row></sheetData><c r="A2"><v>1</v></c><sheetData>',
    ],
)
def test_what_is_not_plain(row):
    """What stands otherwise than programs write it is left to the careful reader."""
    assert not is_fast(row, strings="<si><t>a</t></si>")


def test_tags_are_known_by_all_their_letters():
    """A tag is what it is spelled to its end; where it ends itself it is another one."""
    tags = tags_of(b'<row r="1"><c r="A1"/></row>', SHEET)

    assert [Tag.ROW, Tag.CELL_ALONE, Tag.ROW_END] == tags.kinds.tolist()
    assert [0, 11, 22] == tags.begins.tolist()
    assert [11, 22, 28] == tags.ends.tolist()


@pytest.mark.parametrize(
    "text", [b"<si><t>a</t>", b"<t>a</t></si>", b"<si></si>", b"<si><t>a</t></si>b", b"<si><t>a<</t></si>", b"<si><t>\xff</t></si>"]
)
def test_a_piece_that_is_no_list_of_texts_is_not_plain(text):
    """A list begins and ends with whole texts, and holds nothing else."""
    with pytest.raises(NotPlainError):
        tags_of(text, STRINGS)


def test_texts_keep_the_spaces_that_they_are_said_to_keep():
    """Outer spaces go unless the text is marked; inner ones, entities and escapes are what they mean."""
    archive = parts(make_package({"Data": ROWS}, strings=STRINGS_PART))[0]

    assert ["Purchase ID", "Item ID", "Order date", " a & b ", "", "cA"] == shared_strings(archive, "xl/sharedStrings.xml").to_pylist()


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("<is><t>\t a _x0041_\n</t></is>", "a A"),
        ('<is><t xml:space="preserve"> a </t></is>', " a "),
        ("<v> a&amp;b </v>", " a&b "),
        ("<is><t>_x0020_a</t></is>", " a"),
        ("<is><t>  </t></is>", ""),
        ("<is><t></t></is>", ""),
        ("<v>_xD800_</v>", "_xD800_"),
    ],
)
def test_texts_in_cells_keep_the_spaces_that_are_theirs(cell, text):
    """Outer spaces go where nothing says that they belong to the text; those that an escape means stay."""
    sheet = f'<row r="1"><c r="A1" t="inlineStr">{cell}</c><c r="B1"><v>1</v></c></row>'
    content = make_package({"Data": sheet})

    assert [text, "1"] == fast.read_sheet(*parts(content)).line(0)
    assert [text, "1"] == careful.read_sheet(*parts(content)).line(0)


@pytest.mark.parametrize(
    ("head", "plain"),
    [
        (b"<worksheet>", True),
        (b'<?xml version="1.0" encoding="utf-8"?>', True),
        (b"<?xml version='1.0' encoding='UTF-8'?>", True),
        (b'<?xml version="1.0" encoding="utf-80"?>', False),
        (b'<?xml version="1.0" encoding="ISO-8859-1"?>', False),
        (b"<!-- a -->", False),
    ],
)
def test_a_plain_head_leaves_letters_as_they_are(head, plain):
    """Another encoding, a comment or a document type asks for the careful reader."""
    assert plain == is_plain_head(head)


@pytest.mark.parametrize(
    ("written", "sound"),
    [
        (b"", True),
        (b' a="" b:c="1" ', True),
        (b' a="1" a="2"', False),
        (b' r="1"', False),
        (b' a="1"b="2"', False),
        (b" a='1'", False),
        (b' 1="1"', False),
        (b"/", False),
    ],
)
def test_attributes_have_each_its_own_name(written, sound):
    """A tag names an attribute once, and nothing but attributes stands in it."""
    assert sound == are_attributes(written, b"r")


@settings(max_examples=500, deadline=None, derandomize=True)
@given(
    written=st.one_of(
        st.from_regex(r"-?[0-9]{1,18}(\.[0-9]{1,18})?([eE][-+]?[0-9]{1,2})?", fullmatch=True),
        st.floats(allow_nan=False, allow_infinity=False).map(repr),
        st.decimals(-(10**9), 10**9, places=5).map(str),
        st.sampled_from(
            ["0", "-0", "-0.0", "0.001", "0.0001", "0.00001", "999999999.99999", "1000000000.5", "007", "1.50", "999999999999999.9"]
        ),
    )
)
def test_numbers_read_as_their_values_do(written):
    """A number that is kept as it is written is what its value reads as, at 15 digits."""
    assert [as_text(float(written))] == number_texts(pa.array([written], pa.large_string())).to_pylist()
