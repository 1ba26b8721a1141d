"""The messages: which item each is about, who answers whom, and what no file can tell."""

import pandas as pd
import pytest

from audit.books.clock import moments
from audit.books.messages import answers, heard, pairs, threads
from audit.testing import books, claim, message, order


def row(body="Bonjour", sender="seller", recipient="platform", *, orders=None, **cells):
    """One message as the books hold it."""
    return books(orders=orders or [order()], messages=[message(sender, recipient, "2026-11-22 10:00", body, **cells)]).messages.iloc[0]


TWO = [order(), order(item_id="1002")]


@pytest.mark.parametrize(
    ("cells", "orders", "purchase", "item", "names"),
    [
        ({}, None, "900001", "1001", True),
        ({"item_id": ""}, None, "900001", "1001", False),
        ({"item_id": ""}, TWO, "900001", None, False),
        ({"item_id": "", "body": "l'article 1002"}, TWO, "900001", "1002", True),
        ({"item_id": "", "body": "les articles 1001 et 1002"}, TWO, "900001", None, True),
        ({"item_id": "", "purchase_id": "", "body": "l'article 1002"}, TWO, "900001", "1002", True),
        ({"item_id": "", "purchase_id": "", "body": "la commande 900001"}, TWO, "900001", None, False),
        ({"item_id": "", "purchase_id": "", "body": "la commande 900001"}, None, "900001", "1001", False),
        ({"item_id": "", "purchase_id": "", "body": "Bonjour"}, TWO, None, None, False),
        ({"item_id": "", "purchase_id": "900077", "body": "l'article 1002"}, TWO, "900077", None, False),
        ({"item_id": "", "body": "commande 900001/1002"}, TWO, "900001", "1002", True),
        ({"item_id": "", "body": "vu\n> article 1002"}, TWO, "900001", None, False),
    ],
)
def test_the_item_is_the_one_that_is_named_or_the_only_one(cells, orders, purchase, item, names):
    """Ids come first, then the own words, then a purchase that has but one item; several are none."""
    found = row(orders=orders, **cells)

    assert (purchase, item) == tuple(None if pd.isna(value) else value for value in (found["purchase_id"], found["item_id"]))
    assert names == found["names_item"]


@pytest.mark.parametrize(
    ("sender", "recipient", "kind"),
    [
        ("seller", "buyer", "to_buyer"),
        ("seller", "platform", "to_service"),
        ("buyer", "seller", "of_buyer"),
        ("platform", "seller", "of_service"),
        ("buyer", "platform", None),
        ("platform", "buyer", None),
    ],
)
def test_who_writes_to_whom(sender, recipient, kind):
    """A message is of one kind at most; what buyer and platform write to each other is none of the seller's."""
    found = row(sender=sender, recipient=recipient)

    assert ([kind] if kind else []) == [name for name in ("to_buyer", "to_service", "of_buyer", "of_service") if found[name]]


def wrote(*messages, orders=TWO, **more):
    """Books with some messages of the seller to the buyer: item and time each."""
    rows = [message("seller", "buyer", at, "Bonjour", item_id=item, message_id=f"M{place}") for place, (item, at) in enumerate(messages)]
    return books(orders=orders, messages=rows, **more)


def test_messages_without_an_item_are_about_all_of_the_purchase():
    """Item and message belong together in one purchase, unless they name different items."""
    told = wrote(("1001", "2026-11-22 10:00"), ("", "2026-11-22 11:00"))
    both = pairs(told.items, told.messages)

    assert [(0, 0), (0, 1), (1, 1)] == sorted(zip(both["subject"], both["message"], strict=True))


@pytest.mark.parametrize(
    ("at", "first"), [("2026-11-22 10:00:00", True), ("2026-11-22 09:59:59", False), ("2026-11-22", True), ("2026-11-21", False)]
)
def test_an_answer_is_no_earlier_than_the_question(at, first):
    """The same second counts, and so does a day that may hold it."""
    told = wrote(("1001", at), ("1001", "2026-11-22 10:00:00"))
    asked = told.messages.tail(1)
    found = answers(asked, moments(asked, "sent_at"), told.messages.head(1))

    assert first == found.at.notna().iloc[0]


@pytest.mark.parametrize(
    ("at", "inside"),
    [
        ("2026-11-20 10:00:00", True),
        ("2026-11-20 09:59:59", False),
        ("2026-11-21 10:00:00", True),
        ("2026-11-21 10:00:01", False),
        ("2026-11-20", True),
    ],
)
def test_both_ends_of_a_span_belong_to_it(at, inside):
    """A message in the first or the last second is heard; of a whole day any part will do."""
    told = wrote(("1002", at))
    since, until = (
        told.items["ordered_at"].mask(told.items["ordered_at"].notna(), pd.Timestamp(end, tz="Europe/Paris").tz_convert("UTC"))
        for end in ("2026-11-20 10:00", "2026-11-21 10:00")
    )

    assert [inside, inside] == list(heard(told.items["purchase_id"], since, until, told.messages))


def test_a_thread_is_a_purchase():
    """Its first unanswered message stands for it, whatever items they name; those without a purchase have no thread."""
    rows = [
        message("buyer", "seller", "2026-11-20 10:00", "?", message_id="B", item_id="1002"),
        message("buyer", "seller", "2026-11-20 09:00", "?", message_id="A"),
        message("buyer", "seller", "2026-11-20 08:00", "?", message_id="C", purchase_id="", item_id=""),
    ]
    told = books(orders=TWO, messages=rows).messages

    assert ["A"] == list(threads(told, told.head(0))["message_id"])


def test_what_could_not_be_read_is_no_silence():
    """A refused message makes its whole purchase unreadable; a purchase that is not named can't be judged."""
    rows = [
        message("buyer", "seller", "2026-11-20 10:00", "?"),
        message("seller", "buyer", "gestern", "!", purchase_id="900002", item_id="2001"),
    ]
    told = books(orders=[order(), order(purchase_id="900002", item_id="2002")], messages=rows)

    assert [True, False] == list(told.readable(told.items))


@pytest.mark.parametrize(
    ("item", "claimed", "closed"),
    [("1001", "1001", True), ("1001", "1002", False), ("", "1002", True)],
)
def test_mediation_closes_the_channel_about_its_item(item, claimed, closed):
    """A message that names no item of several may be about the claimed one."""
    told = wrote((item, "2026-11-22 10:00"), claims=[claim(item_id=claimed, claim_status="in_mediation")])

    assert [closed] == list(told.in_mediation(told.messages))
