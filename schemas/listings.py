"""Listings: one row an article on sale."""

from dataclasses import replace

from schemas.orders import BRAND, CATEGORY, CONDITION, SHIP_FROM, SKU, TITLE
from schemas.table import Column, Kind, Table

LISTINGS = Table(
    name="listings",
    key=("sku",),
    numbered=False,
    distinctive=("stock",),
    columns=(
        replace(SKU, required=True),
        TITLE,
        BRAND,
        CATEGORY,
        CONDITION,
        Column(
            name="price",
            kind=Kind.MONEY,
            about="price on sale, VAT in",
            required=True,
            minimum=0,
            spellings=("prix", "prix de vente", "prix ttc", "sellingprice", "selling price", "价格", "售价"),
        ),
        Column(
            name="stock",
            kind=Kind.COUNT,
            about="pieces on sale",
            required=True,
            minimum=0,
            spellings=("quantité", "qté", "qte", "quantité en stock", "stock disponible", "quantity", "qty", "available", "库存", "库存数量"),
        ),
        Column(
            name="comment",
            kind=Kind.TEXT,
            about="remark shown on the listing",
            spellings=(
                "commentaire", "commentaire annonce", "commentaire de l'annonce", "comment advert", "remarque", "remark",
                "listing comment", "备注", "商品备注", "评论",
            ),
        ),
        SHIP_FROM,
        Column(
            name="ean",
            kind=Kind.IDENTIFIER,
            about="barcode",
            spellings=("code-barres", "code barre", "codebarres", "barcode", "gtin", "ean13", "upc", "条形码", "条码"),
        ),
    ),
)  # fmt: skip
