"""MSG: both sides of every boundary, as-of 2026-11-23 06:00 in Paris."""

import json

import pytest

from audit.testing import claim, findings, judge, message, needed, order, shipment
from schemas.text import evidence

EARLY = message("seller", "buyer", "2026-10-01 10:00", "Bonjour", purchase_id="900009", item_id="9001")
LAST = message("seller", "buyer", "2026-11-23 05:59", "Bonjour", purchase_id="900009", item_id="9001")
WINDOW = [EARLY, LAST]
"""Messages of another purchase, between which the absence of one means something."""


def said(row):
    """A finding's evidence in words."""
    return evidence(row["evidence"], row["facts"])


def facts(row):
    """The facts of a finding's text."""
    return json.loads(row["letter_facts"])


def written(sender, recipient, at, body, *, others=(), **cells):
    """One item, one message about it, and whatever else was written."""
    return {"orders": [order()], "messages": [message(sender, recipient, at, body, **cells), *others]}


def count(code, given, **more):
    """How many findings, and how many subjects not judged."""
    judged = judge(rules=needed(code), **given, **more)
    return int((judged.findings["rule"] == code).sum()), judged.verdicts[code].not_judged


@pytest.mark.parametrize(
    ("sender", "recipient", "body", "words"),
    [
        ("seller", "platform", "Merci d'annuler la commande, annulation demandée", "annuler, annulation"),
        ("seller", "platform", "Merci d'anuler", "anuler"),
        ("seller", "platform", "Merci d'annuler la réclamation", None),
        ("seller", "platform", "La commande est non annulée", None),
        ("seller", "platform", "Bague pour annulaire", None),
        ("seller", "platform", "L'acheteur se rétracte", None),
        ("seller", "platform", "Voici les pièces.\nLe 20/11/2026, SAV a écrit :\n> faut-il annuler ?", None),
        ("seller", "buyer", "Merci d'annuler la commande", None),
        ("buyer", "platform", "Merci d'annuler la commande", None),
    ],
)
def test_msg001_hears_the_word_to_customer_service(sender, recipient, body, words):
    """The family counts in the seller's own words to customer service alone, and not of a claim."""
    found = findings("MSG001", **written(sender, recipient, "2026-11-22 10:00", body))

    assert ([f"written: {words}"] if words else []) == [said(row) for row in found]
    assert all((row["severity"], row["confidence"], row["standing"]) == ("high", "certain", "guide") for row in found)


def announced(shipped, *told, mode="tracked", number="RR473124829GB", **cells):
    """One item sent at some time, and notices to its buyer."""
    parcel = shipment(shipping_mode=mode, tracking_number=number, shipped_at=shipped, carrier="Colissimo", **cells)
    bodies = [message("seller", "buyer", at, "Votre colis est parti") for at in told]
    return {
        "orders": [order(ordered_at="2026-11-18 10:00", confirmed_at="2026-11-18 12:00", status="shipped")],
        "shipments": [parcel],
        "messages": [*WINDOW, *bodies],
    }


@pytest.mark.parametrize(
    ("shipped", "told", "found"),
    [
        ("2026-11-21 06:00:00", (), 0),
        ("2026-11-21 05:59:59", (), 1),
        ("2026-11-20 06:00:00", ("2026-11-19 06:00:00",), 0),
        ("2026-11-20 06:00:00", ("2026-11-19 05:59:59",), 1),
        ("2026-11-20 06:00:00", ("2026-11-22 06:00:00",), 0),
        ("2026-11-20 06:00:00", ("2026-11-22 06:00:01",), 1),
        ("2026-11-21", (), 0),
        ("2026-11-20", (), 1),
        ("2026-11-20", ("2026-11-17",), 1),
        ("2026-11-20", ("2026-11-19",), 0),
    ],
)
def test_msg002_wants_a_notice_around_the_dispatch(shipped, told, found):
    """From 24 h before to 48 h after, both included, once 48 h are over; a whole day is read kindly."""
    assert found == len(findings("MSG002", **announced(shipped, *told)))


