"""What to write: texts in French that can be pasted as they stand, each with its meaning."""

from __future__ import annotations

import json
import string
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from schemas.text import Fact, placeholders


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A text to paste: ``to`` whom, its ``french`` template, and its ``meaning`` in English, the key of the catalogues.

    Facts are named as in schemas.text. One that is not known stays visible as a gap, such as [numéro de suivi à compléter].
    """

    to: str  # buyer, platform, or listing for a remark
    french: str
    meaning: str

    @property
    def facts(self) -> tuple[str, ...]:
        """Names of the facts that it needs."""
        return tuple(placeholders(self.french))


GREETING, CLOSE = "Bonjour,\n", "\nCordialement"

LETTERS: Mapping[str, Letter] = {
    "withdraw-before-dispatch": Letter(
        to="buyer",
        french=GREETING + "Vous souhaitez renoncer à la commande {order}, qui n'est pas encore partie. Un vendeur professionnel ne peut pas le faire "
        "à votre place : écrivez au service client depuis votre compte que vous vous rétractez pour l'article {item}. Nous gardons le colis "
        "chez nous en attendant sa réponse." + CLOSE,
        meaning="You want out of the order, which has not left. We can't do it for you: write to customer service that you withdraw; we hold the parcel meanwhile.",
    ),
    "withdraw-after-receipt": Letter(
        to="buyer",
        french=GREETING + "Vous avez 14 jours à partir de la réception pour changer d'avis. Dans votre compte, ouvrez la commande {order} et "
        "choisissez \"Vous rétracter\" pour l'article {item}.{postage} La plateforme vous rembourse une fois l'article revenu." + CLOSE,
        meaning="You have 14 days from receipt: open the order in your account and choose Vous rétracter; the platform refunds once the article is back.",
    ),
    "withdrawal-to-service": Letter(
        to="platform",
        french=GREETING + "L'acheteur de l'article {item} nous a écrit qu'il se rétracte ; l'échange de messages de la commande {order} le montre. "
        "Merci d'enregistrer sa rétractation." + CLOSE,
        meaning="The buyer wrote to us that he withdraws, as the exchange of messages shows. Please register his retraction.",
    ),
    "contest-booking": Letter(
        to="platform",
        french=GREETING + "La vente de l'article {item} a été close au compte de notre boutique, alors que l'acheteur en avait exprimé le souhait : "
        "voyez l'échange de messages de la commande {order}. Merci de l'enregistrer comme rétractation de l'acheteur et de revoir la commission "
        "facturée." + CLOSE,
        meaning="The end of this sale was booked to our shop, though the buyer wished it, as the messages show. Please register it as the buyer's retraction and review the commission.",
    ),
    "late-retraction": Letter(
        to="platform",
        french=GREETING + "L'article {item} a été livré le {delivered:day} ; la rétractation date du {cancelled:day}, plus de 14 jours après. Merci d'en "
        "tenir compte." + CLOSE,
        meaning="The article was delivered more than 14 days before the retraction. Please take that into account.",
    ),
    "dispatch-notice": Letter(
        to="buyer",
        french=GREETING + "Votre commande {order} est partie le {shipped:day} avec {carrier}, sous le numéro de suivi {number}. Nous restons à votre "
        "disposition jusqu'à son arrivée." + CLOSE,
        meaning="Your order has left, with carrier and tracking number. We are at your disposal until it arrives.",
    ),
    "delay-notice": Letter(
        to="buyer",
        french=GREETING + "Nous avons pris du retard sur votre commande {order} et vous prions de nous en excuser. Elle part au plus vite, en envoi suivi ; "
        "vous recevrez le numéro de suivi le jour même." + CLOSE,
        meaning="Your order is late and we apologise. It leaves as soon as can be, tracked; you will have the number the same day.",
    ),
    "transit-notice": Letter(
        to="buyer",
        french=GREETING + "Votre commande {order}, partie le {shipped:day}, met plus de temps que prévu à vous parvenir. Vous pouvez la suivre sous le numéro "
        "{number} ({carrier}). Nous surveillons son trajet." + CLOSE,
        meaning="Your order is on its way and takes longer than planned. You can follow it by this number; we watch it.",
    ),
    "incident-notice": Letter(
        to="buyer",
        french=GREETING + "Le suivi de votre commande {order} (numéro {number}, {carrier}) n'indique pas de mouvement récent. Nous avons demandé au transporteur "
        "de rechercher le colis et vous donnerons sa réponse sous 48 heures." + CLOSE,
        meaning="The tracking of your order shows no recent movement. We have asked the carrier to look for the parcel and will tell you its answer within 48 hours.",
    ),
    "solutions": Letter(
        to="buyer",
        french=GREETING + "Nous regrettons que l'article de votre commande {order} ne vous satisfasse pas. Nous pouvons vous verser un rabais par la plateforme "
        "si vous le gardez, l'échanger, ou vous rembourser contre son retour.{postage} Dites-nous ce que vous préférez ; une photo nous aidera." + CLOSE,
        meaning="We are sorry that the article does not satisfy you. We can pay a rebate through the platform if you keep it, exchange it, or refund it against its return. Tell us which you prefer; a picture helps.",
    ),
    "defence": Letter(
        to="platform",
        french=GREETING + "L'article {item} a été remis à {carrier} le {shipped:day} sous le numéro de suivi {number}. Dernier passage enregistré : {scan:day}. "
        "La preuve d'envoi est jointe ; nous transmettrons la preuve de livraison dès que le transporteur l'aura établie." + CLOSE,
        meaning="The article was handed to the carrier on this day under this number; last scan on this day. Proof of dispatch is attached; proof of delivery follows.",
    ),
    "defence-delivered": Letter(
        to="platform",
        french=GREETING + "L'article {item} a été remis à {carrier} le {shipped:day} sous le numéro de suivi {number}, et livré le {delivered:day}. La preuve de "
        "livraison est jointe." + CLOSE,
        meaning="The article was handed to the carrier under this number and delivered on this day. Proof of delivery is attached.",
    ),
    "documents": Letter(
        to="platform",
        french=GREETING + "Vous trouverez ci-joint les pièces demandées au sujet de l'article {item}. Nous les compléterons si vous le jugez utile." + CLOSE,
        meaning="The documents that you asked for are attached. We will add to them if you find it useful.",
    ),
    "late-claim": Letter(
        to="platform",
        french=GREETING + "La réclamation sur l'article {item} date du {opened:day}. Le délai prévu par vos conditions était passé : 14 jours après la réception, "
        "ou 30 jours après la confirmation. Merci de la réexaminer." + CLOSE,
        meaning="The claim was opened after the time that your terms allow. Please review it.",
    ),
    "counterfeit-answer": Letter(
        to="platform",
        french=GREETING + "À la suite de la réclamation sur l'article {item}, nous avons retiré de la vente toutes les annonces concernées. Nos factures d'achat et "
        "l'accord écrit de la marque sont joints." + CLOSE,
        meaning="We have taken down all listings concerned. Our purchase invoices and the brand's written consent are attached. (Attach only what you have, and strike out the rest.)",
    ),
    "withdraw-claim": Letter(
        to="buyer",
        french=GREETING + "Merci d'avoir trouvé une solution avec nous pour la commande {order}. Il reste à clore le dossier : écrivez au service client que vous "
        "retirez votre réclamation sur l'article {item}." + CLOSE,
        meaning="Thank you for settling with us. Please write to customer service that you withdraw your claim, so that the case is closed.",
    ),
    "warranty-answer": Letter(
        to="buyer",
        french=GREETING + "L'article de votre commande {order} est couvert par la garantie légale de deux ans. Décrivez-nous la panne, avec une photo ou une courte "
        "vidéo : nous vous proposerons une réparation, un remplacement ou, à défaut, un remboursement." + CLOSE,
        meaning="The article is under the two-year legal warranty. Describe the fault, with a picture or short video: we will offer repair, replacement or else a refund.",
    ),
    "warranty-refund-done": Letter(
        to="platform",
        french=GREETING + "Au titre de la garantie légale, l'acheteur de l'article {item} a été remboursé directement de {amount:money} le {refunded:day}. Le "
        "justificatif est joint ; merci de l'ajouter au dossier." + CLOSE,
        meaning="Under the legal warranty the buyer was refunded directly on this day. The proof is attached; please add it to the file.",
    ),
    "article-number": Letter(
        to="platform",
        french=GREETING + "Notre message du {sent:day} porte sur l'article {item}. Merci de le rattacher à ce dossier." + CLOSE,
        meaning="Our message of this day is about this article. Please attach it to the file.",
    ),
    "origin-remark": Letter(
        to="listing",
        french="Expédition de la Chine, livraison dans 10 jours.",
        meaning="Ships from China, delivery within 10 days.",
    ),
    "warranty-remark": Letter(to="listing", french="Garantie 2 ans.", meaning="Two-year warranty."),
}  # fmt: skip
"""Every text by its name."""

GAPS: Mapping[str, str] = {
    "amount": "montant",
    "cancelled": "date de la rétractation",
    "carrier": "nom du transporteur",
    "delivered": "date de livraison",
    "item": "numéro d'article",
    "number": "numéro de suivi",
    "opened": "date de la réclamation",
    "order": "numéro de commande",
    "refunded": "date du remboursement",
    "scan": "date du dernier passage",
    "sent": "date du message",
    "shipped": "date d'expédition",
}
"""What stands in square brackets where a fact is not known."""

POSTAGE: Mapping[str, str] = {
    "buyer": " Les frais de retour restent à votre charge.",
    "seller": " Les frais de retour sont à notre charge.",
    "unknown": "",
}
"""Who pays for a return, as the shop chose when it joined."""


def write(letter: Letter, facts: Mapping[str, Fact]) -> str:
    """The French text with its facts; unknown ones as gaps to fill in."""
    return _FRENCH.vformat(letter.french, (), {name: facts.get(name) or _gap(name) for name in letter.facts})


def write_json(name: str, facts: str) -> str:
    """A French text by name, its facts as the JSON object that tables hold."""
    return write(LETTERS[name], json.loads(facts) if facts else {})


def form(letter: Letter) -> str:
    """The French text with every fact named in square brackets: the form that a rule's page shows."""
    return _FRENCH.vformat(letter.french, (), {name: "" if name == "postage" else f"[{GAPS[name]}]" for name in letter.facts})


def _gap(name: str) -> str:
    return "" if name == "postage" else f"[{GAPS[name]} à compléter]"


class _French(string.Formatter):
    """Puts facts into French, whatever the language of the report; gaps stay as they are."""

    def format_field(self, value: Fact, format_spec: str) -> str:
        text = str(value)
        if text.startswith("[") or not format_spec:
            return text
        if format_spec == "day":
            return f"{datetime.fromisoformat(text):%d/%m/%Y}"
        return f"{int(text) // 100},{int(text) % 100:02d} EUR"


_FRENCH = _French()
