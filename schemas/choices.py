"""The closed lists: each value with the words for it in French, English, Chinese and the platform's own codes."""

STATUS = {
    "to_confirm": (
        "to confirm", "requested", "reminded", "à confirmer", "en attente de confirmation", "à accepter", "待确认", "待接受",
    ),
    "confirmed": (
        "accepted", "committed", "confirmé", "confirmée", "acceptée", "accepté", "en attente d'expédition", "à expédier",
        "en préparation", "已确认", "已接受", "待发货",
    ),
    "shipped": ("sent", "dispatched", "expédié", "expédiée", "envoyé", "envoyée", "en transit", "已发货", "运输中"),
    "delivered": ("received", "livré", "livrée", "reçu", "reçue", "已送达", "已签收", "已收货"),
    "closed": ("completed", "finished", "clôturé", "clôturée", "terminé", "terminée", "已完成", "交易完成", "已关闭"),
    "claim": (
        "on hold", "pending claim", "claimed", "réclamation", "en réclamation", "litige", "客诉", "客诉中", "纠纷中",
    ),
    "cancelled": ("canceled", "annulé", "annulée", "已取消", "取消"),
    "refused": ("declined", "refusé", "refusée", "已拒绝", "拒绝"),
    "preorder": ("pre-order", "pending", "précommande", "en précommande", "预订", "预售"),
}  # fmt: skip

SHIPPING_MODE = {
    "normal": ("standard", "envoi normal", "lettre", "普通", "平邮", "普通邮寄"),
    "tracked": ("suivi", "envoi suivi", "lettre suivie", "tracking", "with tracking", "跟踪", "追踪", "带追踪", "可追踪"),
    "registered": (
        "recommandé", "recommande", "so recommande", "envoi recommandé", "lettre recommandée", "registered mail", "signed for",
        "挂号", "挂号信", "挂号邮寄",
    ),
    "express": ("express delivery", "livraison express", "快递", "特快", "快速"),
    "colissimo": ("so colissimo", "la poste colissimo"),
    "chronopost": ("chrono 13", "chrono 18"),
    "mondial_relay": (
        "mondial relay", "point relais mondial relay", "mondial relay prépayé", "point relais", "relais",
    ),
    "shop2shop": ("shop2shop by chronopost", "shop to shop", "shop 2 shop"),
    "pickup": (
        "retrait chez le vendeur", "retrait", "click and collect", "click & collect", "pick-up", "remise en main propre",
        "自提", "到店自取",
    ),
    "download": ("en téléchargement", "téléchargement", "digital", "数字下载", "下载"),
    "other": ("autre", "relai kiala", "relais kiala", "kiala", "其他", "其它"),
}  # fmt: skip

CANCELLED_BY = {
    "buyer": ("acheteur", "client", "customer", "l'acheteur", "le client", "买家", "客户", "顾客"),
    "seller": ("vendeur", "boutique", "shop", "merchant", "le vendeur", "卖家", "商家", "店铺"),
    "platform": ("plateforme", "rakuten", "système", "system", "marketplace", "la plateforme", "平台", "系统"),
}

CONDITION = {
    "new": ("neuf", "n", "全新", "新品"),
    "like_new": ("comme neuf", "cn", "like new", "几乎全新", "近全新"),
    "very_good": ("très bon état", "tbe", "very good", "非常好", "很好"),
    "good": ("bon état", "be", "good", "良好"),
    "acceptable": ("état correct", "ec", "correct", "可接受", "尚可"),
    "refurbished": ("reconditionné", "reconditionnée", "refurbished", "renewed", "翻新"),
}

FLAG = {
    "true": ("1", "y", "yes", "o", "oui", "vrai", "是"),
    "false": ("0", "n", "no", "non", "faux", "否"),
}
