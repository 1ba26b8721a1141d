"""WebService answers to tables: each answer's columns, what several say of one item, and what is never read."""

import json
import subprocess
import sys
import zipfile
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pandas as pd
import pytest

from audit import audit, ingest
from audit.config import Config
from audit.errors import FaultyInputs

PARIS = ZoneInfo("Europe/Paris")
AS_OF = datetime(2026, 11, 23, 6, tzinfo=PARIS)
PLANTED = ("Plantedname", "planted@mail.example", "plantedlogin", "12 Plantedstreet", "0600000000", "plantedseller")
PERSON = (
    "<civility>Mme</civility><lastname>Plantedname</lastname><firstname>Plantedname</firstname><address1>12 Plantedstreet</address1>"
    "<zipcode>75010</zipcode><city>Paris</city><phonenumber1>0600000000</phonenumber1>"
)


def element(name, **children):
    """An element: texts or elements by name; a list repeats."""
    inside = "".join(
        part if part.startswith("<") and not part.startswith("<![") else f"<{child}>{part}</{child}>" if part else f"<{child}/>"
        for child, value in children.items()
        for part in ([value] if isinstance(value, str) else value)
    )
    return f"<{name}>{inside}</{name}>"


def euros(name, amount, currency="EUR"):
    """An amount with its currency."""
    return element(name, amount=amount, currency=currency)


def item(number="1510000001", **cells):
    """An item of a sale: a lamp of 60.00 EUR to be confirmed."""
    price = cells.pop("price", euros("price", "60.0"))
    usual = {"sku": "LAMP-1", "advertid": "870000001", "itemid": number, "headline": "Lampe", "itemstatus": "TO_CONFIRM"}
    return element(
        "item", **{**usual, "ispreorder": "N", "isnego": "N", "price": price, "ean": "4006381333931;", "sellerscore": "", **cells}
    )


def sale(*items, purchase="943000001", date="20/11/2026-04:00", mode="Suivi", address=None):
    """A sale with its buyer, whom nobody may read."""
    where = element("deliveryaddress", x=PERSON, country="France", countryalpha2="FX") if address is None else address
    buyer = {"purchasebuyerlogin": "plantedlogin", "purchasebuyeremail": "planted@mail.example"}
    delivery = element("deliveryinformation", shippingtype=mode, isfullrsl="N", **buyer, deliveryaddress=where)
    return element(
        "sale", purchaseid=purchase, purchasedate=date, deliveryinformation=delivery, items=element("items", item=items or [item()])
    )


def sales(*every, action="getnewsales", token="", asked=""):
    """An answer with some sales."""
    request = element("request", version="2017-08-07", user="plantedseller", nexttoken=asked)
    return element(
        f"{action}result", request=request, response=element("response", sales=element("sales", sale=every or [sale()]), nexttoken=token)
    )


def infos(number="1510000001", *blocks, status="COMMITTED", date="20/11/2026-04:00", shipped="0", user="plantedseller"):
    """An answer about one item with its log, claims and letters."""
    told = element("item", itemid=number, date=date, itemstatus=status, shipped=shipped, sellerscore="", blocks=list(blocks))
    return element("getiteminfosresult", request=element("request", user=user, itemid=number), response=element("response", item=told))


def log(code, at, description="", complement=""):
    """An entry of an item's log."""
    return element("itemlog", creationdate=at, itemlogcode=code, description=description, complement=complement)


def committed(at="22/11/2026-05:00"):
    """The entry that says when the seller confirmed."""
    return log("ITEM_COMMITTED", at, "Vous avez confirmé la commande.")


def billing(number="1510000001", purchase="943000001", **cells):
    """An answer about the billing of one item: shipping 4.90, commission 5.00 + 1.00 VAT."""
    usual = {
        "itemid": number,
        "sku": "LAMP-1",
        "headline": "Lampe",
        "category": "Luminaire",
        "itemstatus": "ACCEPTED",
        "itemsaleprice": euros("itemsaleprice", "60.00"),
        "shippingsaleprice": euros("shippingsaleprice", "4.9"),
        "itemcommissionexcltax": euros("itemcommissionexcltax", "5.0"),
        "itemcommissionvat": euros("itemcommissionvat", "1.0"),
    }
    return element(
        "getbillinginformationresult",
        request=element("request", user="plantedseller", purchaseid=purchase),
        response=element(
            "response", billinginformation=element("billinginformation", items=element("items", item=element("item", **{**usual, **cells})))
        ),
    )


def shipping(purchase="943000001", number="6C00000000001", mode="So Colissimo"):
    """An answer about the label of a purchase."""
    label = element(
        "prepaidlabel",
        available="Y",
        trackinginformation=element("trackinginformation", trackingnumber=number, trackingurl="http://p.example"),
    )
    told = element(
        "shippinginformation", shippingtype=mode, prepaidlabel=label, billingaddress=element("billingaddress", x=PERSON, countryalpha2="FX")
    )
    return element("getshippinginformationresult", request=element("request", purchaseid=purchase), response=element("response", x=told))


def tracking(*numbers, purchase="943000001", number="1510000001", carrier="Colissimo"):
    """The file of numbers that a seller sends."""
    cells = {"purchaseid": purchase, "itemid": number, "transporter": carrier, "trackingurl": ""}
    return element("items", item=[element("item", **cells, trackingnumber=text) for text in numbers])


