"""Encodings: known from the bytes alone, and a wrong byte costs its row."""

import pytest

from audit.ingest import encoding

FRENCH = "N° de commande;Titre;Prix\r\n1;Expédiée à Noël, créée l'été;12\r\n"
CHINESE = "订单编号;商品名称;单价\r\n1;桌面台灯，可折叠;12\r\n"


@pytest.mark.parametrize("rows", [1, 20, 500])
@pytest.mark.parametrize("name", ["utf-8", "utf-8-sig", "utf-16-le", "utf-16-be", "cp1252"])
def test_french_is_known_in_every_encoding(rows, name):
    """Files of one row and of hundreds are read in the encoding that they were written in."""
    mark = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(name, b"")
    content = mark + (FRENCH * rows).encode(name)

    assert name == encoding.guess(content)
    assert FRENCH * rows == encoding.decode(content[encoding.mark_length(content) :], name)


@pytest.mark.parametrize("rows", [1, 20, 500])
@pytest.mark.parametrize("name", ["utf-8", "gb18030", "utf-16-le"])
def test_chinese_is_known_in_every_encoding(rows, name):
    """Files without a mark, but for UTF-16."""
    content = (b"\xff\xfe" if name == "utf-16-le" else b"") + (CHINESE * rows).encode(name)

    assert name == encoding.guess(content)


@pytest.mark.parametrize(
    ("text", "written", "known"),
    [
        ("prix 12,00 €", "iso-8859-15", "iso-8859-15"),
        ("un cœur, une Œuvre", "iso-8859-15", "iso-8859-15"),
        ("prix 12,00 €", "cp1252", "cp1252"),
        ("un cœur, une Œuvre", "cp1252", "cp1252"),
        ("1½ et ¼ de litre à Évry", "cp1252", "cp1252"),
        ("Expédiée à Évry", "iso-8859-15", "cp1252"),
        ("la commande créée", "cp1252", "cp1252"),
    ],
)
def test_the_two_western_encodings_are_told_apart_where_they_differ(text, written, known):
    """The euro sign and the ligature tell; where both read the same, Windows-1252 is named."""
    content = text.encode(written)

    assert (known, text) == (encoding.guess(content), encoding.decode(content, known))


@pytest.mark.parametrize(
    ("whole", "wrong", "known"), [(1, 1, "utf-8"), (1, 2, "cp1252"), (5, 5, "utf-8"), (5, 6, "cp1252"), (100, 1, "utf-8")]
)
def test_utf_8_stays_utf_8_while_half_of_its_accents_are_whole(whole, wrong, known):
    """Up to half of the runs beyond ASCII may be wrong; one more, and the file is in another encoding."""
    content = b"\xc3\xa9 " * whole + b"\xe9 " * wrong

    assert known == encoding.guess(content)


@pytest.mark.parametrize(("name", "mark"), [("utf-16-le", b"\xff\xfe"), ("utf-16-be", b"\xfe\xff")])
def test_a_wrong_unit_and_an_odd_byte_of_utf_16_stand_out(name, mark):
    """Each becomes a lone surrogate, and what stands around it is read."""
    text = "a;b\r\nc\ud83d;d\r\ne"
    content = mark + text.encode(name, "surrogatepass") + b"\x41"

    assert name == encoding.guess(content)
    assert text + "\udc41" == encoding.decode(content[2:], name)


def test_utf_16_without_a_mark_is_known():
    """Western text shows by its zeros."""
    assert "utf-16-le" == encoding.guess(FRENCH.encode("utf-16-le"))
    assert "utf-16-be" == encoding.guess(FRENCH.encode("utf-16-be"))
    assert "utf-8" == encoding.guess(b"a;b\r\nc\x00;d\r\n")


@pytest.mark.parametrize(
    ("text", "word"), [("le NumÃ©ro 3", "NumÃ©ro"), ("lâ€™article", "lâ€™article"), ("NÂ° 3", "NÂ°"), ("Numéro À Â Ã", ""), ("中文", "")]
)
def test_text_encoded_twice_is_shown_by_a_word(text, word):
    """Letters that were UTF-8 and were read as Windows-1252."""
    assert word == encoding.twice_encoded(text.encode())


def test_what_could_not_be_decoded_is_kept_apart_from_valid_text():
    """In UTF-8 it is an encoded surrogate; valid bytes stay as they are."""
    assert b"a\xed\xb3\xa9b" == encoding.as_utf8(b"a\xe9b", "utf-8")
    assert "é中".encode() == encoding.as_utf8("é中".encode(), "utf-8")
    assert "é中".encode() == encoding.as_utf8("é中".encode("gb18030"), "gb18030")
