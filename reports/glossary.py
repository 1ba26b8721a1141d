"""The platform's words: each French term with its meaning, the sellers' guide's Chinese for it, and what to mind."""

from __future__ import annotations

from typing import NamedTuple


class Term(NamedTuple):
    """A French term; the Chinese is the one that the sellers' guide uses."""

    french: str
    meaning: str
    chinese: str
    mind: str


GLOSSARY = (
    Term(
        "rétracter, rétractation",
        "The buyer withdraws from the sale, within 14 days of receipt; the seller can't refuse.",
        "买家撤销订单（收货后 14 天内），卖家不能拒绝",
        "Costs the seller nothing. The word to use with customer service.",
    ),
    Term(
        "annuler, annulation",
        "The seller cancels the sale.",
        "卖家取消订单",
        "Double commission, and it counts against the shop. Never write it to customer service, never press a button of that name.",
    ),
    Term(
        "Vous rétracter",
        "The entry in the buyer's account by which he withdraws.",
        "买家账户里的“撤销”入口",
        "After receipt: tell him where it is. Before dispatch he writes to customer service.",
    ),
    Term(
        "refuser",
        "The seller declines a sale before confirming it.",
        "卖家在确认前拒单",
        "Better than an annulation, but it lowers the confirmation rate.",
    ),
    Term("confirmer", "The seller accepts the sale.", "确认订单", "Within 48 h; at 72 h the platform cancels."),
    Term(
        "commande / article",
        "Order number: purchase, slash, article.",
        "订单号 / article 号",
        "Customer service asks for the part after the slash.",
    ),
    Term("expédier, expédition", "To send off; dispatch.", "发货", "Within 48 h of confirming."),
    Term(
        "suivi",
        "Tracked mode: the parcel can be followed, without a signature.",
        "可追踪邮寄（无签收）",
        "Not offered outside metropolitan France.",
    ),
    Term(
        "recommandé",
        "Registered mail: followed and signed for.",
        "挂号（追踪并签收）",
        "Needed above 200 EUR, and above 60 EUR from outside the EU.",
    ),
    Term("normal", "Normal mode: nobody can follow the parcel.", "普通邮寄（无追踪）", "The buyer has 30 days to claim instead of 14."),
    Term("numéro de suivi", "The carrier's tracking number.", "追踪单号", "Upload it on the day of dispatch."),
    Term("transporteur", "The carrier.", "承运商", "For Autre, add the address where the parcel can be followed."),
    Term("réclamation", "The buyer's claim.", "客诉", "Three working days to settle it between the two of you."),
    Term(
        "retirer une réclamation",
        "To withdraw a claim: the buyer's word to customer service.",
        "买家撤回客诉",
        "A withdrawn claim leaves the shop's score; ask for it once you have settled.",
    ),
    Term(
        "non reçu", "Claim that the parcel never arrived.", "未收到货客诉", "Answer with carrier, number and date of dispatch within 48 h."
    ),
    Term(
        "non conforme",
        "Claim that the article is damaged, incomplete or not as described.",
        "货物损坏、缺件或与描述不符",
        "Offer an exchange, a rebate, or return and refund.",
    ),
    Term(
        "proposer un rabais",
        "Offer a partial refund through the platform.",
        "通过平台提供部分退款（返现）",
        "At most half of the article's price.",
    ),
    Term("remboursement", "Refund.", "退款", "During a claim always through the platform."),
    Term(
        "frais de retour",
        "Cost of sending the article back.",
        "退货运费",
        "Who pays is the shop's choice when it joined: return_postage in the settings.",
    ),
    Term(
        "garantie légale", "The two-year legal warranty.", "两年法定质保", "Once it is invoked, the platform's claim pages no longer apply."
    ),
    Term(
        "contrefaçon",
        "Counterfeit.",
        "假货、侵权商品",
        "100 EUR plus 20 % of such sales and stock, before VAT, and the shop may be closed.",
    ),
    Term(
        "marque générique",
        "Brand field for articles without a brand, and for other makers' accessories.",
        "无品牌 / 通用品牌",
        "The brand it fits may stand in the title after compatible.",
    ),
    Term("service client", "Customer service.", "平台客服", "order-audit contact says when it is open; Chinese is answered."),
    Term("pièces jointes", "Attachments.", "附件", "At most 10 files at a time, none above 50 MB."),
    Term("mise en vacances", "The shop is taken off line for a time.", "店铺休假模式（下线）", "Two sales left unanswered are enough."),
    Term(
        "note vendeur, MQS", "Merchant Quality Score, A to D.", "卖家评分（A 至 D）", "Decides visibility and how soon sales are paid out."
    ),
)
