"""The closed lists: each value with the words for it in French, English, Chinese and the platform's own codes."""

STATUS = {
    "to_confirm": (
        "to confirm", "to accept", "requested", "reminded", "new", "awaiting confirmation", "awaiting acceptance", "unconfirmed",
        "à confirmer", "en attente de confirmation", "à accepter", "en attente d'acceptation", "nouvelle", "nouvelle vente",
        "vente à confirmer", "commande à confirmer", "non confirmée", "relancée",
        "待确认", "待接受", "待接单", "等待确认", "等待卖家确认", "新订单", "未确认", "已催促",
    ),
    "confirmed": (
        "accepted", "committed", "to ship", "unshipped", "awaiting shipment", "awaiting dispatch", "processing", "in preparation", "paid",
        "confirmé", "confirmée", "vente confirmée", "acceptée", "accepté", "en attente d'expédition", "en attente d'envoi", "à expédier",
        "à envoyer", "en préparation", "en cours de préparation", "en cours de traitement", "payée", "non expédiée",
        "已确认", "已接受", "已接单", "待发货", "等待发货", "未发货", "备货中", "配货中", "已付款", "处理中",
    ),
    "shipped": (
        "sent", "dispatched", "in transit", "on the way", "out for delivery", "partially shipped",
        "expédié", "expédiée", "envoyé", "envoyée", "en transit", "en cours d'acheminement", "en cours de livraison", "en livraison",
        "colis expédié", "partie", "remis au transporteur",
        "已发货", "已寄出", "运输中", "运输途中", "在途", "派送中", "配送中", "部分发货", "待收货",
    ),
    "delivered": (
        "received", "arrived", "livré", "livrée", "reçu", "reçue", "colis livré", "réceptionné", "réceptionnée", "remis au destinataire",
        "distribué", "distribuée", "已送达", "已签收", "已收货", "签收", "已妥投", "妥投", "确认收货", "送达",
    ),
    "closed": (
        "completed", "complete", "finished", "done", "rated", "clôturé", "clôturée", "clos", "close", "terminé", "terminée", "finalisée",
        "notée", "évaluée", "已完成", "交易完成", "交易成功", "已关闭", "订单完成", "完成", "已评价",
    ),
    "claim": (
        "on hold", "pending claim", "claimed", "in claim", "dispute", "disputed", "claimed amicable", "réclamation", "en réclamation",
        "réclamation en cours", "litige", "en litige", "incident", "客诉", "客诉中", "投诉中", "纠纷", "纠纷中", "售后中", "争议中",
    ),
    "cancelled": (
        "canceled", "void", "voided", "annulé", "annulée", "vente annulée", "commande annulée", "rétractée",
        "已取消", "取消", "订单取消", "已撤销", "已作废",
    ),
    "refused": (
        "declined", "rejected", "denied", "refusé", "refusée", "vente refusée", "commande refusée", "rejetée", "déclinée",
        "已拒绝", "拒绝", "卖家拒绝", "拒单", "已拒单",
    ),
    "preorder": (
        "pre-order", "pending", "preordered", "pending pre-order", "backorder", "précommande", "en précommande", "précommandée",
        "en attente de stock", "预订", "预售", "预售中", "预购", "等待到货",
    ),
}  # fmt: skip

