"""Any file that calls itself an answer: whatever its namespace and encoding it says the same, and none does harm."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pandas as pd
import pytest

from audit import ingest
from audit.errors import FaultyInputs
from audit.ingest import webservice
from audit.ingest.webservice import collector, markup, reading

PARIS = ZoneInfo("Europe/Paris")
AS_OF = datetime(2026, 11, 23, 6, tzinfo=PARIS)
HOSTS = (
    "http://www.priceminister.com/res/schema/getnewsales",
    "http://pmcdn.staticpmrk.com/res/schema/getnewsales",
    "https://fr.shopping.rakuten.com/res/schema/getnewsales",
)
SALE = (
    "<sale><purchaseid>00500002</purchaseid><purchasedate>20/11/2026-04:00</purchasedate>"
    "<deliveryinformation><shippingtype>So   Colissimo</shippingtype></deliveryinformation>"
    "<items><item><itemid>1510000001</itemid><headline><![CDATA[\n  Lampe à\n poser ]]></headline><sku/>"
    "<itemstatus>TO_CONFIRM</itemstatus><price><amount>120.9</amount><currency>EUR</currency></price></item></items></sale>"
)


def answer(sales=SALE, *, namespace="", prefix=""):
    """A getnewsales answer as text."""
    colon, declared = (f"{prefix}:", f":{prefix}") if prefix else ("", "")
    opening = f'{colon}getnewsalesresult xmlns{declared}="{namespace}"' if namespace else "getnewsalesresult"
    return f"<{opening}><response><sales>{sales}</sales></response></{colon}getnewsalesresult>"


def read(tmp_path, content, name="sales.xml"):
    """Read one file of a folder."""
    (tmp_path / name).write_bytes(content)
    return ingest.read([tmp_path], zone=PARIS, as_of=AS_OF)


def orders(ingested):
    """The accepted orders without where they came from."""
    return ingested.tables["orders"].frame.drop(columns=["source_file", "source_row"])


def refusal(tmp_path, content, name="sales.xml"):
    """What is said of a file that is refused."""
    with pytest.raises(FaultyInputs) as fault:
        read(tmp_path, content, name)
    return str(fault.value)


@pytest.fixture
def reference(tmp_path):
    """The orders of the plain answer."""
    (tmp_path / "reference").mkdir()
    return orders(read(tmp_path / "reference", answer().encode()))


def test_the_plain_answer_says_what_it_says(reference):
    """Zeros are kept, line breaks and blanks within CDATA go."""
    row = reference.iloc[0]

    expected = ("00500002", "1510000001", "Lampe à poser", 12090, "colissimo", "to_confirm")
    assert expected == (row["purchase_id"], row["item_id"], row["title"], row["unit_price"], row["shipping_mode"], row["status"])


@pytest.mark.parametrize("namespace", HOSTS)
@pytest.mark.parametrize("prefix", ["", "pm"])
def test_namespaces_change_nothing(reference, tmp_path, namespace, prefix):
    """Elements are known by their local names."""
    pd.testing.assert_frame_equal(reference, orders(read(tmp_path, answer(namespace=namespace, prefix=prefix).encode())))


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("ISO-8859-1", "iso-8859-1"),
        ("windows-1252", "cp1252"),
        ("UTF-8", "utf-8"),
        ("UTF-8", "utf-8-sig"),
        ("UTF-16", "utf-16"),
        ("", "iso-8859-1"),
        ("", "utf-8"),
        ("ISO-8859-1", "utf-8"),
        ("UTF-8", "cp1252"),
    ],
)
def test_encodings_change_nothing(reference, tmp_path, declared, encoding):
    """Declared rightly, wrongly or not at all, the bytes are read as what they are."""
    prolog = f'<?xml version="1.0" encoding="{declared}"?>\n' if declared else ""

    pd.testing.assert_frame_equal(reference, orders(read(tmp_path, (prolog + answer()).encode(encoding))))


def test_a_wrong_claim_is_said(tmp_path):
    """Where the file claims another encoding than it has, a note says so."""
    ingested = read(tmp_path, ('<?xml version="1.0" encoding="UTF-8"?>' + answer()).encode("cp1252"))

    assert ["sales.xml says that it is in utf-8, but is in cp1252"] == [str(note) for note in ingested.notes]


def test_the_euro_sign_of_windows_is_read_under_iso_8859_1(tmp_path):
    """What says ISO-8859-1 often is Windows-1252."""
    content = ('<?xml version="1.0" encoding="ISO-8859-1"?>' + answer().replace("Lampe", "Lampe €")).encode("cp1252")

    assert "Lampe € à poser" == orders(read(tmp_path, content)).loc[0, "title"]


@pytest.mark.parametrize("between", ["", "\n", '\n<?xml version="1.0" encoding="ISO-8859-1"?>\n'])
def test_answers_may_follow_one_another_in_a_file(tmp_path, between):
    """Files joined end to end hold all their sales, numbered through."""
    second = answer(SALE.replace("1510000001", "1510000002"))
    ingested = read(tmp_path, (answer() + between + second).encode("iso-8859-1"))

    assert [("1510000001", 1), ("1510000002", 2)] == list(
        ingested.tables["orders"].frame[["item_id", "source_row"]].itertuples(index=False, name=None)
    )


def test_answers_may_stand_in_a_frame(reference, tmp_path):
    """A saved envelope around the answer changes nothing."""
    pd.testing.assert_frame_equal(reference, orders(read(tmp_path, f'<?xml version="1.0"?><saved>{answer()}</saved>'.encode())))


def test_one_broken_byte_costs_its_row(tmp_path):
    """A byte that is no text refuses the row that needs it, and is shown."""
    broken = SALE.replace("1510000001", "1510000002").replace("Lampe à", "L\udce9 à")
    ingested = read(tmp_path, answer(SALE + broken).encode("utf-8", "surrogateescape"))

    assert ["1510000001"] == list(orders(ingested)["item_id"])
    assert [(2, "title", "undecodable", "L\N{REPLACEMENT CHARACTER} à poser")] == list(
        ingested.quarantine[["row", "column", "reason", "value"]].itertuples(index=False, name=None)
    )


def test_a_broken_byte_that_nobody_reads_costs_nothing(reference, tmp_path):
    """A buyer's name is not looked at, so neither are its bytes."""
    named = SALE.replace("<deliveryinformation>", "<deliveryinformation><purchasebuyerlogin>J\udce9\x01</purchasebuyerlogin>")

    pd.testing.assert_frame_equal(reference, orders(read(tmp_path, answer(named).encode("utf-8", "surrogateescape"))))


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE sales [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>',
        '<!DOCTYPE sales [<!ENTITY x SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE sales SYSTEM "http://example.com/sales.dtd">',
        '<!DOCTYPE sales [<!ENTITY % p SYSTEM "http://example.com/p"> %p;]>',
    ],
)
def test_document_types_and_entities_are_refused_by_name(tmp_path, doctype):
    """Whatever a document type declares, it is refused before anything of it is used."""
    for prolog in ('<?xml version="1.0"?>', ""):
        told = refusal(tmp_path, (prolog + doctype + answer()).encode())
        assert told.startswith("sales.xml: declares a document type (sales), which may stand for endless text or other files.")


