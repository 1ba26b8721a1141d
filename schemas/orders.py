"""Orders: one row an item, that is one article sold."""

from schemas import choices
from schemas.table import Column, Kind, Table

PURCHASE_ID = Column(
    name="purchase_id",
    kind=Kind.IDENTIFIER,
    about="number of the purchase, the part before the slash of the order number",
    required=True,
    spellings=(
        "purchaseid", "n° de commande", "n° commande", "no commande", "num commande", "numéro de commande", "numero commande",
        "id commande", "commande", "réf commande", "référence commande", "order id", "order no", "order",
        "purchase number", "purchase", "订单号", "订单编号", "订单id", "购买号", "平台订单号",
    ),
)  # fmt: skip

ITEM_ID = Column(
    name="item_id",
    kind=Kind.IDENTIFIER,
    about="number of the article sold, the part after the slash; what customer service asks for",
    required=True,
    spellings=(
        "itemid", "n° d'article", "n° article", "no article", "numéro d'article", "numéro article", "id article", "article",
        "item number", "item no", "item", "article number", "商品号", "商品编号", "article号", "article订单号", "子订单号", "物品编号",
    ),
)  # fmt: skip

SKU = Column(
    name="sku",
    kind=Kind.IDENTIFIER,
    about="the seller's own reference",
    spellings=(
        "référence", "réf", "référence vendeur", "ref vendeur", "référence article", "seller reference", "seller sku",
        "custom label", "货号", "卖家sku", "商家编码", "商品sku",
    ),
)  # fmt: skip

TITLE = Column(
    name="title",
    kind=Kind.TEXT,
    about="title of the product",
    spellings=(
        "titre", "headline", "désignation", "libellé", "nom du produit", "produit", "product", "product name", "product title",
        "item title", "商品名称", "标题", "商品标题", "产品名称",
    ),
)  # fmt: skip

BRAND = Column(
    name="brand",
    kind=Kind.TEXT,
    about="brand field of the listing",
    spellings=("marque", "fabricant", "manufacturer", "vendor", "品牌", "商标"),
)

CATEGORY = Column(
    name="category",
    kind=Kind.TEXT,
    about="category of the product",
    spellings=("catégorie", "rayon", "type de produit", "product type", "类目", "分类", "类别", "商品类目"),
)

CONDITION = Column(
    name="condition",
    kind=Kind.CHOICE,
    about="state of the product",
    choices=choices.CONDITION,
    spellings=("état", "qualité", "quality", "state", "成色", "商品状况", "新旧程度"),
)

SHIP_FROM = Column(
    name="ship_from",
    kind=Kind.COUNTRY,
    about="country that the parcel leaves from",
    spellings=(
        "pays d'expédition", "pays expédition", "expédié depuis", "pays de départ", "origine", "shipped from", "ships from",
        "origin", "ship from country", "shippingfromcountry", "发货国家", "发货国", "发货地", "发货地区",
    ),
)  # fmt: skip