SHIPPING_MODE = {
    "normal": (
        "standard", "standard delivery", "standard shipping", "economy", "untracked", "ordinary mail", "letter", "envoi normal",
        "livraison normale", "normale", "lettre", "lettre verte", "lettre prioritaire", "courrier", "courrier simple", "économique",
        "livraison standard", "sans suivi", "non suivi", "envoi simple",
        "普通", "平邮", "普通邮寄", "标准", "标准配送", "经济", "无跟踪", "普通信件",
    ),
    "tracked": (
        "suivi", "suivie", "envoi suivi", "livraison suivie", "lettre suivie", "courrier suivi", "colis suivi", "avec suivi", "tracking",
        "with tracking", "tracked delivery", "tracked shipping", "tracked letter", "tracked mail",
        "跟踪", "追踪", "带追踪", "带跟踪", "可追踪", "可跟踪", "跟踪信", "挂号跟踪", "跟踪配送", "有跟踪",
    ),
    "registered": (
        "recommandé", "recommandée", "recommande", "so recommande", "so_recommande", "envoi recommandé", "envoi en recommandé",
        "lettre recommandée", "recommandé avec ar", "recommandé avec accusé de réception", "lrar", "r1", "r2", "r3", "colis recommandé",
        "livraison recommandée", "registered mail", "registered letter", "registered post", "signed for", "recorded delivery",
        "挂号", "挂号信", "挂号邮寄", "挂号邮件", "签收邮件", "挂号配送",
    ),
    "express": (
        "express delivery", "express shipping", "livraison express", "envoi express", "rapide", "livraison rapide", "dhl express",
        "ems", "快递", "特快", "快速", "特快专递", "加急", "快速配送", "国际快递",
    ),
    "colissimo": (
        "so colissimo", "la poste colissimo", "socolissimo", "colissimo suivi", "colissimo domicile", "colissimo international",
        "colissimo prépayé", "colissimo avec signature", "colissimo sans signature", "colissimo expert", "法国邮政colissimo",
    ),
    "chronopost": (
        "chrono 10", "chrono 13", "chrono 18", "chrono relais", "chronopost prépayé", "chrono express", "chronopost express",
        "chronopost international", "la poste chronopost",
    ),
    "mondial_relay": (
        "mondial relay", "mondialrelay", "point relais mondial relay", "mondial relay prépayé", "point relais", "relais", "relais colis",
        "en point relais", "livraison en point relais", "relay point", "pickup point", "parcel shop", "24r", "自提点", "代收点", "取货点",
    ),
    "shop2shop": (
        "shop2shop by chronopost", "shop2shop chronopost", "chronopost shop2shop", "shop to shop", "shop 2 shop", "shop2shop prépayé",
    ),
    "pickup": (
        "retrait chez le vendeur", "retrait", "retrait vendeur", "retrait en magasin", "retrait sur place", "click and collect",
        "click & collect", "click collect", "clickandcollect", "pick-up", "store pickup", "local pickup", "collect in store",
        "remise en main propre", "main propre", "自提", "到店自取", "上门自取", "门店自提",
    ),
    "download": (
        "en téléchargement", "téléchargement", "dématérialisé", "envoi par e-mail", "digital", "digital delivery", "e-mail", "electronic",
        "数字下载", "下载", "电子发货", "虚拟商品",
    ),
    "other": ("autre", "autres", "other carrier", "divers", "relai kiala", "relais kiala", "kiala", "其他", "其它", "其他方式"),
}  # fmt: skip

PARTY = {
    "buyer": (
        "acheteur", "acheteuse", "client", "cliente", "customer", "purchaser", "consumer", "l'acheteur", "le client", "par l'acheteur",
        "par le client", "by buyer", "buyer requested", "destinataire", "買家", "买家", "客户", "顾客", "买方", "消费者", "收件人", "买家取消",
    ),
    "seller": (
        "vendeur", "vendeuse", "boutique", "marchand", "shop", "store", "merchant", "vendor", "le vendeur", "moi", "nous", "par le vendeur",
        "by seller", "賣家", "卖家", "商家", "店铺", "卖方", "商户", "店家", "卖家取消",
    ),
    "platform": (
        "plateforme", "rakuten", "rakuten france", "priceminister", "système", "system", "automatic", "automatique", "marketplace",
        "place de marché", "la plateforme", "service client", "service clients", "service après-vente", "sav", "service client rakuten",
        "support client", "customer service", "customer care", "support", "helpdesk", "administrateur", "admin", "par rakuten",
        "平台", "系统", "客服", "平台客服", "乐天", "乐天客服", "系统自动", "官方客服", "平台取消",
    ),
}  # fmt: skip