def advert(sku="LAMP-1", barcode="4006381333931", **cells):
    """An advert of the shop, with another shop's offer for the same product within."""
    rival = element(
        "pricing", adverts=element("adverts", advert=element("advert", sku="RIVAL", seller=element("seller", login="plantedlogin")))
    )
    product = element("productsummary", headline="Lampe", topic="Luminaire", caption="Someone", barcode=barcode, pricing=rival)
    usual = {
        "advertid": "589000001",
        "sku": sku,
        "price": euros("price", "60.0"),
        "quality": "LIKE_NEW",
        "unlimitedquantity": "false",
        "stock": "3",
    }
    return element("advert", **{**usual, "comment": "Très bon état", "productsummary": product, **cells})


def export(*adverts):
    """The inventory."""
    return element("inventoryresult", response=element("response", advertlist=element("advertlist", advert=adverts or [advert()])))


def write(folder, files):
    """Write files given by name; a double underscore stands for the dot."""
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / name.replace("__", ".")).write_text(text, encoding="utf-8")
    return folder


def read(tmp_path, **files):
    """Read files of a folder."""
    return ingest.read([write(tmp_path / "in", files)], zone=PARIS, as_of=AS_OF)


def rows(ingested, table, *columns):
    """The accepted rows of some columns, blanks as None."""
    frame = ingested.tables[table].frame[list(columns)]
    return [tuple(None if pd.isna(cell) else cell for cell in row) for row in frame.itertuples(index=False, name=None)]


def notes(ingested):
    """What was said of the files."""
    return [str(note) for note in ingested.notes]


def refused(ingested):
    """File, row, column and reason of all that was refused."""
    return list(ingested.quarantine[["file", "row", "column", "reason"]].itertuples(index=False, name=None))


@pytest.mark.parametrize(
    ("action", "meanings"),
    [
        ("getnewsales", {"TO_CONFIRM": "to_confirm", "CANCELLED": "cancelled", "REFUSED": "refused", "ACCEPTED": "confirmed"}),
        ("getcurrentsales", {"ACCEPTED": "confirmed", "PENDING": "preorder", "PENDING_CLAIM": "claim", "CANCELLED": "cancelled"}),
    ],
)
def test_statuses_of_sales(tmp_path, action, meanings):
    """Each action's words have their own meaning, and raise no note."""
    ingested = read(tmp_path, a__xml=sales(sale(*(item(word, itemstatus=word) for word in meanings)), action=action))

    assert meanings == dict(rows(ingested, "orders", "item_id", "status"))
    assert [] == notes(ingested)


def test_statuses_of_iteminfos_and_billing(tmp_path):
    """They count where the sale says none; the item's own answer before the bill."""
    of_infos = {
        "REQUESTED": "to_confirm",
        "REMINDED": "to_confirm",
        "COMMITTED": "confirmed",
        "PENDING": "preorder",
        "ON_HOLD": "claim",
        "CANCELLED": "cancelled",
        "CLOSED": "closed",
    }
    of_bills = {"bill-ACCEPTED": "confirmed", "bill-CLAIM": "claim", "bill-CANCELLED": "cancelled", "bill-CLOSED": "closed"}
    without = sales(sale(*(item(word, itemstatus="") for word in (*of_infos, *of_bills))))
    answers = "".join(infos(word, status=word) for word in of_infos)
    bills = billing("PENDING", itemstatus="CLOSED") + "".join(billing(word, itemstatus=word.removeprefix("bill-")) for word in of_bills)
    ingested = read(tmp_path, a__xml=without, b__xml=answers, c__xml=bills)

    assert of_infos | of_bills == dict(rows(ingested, "orders", "item_id", "status"))


def test_a_sale_gives_one_row_an_item(tmp_path):
    """What the order says holds for each of its items; one item is one unit."""
    ingested = read(tmp_path, a__xml=sales(sale(item("1"), item("2", price=euros("price", "0.9"), ispreorder="Y", sellerscore="5"))))

    columns = (
        "purchase_id",
        "item_id",
        "unit_price",
        "currency",
        "quantity",
        "shipping_mode",
        "ship_to",
        "is_preorder",
        "rating",
        "source_row",
    )
    first, second = rows(ingested, "orders", *columns)
    assert ("943000001", "1", 6000, "EUR", 1, "tracked", "FR", False, None, 1) == first
    assert ("943000001", "2", 90, "EUR", 1, "tracked", "FR", True, 5.0, 2) == second
    assert ["2026-11-20 03:00:00+00:00"] * 2 == [str(moment) for (moment,) in rows(ingested, "orders", "ordered_at")]


def test_the_country_of_delivery(tmp_path):
    """The delivery address goes first, then the relay point, then the bill's."""
    bill, home = element("billingaddress", x=PERSON, country="Belgique", countryalpha2="BE"), element("deliveryaddress", countryalpha2="GP")
    relay = element("collectionpointaddress", id="FR-000001", x=PERSON, country="France métro.")
    addresses = {"BE": bill, "FR": bill + relay, "GP": bill + relay + home, None: ""}
    every = [sale(item(str(country)), purchase=f"94300000{place}", address=text) for place, (country, text) in enumerate(addresses.items())]

    assert {str(country): country for country in addresses} == dict(
        rows(read(tmp_path, a__xml=sales(*every)), "orders", "item_id", "ship_to")
    )


