"""What buyers and customer service write: the words by which thanks, wishes and requests are told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit import wording
from audit.limits import Limit
from audit.policy import HOUSE

if TYPE_CHECKING:
    from audit.limits import Limits

THANKS: Limit[tuple[str, ...]] = Limit(
    "thanks_words",
    (
        "merci", "remerciements", "je vous remercie", "nous vous remercions", "thanks", "thank you", "thx", "谢谢", "谢谢您", "多谢", "感谢", "非常感谢",
        "c'est noté", "bien noté", "bien reçu", "d'accord", "ok", "got it", "noted", "well received", "好的", "收到", "知道了", "明白了",
    ),
    "words",
    HOUSE.clause("mere thanks need no answer"),
    "words of thanks, or that say that all is well",
)  # fmt: skip
COURTESIES: Limit[tuple[str, ...]] = Limit(
    "courtesy_words",
    (
        "bonjour", "bonsoir", "madame", "monsieur", "cordialement", "bien cordialement", "sincères salutations", "meilleures salutations", "salutations",
        "bonne journée", "belle journée", "bonne fin de journée", "bonne soirée", "bon week end", "bonne semaine", "bonne continuation", "à bientôt",
        "à vous", "à vous aussi", "parfait", "c'est parfait", "super", "génial", "impeccable", "nickel", "excellent", "rapide", "rapidité", "votre rapidité", "très", "bien",
        "j'ai", "colis reçu", "colis bien reçu", "reçu", "reçue", "satisfait", "satisfaite", "je vous souhaite", "une", "le colis est bien arrivé", "tout est conforme", "tout est parfait", "tout", "pour tout", "beaucoup",
        "pour", "pour votre réponse", "pour votre retour", "de votre réponse", "de votre retour", "pour l'information", "pour votre aide", "et",
        "hello", "hi", "great", "perfect", "good", "received", "very much", "so much", "a lot", "many", "regards", "best regards", "kind regards",
        "have a nice day", "have a good day", "for your help", "for your answer", "for your reply", "for the information",
        "您", "你", "你好", "您好", "了", "的", "回复", "非常", "辛苦了", "祝好",
    ),
    "words",
    HOUSE.clause("mere thanks need no answer"),
    "courtesies that may stand beside thanks",
)  # fmt: skip
WITHDRAWAL_WISHES: Limit[tuple[str, ...]] = Limit(
    "withdrawal_wishes",
    (
        "je veux retourner", "je souhaite retourner", "je voudrais retourner", "retourner l'article", "retourner cet article", "retourner mon article",
        "retourner le produit", "retourner ce produit", "retourner le colis", "retourner la commande", "retourner ma commande", "retourner cette commande",
        "renvoyer l'article", "renvoyer cet article", "renvoyer le produit", "renvoyer ce produit", "renvoyer ma commande", "je souhaite renvoyer",
        "je veux renvoyer", "faire un retour", "demande de retour", "retour du produit", "retour de l'article", "vous le renvoyer", "vous la renvoyer",
        "le retourner", "la retourner", "ne veux plus de", "ne veux plus du", "ne veux plus l'article", "ne veux plus cet article", "ne veux plus le produit",
        "ne veux plus ce produit", "ne veux plus la commande", "ne veux plus ma commande", "ne veux plus cette commande", "ne veux plus commander",
        "ne le veux plus", "ne la veux plus", "n'en veux plus", "ne souhaite plus l'article", "ne souhaite plus cet article", "ne souhaite plus le produit",
        "ne souhaite plus la commande", "ne souhaite plus ma commande", "ne souhaite plus recevoir", "ne souhaite plus acheter", "changé d'avis",
        "renoncer à ma commande", "renoncer à la commande", "renoncer à mon achat",
        "cancel my order", "cancel the order", "cancel this order", "cancel my purchase", "cancel it", "want to cancel", "like to cancel",
        "please cancel", "can you cancel", "could you cancel", "return the item", "return this item", "return the product", "return it", "send it back",
        "want to return", "like to return", "changed my mind", "no longer want", "取消订单", "想取消", "要取消", "退货", "不想要", "不要了",
    ),
    "words",
    HOUSE.clause("how a buyer's wish is put"),
    "wordings by which a buyer asks to cancel or return, beside the rétracter and annuler families",
)  # fmt: skip
REQUESTS: Limit[tuple[str, ...]] = Limit(
    "request_words",
    (
        "merci de", "nous vous prions", "nous vous remercions de", "veuillez", "pouvez vous", "pourriez vous", "nous vous demandons", "nous vous invitons à",
        "vous devez", "dans un délai de", "sous 48", "dans les 48", "nous transmettre", "nous fournir", "nous communiquer", "nous faire parvenir",
        "en attente de votre réponse", "dans l'attente de votre réponse", "please", "could you", "can you", "you must", "within 48", "请", "需要您", "麻烦",
    ),
    "words",
    HOUSE.clause("how customer service asks"),
    "words by which customer service asks for something",
)  # fmt: skip
POLITE_FORMS: Limit[tuple[str, ...]] = Limit(
    "polite_forms",
    (
        "merci de votre", "nous vous remercions de votre", "merci de ne pas répondre", "veuillez ne pas répondre", "veuillez agréer", "veuillez recevoir",
        "veuillez accepter", "veuillez croire", "nous vous prions d'agréer", "nous vous prions de croire", "nous vous prions de nous excuser",
        "nous vous prions de bien vouloir nous excuser", "veuillez nous excuser", "veuillez noter", "veuillez trouver", "merci de noter",
        "please note", "please do not reply", "please find", "please accept", "请注意", "请勿回复", "请放心", "请知悉",
    ),
    "words",
    HOUSE.clause("how customer service asks"),
    "polite forms that hold a word of asking and ask for nothing",
)  # fmt: skip


def is_mere_thanks(text: str, limits: Limits) -> bool:
    """Whether a message thanks, or says that all is well, and needs no answer."""
    return wording.is_mere_thanks(text, limits[THANKS], limits[COURTESIES])


def wants_out(text: str, limits: Limits) -> bool:
    """Whether a buyer asks to cancel or return; ending a claim is no such wish."""
    wishes = limits[WITHDRAWAL_WISHES]
    return wording.tells_annulation(text) or wording.tells_retraction(text) or wording.says_any(wording.of_the_sale(text), wishes)


def asks(text: str, limits: Limits) -> bool:
    """Whether customer service asks for something, beside its polite forms."""
    return wording.says_any(wording.without(text, limits[POLITE_FORMS]), limits[REQUESTS])