def test_msg002_says_what_is_missing_and_what_to_write():
    """Low, certain, and with the notice ready, for it has not arrived; a parcel that has calls for none."""
    (row,) = findings("MSG002", **announced("2026-11-20 06:00"))
    (arrived,) = findings("MSG002", **announced("2026-11-20 06:00", delivered_at="2026-11-22 10:00"))
    (plain,) = findings("MSG002", **announced("2026-11-20 06:00", mode="normal", number=""))

    assert ("low", "certain", "guide") == (row["severity"], row["confidence"], row["standing"])
    assert "dispatched 20 Nov 2026 06:00, no message to the buyer" == said(row)
    assert ("dispatch-notice", None, "dispatch-notice-untracked") == (row["letter"], arrived["letter"], plain["letter"])
    assert {"order": "900001/1001", "shipped": "2026-11-20", "carrier": "Colissimo", "number": "RR473124829GB"} == facts(row)


def test_msg002_judges_only_what_the_messages_cover():
    """A dispatch outside their days, or a refused message of the purchase, is counted as not judged; mediation closes the channel."""
    given = announced("2026-11-20 06:00")

    assert (0, 1) == count("MSG002", given | {"messages": [message("buyer", "seller", "2026-11-22 10:00", "Bonjour")]})
    assert (0, 1) == count("MSG002", given | {"messages": [*WINDOW, message("seller", "buyer", "gestern", "Parti")]})
    assert (0, 1) == count("MSG002", given | {"messages": [*WINDOW, message("seller", "buyer", "gestern", "Parti", item_id="1002")]})
    assert (0, 0) == count("MSG002", given, claims=[claim(claim_status="in_mediation")])
    assert (1, 0) == count("MSG002", given, claims=[claim()])
    assert (0, 0) == count("MSG002", given | {"orders": [order(status="cancelled", cancelled_by="buyer")]})


OTHER = order(item_id="1002", unit_price="10.00", status="shipped", confirmed_at="2026-11-20 12:00")


def delayed(*told, status="confirmed", parcels=()):
    """One item confirmed on 19 November at 06:00, so due to leave on the 21st, and messages to its buyer."""
    mine = order(ordered_at="2026-11-18 10:00", confirmed_at="2026-11-19 06:00", status=status)
    bodies = [message("seller", "buyer", at, "Désolé") for at in told]
    sent = parcels or [shipment(item_id="1002", shipped_at="2026-11-20 14:00")]
    return {"orders": [mine, OTHER], "shipments": sent, "messages": [*WINDOW, *bodies]}


@pytest.mark.parametrize(
    ("told", "found"),
    [((), 1), (("2026-11-20 06:00:00",), 0), (("2026-11-20 05:59:59",), 1), (("2026-11-23 05:00",), 0)],
)
def test_msg003_wants_the_delay_told(told, found):
    """From 24 h before the limit on, exactly 24 h included."""
    rows = findings("MSG003", **delayed(*told))

    assert found == len(rows)
    assert all("due to leave 21 Nov 2026 06:00, no message to the buyer" == said(row) for row in rows)
    assert all(("medium", "guide", "delay-notice") == (row["severity"], row["standing"], row["letter"]) for row in rows)


@pytest.mark.parametrize(("shipped", "letters"), [("2026-11-21 06:00:00", []), ("2026-11-21 06:00:01", ["late-dispatch-notice"])])
def test_msg003_also_stands_on_a_late_dispatch(shipped, letters):
    """Exactly 48 h after confirmation is no delay; what left late needs a notice that says so."""
    parcels = [shipment(shipped_at=shipped)]

    assert letters == [row["letter"] for row in findings("MSG003", **delayed(status="shipped", parcels=parcels))]


def test_msg003_leaves_the_guides_48_hours_to_cnf004():
    """A dispatch that is late by the guide alone is no delay to announce."""
    given = delayed(status="shipped", parcels=[shipment(shipped_at="2026-11-20 12:00")])
    given["orders"][0]["ordered_at"] = "2026-11-18 07:00"

    assert (1, 0) == (len(findings("CNF004", **given)), len(findings("MSG003", **given)))