def test_a_truncated_answer_is_refused_with_its_line(tmp_path):
    """Cut anywhere, the file is named with the line where it ends."""
    whole = '<?xml version="1.0"?>\n' + answer(f"\n{SALE}\n{SALE}\n")
    for length in range(len('<?xml version="1.0"?>\n<getnewsalesresult>'), len(whole)):
        cut = whole[:length].rstrip()
        told = refusal(tmp_path, cut.encode())
        assert told.startswith(f"sales.xml: is cut short: it ends in line {cut.count(chr(10)) + 1}, before its XML is complete."), length


def test_the_line_counts_over_all_answers_of_a_file(tmp_path):
    """Two answers of three lines each with a line between them: the second ends in line 7."""
    told = refusal(tmp_path, (answer() + "\n\n" + answer()[:-5]).encode())

    assert told.startswith("sales.xml: is cut short: it ends in line 7, ")


def test_markup_that_is_not_well_formed_is_refused_with_its_line(tmp_path):
    """The reason is the parser's own."""
    told = refusal(tmp_path, answer("\n" + SALE.replace("<![CDATA[\n  Lampe à\n poser ]]>", "Lampe & co")).encode())

    assert told.startswith("sales.xml: is no well-formed XML in line 2: not well-formed (invalid token).")


def test_an_unknown_encoding_is_refused_by_name(tmp_path):
    """The name is the one in the prolog."""
    told = refusal(tmp_path, ('<?xml version="1.0" encoding="EBCDIC-FR"?>' + answer()).encode("ascii", "ignore"))

    assert told.startswith("sales.xml: says that it is in ebcdic-fr, which is not read. Save it as UTF-8 or ISO-8859-1.")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("<getnewsalesresult>" + "<a>" * 64, "has elements within elements more than 64 deep"),
        (answer(SALE.replace("Lampe", "x" * 1_000_001)), "has a text of more than 1,000,000 characters in <headline>"),
        ("<getnewsalesresult>" + "<status/>" * 200_001, "has more than 200,000 elements in one record"),
        (answer("<sale><items>" + "<item/>" * 200_001), "has more than 200,000 elements in one record"),
        ("<getnewsalesresult>" + "".join(f"<q{number}/>" for number in range(12_000)), "has more than 10,000 different names of elements"),
        ("<getnewsalesresult><!--" + "x" * 4_200_000, "has a tag or comment of more than 4 MB"),
        ('<getnewsalesresult a="' + "x" * 4_200_000, "has a tag or comment of more than 4 MB"),
    ],
    ids=["deep", "text", "head", "items", "names", "comment", "attribute"],
)
def test_what_would_fill_the_memory_is_refused(tmp_path, content, told):
    """Nothing may grow without end, whichever part of a document it is."""
    assert refusal(tmp_path, content.encode()).startswith(f"sales.xml: {told}, as no answer has.")