def test_columns_that_no_answer_tells_are_not_there(tmp_path):
    """Without an item log nobody knows when a sale was confirmed: the rules must be able to say so."""
    lone = read(tmp_path / "a", a__xml=sales()) if (tmp_path / "a").mkdir() is None else None
    both = read(tmp_path, a__xml=sales(), b__xml=infos("1510000001", committed()))

    assert "confirmed_at" not in lone.tables["orders"].present
    assert "confirmed_at" in both.tables["orders"].present
    assert "shipping_fee" not in both.tables["orders"].present


def test_three_answers_make_one_row(tmp_path):
    """The sale, the item's log and its billing are merged; the others' rows count as its copies."""
    ingested = read(tmp_path, s__xml=sales(action="getcurrentsales"), i__xml=infos("1510000001", committed()), b__xml=billing())

    columns = ("item_id", "unit_price", "shipping_fee", "commission", "category", "source_file")
    assert [("1510000001", 6000, 490, 600, "Luminaire", "s.xml")] == rows(ingested, "orders", *columns)
    assert ["2026-11-22 04:00:00+00:00"] == [str(moment) for (moment,) in rows(ingested, "orders", "confirmed_at")]
    assert [("b.xml", 1, 0, 1), ("i.xml", 1, 0, 1), ("s.xml", 1, 1, 0)] == list(
        ingested.inputs[["file", "rows", "accepted", "duplicates"]].itertuples(index=False, name=None)
    )
    assert [
        "1 getbillinginformation rows add to the same items and claims of other or newer answers",
        "1 getiteminfos rows add to the same items and claims of other or newer answers",
    ] == [note for note in notes(ingested) if "add to" in note]


def test_a_late_confirmation_is_seen_through_the_item_log_alone(tmp_path):
    """48 h and one minute after the order in the log; at 48 h sharp there is no finding; without the log none either."""
    found = {}
    for name, files in {
        "late": {"s__xml": sales(action="getcurrentsales"), "i__xml": infos("1510000001", committed("22/11/2026-04:01"))},
        "sharp": {"s__xml": sales(action="getcurrentsales"), "i__xml": infos("1510000001", committed("22/11/2026-04:00"))},
        "without": {"s__xml": sales(action="getcurrentsales")},
    }.items():
        outcome = audit(write(tmp_path / name, files), config=Config(as_of="2026-11-23T06:00"))
        found[name] = "CNF001" in set(outcome.findings["rule"])

    assert {"late": True, "sharp": False, "without": False} == found


def test_the_log_overtakes_a_sale_that_is_still_to_be_confirmed(tmp_path):
    """A sales answer from before the confirmation does not make the item overdue."""
    ingested = read(tmp_path, s__xml=sales(), i__xml=infos("1510000001", committed(), status="ON_HOLD"))

    assert [("claim",)] == rows(ingested, "orders", "status")
    assert (
        "getiteminfos and getnewsales differ about status of 1 items, and getiteminfos is believed;"
        " item 1510000001 for one: claim in i.xml, to_confirm in s.xml"
    ) in notes(ingested)


def test_the_newest_sales_answer_tells_the_status(tmp_path):
    """By the dates in the files' names; what differs is said, naming both files."""
    old, new = (
        sales(sale(item(itemstatus="ACCEPTED")), action="getcurrentsales"),
        sales(sale(item(itemstatus="PENDING_CLAIM")), action="getcurrentsales"),
    )
    ingested = read(tmp_path, **{"s_2026-11-21__xml": old, "s_2026-11-22__xml": new})

    assert [("claim", "s_2026-11-22.xml")] == rows(ingested, "orders", "status", "source_file")
    assert (
        "getcurrentsales and getcurrentsales differ about status of 1 items, and getcurrentsales is believed;"
        " item 1510000001 for one: claim in s_2026-11-22.xml, confirmed in s_2026-11-21.xml"
    ) in notes(ingested)


def test_a_current_sale_goes_before_a_new_one(tmp_path):
    """Without dates in the names: no sale goes back to be confirmed, however late the other's last order is."""
    fresh = sale(item("1510000009"), date="23/11/2026-05:00")
    ingested = read(tmp_path, a__xml=sales(sale(), fresh), b__xml=sales(sale(item(itemstatus="ACCEPTED")), action="getcurrentsales"))

    assert [("1510000009", "to_confirm"), ("1510000001", "confirmed")] == rows(ingested, "orders", "item_id", "status")


def test_what_no_order_decides_is_refused_on_both_sides(tmp_path):
    """Two pages of one age that contradict each other: nobody guesses, both rows are named."""
    ingested = read(tmp_path, a__xml=sales(), b__xml=sales(sale(item(price=euros("price", "70.0")))))

    assert [("a.xml", 1, "", "contradicting-copy"), ("b.xml", 1, "", "contradicting-copy")] == refused(ingested)


def test_overlapping_pages_are_read_once(tmp_path):
    """The same item on two pages is a copy."""
    ingested = read(tmp_path, a__xml=sales(), b__xml=sales(sale(), sale(item("1510000002"), purchase="943000002")))

    assert [0, 1] == list(ingested.inputs["duplicates"])
    assert 2 == len(ingested.tables["orders"].frame)