def test_msg003_is_skipped_where_nobody_can_tell_what_left():
    """What it stands on does not run then, and its reason is the same."""
    verdict = judge(rules=needed("MSG003"), orders=[order(confirmed_at="2026-11-20 12:00")], messages=WINDOW).verdicts["MSG003"]

    assert "skipped" == verdict.status.value
    assert "neither a dispatch time in the shipments nor the status shipped in the orders" == str(verdict.reason)


def test_msg003_judges_only_what_the_messages_cover():
    """A limit outside their days is counted as not judged; mediation closes the channel."""
    given = delayed()

    assert (0, 1) == count("MSG003", given | {"messages": [message("buyer", "seller", "2026-11-22 10:00", "?")]})
    assert (0, 1) == count("MSG003", given | {"messages": [*WINDOW, message("seller", "buyer", "gestern", "Retard")]})
    assert (0, 0) == count("MSG003", given, claims=[claim(claim_status="in_mediation")])


def standing(*told, scan="2026-11-14 06:00", shipped="2026-11-12 06:00", more=()):
    """One item whose parcel stands still, and messages to its buyer."""
    cells = {"shipping_mode": "tracked", "delivered_at": "", "carrier": "Colissimo"}
    parcel = shipment(tracking_number="RR473124829GB", shipped_at=shipped, last_scan_at=scan, **cells)
    bodies = [message("seller", "buyer", at, "Le colis est recherché") for at in told]
    return {
        "orders": [order(ordered_at="2026-11-10 10:00", confirmed_at="2026-11-10 12:00", status="shipped")],
        "shipments": [parcel, *(shipment(**{**cells, **other}) for other in more)],
        "messages": [*WINDOW, *bodies],
    }


@pytest.mark.parametrize(
    ("given", "since"),
    [
        (standing(), "14 Nov 2026 06:00"),
        (standing("2026-11-14 06:00:00"), None),
        (standing("2026-11-14 05:59:59"), "14 Nov 2026 06:00"),
        (standing(scan="2026-11-16 06:00"), None),
        (standing(scan="", shipped="2026-11-18 06:00"), "21 Nov 2026 06:00"),
        (standing("2026-11-21 06:00:00", scan="", shipped="2026-11-18 06:00"), None),
        (standing("2026-11-21 05:59:59", scan="", shipped="2026-11-18 06:00"), "21 Nov 2026 06:00"),
        (standing(scan="", shipped="2026-11-20 06:00"), None),
    ],
)
def test_msg004_wants_the_incident_told(given, since):
    """Since the last scan of a parcel that stands, or since 3 days after a dispatch that was never scanned."""
    found = findings("MSG004", **given)

    assert ([f"no movement since {since}, no message to the buyer"] if since else []) == [said(row) for row in found]
    assert all(("medium", "guide", "incident-notice") == (row["severity"], row["standing"], row["letter"]) for row in found)


def test_msg004_looks_at_the_parcel_that_stands():
    """A parcel that has arrived neither starts the clock nor is named; of two that stand the later counts."""
    arrived = {
        "tracking_number": "LX1234567",
        "shipped_at": "2026-11-11 06:00",
        "last_scan_at": "2026-11-12 06:00",
        "delivered_at": "2026-11-12 06:00",
    }
    second = {"tracking_number": "LX7654321", "shipped_at": "2026-11-12 06:00", "last_scan_at": "2026-11-15 06:00"}
    (row,) = findings("MSG004", **standing("2026-11-13 06:00", more=[arrived]))

    assert "RR473124829GB" == facts(row)["number"]
    assert 1 == len(findings("MSG004", **standing("2026-11-14 10:00", more=[second])))
    assert "RR473124829GB, LX7654321" == facts(findings("MSG004", **standing(more=[second]))[0])["number"]