def test_what_is_just_within_the_limits_is_read(tmp_path):
    """A text of a million characters, and 64 levels (three of them the answer's own), are read."""
    deep = "<a>" * (collector.DEEPEST - 3) + "</a>" * (collector.DEEPEST - 3)
    ingested = read(tmp_path, answer(deep + SALE.replace("\n  Lampe à\n poser ", "x" * 1_000_000)).encode())

    assert 1_000_000 == len(orders(ingested).loc[0, "title"])


def test_too_many_bytes_records_or_answers_are_refused(tmp_path, monkeypatch):
    """A file is refused for each of the three."""
    monkeypatch.setattr(markup, "MOST_BYTES", 100)
    assert "sales.xml: holds 0 MB, more than any answer." in refusal(tmp_path, answer().encode())
    monkeypatch.setattr(markup, "MOST_BYTES", 10**6)
    monkeypatch.setattr(reading, "MOST_RECORDS", 1)
    assert "sales.xml: holds more than 1 records." in refusal(tmp_path, answer(SALE * 2).encode())
    monkeypatch.setattr(markup, "MOST_DOCUMENTS", 2)
    assert "sales.xml: holds more than 2 answers." in refusal(tmp_path, b"<getnewsalesresult/>" * 3)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b'<?xml version="1.0"?><feed><entry/></feed>', "sales.xml: is a web page or XML, not a table."),
        (b'<?xml version="1.0"?><!DOCTYPE html><html><body>Sign in</body></html>', "sales.xml: is a web page or XML, not a table."),
        (b'<?xml version="1.0"?>\n<html><body/></html>', "sales.xml: is a web page or XML, not a table."),
    ],
)
def test_other_markup_is_no_answer(tmp_path, content, told):
    """A feed or a login page is refused as before."""
    assert refusal(tmp_path, content).startswith(told)


@pytest.mark.parametrize("content", [b"purchaseid;itemid", b"<table><tr><td>1</td></tr></table>", b"", b"PK\x03\x04"])
def test_what_is_no_xml_is_left_to_the_other_readers(content):
    """Only XML is taken for an answer."""
    assert not webservice.is_answer(content)
