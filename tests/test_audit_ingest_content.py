"""A file's bytes as they are asked for are those that it holds."""

import hashlib

import pytest

from audit.ingest import content as module
from audit.ingest.content import content
from audit.ingest.dialect import decide

TEXT = b'purchase_id,item_id,ordered_at,unit_price,title\n1,2,2026-11-20,3.00,"a ""b"" \n c"\n' + "é".encode() * 9


@pytest.mark.parametrize("piece", [2, 3, 7, 1 << 22])
def test_pieces_answer_as_the_whole_does(tmp_path, monkeypatch, piece):
    """Slices, marks, counts, what stands across two pieces, and the hash; whatever the size of a piece."""
    monkeypatch.setattr(module, "PIECE", piece)
    path = tmp_path / "orders.csv"
    path.write_bytes(TEXT)
    held = content(path)

    assert (len(TEXT), TEXT[3:40], TEXT[-5:], b"") == (len(held), held[3:40], held[-5:], held[90:3])
    assert [True, False, True, False] == [held.startswith(b"pur"), held.startswith(b"x"), b'""' in held, b"xyz" in held]
    assert [TEXT.count(text) for text in (b'"', b'""', b",", b"\n")] == [held.count(text) for text in (b'"', b'""', b",", b"\n")]
    assert hashlib.sha256(TEXT).hexdigest() == held.sha256()
    assert decide("orders.csv", TEXT) == decide("orders.csv", held)