def test_msg004_judges_only_what_it_can():
    """Outside the messages' days it is not judged; without a word on deliveries it is skipped, and says why."""
    given = standing()

    assert (0, 1) == count("MSG004", given | {"messages": [message("buyer", "seller", "2026-11-22 10:00", "?")]})
    assert (0, 0) == count("MSG004", given, claims=[claim(claim_status="in_mediation")])
    del given["shipments"][0]["delivered_at"]
    verdict = judge(rules=needed("MSG004"), **given).verdicts["MSG004"]
    assert "skipped" == verdict.status.value
    assert "neither a delivery time in the shipments nor the status delivered in the orders" == str(verdict.reason)


@pytest.mark.parametrize(
    ("at", "severity", "gone"),
    [
        ("2026-11-22 06:00:00", None, None),
        ("2026-11-22 05:59:59", "medium", "24 h"),
        ("2026-11-21 06:00:00", "medium", "48 h"),
        ("2026-11-21 05:59:59", "high", "48 h"),
        ("2026-11-22", None, None),
    ],
)
def test_msg005_is_strict_at_24_and_48_hours(at, severity, gone):
    """Exactly 24 h is fine, exactly 48 h is still medium."""
    found = findings("MSG005", **written("buyer", "seller", at, "Quelle est la couleur ?"))

    assert ([severity] if severity else []) == [row["severity"] for row in found]
    assert not found or said(found[0]).endswith(f"no answer for {gone}")
    assert all(("certain", "guide", "answer-to-buyer") == (row["confidence"], row["standing"], row["letter"]) for row in found)


def test_msg005_deadline_and_words():
    """The deadline is 48 h after the message."""
    (row,) = findings("MSG005", **written("buyer", "seller", "2026-11-21 20:00", "Quelle est la couleur ?"))

    assert "written 21 Nov 2026 20:00, no answer for 34 h" == said(row)
    assert "2026-11-23T20:00:00+01:00" == row["deadline_at"].tz_convert("Europe/Paris").isoformat()


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("Merci", 0),
        ("Merci beaucoup, bonne journée !", 0),
        ("Bonjour,\n\nMerci pour votre réponse rapide.\nCordialement,\nCamille Exemple", 0),
        ("Bien reçu, merci", 0),
        ("D'accord", 0),
        ("谢谢", 0),
        ("好的，谢谢您", 0),
        ("Thank you very much, have a nice day", 0),
        ("Merci 👍\n\nLe 20/11/2026 à 10:12, Boutique a écrit :\n> Quelle est votre adresse ?", 0),
        ("Merci de me répondre", 1),
        ("Merci mais il manque une pièce", 1),
        ("Merci ?", 1),
        ("Bonjour", 1),
        ("", 1),
        ("Où est mon colis ? Merci", 1),
        ("谢谢，什么时候到？", 1),
    ],
)
def test_msg005_leaves_mere_thanks_out(body, found):
    """Thanks and courtesies need no answer; anything beside them does."""
    assert found == len(findings("MSG005", **written("buyer", "seller", "2026-11-21 20:00", body)))


def test_msg005_is_one_finding_a_thread():
    """The first message that waits stands for its thread; any later message of the seller on the purchase answers all before it."""
    given = written("buyer", "seller", "2026-11-20 10:00", "Où est mon colis ?", message_id="A")
    again = message("buyer", "seller", "2026-11-21 10:00", "Toujours rien ?", message_id="B", item_id="")
    given["messages"].append(again)

    assert ["message:A"] == [row["subject"] for row in findings("MSG005", **given)]
    answer = message("seller", "buyer", "2026-11-20 10:00:00", "Il arrive", item_id="")
    given["messages"].append(answer)
    assert ["message:B"] == [row["subject"] for row in findings("MSG005", **given)]
    given["messages"].append(answer | {"message_id": "C", "sent_at": "2026-11-22 10:00"})
    assert [] == findings("MSG005", **given)


@pytest.mark.parametrize(("sender", "recipient"), [("buyer", "platform"), ("platform", "seller"), ("seller", "buyer")])
def test_msg005_is_about_the_buyers_messages_to_the_seller(sender, recipient):
    """Nobody else waits for this answer."""
    assert [] == findings("MSG005", **written(sender, recipient, "2026-11-20 10:00", "Où est le colis ?"))


