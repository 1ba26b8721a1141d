"""The words of headers, in three languages, by what they speak of."""

from collections.abc import Mapping

WORDS: Mapping[str, tuple[str, ...]] = {
    # what is numbered, named or described
    "number": (
        "n", "no", "nr", "num", "nums", "nos", "numero", "numeros", "numb", "number", "id", "ids", "identifiant", "identifier", "ident",
        "号", "号码", "编号", "单号", "订单号", "运单号", "快递单号", "单号码", "跟踪号", "追踪号",
    ),
    "reference": ("ref", "refs", "reference", "references", "code", "cd", "编码", "代码", "参考号", "参考"),
    "name": ("nom", "name", "noms", "名", "名称", "名字", "intitule"),
    "description": ("description", "descriptif", "descr", "desc", "描述", "说明", "详情"),
    "order": (
        "commande", "commandes", "cmd", "cmde", "cde", "commandee", "command", "order", "orders", "ordered", "ord", "订单",
        "订购", "下单", "订单号", "单据", "定单",
    ),
    "purchase": ("achat", "achats", "achete", "achetee", "purchase", "purchased", "bought", "购买", "采购", "购"),
    "sale": ("vente", "ventes", "vendu", "vendue", "sale", "sales", "sold", "selling", "销售", "售出", "售", "售价", "成交", "卖出"),
    "basket": ("panier", "basket", "cart", "transaction", "trans", "txn", "交易"),
    "item": ("article", "articles", "art", "item", "items"),
    "line": ("ligne", "lignes", "line", "lines", "sous commande", "suborder", "子订单", "子单", "明细", "行", "条目", "项"),
    "product": (
        "produit", "produits", "product", "products", "prod", "prd", "goods", "marchandise", "offre", "offer", "listing", "annonce", "商品",
        "产品", "货品", "物品", "宝贝",
    ),
    "sku": ("sku", "skus", "货号", "款号", "货品编码", "商家编码"),
    "title": ("titre", "title", "headline", "designation", "libelle", "标题", "品名"),
    "brand": ("marque", "brand", "fabricant", "manufacturer", "maker", "品牌", "牌子", "厂牌", "商标", "厂商", "制造商"),
    "category": (
        "categorie", "category", "categ", "cat", "rayon", "famille", "family", "univers", "department", "类目", "分类", "类别", "品类", "种类",
        "目录",
    ),
    "condition": ("condition", "conditions", "qualite", "quality", "grade", "成色", "新旧", "新旧程度", "品相", "商品状况"),
    "state": ("etat", "state", "situation", "statut", "status", "stat", "avancement", "状态", "状况", "情况"),
    "barcode": ("ean", "ean13", "gtin", "upc", "barcode", "code barre", "code barres", "codebarres", "条码", "条形码", "国际条码"),
    "comment": ("commentaire", "commentaires", "comment", "comments", "remarque", "remarques", "remark", "remarks", "notes", "备注", "留言", "附言"),
    "stock": ("stock", "stocks", "inventaire", "inventory", "dispo", "disponible", "available", "库存", "存货", "可售"),
    # amounts
    "price": ("prix", "price", "tarif", "pu", "p u", "puttc", "价", "价格", "单价", "售价", "价钱"),
    "unit": (
        "unitaire", "unitaires", "unit", "units", "unite", "unites", "each", "piece", "pieces", "pce", "pces", "pcs", "pc", "pu", "p u", "puttc",
        "单价", "单", "每件", "单件", "件",
    ),
    "amount": ("montant", "montants", "amount", "amounts", "somme", "value", "valeur", "金额", "数额", "款额"),
    "fee": ("frais", "fee", "fees", "cout", "couts", "cost", "costs", "charge", "charges", "费", "费用", "运费", "邮费", "手续费", "服务费"),
    "postage": ("port", "affranchissement", "postage", "freight", "fret", "运费", "邮费", "邮资", "物流费", "快递费"),
    "commission": ("commission", "commissions", "commis", "comm", "佣金", "抽成", "提成", "扣点"),
    "currency": ("devise", "devises", "monnaie", "currency", "curr", "cur", "ccy", "币种", "货币", "币别", "币"),
    "quantity": (
        "quantite", "quantites", "qte", "qtes", "qt", "qty", "quantity", "quant", "nombre", "nb", "nbr", "nbre", "count", "数量", "件数", "个数",
        "数", "总数量",
    ),
    # time, place, manner
    "date": (
        "date", "dates", "dt", "dte", "jour", "day", "time", "heure", "horodatage", "timestamp", "datetime", "moment", "at", "on", "when",
        "时间", "日期", "日", "时刻", "于",
    ),
    "country": ("pays", "country", "countries", "ctry", "nation", "国家", "国", "国别", "地区", "国家代码"),
    "from": ("depuis", "from", "origine", "origin", "provenance", "来源", "始发", "起运", "原产", "产地"),
    "to": ("to", "vers", "destination", "dest", "arrivee", "arrival", "目的", "目的地", "送往", "抵达"),
    "mode": ("mode", "modes", "methode", "method", "type", "moyen", "方式", "模式", "类型", "方法"),
    "service": ("service", "services", "prestation", "服务", "服务类型"),
    "reason": ("motif", "motifs", "raison", "raisons", "reason", "reasons", "cause", "causes", "原因", "理由", "缘由"),
    "by": ("par", "by", "auteur", "author", "initiateur", "initiator", "demandeur", "方", "人", "发起方", "发起人", "责任方"),
    # what happens to an order
    "confirm": (
        "confirmation", "confirme", "confirmee", "confirmed", "confirm", "conf", "acceptation", "accepte", "acceptee", "accepted", "acceptance",
        "accept", "validation", "valide", "validee", "validated", "approved", "确认", "接单", "接受", "受理",
    ),
    "dispatch": (
        "expedition", "expeditions", "expedie", "expediee", "exped", "exp", "expe", "envoi", "envoye", "envoyee", "shipped", "dispatch",
        "dispatched", "despatch", "despatched", "sent", "depart", "departure", "parti", "partie", "发货", "寄出", "发出", "寄件", "出货", "发运", "邮寄",
    ),
    "ship": ("ship", "shipping", "shipment", "ships", "运输", "寄送", "运送"),
    "delivery": (
        "livraison", "livraisons", "livre", "livree", "livr", "liv", "remis", "delivery", "delivered", "deliver", "deliv", "dlv", "配送", "派送", "送达",
        "妥投", "交付", "到货", "投递",
    ),
    "receive": ("reception", "recu", "recue", "recept", "received", "receipt", "收货", "签收", "收到"),
    "track": ("suivi", "suivis", "tracking", "track", "tracked", "trk", "trck", "tracage", "跟踪", "追踪", "跟踪号", "追踪号", "轨迹", "查询"),
    "waybill": ("bordereau", "waybill", "awb", "运单", "面单", "运单号", "货运单"),
    "courier": (
        "transporteur", "transporteurs", "transp", "carrier", "carriers", "courier", "couriers", "transporter", "承运商", "承运", "快递", "物流",
        "快递单号", "物流商", "货代", "承运人",
    ),
    "company": ("societe", "company", "entreprise", "公司", "商"),
    "parcel": ("colis", "parcel", "parcels", "package", "packages", "paquet", "pkg", "包裹", "包裹号", "箱"),
    "link": ("lien", "liens", "url", "urls", "link", "links", "adresse web", "page web", "网址", "链接", "网页", "地址链接"),
    "scan": ("scan", "scans", "scanne", "scanned", "evenement", "event", "扫描", "轨迹更新", "动态"),
    "last": ("dernier", "derniere", "last", "latest", "recent", "plus recent", "最后", "最新", "最近", "末次"),
    "upload": ("saisi", "saisie", "uploaded", "upload", "entered", "renseigne", "transmis", "declare", "上传", "录入", "填写", "回传"),
    "cancel": (
        "annulation", "annule", "annulee", "annul", "cancel", "cancelled", "canceled", "cancellation", "cancelation", "取消", "撤单", "作废",
    ),
    "preorder": ("precommande", "precommandee", "preorder", "pre order", "presale", "prevente", "预售", "预订", "预购"),
    "release": ("sortie", "parution", "release", "released", "lancement", "launch", "发售", "上市", "发行"),
    "rating": ("note", "notation", "evaluation", "avis", "rating", "score", "stars", "etoiles", "评分", "评价", "星级", "打分"),
    # claims, refunds, messages, papers
    "claim": ("reclamation", "reclamations", "reclam", "litige", "claim", "claims", "dispute", "case", "plainte", "ticket", "客诉", "投诉", "纠纷", "申诉"),
    "open": ("ouverture", "ouvert", "ouverte", "opened", "open", "opening", "开启", "发起", "提交", "打开"),
    "create": ("creation", "cree", "creee", "created", "create", "创建", "建立", "生成"),
    "close": ("cloture", "cloturee", "fermeture", "ferme", "fermee", "closed", "close", "closing", "结案", "关闭", "完结"),
    "reply": ("reponse", "repondu", "reply", "replied", "answer", "answered", "回复", "答复", "回应"),
    "request": ("demande", "request", "requested", "要求", "请求", "来信"),
    "solution": ("solution", "accord", "agreement", "agreed", "方案", "协议"),
    "seller": ("vendeur", "seller", "merchant", "marchand", "boutique", "shop", "store", "卖家", "商家", "店铺"),
    "platform": ("plateforme", "platform", "marketplace", "service client", "service clients", "customer service", "sav", "平台", "客服"),
    "attachment": ("piece jointe", "pieces jointes", "fichier", "fichiers", "attachment", "attachments", "file", "files", "附件", "文件"),
    "size": ("taille", "size", "mo", "mb", "大小"),
    "refund": ("remboursement", "remboursements", "rembourse", "remboursee", "remb", "refund", "refunds", "refunded", "avoir", "退款"),
    "channel": ("canal", "channel", "voie", "渠道", "途径"),
    "message": ("message", "messages", "msg", "courrier", "消息", "站内信", "信息"),
    "sender": ("expediteur", "emetteur", "sender", "发件人", "发送方", "发送人", "发信人"),
    "recipient": ("destinataire", "recipient", "receiver", "consignee", "addressee", "收件人", "收件", "收货人", "接收方", "接收人"),
    "body": ("contenu", "texte", "corps", "content", "text", "body", "内容", "正文", "文本"),
    "document": ("document", "documents", "justificatif", "autorisation", "authorisation", "authorization", "certificat", "授权", "授权书", "凭证", "证书"),
    "valid": ("valable", "validite", "valid", "validity", "有效", "有效期", "生效"),
    "start": ("debut", "start", "begin", "beginning", "from date", "开始", "起始", "起"),
    "end": ("fin", "end", "until", "expire", "expires", "expiry", "expiration", "echeance", "结束", "到期", "失效", "止"),
    # what sets a header apart from the column that it resembles
    "planned": (
        "prevu", "prevue", "prevus", "prevision", "previsionnel", "previsionnelle", "estime", "estimee", "estimated", "estimate", "est", "eta", "expected",
        "planned", "promised", "promise", "promis", "promise date", "theorique", "target", "scheduled", "souhaite", "souhaitee", "desired",
        "预计", "预期", "承诺", "计划", "预估", "约定", "期望",
    ),
    "limit": (
        "limite", "limit", "deadline", "due", "max", "maximum", "maximale", "min", "minimum", "minimale", "au plus tard", "au plus tot", "avant", "before", "delai", "sla",
        "latest ship", "earliest", "截止", "最晚", "最早", "最迟", "时限", "时效", "逾期",
    ),
    "return": ("retour", "retours", "return", "returns", "returned", "retourne", "reverse", "退货", "退回", "返回", "退件", "寄回"),
    "payment": (
        "paiement", "paiements", "paye", "payee", "pay", "paid", "payment", "reglement", "regle", "encaissement", "encaisse", "debite", "versement",
        "payout", "付款", "支付", "收款", "打款", "结算", "到账",
    ),
    "customer": (
        "client", "clients", "clt", "customer", "customers", "buyer", "buyers", "acheteur", "acheteurs", "user", "utilisateur", "membre", "member", "买家",
        "客户", "顾客", "会员", "用户", "买方",
    ),
    "invoice": ("facture", "factures", "fact", "facturation", "invoice", "invoicing", "billing", "bill", "发票", "账单", "开票"),
    "tax": ("tva", "vat", "tax", "taxes", "taxe", "duty", "duties", "douane", "customs", "税", "税额", "税费", "税率", "关税", "海关"),
    "untaxed": ("ht", "hors taxe", "hors taxes", "excl", "excluding", "net", "nette", "不含税", "未税", "净"),
    "total": (
        "total", "totaux", "totale", "ttl", "sous total", "subtotal", "sub total", "global", "grand total", "cumul", "总", "合计", "总计", "总价", "总额", "小计", "总金额",
    ),
    "list": (
        "barre", "barree", "conseille", "conseillee", "public", "catalogue", "initial", "initiale", "ancien", "ancienne", "rrp", "msrp", "srp", "pvc",
        "crossed", "original", "regular", "compare", "listed", "was", "划线", "原", "原价", "市场价", "标价", "吊牌", "建议",
    ),
    "discount": (
        "reduction", "rabais", "remise", "promo", "promotion", "promotionnel", "discount", "coupon", "voucher", "soldes", "优惠", "折扣", "减免", "促销", "红包",
    ),
    "resale": ("revient", "fournisseur", "supplier", "wholesale", "grossiste", "marge", "margin", "profit", "供应商", "成本", "进货", "利润", "供货"),
    "rate": ("taux", "rate", "pourcentage", "percent", "percentage", "pct", "率", "比例", "百分比"),
    "weight": ("poids", "weight", "kg", "gramme", "grammes", "dimensions", "volume", "重量", "体积", "尺寸"),
    "warehouse": ("entrepot", "depot", "warehouse", "emplacement", "仓库", "仓", "库位"),
    "update": ("modification", "modifie", "modifiee", "maj", "mise a jour", "updated", "update", "modified", "更新", "修改"),
    "record": ("export", "import", "impression", "print", "printed", "record", "row", "rang", "index", "序号", "打印", "导出", "下载"),
    "days": ("jours", "days", "duree", "duration", "hours", "heures", "天数", "天", "小时数"),
    "previous": ("precedent", "precedente", "previous", "parent", "parente", "mere", "related", "lie", "liee", "linked", "echange", "exchange", "replacement", "补发", "换货", "关联", "原始"),
    "insurance": ("assurance", "insurance", "assure", "insured", "gift", "cadeau", "保险", "礼品"),
    "erp": ("erp", "interne", "internal", "内部", "系统", "本地"),
    "transit": ("transit", "via", "hub", "中转", "转运", "途经"),
    "age": ("naissance", "birth", "birthday", "age", "生日"),
}  # fmt: skip
"""What a header can speak of, with the folded words for it; a word may speak of several things (``pu`` is a unit price)."""

