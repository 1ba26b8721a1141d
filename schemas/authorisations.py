"""Authorisations: one row a document by which a brand allows the shop to sell it."""

from schemas.table import Column, Kind, Table

AUTHORISATIONS = Table(
    name="authorisations",
    numbered=False,
    distinctive=("valid_to", "valid_from", "document"),
    columns=(
        Column(
            name="brand",
            kind=Kind.TEXT,
            about="brand that is allowed",
            required=True,
            spellings=("marque", "品牌", "商标"),
        ),
        Column(
            name="document",
            kind=Kind.TEXT,
            about="file or reference of the authorisation",
            spellings=("pièce", "justificatif", "fichier", "autorisation", "file", "reference", "授权书", "授权文件", "文件"),
        ),
        Column(
            name="valid_from",
            kind=Kind.TIME,
            about="first day of validity; blank for open",
            future=True,
            spellings=("valable du", "valable depuis", "date de début", "début", "from", "start date", "start", "生效日期", "开始日期", "有效期起"),
        ),
        Column(
            name="valid_to",
            kind=Kind.TIME,
            about="last day of validity, included; blank for open",
            future=True,
            spellings=(
                "valable jusqu'au", "valable au", "date de fin", "fin", "expire le", "échéance", "to", "until", "end date", "end",
                "expiry date", "expires", "失效日期", "到期日", "截止日期", "有效期至",
            ),
        ),
    ),
)  # fmt: skip