def test_msg005_leaves_out_what_it_can_not_judge():
    """Mediation closes the channel for its own item alone; a refused message, or no purchase named, is counted as not judged."""
    given = written("buyer", "seller", "2026-11-20 10:00", "Où est mon colis ?")
    other = message("buyer", "seller", "2026-11-20 11:00", "Et l'autre ?", item_id="1002")
    refused = message("seller", "buyer", "gestern", "Il arrive", item_id="1002")
    nameless = message("buyer", "seller", "2026-11-20 11:00", "Bonjour ?", purchase_id="", item_id="")

    assert (0, 0) == count("MSG005", given, claims=[claim(claim_status="in_mediation")])
    assert (1, 0) == count("MSG005", given | {"messages": [*given["messages"], other]}, claims=[claim(claim_status="in_mediation")])
    assert (0, 1) == count("MSG005", given | {"messages": [*given["messages"], refused]})
    assert (1, 1) == count("MSG005", given | {"messages": [*given["messages"], nameless]})


@pytest.mark.parametrize(
    ("body", "cells", "found"),
    [
        ("Avez-vous reçu notre réponse ?", {"item_id": ""}, 1),
        ("La commande 900001 est partie", {"item_id": ""}, 1),
        ("L'article 1001 est parti", {"item_id": ""}, 0),
        ("L'article 15100111 est parti", {"item_id": "", "purchase_id": ""}, 0),
        ("Commande 943043563/1510011166", {"item_id": "", "purchase_id": ""}, 0),
        ("Le 20/11/2026 à 10:12, SAV a écrit :\n> article 1001", {"item_id": ""}, 1),
        ("Bonjour", {}, 0),
    ],
)
def test_msg006_wants_the_article_number(body, cells, found):
    """In its own column or in the own words; the purchase alone is not enough."""
    rows = findings("MSG006", **written("seller", "platform", "2026-11-22 10:00", body, **cells))

    assert found == len(rows)
    assert all("sent 22 Nov 2026 10:00 without an article number" == said(row) for row in rows)
    assert all(("low", "guide", "article-number") == (row["severity"], row["standing"], row["letter"]) for row in rows)
    assert [] == findings("MSG006", **written("seller", "buyer", "2026-11-22 10:00", body, **cells))


def test_msg006_writes_the_number_where_there_is_only_one():
    """The text names the article of a purchase that has no other; of several it leaves a gap."""
    given = written("seller", "platform", "2026-11-22 10:00", "Bonjour", item_id="")

    assert {"item": "1001", "sent": "2026-11-22"} == facts(findings("MSG006", **given)[0])
    given["orders"].append(order(item_id="1002"))
    assert {"sent": "2026-11-22"} == facts(findings("MSG006", **given)[0])


def test_msg007_finds_contact_details_to_the_buyer():
    """Medium, likely, official; each kind once; the seller's messages to buyers alone."""
    body = "Écrivez à boutique@example.com ou appelez le 06 12 34 56 78"
    (row,) = findings("MSG007", **written("seller", "buyer", "2026-11-22 10:00", body))

    assert ("medium", "likely", "official") == (row["severity"], row["confidence"], row["standing"])
    assert "holds e-mail address, telephone number" == said(row)
    assert [] == findings("MSG007", **written("buyer", "seller", "2026-11-22 10:00", body))
    assert [] == findings("MSG007", **written("seller", "platform", "2026-11-22 10:00", body))
    assert [] == findings("MSG007", **written("seller", "buyer", "2026-11-22 10:00", f"Bonjour\n> {body}"))


MINE = "Notre IBAN : FR14 2004 1010 0505 0001 3M02 606"


