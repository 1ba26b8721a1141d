"""The texts to paste: all there, in French that can be sent, with every gap visible."""

import json
import re

import pytest

from audit.config import Config
from audit.pages import page
from audit.rule import RETURN_POSTAGE
from audit.rules import RULES
from audit.testing import claim, findings, message, order, refund, shipment
from reports.spoken import spoken
from schemas.letters import GAPS, LETTERS, POSTAGE, form, write, write_json

KNOWN = {
    "amount": "1250",
    "cancelled": "2026-11-20",
    "carrier": "Colissimo",
    "delivered": "2026-11-02",
    "item": "1510011166",
    "number": "6C00017422390",
    "opened": "2026-11-21",
    "order": "943043563/1510011166",
    "paid": "5390",
    "postage": POSTAGE["buyer"],
    "refunded": "2026-11-22",
    "scan": "2026-11-19",
    "sent": "2026-11-18",
    "shipped": "2026-11-17",
    "total": "5391",
}
WRITES = re.compile(
    r"\b(?:tell|write|answer|ask|contest|report|announce|offer|agree|register|wording|contact|send|act on)\b.*",
    re.IGNORECASE,
)
NO_MESSAGE = {"CAN001", "SHP003"}
"""Rules whose todo sounds of a message and calls for none: a habit, and sales that are confirmed or declined."""
PLATFORM = [name for name, letter in LETTERS.items() if letter.to == "platform"]


def letter_of(code, **given):
    """The name, the facts and the text of one finding."""
    (row,) = findings(code, **given)
    return row["letter"], json.loads(row["letter_facts"]), write_json(row["letter"], row["letter_facts"])


def test_every_text_belongs_to_a_rule_and_every_rule_to_its_texts():
    """A text that no rule names is never seen; a name without a text breaks the report."""
    assert set(LETTERS) == {name for rule in RULES for name in rule.letters}


def test_every_rule_that_calls_for_a_message_has_its_text():
    """Where the todo is to write to somebody, there is something to paste."""
    silent = {rule.code for rule in RULES if WRITES.search(rule.todo) and not rule.letters}

    assert NO_MESSAGE == silent


def test_the_texts_that_the_catalogue_promises_are_there():
    """Each occasion to write has its rule and its recipient."""
    of_rule = {rule.code: [LETTERS[name].to for name in rule.letters] for rule in RULES}

    assert {"buyer"} == {
        to for code in ("MSG002", "MSG003", "MSG004", "MSG005", "MSG008", "CLM001", "CLM012", "CNF005") for to in of_rule[code]
    }
    assert {"platform"} == {
        to for code in ("CAN002", "CAN003", "CAN008", "CLM003", "CLM005", "REF004", "MSG001", "MSG006") for to in of_rule[code]
    }


@pytest.mark.parametrize("name", LETTERS)
def test_facts_are_known_and_have_a_gap(name):
    """Every fact that a text names can be filled in, and says in French what is missing."""
    assert set(LETTERS[name].facts) <= {*GAPS, "postage"}
    assert set(LETTERS[name].facts) <= set(KNOWN)


@pytest.mark.parametrize("known", [KNOWN, {}, {"item": "1510011166"}])
@pytest.mark.parametrize("name", PLATFORM)
def test_no_text_to_customer_service_speaks_of_annuler(name, known):
    """No word of the family stands in any of them, whatever is known."""
    assert not re.search(r"ann?ul", write(LETTERS[name], known), re.IGNORECASE)
    assert not re.search(r"ann?ul", form(LETTERS[name]), re.IGNORECASE)


@pytest.mark.parametrize("name", [name for name, letter in LETTERS.items() if letter.to == "buyer"])
def test_nor_does_any_text_to_a_buyer(name):
    """A buyer who copies the word would have it booked to the shop."""
    assert not re.search(r"ann?ul", write(LETTERS[name], KNOWN), re.IGNORECASE)


@pytest.mark.parametrize("known", [KNOWN, {}])
@pytest.mark.parametrize("name", [name for name, letter in LETTERS.items() if letter.to != "listing"])
def test_the_french_is_set_as_french_is(name, known):
    """Greeting and close, plain apostrophes, unbreakable spaces before high signs, no doubled space, letters that older forms know."""
    text = write(LETTERS[name], known)

    assert text.startswith("Bonjour,\n")
    assert text.endswith("\nCordialement")
    assert not re.search(r"[’“”\u202f]| {2}|\{|\}| [;:?!»]|« |[^\s\u00a0][;?!»]", text)
    assert text == text.encode("latin-1").decode("latin-1")


