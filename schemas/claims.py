"""Claims: one row a buyer's claim on an item."""

from dataclasses import replace

from schemas import choices
from schemas.orders import ITEM_ID, PURCHASE_ID
from schemas.table import Column, Kind, Table

CLAIMS = Table(
    name="claims",
    key=("claim_id",),
    distinctive=("claim_id", "claim_type", "claim_status"),
    columns=(
        Column(
            name="claim_id",
            kind=Kind.IDENTIFIER,
            about="number of the claim",
            required=True,
            spellings=(
                "n° de réclamation", "n° réclamation", "numéro de réclamation", "id réclamation", "réclamation", "référence réclamation",
                "claim number", "claim no", "claim", "case id", "客诉号", "客诉编号", "投诉编号", "纠纷编号",
            ),
        ),
        PURCHASE_ID,
        replace(ITEM_ID, about="number of the article that is claimed about"),
        Column(
            name="opened_at",
            kind=Kind.TIME,
            about="when the buyer opened the claim",
            required=True,
            spellings=(
                "ouverte le", "ouvert le", "date d'ouverture", "date ouverture", "date de réclamation", "date réclamation",
                "date de création", "creationdate", "creation date", "opening date", "opened on", "claim date", "客诉时间", "开启时间", "投诉时间",
                "客诉日期", "创建时间",
            ),
        ),
        Column(
            name="claim_type",
            kind=Kind.CHOICE,
            about="what the buyer complains of",
            required=True,
            choices=choices.CLAIM_TYPE,
            spellings=(
                "type", "type de réclamation", "type réclamation", "motif", "motif de réclamation", "motif réclamation", "reason",
                "claim reason", "客诉类型", "客诉原因", "投诉类型", "纠纷类型",
            ),
        ),
        Column(
            name="claim_status",
            kind=Kind.CHOICE,
            about="state of the claim",
            required=True,
            choices=choices.CLAIM_STATUS,
            spellings=(
                "statut", "état", "statut de la réclamation", "statut réclamation", "état de la réclamation", "état réclamation", "status",
                "state", "claim state", "客诉状态", "投诉状态", "纠纷状态", "状态",
            ),
        ),
        Column(
            name="seller_replied_at",
            kind=Kind.TIME,
            about="when the seller first answered the buyer",
            spellings=(
                "réponse vendeur", "réponse du vendeur", "date de réponse", "date réponse", "répondu le", "seller reply", "seller reply date",
                "seller answered at", "replied at", "reply date", "卖家回复时间", "回复时间", "回复日期",
            ),
        ),
        Column(
            name="solution_accepted_at",
            kind=Kind.TIME,
            about="when the buyer accepted a solution",
            spellings=(
                "solution acceptée le", "accord le", "date d'accord", "accord trouvé le", "date d'acceptation de la solution", "solution accepted",
                "accepted solution at", "solution date", "agreed at", "接受方案时间", "达成协议时间", "协商一致时间",
            ),
        ),
        Column(
            name="platform_request_at",
            kind=Kind.TIME,
            about="when customer service asked the seller for something",
            spellings=(
                "demande du service client", "demande service client", "demande de la plateforme", "demande sav", "date demande service client",
                "platform request", "customer service request", "request date", "平台要求时间", "客服要求时间", "平台来信时间",
            ),
        ),
        Column(
            name="platform_reply_at",
            kind=Kind.TIME,
            about="when the seller answered customer service",
            spellings=(
                "réponse au service client", "réponse service client", "réponse à la plateforme", "réponse sav", "date réponse service client",
                "platform reply", "reply to customer service", "回复平台时间", "回复客服时间",
            ),
        ),
        Column(
            name="closed_at",
            kind=Kind.TIME,
            about="when the claim ended",
            spellings=(
                "fermée le", "clôturée le", "clôturé le", "date de clôture", "date de fermeture", "closing date", "closed on", "close date",
                "结案时间", "关闭时间", "关闭日期",
            ),
        ),
        Column(
            name="attachments",
            kind=Kind.COUNT,
            about="files in the seller's largest sending",
            minimum=0,
            spellings=(
                "pièces jointes", "nombre de pièces jointes", "nb pièces jointes", "nombre de fichiers", "attachment count", "files",
                "附件数", "附件数量",
            ),
        ),
        Column(
            name="largest_attachment_mb",
            kind=Kind.NUMBER,
            about="size of the largest attachment, in megabytes",
            minimum=0,
            spellings=(
                "taille max mo", "plus grande pièce jointe mo", "taille pièce jointe mo", "plus gros fichier mo", "largest attachment",
                "largest file mb", "最大附件mb", "最大附件大小", "最大附件 mb",
            ),
        ),
    ),
)  # fmt: skip