ORDERS = Table(
    name="orders",
    key=("purchase_id", "item_id"),
    distinctive=("ordered_at", "unit_price"),
    columns=(
        PURCHASE_ID,
        ITEM_ID,
        Column(
            name="ordered_at",
            kind=Kind.TIME,
            about="when the buyer ordered",
            required=True,
            spellings=(
                "date de commande", "date commande", "date de vente", "date d'achat", "commandé le", "purchasedate",
                "purchase date", "order date", "ordered at", "ordered on", "sale date", "created at", "下单时间", "订单时间",
                "下单日期", "购买时间",
            ),
        ),
        Column(
            name="confirmed_at",
            kind=Kind.TIME,
            about="when the seller confirmed the sale",
            spellings=(
                "date de confirmation", "date confirmation", "confirmé le", "confirmée le", "date d'acceptation", "acceptée le",
                "confirmation date", "confirmed at", "accepted at", "acceptance date", "确认时间", "接单时间", "确认日期",
            ),
        ),
        Column(
            name="status",
            kind=Kind.CHOICE,
            about="state of the item; where blank it is worked out from the dates",
            choices=choices.STATUS,
            spellings=("statut", "état de la commande", "statut commande", "itemstatus", "order status", "订单状态", "状态"),
        ),
        SKU,
        TITLE,
        BRAND,
        CATEGORY,
        CONDITION,
        Column(
            name="unit_price",
            kind=Kind.MONEY,
            about="price of one piece, VAT in, shipping out",
            required=True,
            minimum=0,
            spellings=(
                "prix", "prix unitaire", "prix ttc", "prix de vente", "prix unitaire ttc", "price", "unit price", "item price",
                "sale price", "单价", "售价", "商品单价", "价格",
            ),
        ),
        Column(
            name="quantity",
            kind=Kind.COUNT,
            about="pieces sold",
            minimum=1,
            default=1,
            spellings=("quantité", "qté", "qte", "qty", "nombre", "数量", "件数"),
        ),
        Column(
            name="shipping_fee",
            kind=Kind.MONEY,
            about="shipping paid by the buyer for this item",
            minimum=0,
            spellings=(
                "frais de port", "frais d'expédition", "frais de livraison", "port", "shipping", "shipping cost", "shipping price",
                "shipping fee", "shippingsaleprice", "运费", "邮费",
            ),
        ),
        Column(
            name="commission",
            kind=Kind.MONEY,
            about="the platform's commission on this item",
            minimum=0,
            spellings=("commission rakuten", "commission ttc", "frais de commission", "commission fee", "佣金", "平台佣金"),
        ),
        Column(
            name="currency",
            kind=Kind.CURRENCY,
            about="currency of the amounts of this row",
            default="EUR",
            spellings=("devise", "monnaie", "币种", "货币"),
        ),
        Column(
            name="shipping_mode",
            kind=Kind.CHOICE,
            about="shipping mode as ordered",
            choices=choices.SHIPPING_MODE,
            spellings=(
                "mode de livraison", "mode d'expédition", "mode d'envoi", "mode livraison", "type de livraison", "shippingtype",
                "shipping type", "shipping method", "shipping mode ordered", "ordered shipping mode", "mode de livraison commandé",
                "配送方式", "运输方式", "物流方式", "买家所选配送方式",
            ),
        ),
        SHIP_FROM,
        Column(
            name="ship_to",
            kind=Kind.COUNTRY,
            about="country that the parcel goes to",
            spellings=(
                "pays de livraison", "pays livraison", "pays", "pays destinataire", "destination", "country", "ship to country",
                "shipping country", "countryalpha2", "收货国家", "目的国", "国家",
            ),
        ),
        Column(
            name="is_preorder",
            kind=Kind.FLAG,
            about="whether the item was ordered before its release",
            spellings=("ispreorder", "précommande", "pre-order", "preorder", "是否预售", "预售"),
        ),
        Column(
            name="release_at",
            kind=Kind.TIME,
            about="announced release of a pre-order",
            future=True,
            spellings=("date de sortie", "date de parution", "release date", "发售日期", "发售时间"),
        ),
        Column(
            name="cancelled_at",
            kind=Kind.TIME,
            about="when the item was cancelled",
            spellings=(
                "date d'annulation", "date annulation", "annulé le", "annulée le", "cancellation date", "cancelled at",
                "canceled at", "取消时间", "取消日期",
            ),
        ),
        Column(
            name="cancelled_by",
            kind=Kind.CHOICE,
            about="who cancelled",
            choices=choices.CANCELLED_BY,
            spellings=("annulé par", "annulée par", "auteur annulation", "auteur de l'annulation", "canceled by", "取消方", "取消人"),
        ),
        Column(
            name="cancel_reason",
            kind=Kind.TEXT,
            about="reason given for the cancellation",
            spellings=(
                "motif", "motif annulation", "motif d'annulation", "raison annulation", "cancellation reason", "cancel reason",
                "取消原因", "取消理由",
            ),
        ),
        Column(
            name="rating",
            kind=Kind.NUMBER,
            about="the buyer's rating",
            minimum=0,
            spellings=("note", "note acheteur", "évaluation", "buyer rating", "score", "评分", "买家评分"),
        ),
    ),
)  # fmt: skip