@pytest.mark.parametrize("name", LETTERS)
def test_gaps_stay_visible(name):
    """What is not known stands in brackets with what to fill in; what is known leaves none but those to be chosen."""
    letter = LETTERS[name]
    blank, full = write(letter, {}), write(letter, KNOWN)
    named = [fact for fact in letter.facts if fact != "postage"]

    assert all(f"[{GAPS[fact]} à compléter]" in blank for fact in named)
    assert not any(GAPS[fact] + " à compléter" in full for fact in named)
    assert all(f"[{GAPS[fact]}]" in form(letter) for fact in named)


def test_facts_are_put_into_french():
    """Days as day/month/year, money with a comma; a blank fact is a gap too."""
    text = write(LETTERS["warranty-refund-done"], {"amount": "1205", "refunded": "2026-11-02", "item": ""})

    assert "12,05\u00a0EUR, le 02/11/2026" in text
    assert "[numéro d'article à compléter]" in text


def test_known_numbers_stand_in_the_text():
    """The text as it is pasted, word for word."""
    expected = (
        "Bonjour,\nL'article 1510011166 a été remis à Colissimo le 17/11/2026 (suivi\u00a0: 6C00017422390). Dernier passage enregistré\u00a0: "
        "19/11/2026. La preuve d'expédition est jointe\u00a0; nous transmettrons la preuve de livraison dès que le transporteur l'aura établie."
        "\nCordialement"
    )

    assert expected == write(LETTERS["defence"], KNOWN)


def missing(number="RR473124829GB", carrier="Colissimo", *others):
    """A claim of non-receipt on an item with a parcel that nobody has scanned for long."""
    parcel = shipment(
        shipping_mode="tracked", tracking_number=number, carrier=carrier, shipped_at="2026-11-10 10:00", last_scan_at="2026-11-12 10:00"
    )
    return {
        "orders": [order(ordered_at="2026-11-09 10:00", confirmed_at="2026-11-09 12:00", status="shipped")],
        "shipments": [parcel | {"delivered_at": ""}, *others],
        "claims": [claim(claim_type="not_received")],
    }


@pytest.mark.parametrize("number", ["Oui", "", "N/A", "900001", "RR473124828GB", "无"])
def test_a_placeholder_never_stands_as_a_number(number):
    """Where there is no real number the gap shows."""
    name, facts, text = letter_of("CLM005", **missing(number))

    assert ("defence", None) == (name, facts.get("number"))
    assert "(suivi\u00a0: [numéro de suivi à compléter])" in text


@pytest.mark.parametrize("carrier", ["Autre", "other", "其他", "-", "n/a", ""])
def test_a_placeholder_never_stands_as_a_carrier(carrier):
    """Nor does a word that only says that it is another carrier."""
    assert "a été remis à [nom du transporteur à compléter] le 10/11/2026" in letter_of("CLM005", **missing(carrier=carrier))[2]


def test_of_several_parcels_those_that_are_missing_are_named():
    """A parcel that has arrived is not looked for; the others are all named, with their carriers."""
    own = {"shipping_mode": "tracked", "shipped_at": "2026-11-11 10:00", "last_scan_at": "2026-11-13 10:00"}
    arrived = shipment(**own, tracking_number="LX1111111", carrier="DHL", delivered_at="2026-11-13 10:00")
    under_way = shipment(**own, tracking_number="LX2222222", carrier="GLS", delivered_at="")
    facts = letter_of("CLM005", **missing("RR473124829GB", "Colissimo", arrived, under_way))[1]

    assert {
        "number": "RR473124829GB, LX2222222",
        "carrier": "Colissimo, GLS",
        "shipped": "2026-11-10",
        "scan": "2026-11-13",
        "item": "1001",
    } == facts


def test_a_claim_of_non_receipt_is_answered_by_what_the_tracking_says():
    """Not delivered: the carrier is asked; delivered: the buyer looks again."""
    given = missing()
    given["claims"] = [claim(claim_type="not_received", opened_at="2026-11-20 05:00", seller_replied_at="")]

    assert "incident-notice" == letter_of("CLM011", **given)[0]
    given["shipments"][0]["delivered_at"] = "2026-11-14 10:00"
    name, _, text = letter_of("CLM011", **given)
    assert "delivered-notice" == name
    assert "a été livrée le 14/11/2026" in text


def test_the_carrier_is_asked_before_the_buyer_is_told_so():
    """A text that says that the carrier was asked goes with the advice to ask him first."""
    rules = [rule for rule in RULES if "incident-notice" in rule.letters]

    assert {"TRK004", "TRK005", "MSG004", "CLM001", "CLM002", "CLM011"} == {rule.code for rule in rules}
    assert all("sk the carrier first" in rule.advice for rule in rules)