def test_amounts_that_differ_between_files_are_said(tmp_path):
    """60.0 and 60.00 are the same; 61.00 is not, and the sale is believed."""
    same = read(tmp_path, s__xml=sales(sale(item(itemstatus="ACCEPTED")), action="getcurrentsales"), b__xml=billing())
    assert not [note for note in notes(same) if "differ" in note]
    ingested = read(tmp_path, b__xml=billing(itemsaleprice=euros("itemsaleprice", "61.00"), itemstatus=""))

    assert [(6000,)] == rows(ingested, "orders", "unit_price")
    assert (
        "getcurrentsales and getbillinginformation differ about unit_price of 1 items, and getcurrentsales is believed;"
        " item 1510000001 for one: 60.0 EUR in s.xml, 61.00 EUR in b.xml"
    ) in notes(ingested)


def test_the_shipped_flag_counts_where_every_accepted_item_has_one(tmp_path):
    """One item known to be shipped makes others count as waiting: so nobody is judged by what was not asked."""
    two = sales(sale(item("1", itemstatus="ACCEPTED"), item("2", itemstatus="ACCEPTED")), action="getcurrentsales")
    half = read(tmp_path, s__xml=two, i1__xml=infos("1", committed(), shipped="1"))
    assert [("confirmed",), ("confirmed",)] == rows(half, "orders", "status")
    assert "1 accepted items have no getiteminfos answer that says whether they are shipped: what others say of it is left aside" in notes(
        half
    )
    whole = read(tmp_path, i2__xml=infos("2", committed(), shipped="0"))

    assert [("shipped",), ("confirmed",)] == rows(whole, "orders", "status")


AUTHORS = (
    ("ITEM_CANCELLED", "Vous avez annulé la vente.", "seller"),
    ("ITEM_CANCELLED", "ACHETEUR1 a annulé la commande.", "buyer"),
    ("OTHER", "ACHETEUR1 s'est rétracté.", "buyer"),
    ("ITEM_CANCELLED", "L'acheteur a annulé la commande.", "buyer"),
    ("ITEM_CANCELLED", "PriceMinister a annulé la commande.", "platform"),
    ("ITEM_CANCELLED", "La commande a été annulée automatiquement.", "platform"),
    ("ITEM_CANCELLED", "La vente a été annulée.", None),
    ("ITEM_CANCELLED", "QUELQUUN a annulé la commande.", None),
)


def test_who_cancelled_is_told_by_the_log_alone(tmp_path):
    """The status does not tell; the log's words may, and its buyer is whoever ordered."""
    ordered = log("ITEM_REQUESTED", "20/11/2026-04:00", "ACHETEUR1 vous a passé commande pour cet article.")
    answers = "".join(
        infos(str(number), ordered, log(code, "21/11/2026-09:30", description, "Délai"), status="CANCELLED")
        for number, (code, description, _) in enumerate(AUTHORS)
    )
    every = sale(*(item(str(number), itemstatus="CANCELLED") for number in range(len(AUTHORS))))
    ingested = read(tmp_path, s__xml=sales(every, action="getcurrentsales"), i__xml=answers)

    expected = [("cancelled", author, "Délai") for _, _, author in AUTHORS]
    assert expected == rows(ingested, "orders", "status", "cancelled_by", "cancel_reason")
    assert {"2026-11-21 08:30:00+00:00"} == {str(moment) for (moment,) in rows(ingested, "orders", "cancelled_at")}


def test_a_withdrawn_claim_is_no_cancellation(tmp_path):
    """An entry about a claim says nothing of the sale."""
    entry = log("CLAIM_CANCELLED", "21/11/2026-09:30", "Vous avez annulé la réclamation.")
    ingested = read(tmp_path, s__xml=sales(sale(item(itemstatus="CANCELLED"))), i__xml=infos("1510000001", entry, status="CANCELLED"))

    assert [(None, None)] == [(by, at) for by, at in rows(ingested, "orders", "cancelled_by", "cancelled_at")]


def test_a_cancelled_sale_without_log_has_no_author(tmp_path):
    """Then no answer can tell who cancelled, and the rules that need it say so."""
    ingested = read(tmp_path, s__xml=sales(sale(item(itemstatus="CANCELLED")), action="getcurrentsales"))

    assert [("cancelled", None)] == rows(ingested, "orders", "status", "cancelled_by")
    assert "cancelled_by" not in ingested.tables["orders"].present


def test_the_sellers_own_cancelling_and_accepting_are_read(tmp_path):
    """What the seller did overtakes an older sales answer; the acceptance alone tells where a parcel leaves from; what failed says nothing."""
    cancel = element(
        "cancelitemresult",
        request=element("request", itemid="1", comment="Plus en stock"),
        response=element("response", status="CANCELLED"),
    )
    accept = element(
        "saleacceptanceresult",
        request=element("request", itemid="2", shippingfromcountry="156"),
        response=element("response", status="Accepted", shippingfromcountry="156"),
    )
    two = sales(sale(item("1", itemstatus="ACCEPTED"), item("2")), action="getcurrentsales")
    failed = cancel.replace("CANCELLED", "KO").replace("<itemid>1<", "<itemid>2<")
    ingested = read(tmp_path, s__xml=two, a__xml=accept, c__xml=cancel, f__xml=failed)

    assert [("cancelled", "seller", "Plus en stock", None), ("confirmed", None, None, "CN")] == rows(
        ingested, "orders", "status", "cancelled_by", "cancel_reason", "ship_from"
    )
    assert [0, 0, 1, 0] == list(ingested.inputs["blank"])