def warranted(at, *, delivered="2026-11-01 10:00:00", rating="5", **cells):
    """One item delivered and rated, and an IBAN sent to its buyer."""
    return {
        "orders": [order(ordered_at="2026-10-20 10:00", confirmed_at="2026-10-20 12:00", status="delivered", rating=rating)],
        "shipments": [shipment(shipped_at="2026-10-21 10:00", delivered_at=delivered)],
        "messages": [message("seller", "buyer", at, MINE, **cells)],
    }


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (warranted("2026-11-15 10:00:01"), (0, 0)),
        (warranted("2026-11-15 10:00:01", item_id=""), (0, 0)),
        (warranted("2026-11-15 10:00:00"), (1, 0)),
        (warranted("2026-11-15 10:00:01", rating=""), (1, 0)),
        (warranted("2026-11-15 10:00:01", delivered=""), (0, 1)),
        (warranted("2026-11-03 09:00:00", delivered=""), (1, 0)),
        (warranted("2026-11-03 09:00:01", delivered=""), (0, 1)),
        (warranted("2026-11-15 10:00:01", purchase_id="900077", item_id="7001"), (0, 1)),
        (warranted("2026-11-15 10:00:01") | {"claims": [claim(opened_at="2026-11-14 10:00")]}, (1, 0)),
        (warranted("2026-11-10 10:00") | {"claims": [claim(claim_type="warranty", opened_at="2026-11-09 10:00")]}, (0, 0)),
    ],
)
def test_msg007_excepts_the_warranty(given, expected):
    """More than 14 days after delivery and rated, or a warranty claim; what may be a case of it is not judged."""
    assert expected == count("MSG007", given)


def test_msg007_knows_the_platforms_words_of_the_warranty():
    """After customer service has invoked the warranty the seller may send bank details."""
    told = message("platform", "seller", "2026-11-21 10:00", "Merci de traiter cela en application de la garantie.")

    assert [] == findings("MSG007", **written("seller", "buyer", "2026-11-22 10:00", MINE, others=[told]))
    assert 1 == len(findings("MSG007", **written("seller", "buyer", "2026-11-20 10:00", MINE, others=[told])))


def wishing(body, *more, status="confirmed", **cells):
    """One item whose buyer writes, beside one that shows that the statuses tell what left."""
    mine = order(confirmed_at="2026-11-20 12:00", status=status)
    return {
        "orders": [mine, order(purchase_id="900005", item_id="5001", status="shipped")],
        "messages": [message("buyer", "seller", "2026-11-22 10:00", body, **cells), *more],
    }


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("Je veux annuler ma commande", 1),
        ("Je souhaite me rétracter", 1),
        ("je voudrais anuler svp", 1),
        ("Je souhaite retourner l'article", 1),
        ("Je ne veux plus de cet article", 1),
        ("J'ai changé d'avis", 1),
        ("Can you cancel my order?", 1),
        ("我想退货", 1),
        ("我要取消订单", 1),
        ("La commande n'est pas annulée, j'espère ?", 0),
        ("Surtout n'annulez pas ma commande", 0),
        ("Je souhaite annuler ma réclamation", 0),
        ("Please cancel the claim", 0),
        ("Je ne veux plus attendre", 0),
        ("La laisse est-elle rétractable ?", 0),
        ("C'est pour l'annulaire", 0),
        ("D'accord\nLe 20/11/2026, Boutique a écrit :\n> Voulez-vous annuler ?", 0),
    ],
)
def test_msg008_hears_the_wish_to_withdraw(body, found):
    """However the buyer puts it; a negation, a claim that is ended or a quotation is none."""
    rows = findings("MSG008", **wishing(body))

    assert found == len(rows)
    assert all(("high", "likely", "guide") == (row["severity"], row["confidence"], row["standing"]) for row in rows)


WISH = "Je veux annuler ma commande"


@pytest.mark.parametrize(
    ("answer", "at", "recipient", "found"),
    [
        ("Écrivez au service client que vous vous rétractez", "2026-11-22 10:00:00", "buyer", 0),
        ("Écrivez au service client que vous vous rétractez", "2026-11-22 09:59:59", "buyer", 1),
        ("Écrivez au service client que vous vous rétractez", "2026-11-22 11:00:00", "platform", 1),
        ("C'est noté, nous annulons", "2026-11-22 11:00", "buyer", 1),
    ],
)
def test_msg008_wants_an_answer_with_the_right_word(answer, at, recipient, found):
    """Only a later message to the buyer that names the rétractation helps him."""
    assert found == len(findings("MSG008", **wishing(WISH, message("seller", recipient, at, answer))))


