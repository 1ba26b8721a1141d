"""Waivers: one row a decision to live with some findings, for a reason and until a day."""

from dataclasses import replace

from schemas.orders import ITEM_ID, PURCHASE_ID
from schemas.table import Column, Kind, Table

WAIVERS = Table(
    name="waivers",
    distinctive=("reason",),
    columns=(
        Column(
            name="rule",
            kind=Kind.IDENTIFIER,
            about="code or name of a rule, or the beginning of codes; blank for any",
            spellings=("code", "règle", "rule code", "规则", "规则编号"),
        ),
        replace(PURCHASE_ID, required=False, about="number of the purchase; blank for any"),
        replace(ITEM_ID, required=False, about="number of the article sold; blank for any"),
        Column(
            name="sku",
            kind=Kind.IDENTIFIER,
            about="the seller's own reference; blank for any",
            spellings=("référence", "réf", "商品sku", "货号"),
        ),
        Column(name="brand", kind=Kind.TEXT, about="brand; blank for any", spellings=("marque", "品牌", "商标")),
        Column(
            name="reason",
            kind=Kind.TEXT,
            about="why this is lived with",
            required=True,
            spellings=("motif", "raison", "justification", "why", "原因", "理由"),
        ),
        Column(name="by", kind=Kind.TEXT, about="who decided", spellings=("par", "décidé par", "decided by", "who", "决定人", "负责人")),
        Column(
            name="until",
            kind=Kind.TIME,
            about="last day on which it holds, included",
            required=True,
            future=True,
            spellings=("jusqu'au", "valable jusqu'au", "fin", "end", "valid to", "expires", "截止日期", "有效期至"),
        ),
    ),
)
