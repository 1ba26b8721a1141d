"""Bombs, lies and broken files: refused by name, reason and remedy, within little memory, and never the end of the run."""

import io
import json
import struct
import subprocess
import sys
import warnings
import zipfile

import pytest
import xlsxwriter

from audit.errors import FileFault
from audit.ingest import workbooks
from audit.testing import make_package

HEADER = ("Purchase ID", "Item ID", "Order date", "Unit price")
ROW = ("943000001", "1510000001", "2026-11-20", "12.50")
DOCUMENT_TYPE = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
SAVE = "Open it in a spreadsheet program and save it as .xlsx or CSV."
AGAIN = "Export or download it again."
ODD = f"is built as no spreadsheet program builds a workbook. {SAVE}"
BROKEN = f"is a broken workbook: its archive can't be unpacked. {AGAIN}"
TYPED = f"holds a document type, which no workbook needs. {SAVE}"
PROTECTED = "is protected by a password. Open it with its password, remove that, and save it again."
FAR = "holds a cell far away from its table: column {}, row {} of the sheet {}. Delete the rows and columns beyond the table, and save it again."
SHEET = "xl/worksheets/sheet1.xml"


def inline(text):
    """A cell without a reference that holds its own text."""
    return f'<c t="inlineStr"><is><t>{text}</t></is></c>'


TABLE = "".join(f"<row>{''.join(map(inline, cells))}</row>" for cells in (HEADER, ROW))


def plain():
    """A workbook that nothing is wrong with."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet("Data")
        for number in range(200):
            sheet.write_row(number, 0, ROW if number else HEADER)
    return buffer.getvalue()


def with_member(name, content, kind=zipfile.ZIP_DEFLATED):
    """The plain workbook with one more member."""
    buffer = io.BytesIO(plain())
    with warnings.catch_warnings(), zipfile.ZipFile(buffer, "a", kind) as archive:
        warnings.simplefilter("ignore")  # a doubled name is the point
        archive.writestr(name, content)
    return buffer.getvalue()


def lying(name, member, claimed):
    """A workbook whose member unpacks to more than both of its headers claim."""
    content = bytearray(make_package({"Data": '<row><c t="s"><v>0</v></c></row>'}, strings="", extra={name: member}))
    place = content.find(name.encode())
    struct.pack_into("<L", content, place - 30 + 22, claimed)
    place = content.rfind(name.encode())
    struct.pack_into("<L", content, place - 46 + 24, claimed)
    return bytes(content)


def flagged():
    """The plain workbook with every member marked as encrypted."""
    content = bytearray(plain())
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for info in archive.infolist():
            content[info.header_offset + 6] |= 1
            content[content.rfind(info.filename.encode()) - 46 + 8] |= 1
    return bytes(content)


def archive_of(**members):
    """A zip of some members; a double underscore stands for a slash, a single one for a dot."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return buffer.getvalue()