CANCELLED_BY = PARTY

CLAIM_TYPE = {
    "not_received": (
        "non reçu", "non reçue", "colis non reçu", "article non reçu", "commande non reçue", "non réception", "non livré", "non livrée",
        "pas reçu", "colis perdu", "perdu", "item not received", "not received", "non receipt", "missing parcel", "lost", "lost parcel",
        "not delivered", "inr", "未收到货", "未收到", "没收到货", "没有收到", "未收到商品", "未收到包裹", "包裹丢失", "丢件", "未送达",
    ),
    "damaged": (
        "endommagé", "endommagée", "abîmé", "abîmée", "cassé", "cassée", "arrivé endommagé", "colis endommagé", "article endommagé",
        "détérioré", "broken", "item damaged", "damaged in transit", "arrived damaged", "物品损坏", "商品损坏", "损坏", "破损", "运输损坏", "收到破损",
    ),
    "not_as_described": (
        "non conforme", "non conforme à l'annonce", "article non conforme", "non conforme à la description", "ne correspond pas",
        "ne correspond pas à l'annonce", "différent", "article différent", "mauvais article", "erreur d'article", "erreur de produit",
        "not as described", "item not as described", "different", "wrong item", "not conform", "snad", "inad",
        "与描述不符", "描述不符", "货不对板", "与商品描述不符", "发错货", "错发", "商品不符", "不符合描述",
    ),
    "defective": (
        "défectueux", "défectueuse", "article défectueux", "en panne", "panne", "ne fonctionne pas", "ne marche pas", "hors service", "défaut",
        "out of order", "faulty", "not working", "does not work", "defect", "故障", "不能使用", "质量问题", "无法使用", "有缺陷", "商品故障", "瑕疵",
    ),
    "incomplete": (
        "incomplète", "incomplet", "article incomplet", "colis incomplet", "commande incomplète", "pièce manquante", "pièces manquantes",
        "accessoire manquant", "manquant", "missing parts", "missing items", "parts missing", "缺件", "不完整", "配件缺失", "少件", "漏发", "缺少配件",
    ),
    "empty_parcel": ("colis vide", "boîte vide", "paquet vide", "empty parcel", "empty", "empty box", "empty package", "空包", "空包裹", "空盒", "空箱"),
    "counterfeit": (
        "contrefaçon", "contrefait", "contrefaite", "suspicion de contrefaçon", "faux", "article contrefait", "produit contrefait", "fake",
        "counterfeit item", "not authentic", "假货", "售假", "仿冒", "仿品", "假冒", "疑似假货", "冒牌",
    ),
    "warranty": (
        "garantie", "garantie légale", "sous garantie", "garantie 2 ans", "garantie légale de conformité", "demande de garantie",
        "warranty claim", "guarantee", "质保", "保修", "保修期", "质保期内", "法定质保",
    ),
    "other": ("autre", "autres", "autre motif", "divers", "other reason", "miscellaneous", "其他", "其它", "其他原因"),
}  # fmt: skip

