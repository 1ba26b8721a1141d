"""What to write: texts in French that can be pasted as they stand, each with its meaning."""

from __future__ import annotations

import json
import re
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
        french=GREETING + "Vous souhaitez renoncer à la commande {order}, qui n'est pas encore partie. Un vendeur professionnel ne peut pas "
        "effectuer cette démarche à votre place : merci d'écrire au service client, depuis votre compte, que vous vous "
        "rétractez pour l'article {item}. Nous gardons le colis dans l'attente de sa réponse." + CLOSE,
        meaning="You want out of the order, which has not left. We can't do it for you: write to customer service that you withdraw; we hold the parcel meanwhile.",
    ),
    "withdraw-after-receipt": Letter(
        to="buyer",
        french=GREETING + "Vous disposez de 14 jours à compter de la réception pour changer d'avis. Dans votre compte, ouvrez la commande {order}"
        " et choisissez « Vous rétracter » pour l'article {item}.{postage} La plateforme vous remboursera une fois l'article "
        "retourné." + CLOSE,
        meaning="You have 14 days from receipt: open the order in your account and choose Vous rétracter; the platform refunds once the article is back. (It says who pays for the return, where the settings tell.)",
    ),
    "withdraw-either-way": Letter(
        to="buyer",
        french=GREETING + "Vous souhaitez renoncer à la commande {order}. Si elle n'est pas encore partie, un vendeur professionnel ne peut pas "
        "effectuer cette démarche à votre place : merci d'écrire au service client, depuis votre compte, que vous vous "
        "rétractez pour l'article {item}. Si vous l'avez reçue, choisissez « Vous rétracter » dans votre compte, dans les 14 "
        "jours suivant la réception.{postage}" + CLOSE,
        meaning="You want out of the order. Before it leaves write to customer service that you withdraw, for we can't do it for you; after receipt choose Vous rétracter in your account, within 14 days. (It says who pays for the return, where the settings tell.)",
    ),
    "withdrawal-to-service": Letter(
        to="platform",
        french=GREETING + "L'acheteur de l'article {item} nous a fait part de sa rétractation, comme le montre l'échange de messages de la "
        "commande {order}. Merci de l'enregistrer comme rétractation de l'acheteur." + CLOSE,
        meaning="The buyer told us that he withdraws, as the exchange of messages shows. Please register it as the buyer's retraction.",
    ),
    "contest-booking": Letter(
        to="platform",
        french=GREETING + "La fin de la vente de l'article {item} a été imputée à notre boutique, alors qu'elle répondait au souhait de "
        "l'acheteur, comme le montre l'échange de messages de la commande {order}. Merci de l'enregistrer comme rétractation de"
        " l'acheteur et de revoir la commission facturée." + CLOSE,
        meaning="The end of this sale was booked to our shop, though the buyer wished it, as the messages show. Please register it as the buyer's retraction and review the commission.",
    ),
    "late-retraction": Letter(
        to="platform",
        french=GREETING + "L'article {item} a été livré le {delivered:day} et la rétractation date du {cancelled:day}, soit plus de 14 jours "
        "après la réception. Merci d'en tenir compte." + CLOSE,
        meaning="The article was delivered more than 14 days before the retraction. Please take that into account.",
    ),
    "dispatch-notice": Letter(
        to="buyer",
        french=GREETING + "Votre commande {order} est partie le {shipped:day} avec {carrier} (suivi : {number}). Nous restons à votre disposition"
        " jusqu'à son arrivée." + CLOSE,
        meaning="Your order has left, with carrier and tracking number. We are at your disposal until it arrives.",
    ),
    "dispatch-notice-untracked": Letter(
        to="buyer",
        french=GREETING + "Votre commande {order} est partie le {shipped:day}, en envoi simple, sans suivi. Nous restons à votre disposition "
        "jusqu'à son arrivée." + CLOSE,
        meaning="Your order has left, as ordinary mail without tracking. We are at your disposal until it arrives.",
    ),
    "late-dispatch-notice": Letter(
        to="buyer",
        french=GREETING + "Votre commande {order} est partie avec du retard, le {shipped:day}, avec {carrier} ; nous vous prions de nous en "
        "excuser. Nous restons à votre disposition jusqu'à son arrivée." + CLOSE,
        meaning="Your order left late, on this day and with this carrier; we apologise. We are at your disposal until it arrives.",
    ),
    "delay-notice": Letter(
        to="buyer",
        french=GREETING + "Votre commande {order} a pris du retard et nous vous prions de nous en excuser. Elle partira au plus vite ; nous vous "
        "préviendrons le jour de l'envoi." + CLOSE,
        meaning="Your order is late and we apologise. It leaves as soon as can be; we will tell you on the day.",
    ),
    "transit-notice": Letter(
        to="buyer",
        french=GREETING + "Votre commande {order}, partie le {shipped:day}, met plus de temps que prévu à vous parvenir. Vous pouvez suivre son "
        "acheminement auprès de {carrier} (suivi : {number}). Nous le surveillons également." + CLOSE,
        meaning="Your order is on its way and takes longer than planned. You can follow it by this number; we watch it too.",
    ),
    "mode-notice": Letter(
        to="buyer",
        french=GREETING + "Votre commande {order} est partie le {shipped:day} avec {carrier}, par un autre mode d'envoi que celui que vous aviez "
        "choisi ; nous vous prions de nous en excuser. Si vous le souhaitez, nous vous remboursons la différence de frais de "
        "port." + CLOSE,
        meaning="Your order left by another mode than the one you chose, and we apologise. If you wish, we refund the difference in shipping.",
    ),
    "incident-notice": Letter(
        to="buyer",
        french=GREETING + "D'après son suivi ({number}, {carrier}), votre commande {order} ne vous est pas encore parvenue. Nous avons demandé au"
        " transporteur de rechercher le colis et vous communiquerons sa réponse sous 48 heures." + CLOSE,
        meaning="By its tracking your order has not arrived yet. We have asked the carrier to look for the parcel and will tell you its answer within 48 hours. (Ask the carrier first.)",
    ),
    "delivered-notice": Letter(
        to="buyer",
        french=GREETING + "D'après son suivi ({number}, {carrier}), votre commande {order} a été livrée le {delivered:day}. Merci de vérifier "
        "votre boîte aux lettres et de vous renseigner auprès de votre entourage, de vos voisins ou du gardien. Si vous ne la "
        "retrouvez pas, dites-le-nous : nous demanderons une enquête au transporteur." + CLOSE,
        meaning="By its tracking your order was delivered on this day. Please look into your letter box and ask family, neighbours and caretaker. If you can't find it, tell us: we will ask the carrier for an inquiry.",
    ),
    "answer-to-buyer": Letter(
        to="buyer",
        french=GREETING + "Nous avons bien reçu votre message du {sent:day} au sujet de la commande {order}. [réponse à compléter]" + CLOSE,
        meaning="We have your message of this day about the order. (Your answer goes into the brackets.)",
    ),
    "solutions": Letter(
        to="buyer",
        french=GREETING + "Nous regrettons le problème rencontré avec l'article {item} de votre commande {order}. Nous pouvons vous accorder un "
        "rabais par la plateforme si vous le conservez, l'échanger, ou vous le rembourser contre retour.{postage} Dites-nous ce"
        " que vous préférez ; une photo nous aidera." + CLOSE,
        meaning="We are sorry about the trouble with the article. We can give a rebate through the platform if you keep it, exchange it, or refund it against its return. Tell us which you prefer; a picture helps. (It says who pays for the return, where the settings tell.)",
    ),
    "defence": Letter(
        to="platform",
        french=GREETING + "L'article {item} a été remis à {carrier} le {shipped:day} (suivi : {number}). Dernier passage enregistré : {scan:day}."
        " La preuve d'expédition est jointe ; nous transmettrons la preuve de livraison dès que le transporteur l'aura établie." + CLOSE,
        meaning="The article was handed to the carrier on this day under this number; last scan on this day. Proof of dispatch is attached; proof of delivery follows.",
    ),
    "defence-delivered": Letter(
        to="platform",
        french=GREETING + "L'article {item} a été remis à {carrier} le {shipped:day} (suivi : {number}), puis livré le {delivered:day}. La preuve"
        " de livraison est jointe." + CLOSE,
        meaning="The article was handed to the carrier under this number and delivered on this day. Proof of delivery is attached.",
    ),
    "documents": Letter(
        to="platform",
        french=GREETING + "Vous trouverez ci-joint les pièces demandées au sujet de l'article {item}. Nous restons à votre disposition pour tout "
        "complément." + CLOSE,
        meaning="The documents that you asked for are attached. We are at your disposal for more.",
    ),
    "evidence-again": Letter(
        to="platform",
        french=GREETING + "Notre précédent envoi au sujet de l'article {item} dépassait les limites admises. Vous trouverez ci-joint les pièces, "
        "réparties en plusieurs envois." + CLOSE,
        meaning="Our earlier sending about this article was over the limits. The documents are attached, spread over several sendings.",
    ),
    "claim-again": Letter(
        to="platform",
        french=GREETING + "L'article {item} a déjà fait l'objet d'une réclamation. Vous trouverez ci-joint les échanges et les justificatifs "
        "correspondants." + CLOSE,
        meaning="There has been a claim on this article before. Its messages and proofs are attached.",
    ),
    "late-claim": Letter(
        to="platform",
        french=GREETING + "La réclamation sur l'article {item} a été ouverte le {opened:day}, après l'expiration du délai prévu par vos "
        "conditions : 14 jours après la réception, ou 30 jours après la confirmation en l'absence de livraison ou de suivi. "
        "Merci de la réexaminer." + CLOSE,
        meaning="The claim was opened after the time that your terms allow. Please review it.",
    ),
    "counterfeit-answer": Letter(
        to="platform",
        french=GREETING + "À la suite de la réclamation sur l'article {item}, nous avons retiré de la vente toutes les annonces concernées. Vous "
        "trouverez ci-joint [pièces à préciser : factures d'achat, accord écrit de la marque]." + CLOSE,
        meaning="We have taken down all listings concerned. Attached are the papers that you name in the brackets: purchase invoices, the brand's written consent. (Take the listings down first.)",
    ),
    "withdraw-claim": Letter(
        to="buyer",
        french=GREETING + "Nous vous remercions de l'accord trouvé pour la commande {order}. Pour clore le dossier, merci d'écrire au service "
        "client, depuis votre compte, que vous retirez votre réclamation sur l'article {item}." + CLOSE,
        meaning="Thank you for settling with us. To close the case please write to customer service that you withdraw your claim.",
    ),
    "warranty-answer": Letter(
        to="buyer",
        french=GREETING + "L'article {item} de votre commande {order} est couvert par la garantie légale de deux ans. Merci de nous décrire la "
        "panne, avec une photo ou une courte vidéo : nous vous proposerons une réparation, un remplacement ou, à défaut, un "
        "remboursement." + CLOSE,
        meaning="The article is under the two-year legal warranty. Describe the fault, with a picture or short video: we will offer repair, replacement or else a refund.",
    ),
    "warranty-refund-done": Letter(
        to="platform",
        french=GREETING + "Au titre de la garantie légale, nous avons remboursé directement l'acheteur de l'article {item} : {amount:money}, le "
        "{refunded:day}. Le justificatif est joint ; merci de l'ajouter au dossier." + CLOSE,
        meaning="Under the legal warranty we refunded the buyer directly on this day. The proof is attached; please add it to the file.",
    ),
    "direct-refund-done": Letter(
        to="platform",
        french=GREETING + "Nous avons remboursé directement l'acheteur de l'article {item} : {amount:money}, le {refunded:day}. Le justificatif "
        "est joint ; merci d'en tenir compte afin que cette somme ne soit pas remboursée une seconde fois." + CLOSE,
        meaning="We refunded the buyer directly on this day. The proof is attached; please see that the sum is not refunded again.",
    ),
    "excess-refund": Letter(
        to="platform",
        french=GREETING + "Les remboursements de l'article {item} s'élèvent à {total:money}, alors que l'acheteur avait payé {paid:money}. Merci "
        "de vérifier s'il s'agit d'un double remboursement et de nous restituer la différence." + CLOSE,
        meaning="The refunds on this article come to more than the buyer had paid. Please check for a double refund and give us back the difference.",
    ),
    "article-number": Letter(
        to="platform",
        french=GREETING + "Notre message du {sent:day} concerne l'article {item}. Merci de le rattacher à ce dossier." + CLOSE,
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
    "paid": "montant payé",
    "refunded": "date du remboursement",
    "scan": "date du dernier passage",
    "sent": "date du message",
    "shipped": "date d'expédition",
    "total": "total des remboursements",
}
"""What stands in square brackets where a fact is not known."""