@pytest.mark.parametrize(
    ("given", "state", "letter"),
    [
        (wishing(WISH), "not shipped", "withdraw-before-dispatch"),
        (wishing(WISH, status="shipped"), "shipped", "withdraw-after-receipt"),
        ({"orders": [order()], "messages": wishing(WISH)["messages"]}, "dispatch unknown", "withdraw-either-way"),
    ],
)
def test_msg008_offers_the_text_for_where_the_article_is(given, state, letter):
    """Before dispatch, after it, and one that holds either way where the files don't tell."""
    (row,) = findings("MSG008", **given)

    assert f"written 22 Nov 2026 10:00; {state}" == said(row)
    assert letter == row["letter"]
    assert {"order": "900001/1001", "item": "1001"} == {name: fact for name, fact in facts(row).items() if name != "postage"}


def test_msg008_is_over_once_the_buyer_has_withdrawn():
    """An item that is no longer live, or a purchase of which the buyer has withdrawn another since, needs no word."""
    gone = {"status": "cancelled", "cancelled_by": "buyer"}
    given = wishing(WISH)

    assert [] == findings("MSG008", **given | {"orders": [order(**gone, cancelled_at="2026-11-22 12:00")]})
    for at, found in (("2026-11-22 12:00", 0), ("2026-11-22 09:00", 1)):
        both = [order(), order(item_id="1002", **gone, cancelled_at=at)]
        assert found == len(findings("MSG008", **wishing(WISH, item_id="") | {"orders": both}))


def test_msg008_judges_the_wish_about_the_item_that_is_live():
    """A wish about a withdrawn item does not hide a later one about another item of the purchase."""
    given = wishing(WISH, message("buyer", "seller", "2026-11-22 11:00", WISH, item_id="1002", message_id="B"))
    given["orders"] = [order(status="cancelled", cancelled_by="buyer"), order(item_id="1002")]

    assert ["message:B"] == [row["subject"] for row in findings("MSG008", **given)]


def test_msg008_leaves_out_what_it_can_not_judge():
    """An order that is not in the files, and a refused message of the purchase, are counted as not judged."""
    assert (0, 1) == count("MSG008", wishing(WISH, purchase_id="900077", item_id="7001"))
    assert (0, 1) == count("MSG008", wishing(WISH, message("seller", "buyer", "gestern", "Rétractez-vous")))


ASK = "Bonjour, merci de nous transmettre la preuve d'expédition."


@pytest.mark.parametrize(
    ("asked", "answered", "severity", "letter"),
    [
        ("2026-11-22 06:00:01", None, None, None),
        ("2026-11-22 06:00:00", None, "medium", "documents"),
        ("2026-11-21 06:00:00", None, "medium", "documents"),
        ("2026-11-21 05:59:59", None, "high", "documents"),
        ("2026-11-20 06:00:00", "2026-11-22 06:00:00", None, None),
        ("2026-11-20 06:00:00", "2026-11-22 06:00:01", "low", None),
    ],
)
def test_msg009_is_strict_at_24_and_48_hours(asked, answered, severity, letter):
    """From exactly 24 h on it is pointed out, above 48 h it is high; a late answer can't be mended any more."""
    others = [message("seller", "platform", answered, "Voici")] if answered else []
    found = findings("MSG009", **written("platform", "seller", asked, ASK, others=others))

    assert ([(severity, letter)] if severity else []) == [(row["severity"], row["letter"]) for row in found]
    assert all(("likely", "guide") == (row["confidence"], row["standing"]) for row in found)