def test_listings_come_down_before_customer_service_is_told_so():
    """The same of the answer to a counterfeit claim."""
    assert all("Take down every listing named here today, then" in rule.advice for rule in RULES if "counterfeit-answer" in rule.letters)


@pytest.mark.parametrize(
    ("postage", "french"),
    [("buyer", "Les frais de retour restent à votre charge."), ("seller", "Les frais de retour sont à notre charge."), ("unknown", "")],
)
def test_who_pays_for_a_return_is_quoted(postage, french):
    """In the text to the buyer and in the advice to the shop, as the settings say; where they don't, in neither."""
    given = {"orders": [order(status="shipped")], "claims": [claim(opened_at="2026-11-20 05:00", seller_replied_at="")]}
    text = letter_of("CLM011", config=Config(return_postage=postage), **given)[2]
    rule = next(rule for rule in RULES if rule.code == "CLM011")

    assert (french in text) if french else ("frais de retour" not in text)
    assert f"{rule.advice} {RETURN_POSTAGE[postage]}" == rule.advise(postage) if french else rule.advice == rule.advise(postage)


def test_every_rule_that_may_bring_an_article_back_says_who_pays():
    """Rules with a text that names the postage, and those about retractions; no other advice changes."""
    quoting = {rule.code for rule in RULES if any("postage" in LETTERS[name].facts for name in rule.letters)}

    assert {"CLM001", "CLM002", "CLM011", "MSG008", "CAN006", "CAN007"} == {rule.code for rule in RULES if rule.returns}
    assert quoting <= {rule.code for rule in RULES if rule.returns}
    assert all(rule.advice == rule.advise("buyer") for rule in RULES if not rule.returns)


def test_the_saved_advice_says_who_pays(sample):
    """Without a setting the report's advice is the rule's own."""
    assert [rule.advice for rule in RULES] == list(sample.rules["advice"])


@pytest.mark.parametrize(
    ("code", "given", "expected"),
    [
        ("REF005", {"refunds": [refund(amount="50.01")]}, "s'élèvent à 50,01\u00a0EUR, alors que l'acheteur avait payé 50,00\u00a0EUR"),
        (
            "MSG005",
            {"messages": [message("buyer", "seller", "2026-11-21 10:00", "Bonjour ?")]},
            "votre message du 21/11/2026 au sujet de la commande 900001/1001. [réponse",
        ),
        (
            "MSG006",
            {"messages": [message("seller", "platform", "2026-11-21 23:30", "Bonjour", item_id="")]},
            "Notre message du 21/11/2026 concerne l'article 1001.",
        ),
        (
            "CLM008",
            {
                "claims": [claim(opened_at="2026-11-22 10:00")],
                "shipments": [shipment(shipping_mode="normal", shipped_at="2026-10-20 15:00")],
            },
            "a été ouverte le 22/11/2026",
        ),
    ],
)
def test_findings_fill_in_their_own_facts(code, given, expected):
    """Order, article, days in shop time and money come from the finding's own row."""
    bought = order(ordered_at="2026-10-20 10:00", confirmed_at="2026-10-20 12:00", shipping_fee="0.00")

    assert expected in letter_of(code, orders=[bought], **given)[2]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_the_page_of_a_rule_shows_its_texts(rule):
    """Explain shows to whom each text goes, and what it says."""
    shown = " ".join(page(rule).split())

    assert len(rule.letters) == shown.count("Text to paste, ")
    assert all(" ".join(LETTERS[name].meaning.split()) in shown for name in rule.letters)


@pytest.mark.parametrize("postage", ["buyer", "seller", "unknown"])
def test_the_report_quotes_who_pays(tmp_path, postage):
    """A shop that has set return_postage reads it in the advice of each finding that may bring an article back."""
    from audit import audit

    (tmp_path / "orders.csv").write_text("purchase_id,item_id,ordered_at,unit_price,status\n900001,1001,2026-11-20 10:00,50.00,shipped\n")
    outcome = audit(tmp_path, config=Config(return_postage=postage, as_of="2026-11-23T06:00"))
    advice = dict(zip(outcome.rules["code"], spoken(outcome).rules["advice"], strict=True))

    assert (postage != "unknown") == advice["CLM001"].endswith(RETURN_POSTAGE.get(postage, "\n"))
    assert not any(told in advice["TRK001"] for told in RETURN_POSTAGE.values())
