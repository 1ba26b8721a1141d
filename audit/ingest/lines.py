"""Lines told apart all at once: those that are certainly one whole row each, and those that a person would look at twice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from audit.ingest.encoding import WIDE
from audit.ingest.reading import Reading

LINE_FEED, RETURN, QUOTE, SURROGATE = 0x0A, 0x0D, 0x22, 0xED
QUOTE_BYTE = b'"'
MARK = b"\xef\xbb\xbf"
LONGEST = 1 << 20
"""Bytes of a line beyond which it is read by itself."""

Places = NDArray[np.int64]
Mask = NDArray[np.bool_]


class Lines(Sequence[str]):
    """The physical lines of UTF-8 bytes; CR LF, LF and CR end them, and nothing else does."""

    def __init__(self, utf8: bytes) -> None:
        self.utf8 = utf8
        self.codes = np.frombuffer(utf8, dtype=np.uint8)
        ends = _ends(utf8, self.codes)
        whole = len(ends) and ends[-1] == len(utf8) - 1
        self.starts: Places = np.concatenate([[0], ends + 1]).astype(np.int64)[: len(ends) + (0 if whole or not utf8 else 1)]
        before = self.codes[np.maximum(ends - 1, 0)] == RETURN
        feeds = (self.codes[ends] == LINE_FEED) & before & (ends > 0)
        self.stops: Places = np.append(ends - feeds, len(utf8))[: len(self.starts)]

    def __len__(self) -> int:
        return len(self.starts)

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[str]: ...
    def __getitem__(self, place: Any) -> Any:
        if isinstance(place, slice):
            return [self[line] for line in range(*place.indices(len(self)))]
        return self.utf8[self.starts[place] : self.stops[place]].decode("utf-8", errors="surrogatepass")

    def places_of(self, code: int) -> Places:
        """Where a byte stands."""
        return np.flatnonzero(self.codes == code) if bytes([code]) in self.utf8 else np.empty(0, dtype=np.int64)

    def counts(self, places: Places) -> Places:
        """How many of some places each line holds."""
        return np.searchsorted(places, self.stops) - np.searchsorted(places, self.starts)

    def bytes_of(self, chosen: Mask) -> bytes:
        """The bytes of some lines with their ends."""
        if chosen.all():
            return self.utf8
        edges = np.flatnonzero(np.diff(np.concatenate([[False], chosen, [False]]).astype(np.int8)))
        limits = np.append(self.starts, len(self.utf8))[edges].tolist()
        return b"".join(self.utf8[start:stop] for start, stop in zip(limits[::2], limits[1::2], strict=True))


def _ends(utf8: bytes, codes: NDArray[np.uint8]) -> Places:
    feeds = np.flatnonzero(codes == LINE_FEED)
    if b"\r" not in utf8:
        return feeds
    returns = np.flatnonzero(codes == RETURN)
    alone = returns[np.append(codes, np.uint8(0))[returns + 1] != LINE_FEED]
    return np.sort(np.concatenate([feeds, alone])) if len(alone) else feeds


def line_starts(block: bytes, encoding: str) -> Places:
    """Where the lines of some bytes start, and behind them where a line would start after the last line end."""
    if encoding not in WIDE:
        return np.concatenate([[0], _ends(block, np.frombuffer(block, dtype=np.uint8)) + 1])
    units = np.frombuffer(block[: len(block) // 2 * 2], dtype="<u2" if encoding == WIDE[0] else ">u2")
    ends = (units == LINE_FEED) | ((units == RETURN) & (np.append(units[1:], 0) != LINE_FEED))
    return np.concatenate([[0], 2 * (np.flatnonzero(ends) + 1)])


def whole_rows(lines: Lines, reading: Reading) -> Mask:
    """The lines that the strict reader would read as one row by themselves, as far as that is certain without reading them.

    Every quote opens a cell, closes one, or is doubled, and the delimiters outside of quotes are as many as the header's.
    """
    separators = lines.places_of(ord(reading.delimiter))
    whole = _has(lines, separators, reading.width - 1)
    if QUOTE_BYTE in lines.utf8 and not (whole.all() and _is_quoted_throughout(lines, separators)):
        quoted = lines.counts(lines.places_of(QUOTE)) > 0
        whole[quoted] = _whole_by_quotes(Lines(lines.bytes_of(quoted)), reading)
    for places in (lines.places_of(0), _undecoded(lines)):
        if len(places):
            whole &= lines.counts(places) == 0
    whole &= lines.stops - lines.starts <= LONGEST
    if lines.utf8.startswith(MARK):
        whole[0] = False
    return whole


def _has(lines: Lines, places: Places, count: int) -> Mask:
    """Which lines hold so many of some places; where each line's are in their turn, none need be searched for."""
    if count and len(places) == count * len(lines):
        turn = places.reshape(len(lines), count)
        if (turn[:, 0] >= lines.starts).all() and (turn[:, -1] < lines.stops).all():
            return np.ones(len(lines), dtype=np.bool_)
    held: Mask = lines.counts(places) == count
    return held


def _is_quoted_throughout(lines: Lines, separators: Places) -> bool:
    """Whether every cell of lines with as many separators each stands between two quotes of its own, and there are no others."""
    if np.count_nonzero(lines.codes == QUOTE) != 2 * (len(separators) + len(lines)):
        return False
    borders = np.column_stack([lines.starts - 1, separators.reshape(len(lines), -1), lines.stops])
    if (np.diff(borders, axis=1) <= 2).any():  # noqa: PLR2004 - a cell of two quotes
        return False
    return bool((lines.codes[borders[:, :-1] + 1] == QUOTE).all() and (lines.codes[borders[:, 1:] - 1] == QUOTE).all())


def _whole_by_quotes(lines: Lines, reading: Reading) -> Mask:
    """The same where quotes stand in every line."""
    delimiter = ord(reading.delimiter)
    outside, odd = _outside_quotes(lines)
    separators = np.flatnonzero((lines.codes == delimiter) & outside)
    misplaced = np.flatnonzero(_is_misplaced(lines, outside, delimiter))
    whole: Mask = (lines.counts(separators) == reading.width - 1) & (lines.counts(misplaced) == 0) & ~odd
    return whole


def _outside_quotes(lines: Lines) -> tuple[Mask, Mask]:
    """The bytes before which an even number of quotes stands in their line, and the lines that hold an odd number.

    Quotes are counted modulo 256, which leaves odd and even as they are.
    """
    is_quote = (lines.codes == QUOTE).view(np.uint8)
    before = np.append(np.uint8(0), np.cumsum(is_quote, dtype=np.uint8))
    until_line = before[lines.starts]
    odd = np.append(until_line[1:], before[-1]) - until_line & 1 == 1
    lengths = np.diff(lines.starts, append=len(lines.utf8))
    inside = (before[:-1] - np.repeat(until_line, lengths)) & np.uint8(1)
    return ~inside.view(np.bool_), odd


def _is_misplaced(lines: Lines, outside: Mask, delimiter: int) -> Mask:
    """The quotes that have no delimiter, line end or other quote on their outer side."""
    codes = lines.codes
    border = (codes == LINE_FEED) | (codes == RETURN) | (codes == QUOTE) | (codes == delimiter)
    borders = np.pad(border, 1, constant_values=True)
    misplaced: Mask = (codes == QUOTE) & ~((outside & borders[:-2]) | (~outside & borders[2:]))
    return misplaced


def _undecoded(lines: Lines) -> Places:
    """Where an encoded surrogate begins."""
    places = lines.places_of(SURROGATE)
    return places[lines.codes[places + 1] >= 0xA0]  # noqa: PLR2004 - U+D800 and above