def test_msg009_deadline_and_words():
    """The deadline is 48 h after the question, as long as it waits."""
    (waiting,) = findings("MSG009", **written("platform", "seller", "2026-11-21 20:00", ASK))
    late = written("platform", "seller", "2026-11-20 06:00", ASK, others=[message("seller", "platform", "2026-11-22 07:00", "Voici")])
    (done,) = findings("MSG009", **late)

    assert "asked 21 Nov 2026 20:00; answer: –" == said(waiting)
    assert "2026-11-23T20:00:00+01:00" == waiting["deadline_at"].tz_convert("Europe/Paris").isoformat()
    assert ("asked 20 Nov 2026 06:00; answer: 22 Nov 2026 07:00", None) == (said(done), done["deadline_at"])


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (ASK, 1),
        ("Veuillez nous communiquer la facture.", 1),
        ("Please send the invoice", 1),
        ("请提供发货证明", 1),
        ("Veuillez agréer nos salutations. Merci de votre confiance.", 0),
        ("Nous vous prions de nous excuser pour ce retard.", 0),
        ("Please note that the buyer was refunded.", 0),
        ("Merci de ne pas répondre à ce message.", 0),
        ("Le dossier est clos.", 0),
        ("Clos. Veuillez agréer nos salutations, et veuillez nous envoyer la facture", 1),
    ],
)
def test_msg009_tells_a_question_from_a_polite_form(body, found):
    """Customer service closes its letters with words of asking that ask for nothing."""
    assert found == len(findings("MSG009", **written("platform", "seller", "2026-11-20 10:00", body)))


def test_msg009_is_one_finding_for_a_reminder():
    """A second question about the item that still waits is the same matter; one about another item is not."""
    given = written("platform", "seller", "2026-11-19 10:00", ASK, message_id="A")
    given["messages"].append(message("platform", "seller", "2026-11-20 10:00", ASK, message_id="B"))
    given["messages"].append(message("platform", "seller", "2026-11-20 10:00", ASK, message_id="C", item_id="1002"))

    assert ["message:A", "message:C"] == sorted(row["subject"] for row in findings("MSG009", **given))


@pytest.mark.parametrize("item", ["1001", ""])
@pytest.mark.parametrize(("asked", "code"), [("2026-11-20 10:00", "CLM003"), ("2026-11-22 05:00", "CLM004")])
def test_msg009_gives_way_to_the_claim(asked, code, item):
    """What CLM003 or CLM004 says of the item, or of its purchase, is not said twice."""
    given = written("platform", "seller", asked, ASK, item_id=item)
    given["orders"].append(order(item_id="1002"))
    claims = [claim(claim_status="in_mediation", opened_at="2026-11-19 10:00", platform_request_at=asked, platform_reply_at="")]

    assert (1, 0) == (len(findings(code, **given, claims=claims)), len(findings("MSG009", **given, claims=claims)))
    assert 1 == len(findings("MSG009", **given))


def test_msg009_leaves_out_what_it_can_not_judge():
    """A message that names no purchase can't be matched with its answer; a refused row may be that answer."""
    given = written("platform", "seller", "2026-11-20 10:00", ASK)

    assert (0, 1) == count("MSG009", written("platform", "seller", "2026-11-20 10:00", ASK, purchase_id="", item_id=""))
    assert (0, 1) == count("MSG009", given | {"messages": [*given["messages"], message("seller", "platform", "gestern", "Voici")]})


@pytest.mark.parametrize("code", [f"MSG00{number}" for number in range(1, 10)])
def test_without_messages_all_are_skipped(code):
    """Each says which table is missing."""
    parcel = shipment(shipped_at="2026-11-20 13:00", tracking_number="LX1234567", last_scan_at="")
    verdict = judge(rules=needed(code), orders=[order(confirmed_at="2026-11-20 12:00")], shipments=[parcel]).verdicts[code]

    assert ("skipped", "no file holds messages") == (verdict.status.value, str(verdict.reason))


@pytest.mark.parametrize("code", [f"MSG00{number}" for number in range(1, 10)])
def test_nothing_to_say_is_no_fault(code):
    """A single harmless message leaves every rule clean that can run."""
    parcel = shipment(shipped_at="2026-11-20 13:00", tracking_number="LX1234567", last_scan_at="2026-11-22 10:00", delivered_at="")
    given = {"orders": [order(confirmed_at="2026-11-20 12:00")], "shipments": [parcel]}
    verdict = judge(rules=needed(code), **given, messages=[message("seller", "buyer", "2026-11-20 14:00", "Bonjour")]).verdicts[code]

    assert "clean" == verdict.status.value
