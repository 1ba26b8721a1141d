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

PARTY = {
    "buyer": ("acheteur", "client", "customer", "l'acheteur", "le client", "买家", "客户", "顾客"),
    "seller": ("vendeur", "boutique", "shop", "merchant", "le vendeur", "卖家", "商家", "店铺"),
    "platform": (
        "plateforme", "rakuten", "système", "system", "marketplace", "la plateforme", "service client", "service clients", "sav",
        "service client rakuten", "customer service", "support", "平台", "系统", "客服", "平台客服",
    ),
}  # fmt: skip

CANCELLED_BY = PARTY

CLAIM_TYPE = {
    "not_received": (
        "non reçu", "non reçue", "colis non reçu", "article non reçu", "non réception", "item not received", "not received", "未收到货",
        "未收到", "没收到货",
    ),
    "damaged": ("endommagé", "endommagée", "abîmé", "cassé", "arrivé endommagé", "broken", "物品损坏", "损坏", "破损"),
    "not_as_described": (
        "non conforme", "non conforme à l'annonce", "ne correspond pas", "différent", "article différent", "not as described", "different",
        "not conform", "与描述不符", "描述不符", "货不对板",
    ),
    "defective": ("défectueux", "défectueuse", "en panne", "ne fonctionne pas", "out of order", "faulty", "故障", "不能使用", "质量问题"),
    "incomplete": ("incomplète", "incomplet", "article incomplet", "missing parts", "缺件", "不完整", "配件缺失"),
    "empty_parcel": ("colis vide", "empty parcel", "empty", "空包", "空包裹"),
    "counterfeit": ("contrefaçon", "contrefacon", "faux", "fake", "假货", "售假", "仿冒"),
    "warranty": ("garantie", "garantie légale", "sous garantie", "质保", "保修"),
    "other": ("autre", "autres", "其他", "其它"),
}  # fmt: skip

CLAIM_STATUS = {
    "open": ("ouverte", "ouvert", "en cours", "amiable", "phase amiable", "claimed amicable", "opened", "处理中", "进行中", "协商中", "未结"),
    "in_mediation": (
        "en médiation", "médiation", "service client", "prise en charge", "mediation", "escalated", "平台介入", "客服介入", "仲裁中",
    ),
    "withdrawn": ("retirée", "retiré", "annulée par l'acheteur", "annulée", "cancelled", "canceled", "已撤销", "买家撤销", "已撤回"),
    "won": ("gagnée", "gagné", "en faveur du vendeur", "rejetée", "rejected", "seller won", "胜诉", "卖家胜诉"),
    "lost": ("perdue", "perdu", "en faveur de l'acheteur", "fondée", "seller lost", "败诉", "买家胜诉"),
    "closed": ("clôturée", "clôturé", "fermée", "terminée", "résolue", "resolved", "finished", "已结案", "已关闭", "已解决"),
}  # fmt: skip

CHANNEL = {
    "platform_rebate": (
        "rabais", "proposer un rabais", "rabais plateforme", "rabais rakuten", "remise", "rebate", "partial refund", "平台部分退款", "部分退款", "返现",
    ),
    "customer_service": (
        "service client", "sav", "remboursement service client", "rakuten", "plateforme", "platform", "客服", "客服退款", "平台退款",
    ),
    "bank_transfer": ("virement", "virement bancaire", "transfer", "wire", "银行转账", "转账"),
    "paypal": ("pay pal", "贝宝"),
    "other": ("autre", "chèque", "cheque", "其他", "其它"),
}  # fmt: skip

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