CLAIMS = (
    ("DAMAGED", "NEW", "Y", ("damaged", "open")),
    ("DAMAGED", "NEW", "N", ("damaged", "in_mediation")),
    ("NOT_RECEIVED", "CLOSED", "Y", ("not_received", "closed")),
    ("MARTIAN", "STRANGE", "N", ("other", "in_mediation")),
    ("DAMAGED", "", "", ("damaged", "open")),
)


def test_a_claim_becomes_a_row(tmp_path):
    """Its number is made of the item and the moment; its purchase is the sale's; unknown words are read as other."""
    answers = "".join(
        infos(
            f"151000000{number}",
            element("claim", creationdate="15/11/2026-11:46", type=kind, state=state, amicable=amicable, claimcomment="Plantedname"),
            status="ON_HOLD",
        )
        for number, (kind, state, amicable, _) in enumerate(CLAIMS)
    )
    every = sale(*(item(f"151000000{number}", itemstatus="PENDING_CLAIM") for number in range(len(CLAIMS))))
    ingested = read(tmp_path, s__xml=sales(every, action="getcurrentsales"), i__xml=answers)

    expected = [
        (f"151000000{number}-202611151146", "943000001", f"151000000{number}", *words, "i.xml[claims]")
        for number, (_, _, _, words) in enumerate(CLAIMS)
    ]
    columns = ("claim_id", "purchase_id", "item_id", "claim_type", "claim_status", "source_file")
    assert expected == rows(ingested, "claims", *columns)


def test_the_newest_answer_about_a_claim_counts(tmp_path):
    """By the date in the name; the older row counts as a copy."""
    claims = [element("claim", creationdate="15/11/2026-11:46", type="DAMAGED", state="NEW", amicable=amicable) for amicable in "YN"]
    files = {f"i_2026-11-2{day}__xml": infos("1510000001", claim, status="ON_HOLD") for day, claim in enumerate(claims)}
    ingested = read(tmp_path, s__xml=sales(), **files)

    assert [("in_mediation",)] == rows(ingested, "claims", "claim_status")
    assert [1, 0] == list(ingested.inputs.loc[ingested.inputs["table"] == "claims", "duplicates"])


@pytest.mark.parametrize("user", ["plantedseller", ""])
def test_letters_become_messages_without_logins(tmp_path, user):
    """Mails go between seller and platform, messages between seller and buyer: told by the login that asked, else by the letter's state."""
    letters = (
        element("mail", mailid="2906000002", senddate=" 21/11/2026-11:58 ", sender="plantedseller", recipient="PriceMinister", object="Concernant", content="<![CDATA[Bonjour,\nvoici.]]>", status="SENT"),
        element("mail", mailid="2906000001", senddate="21/11/2026-11:46", sender="Rakuten France", recipient="plantedseller", object="", content="Répondez", status="UNREAD"),
        element("message", senddate="21/11/2026-11:50", sender="plantedseller", recipient="plantedlogin", content="Expédié", status="SENT"),
        element("message", senddate="21/11/2026-11:47", sender="plantedlogin", recipient="plantedseller", content="Merci", status="UNREAD"),
    )  # fmt: skip
    ingested = read(tmp_path, s__xml=sales(), i__xml=infos("1510000001", *letters, user=user))

    told = rows(ingested, "messages", "sender", "recipient", "body", "purchase_id", "item_id")
    assert [
        ("seller", "platform", "Concernant\nBonjour,\nvoici.", "943000001", "1510000001"),
        ("platform", "seller", "Répondez", "943000001", "1510000001"),
        ("seller", "buyer", "Expédié", "943000001", "1510000001"),
        ("buyer", "seller", "Merci", "943000001", "1510000001"),
    ] == told
    assert ["2906000002", "2906000001"] == [number for (number,) in rows(ingested, "messages", "message_id")][:2]


def test_labels_and_numbers_become_shipments(tmp_path):
    """A prepaid label serves the purchase, a number that the seller sent its item; a purchase without label has a blank row."""
    ingested = read(
        tmp_path, s__xml=sales(), l__xml=shipping(), n__xml=shipping("943000002", ""), t__xml=tracking("6C00000000002", number="1510000002")
    )

    assert [
        ("943000001", None, "colissimo", None, "6C00000000001", "http://p.example"),
        ("943000001", "1510000002", None, "Colissimo", "6C00000000002", None),
    ] == rows(ingested, "shipments", "purchase_id", "item_id", "shipping_mode", "carrier", "tracking_number", "tracking_url")
    assert [("l.xml", 1, 1, 0), ("n.xml", 1, 0, 1)] == list(
        ingested.inputs.loc[ingested.inputs["file"].isin(["l.xml", "n.xml"]), ["file", "rows", "accepted", "blank"]].itertuples(
            index=False, name=None
        )
    )


def test_a_purchases_answer_fills_what_its_sale_leaves_blank(tmp_path):
    """Mode and country, no more, and never against the sale."""
    files = {
        "s__xml": sales(sale(mode="", address=""), sale(item("1510000002"), purchase="943000002")),
        "a__xml": shipping(),
        "b__xml": shipping("943000002"),
    }

    assert [("colissimo", "FR"), ("tracked", "FR")] == rows(read(tmp_path, **files), "orders", "shipping_mode", "ship_to")


