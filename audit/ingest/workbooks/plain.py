"""Rows of plain cells by their tags: which row and column each cell stands in, what its attributes say and what it holds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from audit.ingest.workbooks.scanning import WINDOW, Tags, tags_of
from audit.ingest.workbooks.strings import BLANKS
from audit.ingest.workbooks.tags import SHEET, Tag
from audit.ingest.workbooks.wellformed import NotPlainError, are_attributes

if TYPE_CHECKING:
    import pyarrow as pa

    from audit.ingest.workbooks.scanning import Places

HIDDEN = re.compile(rb' hidden="(?:1|true)"')
BEFORE_NUMBER, BEFORE_LETTERS, BEFORE_FORMULA = len(b'<row r="'), len(b'<c r="'), len(b"<f")
QUOTE = ord('"')
LETTERS = np.isin(np.arange(256), range(ord("A"), ord("Z") + 1))
DIGITS = np.isin(np.arange(256), range(ord("0"), ord("9") + 1))
SPACES = np.isin(np.arange(256), [*BLANKS.encode()])
BEFORE_A, ALPHABET = ord("A") - 1, 26
FIRST_BYTES = np.array([(1 << 8 * count) - 1 for count in range(WINDOW + 1)], dtype="uint64")
"""Which bits are a window's first bytes, by how many."""


class Cells(NamedTuple):
    """The cells of some rows in their order: the places of row and column; attributes (a dictionary) and values as they are written.

    ``lacking``: which of them hold a formula and no value; ``formulas``: those formulas.
    """

    rows: Places
    columns: Places
    attributes: pa.Array
    values: pa.Array
    lacking: Places
    formulas: pa.Array


class Batch(NamedTuple):
    """Some rows: their numbers, those of the hidden ones, and their cells."""

    numbers: Places
    hidden: Places
    cells: Cells


class _Numbers(NamedTuple):
    """Where the number of each row begins, and how many digits it has."""

    begins: Places
    digits: Places


def batch_of(content: bytes) -> Batch:
    """The rows that a piece of a sheet holds; raises NotPlainError where it holds anything else."""
    tags = tags_of(content, SHEET)
    rows, cells = tags.among(Tag.ROW, Tag.ROW_ALONE), tags.among(Tag.CELL, Tag.CELL_ALONE)
    begins = tags.begins[rows] + BEFORE_NUMBER
    numbers = _Numbers(begins, _digits(tags, begins))
    counts = np.diff(np.searchsorted(cells, np.append(rows, len(tags.kinds))))
    return Batch(*_rows(tags, rows, numbers), _cells(tags, cells, np.repeat(np.arange(len(rows)), counts), numbers))


def _digits(tags: Tags, begins: Places) -> Places:
    """How many digits stand at each place before a quote."""
    octets = tags.windows[begins].view("uint8").reshape(-1, WINDOW)
    digits: Places = DIGITS[octets].argmin(axis=1)
    if (digits == 0).any() or (octets[np.arange(len(octets)), digits] != QUOTE).any():
        raise NotPlainError
    return digits


def _rows(tags: Tags, rows: Places, numbers: _Numbers) -> tuple[Places, Places]:
    """The numbers of the rows, and of those that are hidden."""
    import pyarrow as pa

    begins, digits = numbers
    told: Places = tags.texts(begins, begins + digits).cast(pa.large_string()).cast(pa.int64()).to_numpy()
    attributes = _attributes(tags, rows, begins + digits + 1, Tag.ROW_ALONE)
    hidden = np.array([HIDDEN.search(written) is not None for written in attributes.dictionary.to_pylist()])
    return told, told[hidden[attributes.indices.to_numpy()]]


def _attributes(tags: Tags, places: Places, begins: Places, alone: Tag) -> pa.Array:
    """The attributes of tags from a place on, as a dictionary."""
    found = tags.texts(begins, tags.ends[places] - 1 - (tags.kinds[places] == alone)).dictionary_encode()
    if not all(are_attributes(written, b"r") for written in found.dictionary.to_pylist()):
        raise NotPlainError
    return found


def _cells(tags: Tags, cells: Places, rows: Places, numbers: _Numbers) -> Cells:
    """The cells; each must name its row, and stand to the right of the one before it."""
    letters, columns = _columns(tags, tags.begins[cells] + BEFORE_LETTERS)
    if ((np.diff(columns) <= 0) & (np.diff(rows) == 0)).any():
        raise NotPlainError
    begins = tags.begins[cells] + BEFORE_LETTERS + letters
    differ = tags.windows[begins] ^ tags.windows[numbers.begins].take(rows)
    if (differ & FIRST_BYTES[numbers.digits + 1].take(rows)).any():
        raise NotPlainError
    attributes = _attributes(tags, cells, begins + numbers.digits.take(rows) + 1, Tag.CELL_ALONE)
    return Cells(rows, columns, attributes, *_values(tags, cells))


def _columns(tags: Tags, begins: Places) -> tuple[Places, Places]:
    """How many letters stand at each place, one or two, and the column that they name."""
    first, second = tags.octets[begins].astype("int64"), tags.octets[begins + 1]
    two = LETTERS[second]
    if not LETTERS[first].all():
        raise NotPlainError
    return two + 1, np.where(two, ALPHABET * (first - BEFORE_A) + second, first) - BEFORE_A - 1


def _values(tags: Tags, cells: Places) -> tuple[pa.Array, Places, pa.Array]:
    """What each cell holds, nothing where it holds nothing; which cells hold a formula alone, and those formulas."""
    begins = tags.ends[cells]
    ends = begins.copy()
    held = tags.among(Tag.VALUE, Tag.TEXT, Tag.TEXT_KEPT)
    owners = np.searchsorted(cells, held) - 1
    begins[owners], ends[owners] = tags.ends[held], tags.begins[held + 1]
    formulas = tags.among(Tag.FORMULA, Tag.FORMULA_ALONE)
    _attributes(tags, formulas, tags.begins[formulas] + BEFORE_FORMULA, Tag.FORMULA_ALONE)
    owners = np.searchsorted(cells, formulas) - 1
    lacking = begins[owners] == ends[owners]
    alone = formulas[lacking]
    until = np.where(tags.kinds[alone] == Tag.FORMULA, tags.begins[alone + 1], tags.ends[alone])
    texts = _as_written(tags, tags.ends[alone], until)
    return _trimmed(tags, _as_written(tags, begins, ends), cells), owners[lacking], texts


def _as_written(tags: Tags, begins: Places, ends: Places) -> pa.Array:
    """The texts between places; the ends of their lines must be those that a document means."""
    import pyarrow as pa
    import pyarrow.compute as pc

    texts = tags.texts(begins, ends).cast(pa.large_string())
    if b"\r" in tags.content and pc.any(pc.match_substring(texts, "\r")).as_py():
        raise NotPlainError
    return texts


def _trimmed(tags: Tags, values: pa.Array, cells: Places) -> pa.Array:
    """Values without the outer spaces that are not marked to be kept."""
    import pyarrow as pa
    import pyarrow.compute as pc

    loose = tags.among(Tag.TEXT)
    outer = np.concatenate([tags.octets[tags.ends[loose]], tags.octets[tags.begins[loose + 1] - 1]])
    if not SPACES[outer].any():
        return values
    mask = np.zeros(len(cells), dtype=bool)
    mask[np.searchsorted(cells, loose) - 1] = True
    return pc.if_else(pa.array(mask), pc.ascii_trim(values, BLANKS), values)
