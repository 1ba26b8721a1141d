"""Messages: one row a message between buyer, seller and platform; a blank item means the whole purchase."""

from dataclasses import replace

from schemas import choices
from schemas.orders import ITEM_ID, PURCHASE_ID
from schemas.table import Column, Kind, Table

MESSAGES = Table(
    name="messages",
    key=("message_id",),
    distinctive=("message_id", "body", "sender"),
    columns=(
        Column(
            name="message_id",
            kind=Kind.IDENTIFIER,
            about="number of the message",
            required=True,
            spellings=(
                "n° de message", "n° message", "numéro de message", "id message", "référence message", "message number", "message no",
                "消息号", "消息编号", "邮件编号", "站内信编号",
            ),
        ),
        replace(PURCHASE_ID, required=False, about=PURCHASE_ID.about + "; blank where the message names none"),
        replace(ITEM_ID, required=False, about=ITEM_ID.about + "; blank for the whole purchase"),
        Column(
            name="sent_at",
            kind=Kind.TIME,
            about="when it was sent",
            required=True,
            spellings=(
                "envoyé le", "date d'envoi", "date envoi", "date du message", "date message", "date", "sent on", "sent date", "message date",
                "发送时间", "消息时间", "发送日期", "时间",
            ),
        ),
        Column(
            name="sender",
            kind=Kind.CHOICE,
            about="who wrote it",
            required=True,
            choices=choices.PARTY,
            spellings=("expéditeur", "auteur", "émetteur", "de", "from", "author", "发件人", "发送方", "发送人"),
        ),
        Column(
            name="recipient",
            kind=Kind.CHOICE,
            about="who it was written to",
            required=True,
            choices=choices.PARTY,
            spellings=("destinataire", "à", "to", "收件人", "接收方", "接收人"),
        ),
        Column(
            name="body",
            kind=Kind.TEXT,
            about="what it says",
            required=True,
            blank_allowed=True,
            spellings=("message", "contenu", "texte", "corps", "corps du message", "text", "content", "内容", "正文", "消息内容"),
        ),
    ),
)  # fmt: skip