NO_BREAK = "\u00a0"
BEFORE_SIGN = re.compile(r" (?=[:;?!»])|(?<=«) ")
"""Where French typography wants a space that does not break; this one is also in the older encodings of web forms."""

POSTAGE: Mapping[str, str] = {
    "buyer": " Les frais de retour restent à votre charge.",
    "seller": " Les frais de retour sont à notre charge.",
    "unknown": "",
}
"""Who pays for a return, as the shop chose when it joined."""


def write(letter: Letter, facts: Mapping[str, Fact]) -> str:
    """The French text with its facts; unknown ones as gaps to fill in."""
    return _put(letter, {name: facts.get(name) or _gap(name, " à compléter") for name in letter.facts})


def write_json(name: str, facts: str) -> str:
    """A French text by name, its facts as the JSON object that tables hold."""
    return write(LETTERS[name], json.loads(facts) if facts else {})


def form(letter: Letter) -> str:
    """The French text with every fact named in square brackets: the form that a rule's page shows."""
    return _put(letter, {name: _gap(name, "") for name in letter.facts})


def _gap(name: str, wanted: str) -> str:
    return "" if name == "postage" else f"[{GAPS[name]}{wanted}]"


def _put(letter: Letter, facts: Mapping[str, Fact]) -> str:
    return BEFORE_SIGN.sub(NO_BREAK, _FRENCH.vformat(letter.french, (), facts))


class _French(string.Formatter):
    """Puts facts into French, whatever the language of the report; gaps stay as they are."""

    def format_field(self, value: Fact, format_spec: str) -> str:
        text = str(value)
        if text.startswith("[") or not format_spec:
            return text
        if format_spec == "day":
            return f"{datetime.fromisoformat(text):%d/%m/%Y}"
        return f"{int(text) // 100},{int(text) % 100:02d}{NO_BREAK}EUR"


_FRENCH = _French()