def test_an_export_becomes_listings(tmp_path):
    """The shop's own adverts alone, each with its columns."""
    ingested = read(tmp_path, e__xml=export(advert(), advert("LAMP-2", quality="NEW", comment="")))

    columns = ("sku", "title", "category", "condition", "price", "stock", "comment", "ean")
    assert [
        ("LAMP-1", "Lampe", "Luminaire", "like_new", 6000, 3, "Très bon état", "4006381333931"),
        ("LAMP-2", "Lampe", "Luminaire", "new", 6000, 3, None, "4006381333931"),
    ] == rows(ingested, "listings", *columns)


def test_the_first_valid_barcode_is_used(tmp_path):
    """The others are counted, and named of the first; where none is valid the first stays, for a rule to find."""
    barcodes = {
        "4006381333931;": "4006381333931",
        "4006381333930; 4006381333931;5453003570233;": "4006381333931",
        "4006381333930;123;": "4006381333930",
        ";": None,
    }
    ingested = read(tmp_path, e__xml=export(*(advert(f"LAMP-{place}", text) for place, text in enumerate(barcodes))))

    assert [(used,) for used in barcodes.values()] == rows(ingested, "listings", "ean")
    expected = (
        "2 listings of e.xml have several barcodes, and the first valid one is used;"
        " LAMP-1 for one: 4006381333931, not 4006381333930, 5453003570233"
    )
    assert [expected] == notes(ingested)


def test_listings_without_limit_count_as_one_piece(tmp_path):
    """An advert that is on sale without limit is in stock."""
    ingested = read(tmp_path, e__xml=export(advert(unlimitedquantity="true", stock="0"), advert("B", stock="0")))

    assert [(1,), (0,)] == rows(ingested, "listings", "stock")
    assert ["1 listings of e.xml are on sale without limit: counted as one piece each"] == notes(ingested)


def test_amounts_of_another_currency(tmp_path):
    """A row's amounts must be of one currency; listings are in euros."""
    dollars = sales(sale(item("1", price=euros("price", "60.0", "USD")), item("2")))
    fee = billing("2", shippingsaleprice=euros("shippingsaleprice", "4.9", "USD"))
    ingested = read(tmp_path, s__xml=dollars, b__xml=fee, e__xml=export(advert(price=euros("price", "60.0", "USD"))))

    assert [("1", "USD", 6000)] == rows(ingested, "orders", "item_id", "currency", "unit_price")
    assert [("e.xml", 1, "price", "unreadable-number"), ("s.xml", 2, "shipping_fee", "currency-contradiction")] == refused(ingested)


@pytest.mark.parametrize(
    ("changed", "column", "reason"),
    [
        ({"price": euros("price", "soixante")}, "unit_price", "unreadable-number"),
        ({"price": euros("price", "60,00")}, "unit_price", "unreadable-number"),
        ({"price": euros("price", "")}, "unit_price", "missing"),
        ({"price": euros("price", "60.001")}, "unit_price", "third-decimal"),
        ({"itemid": ""}, "item_id", "missing"),
        ({"itemid": "1.51E+09"}, "item_id", "damaged-identifier"),
    ],
)
def test_an_item_that_can_not_be_read_costs_itself_alone(tmp_path, changed, column, reason):
    """It is refused by its number in the file, the others stand, and the ledger adds up."""
    ingested = read(
        tmp_path, s__xml=sales(sale(item("1", price=euros("price", "1.5")), item("2", **changed), item("3", price=euros("price", "2.5"))))
    )

    assert [("s.xml", 2, column, reason)] == refused(ingested)
    assert [("1",), ("3",)] == rows(ingested, "orders", "item_id")
    assert (3, 2, 1) == tuple(ingested.inputs.loc[0, ["rows", "accepted", "quarantined"]])


def test_an_american_date_costs_its_rows_and_not_the_file(tmp_path):
    """The platform's dates have one order, so one that can't be is a broken cell."""
    ingested = read(tmp_path, s__xml=sales(sale(date="11/20/2026-04:00"), sale(item("2"), purchase="943000002", date="20/11/2026 - 04:00")))

    assert [("s.xml", 1, "ordered_at", "unreadable-date")] == refused(ingested)
    assert [("2",)] == rows(ingested, "orders", "item_id")


def test_a_mended_row_counts(tmp_path):
    """The quarantine file has canonical columns: repaired and fed in beside the answers, it gives what a good answer would have given."""
    clean = {"s__xml": sales(sale(item("1"), item("2"))), "i__xml": infos("2", committed())}
    (tmp_path / "clean").mkdir()
    expected = read(tmp_path / "clean", **clean)
    damaged = read(tmp_path, **{**clean, "s__xml": sales(sale(item("1"), item("2", price=euros("price", "soixante"))))})
    repair = damaged.refused[0]
    assert "quarantine/s.xml.csv" == repair.repair_file
    (tmp_path / "in" / "mended.csv").write_text(repair.rows.assign(unit_price="60.0").to_csv(index=False), encoding="utf-8")
    mended = read(tmp_path)

    columns = [name for name in expected.tables["orders"].frame if not name.startswith("source_")]
    pd.testing.assert_frame_equal(
        expected.tables["orders"].frame[columns], mended.tables["orders"].frame[columns].sort_values("item_id", ignore_index=True)
    )
    assert [0, 0, 0] == list(mended.inputs["quarantined"])