NOISE = frozenset(
    (
        "de", "du", "des", "d", "per", "l", "la", "les", "un", "une", "the", "of", "for", "pour", "a", "an", "au", "aux", "in", "en", "et", "and", "my", "your",
        "mes", "vos", "votre", "son", "sa", "ce", "cet", "cette", "this", "s", "e", "le", "rakuten", "fr", "eur", "euro", "euros", "ttc", "tvac", "incl", "was",
        "hh", "mm", "dd", "yyyy", "jj", "aaaa", "utc", "cet", "required", "obligatoire", "requis", "optionnel", "optional", "的", "码", "必填", "选填", "所", "元", "欧元", "含税",
    )
)  # fmt: skip
"""Words that say nothing of what a column holds."""

PERSONAL: Mapping[str, tuple[str, ...]] = {
    "name": (
        "prenom", "prenoms", "firstname", "first name", "lastname", "last name", "surname", "fullname", "full name", "nom complet", "civilite", "salutation",
        "姓名", "联系人", "真实姓名", "昵称", "账号", "pseudo", "login", "username", "nickname", "会员名",
    ),
    "address": (
        "adresse", "adresses", "address", "address1", "address2", "addr", "rue", "street", "apartment", "appartement", "batiment", "ville", "city", "town", "cp",
        "zip", "zipcode", "postal", "postcode", "code postal", "postal code", "province", "departement", "county", "地址", "街道", "城市", "邮编", "邮政编码", "省", "省份", "市", "区",
    ),
    "telephone": (
        "tel", "telephone", "telephones", "phone", "phones", "mobile", "portable", "gsm", "fax", "电话", "手机", "手机号", "联系方式", "联系电话",
    ),
    "e-mail": ("email", "emails", "e mail", "mail", "courriel", "邮箱", "电子邮件", "邮件地址"),
    "bank": ("iban", "bic", "rib", "银行账号", "银行卡"),
}  # fmt: skip
"""Folded words of personal data, which is read into no table and never shown."""

PERSONS = ("customer", "recipient", "sender")
"""Whom a header may speak of; alone, or with a name or a number, it is a person's."""

CARRIERS = (
    "4px", "amazon logistics", "b2c europe", "bluecare", "bpost", "cainiao", "china ems", "china post", "chronopost", "cne express", "colis prive", "colissimo",
    "continental", "correos", "courrier suivi", "cubyn", "deutsche post", "dhl", "dpd", "ems", "exapaq", "fedex", "france express", "geodis", "gls", "hermes",
    "hong kong post", "kiala", "la poste", "lettre suivie", "mainway", "mondial relay", "okayparcel", "posteitaliane", "postnl", "relais colis", "royal mail",
    "s f express", "sf express", "shop2shop", "singapore post", "so colissimo", "swiss post", "tatex", "tnt", "trackyourparcel", "ups", "usps", "vinted go",
    "wedo logistics", "yanwen", "yodel", "yun express", "yunexpress", "中国邮政", "菜鸟", "顺丰", "云途", "燕文", "圆通", "中通", "申通", "韵达", "极兔", "邮政",
)  # fmt: skip
"""Folded names of carriers, as the platform's lists and Chinese exports write them; a cell that begins with one names a carrier."""