CLAIM_STATUS = {
    "open": (
        "ouverte", "ouvert", "nouvelle", "en cours", "en cours de traitement", "en attente", "amiable", "phase amiable",
        "réclamation amiable", "à traiter", "claimed amicable", "amicable", "opened", "new", "pending", "in progress", "ongoing",
        "处理中", "进行中", "协商中", "未结", "待处理", "待解决", "友好协商", "新建",
    ),
    "in_mediation": (
        "en médiation", "médiation", "service client", "prise en charge", "prise en charge par le service client", "escaladée", "en arbitrage",
        "transmise au service client", "mediation", "in mediation", "escalated", "under review", "platform review", "arbitration",
        "平台介入", "客服介入", "仲裁中", "平台处理中", "已升级", "客服处理中", "调解中",
    ),
    "withdrawn": (
        "retirée", "retiré", "annulée par l'acheteur", "annulée", "abandonnée", "désistement", "cancelled", "canceled", "cancelled by buyer",
        "withdrawn by buyer", "已撤销", "买家撤销", "已撤回", "已取消", "买家取消", "撤诉",
    ),
    "won": (
        "gagnée", "gagné", "en faveur du vendeur", "rejetée", "non fondée", "rejected", "seller won", "won by seller",
        "in favour of seller", "decided for the seller", "denied", "胜诉", "卖家胜诉", "判卖家胜", "申诉成功", "驳回",
    ),
    "lost": (
        "perdue", "perdu", "en faveur de l'acheteur", "fondée", "buyer won", "seller lost", "lost by seller",
        "in favour of buyer", "decided for the buyer", "败诉", "买家胜诉", "卖家败诉", "判买家胜", "申诉失败",
    ),
    "closed": (
        "clôturée", "clôturé", "close", "clos", "fermée", "fermé", "terminée", "résolue", "résolu", "réglée", "traitée", "resolved", "solved",
        "finished", "settled", "已结案", "已关闭", "已解决", "已完成", "结案", "已处理", "已了结",
    ),
}  # fmt: skip

CHANNEL = {
    "platform_rebate": (
        "rabais", "proposer un rabais", "rabais plateforme", "rabais rakuten", "rabais commercial", "remise", "geste commercial",
        "remboursement partiel", "remboursement partiel rakuten", "rebate", "partial refund", "discount",
        "平台部分退款", "部分退款", "返现", "折扣", "平台返现", "优惠退款",
    ),
    "customer_service": (
        "service client", "service clients", "sav", "remboursement service client", "remboursement par le service client", "rakuten",
        "plateforme", "platform", "support", "customer care",
        "客服", "客服退款", "平台退款", "平台客服退款",
    ),
    "bank_transfer": (
        "virement", "virement bancaire", "virement sepa", "banque", "iban", "sepa", "transfer", "wire", "wire transfer", "bank", "rib",
        "银行转账", "转账", "银行汇款", "汇款", "电汇", "银行",
    ),
    "paypal": ("pay pal", "via paypal", "par paypal", "paypal.me", "贝宝", "贝宝退款"),
    "other": ("autre", "autres", "chèque", "cheque", "check", "carte cadeau", "bon d'achat", "espèces", "cash", "voucher", "其他", "其它", "现金", "支票"),
}  # fmt: skip

CONDITION = {
    "new": ("neuf", "neuve", "n", "brand new", "produit neuf", "article neuf", "neuf sous blister", "neuf avec étiquette", "全新", "新品", "全新未拆封", "新"),
    "like_new": (
        "comme neuf", "comme neuve", "cn", "like new", "likenew", "used like new", "occasion comme neuf", "as new", "mint", "几乎全新", "近全新", "九九新", "99新",
    ),
    "very_good": (
        "très bon état", "tres bon etat", "tbe", "very good", "verygood", "very good condition", "used very good", "occasion très bon état",
        "非常好", "很好", "九成新", "9成新",
    ),
    "good": ("bon état", "be", "good condition", "used good", "occasion bon état", "bon", "良好", "八成新", "8成新"),
    "acceptable": (
        "état correct", "ec", "correct", "état acceptable", "état moyen", "used acceptable", "fair", "occasion état correct", "可接受", "尚可", "一般", "七成新",
    ),
    "refurbished": (
        "reconditionné", "reconditionnée", "remis à neuf", "refurb", "renewed", "certified refurbished", "reconditioned", "翻新", "官翻", "官方翻新", "翻新机",
    ),
}  # fmt: skip

FLAG = {
    "true": ("1", "y", "yes", "o", "oui", "vrai", "t", "on", "x", "✓", "✔", "是", "有", "真", "对"),
    "false": ("0", "n", "no", "non", "faux", "f", "off", "否", "无", "假", "不是", "没有"),
}
