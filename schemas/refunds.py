"""Refunds: one row a payment back to the buyer."""

from dataclasses import replace

from schemas import choices
from schemas.orders import ITEM_ID, PURCHASE_ID
from schemas.table import Column, Kind, Table

REFUNDS = Table(
    name="refunds",
    key=("refund_id",),
    distinctive=("refund_id", "refunded_at", "channel"),
    columns=(
        Column(
            name="refund_id",
            kind=Kind.IDENTIFIER,
            about="number of the refund",
            required=True,
            spellings=(
                "n° de remboursement", "n° remboursement", "numéro de remboursement", "id remboursement", "référence remboursement",
                "refund number", "refund no", "退款号", "退款编号", "退款单号",
            ),
        ),
        PURCHASE_ID,
        replace(ITEM_ID, about="number of the article that is refunded"),
        Column(
            name="refunded_at",
            kind=Kind.TIME,
            about="when it was paid back",
            required=True,
            spellings=(
                "remboursé le", "remboursée le", "date de remboursement", "date remboursement", "refund date", "refunded on", "退款时间",
                "退款日期",
            ),
        ),
        Column(
            name="amount",
            kind=Kind.MONEY,
            about="amount paid back; its sign is ignored",
            required=True,
            spellings=(
                "montant", "montant remboursé", "montant du remboursement", "refund amount", "refunded amount", "refund", "退款金额", "金额",
            ),
        ),
        Column(
            name="channel",
            kind=Kind.CHOICE,
            about="how it was paid back",
            required=True,
            choices=choices.CHANNEL,
            spellings=(
                "canal", "mode de remboursement", "moyen de remboursement", "type de remboursement", "refund channel", "refund method", "method",
                "退款方式", "退款渠道", "渠道",
            ),
        ),
    ),
)  # fmt: skip
