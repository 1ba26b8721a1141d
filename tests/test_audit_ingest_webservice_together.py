"""Many small answers judged at once say what each would have said alone, and no damage does more than cost a file or a row."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from audit.errors import FileFault
from audit.ingest import webservice
from audit.ingest.files import Terms, sieve_rows
from audit.ingest.webservice.together import sieve_together

PARIS = ZoneInfo("Europe/Paris")
AS_OF = datetime(2026, 11, 23, 6, tzinfo=PARIS)
PRICES = ("12.9", "soixante", "60,00", "", "1.5")


def sales(*items):
    """A getnewsales answer of some items, given by number and price."""
    told = "".join(
        f"<item><itemid>{number}</itemid><itemstatus>TO_CONFIRM</itemstatus><headline><![CDATA[Lampe à poser]]></headline>"
        f"<price><amount>{price}</amount><currency>EUR</currency></price></item>"
        for number, price in items
    )
    sale = f"<sale><purchaseid>943000001</purchaseid><purchasedate>20/11/2026-04:00</purchasedate><items>{told}</items></sale>"
    return f"<getnewsalesresult><response><sales>{sale}</sales></response></getnewsalesresult>".encode()


def judge(rows, table):
    """The two passes over one file's rows."""
    return sieve_rows(rows, table, Terms(PARIS, AS_OF))


def test_many_files_are_judged_as_each_alone():
    """Rows, ids and reasons of each file are those of the file by itself, under its own row numbers."""
    files = [sales(*((f"{file}{place}", price) for place, price in enumerate(PRICES[file:]))) for file in range(4)]
    empty = sales().replace(b"<item>", b"")
    told, _ = webservice.merge(
        [answer for place, content in enumerate([*files, empty]) for answer in webservice.read(f"{place}.xml", content)]
    )
    alone, together = [judge(rows, table) for table, rows in told], sieve_together(told, judge)

    assert [[2, 3, 4], [1, 2, 3], [1, 2], [1]] == [sorted(set(part.faults["row"])) for part in together[:4]]
    for one, other in zip(alone, together, strict=True):
        assert one.rows is other.rows
        pd.testing.assert_frame_equal(one.sieved[0].typed, other.sieved[0].typed)
        pd.testing.assert_frame_equal(one.sieved[0].ids, other.sieved[0].ids)
        pd.testing.assert_frame_equal(
            one.faults.sort_values(["row", "column"], ignore_index=True).astype("str"),
            other.faults.sort_values(["row", "column"], ignore_index=True).astype("str"),
        )


WHOLE = b'<?xml version="1.0" encoding="UTF-8"?>\n' + sales(("1510000001", "12.9"), ("1510000002", "1.5"), ("1510000003", "60.0"))


def told(content):
    """The numbers of the rows that a file tells, and what is said where it is refused."""
    try:
        parts = webservice.merge(webservice.read("a.xml", content))[0]
    except FileFault as fault:
        return [], str(fault)
    return [number for _, rows in parts for number in rows.cells.index], ""


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.data())
def test_damaged_bytes_cost_a_file_or_a_row(data):
    """Whatever bytes are changed, cut or doubled: the file is refused by name, or its rows are told; nothing else happens."""
    content = bytearray(WHOLE)
    for _ in range(data.draw(st.integers(1, 4))):
        spot = data.draw(st.integers(0, len(content) - 1))
        end = data.draw(st.integers(spot, min(spot + 40, len(content))))
        content[spot:end] = data.draw(st.one_of(st.binary(max_size=4), st.just(bytes(content[spot:end]) * 2)))
        if not content:
            return
    rows, refusal = told(bytes(content))

    assert len(rows) <= 6
    assert refusal.startswith("a.xml: ") or not refusal