def test_an_item_without_a_sale_is_refused_with_what_it_lacks(tmp_path):
    """An item log alone is no order: its row says that purchase and price are missing."""
    ingested = read(tmp_path, i__xml=infos("1510000001", committed()))

    assert [("i.xml", 1, "purchase_id", "missing"), ("i.xml", 1, "unit_price", "missing")] == refused(ingested)


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({"s": sales(sale(item(itemstatus="LOST")), action="getcurrentsales")}, "getcurrentsales answers say LOST 1 times in <itemstatus>, which is not known: read as confirmed"),
        ({"s": sales(sale(item(itemstatus="LOST")))}, "getnewsales answers say LOST 1 times in <itemstatus>, which is not known: read as –"),
        ({"s": sales(sale(mode="Pigeon"))}, "getnewsales answers say Pigeon 1 times in <shippingtype>, which is not known: read as –"),
        ({"s": sales(sale(item(ispreorder="P")))}, "getnewsales answers say P 1 times in <ispreorder>, which is not known: read as –"),
        ({"s": sales(), "i": infos("1510000001", log("NEVER_SEEN", "20/11/2026-05:00"), status="REQUESTED")}, "getiteminfos answers say NEVER_SEEN 1 times in <itemlogcode>, which is not known: read as –"),
        ({"s": export(advert(quality="DUSTY"), advert("B", quality="DUSTY"))}, "export answers say DUSTY 2 times in <quality>, which is not known: read as –"),
    ],
)  # fmt: skip
def test_unknown_values_only_raise_a_note(tmp_path, files, told):
    """Every list of the platform is open: the row is read, and the value is named."""
    ingested = read(tmp_path, **{f"{name}__xml": text for name, text in files.items()})

    assert told in notes(ingested)
    assert [] == refused(ingested)


def test_unknown_elements_are_passed_over(tmp_path):
    """New elements change nothing, whatever they hold."""
    more = "<is_fulfilment>N</is_fulfilment><offer><price><amount>1.0</amount></price><itemid>9</itemid></offer>"
    ingested = read(tmp_path, s__xml=sales(sale(item(extra=more))))

    assert [("1510000001", 6000)] == rows(ingested, "orders", "item_id", "unit_price")
    assert [] == notes(ingested)


@pytest.mark.parametrize(
    ("pages", "told"),
    [
        ([("", "")], []),
        ([("", "t2")], ["p0.xml"]),
        ([("", "t2"), ("t2", "")], []),
        ([("", "t2"), ("t2", "t3")], ["p1.xml"]),
        ([("", "t2"), ("t3", "")], ["p0.xml"]),
        ([("", "t2"), ("", "")], []),
    ],
)
def test_a_missing_page_is_said(tmp_path, pages, told):
    """A page that names a next one which nobody asked for; where no page says what was asked, a last page is enough."""
    files = {
        f"p{place}__xml": sales(sale(item(str(place)), purchase=f"94300000{place}"), asked=asked, token=token)
        for place, (asked, token) in enumerate(pages)
    }

    assert [f"{name} is not the last page of getnewsales: the next one is not among the inputs" for name in told] == notes(
        read(tmp_path, **files)
    )


ERROR = element("errorresponse", error=element("error", type="Sender", code="InvalidUserRights", message="Quota exceeded.", details=element("details", detail="Too many calls this hour.")))  # fmt: skip


def test_an_error_answer_is_refused_with_what_the_platform_said(tmp_path):
    """Beside good files, named with code, message and remedy."""
    with pytest.raises(FaultyInputs) as fault:
        read(tmp_path, e__xml=ERROR, s__xml=sales())

    assert (
        "e.xml: is no answer but the platform's error: InvalidUserRights: Quota exceeded.: Too many calls this hour."
        " Wait an hour, then call the WebService again."
    ) == str(fault.value)


def test_an_import_that_the_platform_refused_is_said(tmp_path):
    """Errors within an answer refuse it just so; one that was accepted holds nothing and is left aside."""
    good = element("importresult", response=element("response", status="OK"))
    assert ("r.xml",) == read(tmp_path, r__xml=good, s__xml=sales()).left
    bad = element(
        "importresult",
        response=element("response", errors=element("errors", error=element("error", code="42", message="numéro incorrect"))),
    )
    with pytest.raises(FaultyInputs) as fault:
        read(tmp_path, r__xml=bad)

    assert "r.xml: is no answer but the platform's error: 42: numéro incorrect. Mend that, then call the WebService again." == str(
        fault.value
    )


def test_answers_that_hold_nothing_of_use(tmp_path):
    """In a folder they are left; named outright, the file is refused as what it is."""
    text = element("getitemtodolistresult", response=element("response", items=element("items", item=element("item", itemid="1"))))
    assert ("t.xml",) == read(tmp_path, t__xml=text, s__xml=sales()).left
    with pytest.raises(FaultyInputs, match=r"t.xml: is a WebService answer that holds nothing that the audit reads"):
        ingest.read([tmp_path / "in" / "t.xml"], zone=PARIS, as_of=AS_OF)
    with pytest.raises(FaultyInputs, match=r"s.xml: answers getnewsales \(orders\), which holds no shipments"):
        ingest.read([], named={"shipments": [tmp_path / "in" / "s.xml"]}, zone=PARIS, as_of=AS_OF)


def test_a_file_of_several_actions_has_a_part_for_each(tmp_path):
    """As a workbook has sheets, so that no two repair files share a name."""
    ingested = read(tmp_path, all__xml=sales() + infos("1510000001", committed()) + billing())

    assert [("getnewsales", 1), ("getiteminfos", 0), ("getbillinginformation", 0)] == list(
        ingested.inputs[["sheet", "accepted"]].itertuples(index=False, name=None)
    )


