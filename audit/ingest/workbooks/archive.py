"""A zip looked at before any reader opens it: what it claims is held against what its bytes are."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from itertools import pairwise

from audit.errors import FileFault
from audit.ingest.workbooks.refusals import AGAIN, SAVE_AS_XLSX, is_protected
from schemas.text import Fact, Message

MOST_MEMBERS = 2_000
MOST_DIRECTORY = 1_000_000
"""Bytes of the list of members; two thousand honest names take a tenth of it."""

MOST_BYTES = 1_500_000_000
MOST_RATIO = 150
"""An honest workbook is packed some ten to sixty times; a bomb up to a thousand times."""

SMALL = 10_000_000
"""Bytes that may be packed as well as they like."""

MOST_SMALL = 50_000_000
"""Bytes of a part that is read as a whole."""

PIECE, STEP = 1 << 16, 1 << 20
"""Bytes that are taken from the archive, and unpacked, at a time."""

END_OF_DIRECTORY = struct.Struct("<4s4H2LH")
LOCAL_HEADER = struct.Struct("<4s5H3L2H")
ENCRYPTED = 1
PACKED_BY = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}


class Archive:
    """The members of a zip that may be read; raises FileFault where it is a bomb, broken, or built as no program builds one."""

    def __init__(self, file: str, content: bytes) -> None:
        self.file = file
        self._content = content
        listed = self._listed()
        self._members = {info.filename.replace("\\", "/").casefold(): info for info in listed}
        if len(self._members) < len(listed) or any(_climbs(name) for name in self._members):
            raise self.odd()
        self._prove()

    def __contains__(self, name: str) -> bool:
        return name.casefold() in self._members

    def under(self, folder: str) -> bool:
        """Whether a folder of that name has members."""
        return any(name.startswith(folder) for name in self._members)

    def size(self, name: str) -> int:
        """How many bytes a member unpacks to."""
        return self._members[name.casefold()].file_size

    def _listed(self) -> list[zipfile.ZipInfo]:
        """The list of members, unless it is too long to be looked at."""
        place = self._content.rfind(b"PK\x05\x06")
        if place < 0 or place + END_OF_DIRECTORY.size > len(self._content):
            raise self.broken()
        _, _, _, _, members, size, _, _ = END_OF_DIRECTORY.unpack_from(self._content, place)
        if members > MOST_MEMBERS or size > MOST_DIRECTORY:
            raise self.odd()
        try:
            with zipfile.ZipFile(io.BytesIO(self._content)) as archive:
                if len(archive.infolist()) != members:
                    raise self.odd()
                return archive.infolist()
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, struct.error) as error:
            raise self.broken() from error

    def _prove(self) -> None:
        infos = list(self._members.values())
        if any(info.flag_bits & ENCRYPTED for info in infos):
            raise is_protected(self.file)
        if any(info.compress_type not in PACKED_BY for info in infos):
            raise self.odd()
        size, packed = sum(info.file_size for info in infos), sum(info.compress_size for info in infos)
        for unpacked, held in ((size, packed), *((info.file_size, info.compress_size) for info in infos)):
            self._weigh(unpacked, held)
        spans = sorted(self._span(info) for info in infos)
        if any(begin < end for (_, end), (begin, _) in pairwise(spans)):
            raise self.odd()

    def _weigh(self, size: int, packed: int) -> None:
        if size > MOST_BYTES or (size > SMALL and size > MOST_RATIO * packed):
            facts: dict[str, Fact] = {"size": size / 1e6, "times": size / max(1, packed)}
            told = Message("would unpack to {size:number} MB, {times:number} times its size.", facts)
            raise FileFault(self.file, told, SAVE_AS_XLSX)

    def _span(self, info: zipfile.ZipInfo) -> tuple[int, int]:
        """Where a member begins and ends; its own header must name it as the list does."""
        begin, end = info.header_offset, info.header_offset + LOCAL_HEADER.size
        if begin < 0 or end > len(self._content):
            raise self.broken()
        mark, _, flags, packed_by, *_, name_length, extra = LOCAL_HEADER.unpack_from(self._content, begin)
        name = self._content[end : end + name_length]
        if mark != b"PK\x03\x04" or packed_by != info.compress_type or (flags ^ info.flag_bits) & ENCRYPTED:
            raise self.broken()
        if name not in {info.orig_filename.encode("utf-8"), info.orig_filename.encode("cp437", "replace")}:
            raise self.odd()
        data = end + name_length + extra
        if data + info.compress_size > len(self._content):
            raise self.broken()
        return begin, data + info.compress_size

    def chunks(self, name: str) -> Iterator[bytes]:
        """A member's bytes in steps, really unpacked: more than it claims, or a wrong sum at the end, is a fault."""
        info = self._members.get(name.casefold())
        if info is None:
            raise self.broken()
        size, check = 0, 0
        for chunk in self._unpacked(info):
            size += len(chunk)
            check = zlib.crc32(chunk, check)
            if size > info.file_size:
                raise self.odd()
            yield chunk
        if size != info.file_size or check != info.CRC:
            raise self.broken()

    def _unpacked(self, info: zipfile.ZipInfo) -> Iterator[bytes]:
        _, end = self._span(info)
        inflater = zlib.decompressobj(-zlib.MAX_WBITS) if info.compress_type == zipfile.ZIP_DEFLATED else None
        try:
            for place in range(end - info.compress_size, end, PIECE):
                packed = self._content[place : min(place + PIECE, end)]
                if inflater is None:
                    yield packed
                    continue
                while packed:
                    yield inflater.decompress(packed, STEP)
                    packed = inflater.unconsumed_tail
            if inflater is not None:
                yield inflater.flush()
        except zlib.error as error:
            raise self.broken() from error

    def read(self, name: str) -> bytes:
        """A small member as a whole."""
        if name in self and self.size(name) > MOST_SMALL:
            raise self.odd()
        return b"".join(self.chunks(name))

    def broken(self) -> FileFault:
        """The fault of an archive that is cut or damaged."""
        return FileFault(self.file, "is a broken workbook: its archive can't be unpacked.", AGAIN)

    def odd(self) -> FileFault:
        """The fault of an archive that no spreadsheet program has written."""
        return FileFault(self.file, "is built as no spreadsheet program builds a workbook.", SAVE_AS_XLSX)


def _climbs(name: str) -> bool:
    return name.startswith("/") or ":" in name or ".." in name.split("/")