def compound(name, stream):
    """A compound file with one stream of at least 4096 bytes."""
    stream = stream.ljust(-(-max(len(stream), 4096) // 512) * 512, b"\0")
    count = len(stream) // 512
    chains = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, 2 + count), 0xFFFFFFFE]
    table = struct.pack("<128L", *chains, *[0xFFFFFFFF] * (128 - len(chains)))
    header = bytearray(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0"))
    struct.pack_into("<5H", header, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<9L", header, 40, 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    struct.pack_into("<109L", header, 76, 0, *[0xFFFFFFFF] * 108)

    def entry(title, kind, first, size):
        coded = title.encode("utf-16-le")
        return struct.pack(
            "<64sHBB3L36xLQ", coded, len(coded) + 2, kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, 1 if kind == 5 else 0xFFFFFFFF, first, size
        )

    directory = (entry("Root Entry", 5, 0xFFFFFFFE, 0) + entry(name, 2, 2, len(stream))).ljust(512, b"\0")
    return bytes(header) + table + directory + stream


def record(number, *fields, shape=""):
    """One record of an old workbook."""
    held = struct.pack(f"<{shape}", *fields)
    return struct.pack("<2H", number, len(held)) + held


def old_workbook(*, row, column, before=b""):
    """An old workbook of one sheet with one number."""
    begin = record(0x0809, 0x0600, 5, 0, 0, 0, 0, shape="4H2L") + before
    sheet = record(0x0809, 0x0600, 16, 0, 0, 0, 0, shape="4H2L") + record(0x0203, row, column, 0, 1.0, shape="3Hd") + record(0x000A)
    length = len(begin) + 12 + 1 + 4
    listed = record(0x0085, length, 0, 0, 1, 0, b"S", shape="LBBBBs")
    return compound("Workbook", begin + listed + record(0x000A) + sheet)


HOSTILE = {
    "bomb": (lambda: with_member("xl/worksheets/sheet9.xml", b"0" * 60_000_000), "would unpack to 60 MB, "),
    "lying bomb": (lambda: lying("xl/sharedStrings.xml", b"0" * 9_000_000, 100), ODD),
    "lying sheet": (lambda: lying(SHEET, b"<worksheet>" + b" " * 300_000_000, 100), ODD),
    "entities in a sheet": (lambda: make_package({"Data": TABLE}, extra={SHEET: f"{DOCUMENT_TYPE}<worksheet/>".encode()}), TYPED),
    "entities in texts": (
        lambda: make_package(
            {"Data": '<row><c t="s"><v>0</v></c></row>'}, strings="", extra={"xl/sharedStrings.xml": f"{DOCUMENT_TYPE}<sst/>".encode()}
        ),
        TYPED,
    ),
    "entities in the list of sheets": (
        lambda: make_package({"Data": TABLE}, extra={"xl/workbook.xml": f"{DOCUMENT_TYPE}<workbook/>".encode()}),
        TYPED,
    ),
    "far cell": (
        lambda: make_package({"Data": TABLE + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'}),
        FAR.format(16384, 1048576, "Data"),
    ),
    "far row": (lambda: make_package({"Data": TABLE + '<row r="100003"><c r="A100003"><v>1</v></c></row>'}), FAR.format(1, 100003, "Data")),
    "beyond the grid": (lambda: make_package({"Data": TABLE + '<row r="3"><c r="XFE3"><v>1</v></c></row>'}), FAR.format(16385, 3, "Data")),
    "no column": (lambda: make_package({"Data": TABLE + '<row r="3"><c r="ABCD3"><v>1</v></c></row>'}), FAR.format(16385, 3, "Data")),
    "endless text": (
        lambda: make_package({"Data": '<row><c t="s"><v>0</v></c></row>' * 100_000}, strings=f"<si><t>{'a' * 32_767}</t></si>"),
        f"holds far more cells or text than its size, in the sheet Data. {SAVE}",
    ),
    "wide rows": (
        lambda: make_package({"Data": "".join(f'<row><c r="ALL{n}"><v>0</v></c></row>' for n in range(1, 200_000))}),
        f"holds far more cells or text than its size, in the sheet Data. {SAVE}",
    ),
    "wide blank rows": (
        lambda: make_package(
            {"Data": TABLE + "".join(f'<row r="{n}"><c r="{"GR" if n == 3 else "A"}{n}"/></row>' for n in range(3, 300_000))}
        ),
        "read 1",
    ),
    "merged over one another": (
        lambda: make_package({"Data": TABLE + "</sheetData>" + '<mergeCell ref="A1:XFD1048576"/>' * 100_000 + "<sheetData>"}),
        f"holds merged cells that lie over one another, in the sheet Data. {SAVE}",
    ),
    "doubled name": (lambda: with_member(SHEET.upper(), b"<worksheet/>"), ODD),
    "climbing name": (lambda: with_member("xl/../../evil.xml", b""), ODD),
    "too many members": (lambda: make_package({"Data": TABLE}, extra={f"xl/media/{n}.png": b"" for n in range(2000)}), ODD),
    "odd packing": (lambda: with_member("xl/media/a.bin", b"0" * 99, zipfile.ZIP_BZIP2), ODD),
    "encrypted members": (flagged, PROTECTED),
    "cut": (lambda: plain()[:-300], BROKEN),
    "nested": (lambda: archive_of(orders_xlsx=plain()), "is a zip archive, but no workbook. Unpack it, and name the files in it."),
    "empty archive": (archive_of, "is a zip archive, but no workbook. Unpack it, and name the files in it."),
    "no sheet part": (
        lambda: make_package({"Data": TABLE}, extra={"xl/_rels/workbook.xml.rels": b"<Relationships/>"}),
        f"is a broken workbook: a sheet that it lists is missing or listed twice. {SAVE}",
    ),
    "broken markup": (
        lambda: make_package({"Data": TABLE + "<row>"}),
        f"is a broken workbook: its XML can't be read (mismatched tag: line 1, column 563). {AGAIN}",
    ),
    "open document": (lambda: archive_of(mimetype=b"x", content_xml=b"<x/>"), f"is an OpenDocument file (.ods). {SAVE}"),
    "password": (lambda: compound("EncryptedPackage", b""), PROTECTED),
    "old password": (lambda: old_workbook(row=0, column=0, before=record(0x002F, 0, shape="H")), PROTECTED),
    "old far cell": (lambda: old_workbook(row=65535, column=255), FAR.format(256, 65536, "1")),
    "old beyond the grid": (lambda: old_workbook(row=1, column=65535), FAR.format(65536, 2, "1")),
    "old document": (lambda: compound("WordDocument", b""), f"is an old Office document, but no workbook. {SAVE}"),
    "cut container": (lambda: old_workbook(row=0, column=0)[:1000], f"is a broken workbook: its container can't be read. {AGAIN}"),
}

CHILD = """
import json, resource, sys
from pathlib import Path
import pandas, pyarrow.compute, python_calamine
from audit.errors import FileFault
from audit.ingest import workbooks
from audit.ingest.workbooks import legacy, packages, pages, spreadsheetml

told = {}
for path in sorted(Path(sys.argv[1]).iterdir()):
    content = path.read_bytes()
    held = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (held + 200_000_000, resource.RLIM_INFINITY))
    try:
        told[path.name] = f"f.xlsx: read {sum(len(rows.cells) for rows in workbooks.read('f.xlsx', content))}"
    except FileFault as fault:
        told[path.name] = str(fault)
    except MemoryError:
        told[path.name] = "out of memory"
print(json.dumps(told))
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """What one process with 200 MB to spare says of all hostile files, one after the other."""
    if not sys.platform.startswith("linux"):
        pytest.skip("how much memory a process holds is read from Linux")
    folder = tmp_path_factory.mktemp("hostile")
    for name, (make, _) in HOSTILE.items():
        (folder / name).write_bytes(make())
    done = subprocess.run([sys.executable, "-c", CHILD, folder], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_within_little_memory(told, name):
    """Name, reason and remedy are told, and the next file is read by the same process."""
    assert told[name].startswith(f"f.xlsx: {HOSTILE[name][1]}")


def test_a_lying_dimension_changes_nothing():
    """What a sheet claims of its size is not asked."""
    sheet = f'<worksheet><dimension ref="A1:XFD1048576"/><sheetData>{TABLE}</sheetData></worksheet>'

    assert [1] == [len(rows.cells) for rows in workbooks.read("f.xlsx", make_package({"Data": ""}, extra={SHEET: sheet.encode()}))]


@pytest.mark.parametrize(("gap", "read"), [(100_000, True), (100_001, False)])
def test_a_cell_is_far_beyond_a_hundred_thousand_blank_rows(gap, read):
    """Exactly at the limit a row belongs to its table; one further it does not."""
    number = 2 + gap
    content = make_package({"Data": f'{TABLE}<row r="{number}"><c r="A{number}"><v>1</v></c></row>'})
    if read:
        assert [2, number] == list(workbooks.read("f.xlsx", content)[0].cells.index)
    else:
        with pytest.raises(FileFault, match="far away from its table"):
            workbooks.read("f.xlsx", content)


def test_blank_cells_far_away_are_nothing():
    """A far cell that is formatted, or holds spaces, belongs to no table and refuses nothing."""
    far = '<row r="1048576"><c r="A1048576" s="1"/><c r="XFD1048576" t="inlineStr"><is><t xml:space="preserve"> </t></is></c></row>'
    rows = workbooks.read("f.xlsx", make_package({"Data": TABLE + far}))[0]

    assert ([2], 0) == (list(rows.cells.index), rows.blank)


def test_flipped_bits_are_found():
    """Whatever bit of a workbook is turned, it says the same as before or is refused; nothing else may happen."""
    content = plain()
    whole = workbooks.read("f.xlsx", content)[0].cells
    refused = 0
    places = range(4, len(content), 41)
    for place in places:
        turned = bytearray(content)
        turned[place] ^= 1 << place % 8
        try:
            read = workbooks.read("f.xlsx", bytes(turned))
        except FileFault:
            refused += 1
        else:
            assert [whole.to_numpy().tolist()] == [rows.cells.to_numpy().tolist() for rows in read], place

    assert len(places) / 3 < refused < len(places)


def test_cut_files_are_refused():
    """A download that broke off is named, wherever it broke off."""
    content = plain()
    for length in range(4, len(content), 97):
        with pytest.raises(FileFault, match="can't be unpacked"):
            workbooks.read("f.xlsx", content[:length])