def test_the_order_of_files_changes_nothing(tmp_path):
    """The same answers under other names give the same orders."""
    texts = [sales(sale(item("1"), item("2"))), infos("1", committed(), status="ON_HOLD"), billing("2")]
    frames = []
    for names in ("abc", "cba"):
        (tmp_path / names).mkdir()
        ingested = read(tmp_path / names, **{f"{name}__xml": text for name, text in zip(names, texts, strict=True)})
        frames.append(ingested.tables["orders"].frame.drop(columns=["source_file", "source_row"]))

    pd.testing.assert_frame_equal(frames[0], frames[1])


def everything():
    """One file for each action, about a small shop."""
    claim = element("claim", creationdate="20/11/2026-10:00", type="DAMAGED", state="NEW", amicable="Y", claimcomment="Plantedname")
    letter = element(
        "message", senddate="21/11/2026-11:47", sender="plantedlogin", recipient="plantedseller", content="Merci", status="UNREAD"
    )
    broken = sale(item("1510000004", price=euros("price", "soixante")), purchase="943000004")
    current = [
        sale(item(itemstatus="PENDING_CLAIM")),
        sale(item("1510000002", itemstatus="ACCEPTED", price=euros("price", "250.0")), purchase="943000002"),
    ]
    return {
        "new__xml": sales(sale(item("1510000003"), purchase="943000003", date="22/11/2026-05:00"), broken),
        "current__xml": sales(*current, action="getcurrentsales"),
        "infos__xml": infos("1510000001", claim, letter, committed("22/11/2026-04:01"), status="ON_HOLD"),
        "billing__xml": billing(itemstatus="CLAIM"),
        "shipping__xml": shipping(mode="Suivi"),
        "tracking__xml": tracking("6C00000000002", purchase="943000002", number="1510000002"),
        "export__xml": export(),
        "cancel__xml": element(
            "cancelitemresult", request=element("request", itemid="1510000009"), response=element("response", status="CANCELLED")
        ),
    }


def run(*arguments):
    """The real command."""
    command = Path(sys.executable).with_name("order-audit")
    return subprocess.run([command, *map(str, arguments)], capture_output=True, text=True, check=False)


def test_the_command_reads_a_folder_of_answers(tmp_path):
    """Through the real process: findings that only the answers together show, the ledger, and nobody's personal data anywhere."""
    folder = write(tmp_path / "in", everything())
    done = run("run", folder, "--out", tmp_path / "out", "--as-of", "2026-11-23T06:00", "--max-quarantine", "1")
    summary = json.loads((tmp_path / "out" / "summary.json").read_text(encoding="utf-8"))
    found = pd.read_csv(tmp_path / "out" / "findings.csv", dtype="str", encoding="utf-8-sig")

    assert 10 == done.returncode, done.stderr
    assert {("CNF001", "1510000001"), ("CNF003", "1510000003"), ("REG001", "1510000002"), ("CLM002", "1510000001")} <= set(
        found[["rule", "item_id"]].itertuples(index=False, name=None)
    )
    assert ["new.xml,2", "cancel.xml,1"] == sorted(
        (f"{line['file']},{line['rows']}" for line in summary["inputs"] if line["quarantined"]), reverse=True
    )
    assert all(line["rows"] == line["accepted"] + line["quarantined"] + line["duplicates"] + line["blank"] for line in summary["inputs"])
    with zipfile.ZipFile(tmp_path / "out" / "risk_report.xlsx") as book:
        unpacked = [book.read(name) for name in book.namelist()]
    written = b"".join([*(path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file()), *unpacked])
    assert [] == [word for word in PLANTED if word.encode() in written or word in done.stdout + done.stderr]


def test_check_says_which_answer_each_file_was_taken_for(tmp_path):
    """In words and in JSON."""
    folder = write(tmp_path / "in", everything())
    told = run("check", folder, "--as-of", "2026-11-23T06:00").stdout
    readings = json.loads(run("check", folder, "--as-of", "2026-11-23T06:00", "--format", "json").stdout)["readings"]

    expected = {
        "new.xml": "getnewsales",
        "current.xml": "getcurrentsales",
        "infos.xml": "getiteminfos",
        "billing.xml": "getbillinginformation",
        "shipping.xml": "getshippinginformation",
        "tracking.xml": "importitemshippingstatus",
        "export.xml": "export",
        "cancel.xml": "cancelitem",
    }
    assert expected == {reading["file"]: reading["answer"] for reading in readings}
    assert [] == [name for name, action in expected.items() if f"\n{name}: utf-8, taken for the answer to {action}" not in told]


def test_no_personal_data_is_read_into_any_table_or_note(tmp_path):
    """Planted names, addresses, logins and telephones stand in no table, quarantine row, note or reading."""
    ingested = read(tmp_path, **everything())
    frames = [accepted.frame for accepted in ingested.tables.values()] + [part.rows for part in ingested.refused]
    text = "\n".join([*(frame.to_csv() for frame in frames), ingested.quarantine.to_csv(), *notes(ingested), repr(ingested.readings)])

    assert {"orders", "shipments", "claims", "messages", "listings"} == set(ingested.tables)
    assert [] == [word for word in PLANTED if word in text]
