"""The words of closed lists as a person reads them."""

SEVERITY = {"critical": "Critical", "high": "High", "medium": "Medium", "low": "Low"}
STANDING = {"official": "§ Official", "guide": "Guide", "house": "Advice"}
CONFIDENCE = {"certain": "Certain", "likely": "Likely", "possible": "Possible"}
STATUS = {"found": "Found", "clean": "Clean", "skipped": "Not run", "failed": "Failed"}
WHEN = {"overdue": "Overdue", "today": "Today", "tomorrow": "Tomorrow", "later": "Later", "undated": "No date"}
KIND = {"sale": "Sale lost", "fee": "Fees", "fine": "Fine"}
AUTHORISED = {"valid": "Valid", "ending": "Ends soon", "ended": "Ended", "none": "None on file", "future": "Not yet valid"}
RATES = {
    "confirmation": "Sales confirmed",
    "cancellation": "Cancelled by the seller, or lapsed",
    "unanswered": "Left unanswered past 72 h",
    "claims": "Sales with a claim",
}
RATE_STATES = {"breach": "In breach", "close": "Close", "fine": "Fine", "few": "Too few", "none": "No limit"}
RECIPIENTS = {"buyer": "The buyer", "platform": "Customer service", "listing": "The listing's remark"}
GAP = " à compléter]"
FILL_IN = "Fill in what stands in square brackets."
TODO_STATES = {"todo": "To do", "doing": "In progress", "done": "Done", "wont_fix": "Won't fix"}
NOTHING = "Nothing found."
NOTHING_TO_DO = "Nothing to do this morning."

GLOSSARY_TRAPS = (
    "Two traps: a page translated by the browser shows annuler and rétracter as the same word, and any button that says annuler cancels in the shop's name. "
    "Switch the translation off before pressing anything, and read the French word."
)
GLOSSARY = (
    (
        "rétracter, rétractation", "The buyer withdraws from the sale, within 14 days of receipt; the seller can't refuse.", "买家撤销订单（收货后 14 天内），卖家不能拒绝",
        "Costs the seller nothing. The word to use with customer service.",
    ),
    (
        "annuler, annulation", "The seller cancels the sale.", "卖家取消订单",
        "Double commission, and it counts against the shop. Never write it to customer service, never press a button of that name.",
    ),
    ("Vous rétracter", "The entry in the buyer's account by which he withdraws.", "买家账户里的“撤销”入口", "After receipt: tell him where it is. Before dispatch he writes to customer service."),
    ("refuser", "The seller declines a sale before confirming it.", "卖家在确认前拒单", "Better than an annulation, but it lowers the confirmation rate."),
    ("confirmer", "The seller accepts the sale.", "确认订单", "Within 48 h; at 72 h the platform cancels."),
    ("commande / article", "Order number: purchase, slash, article.", "订单号 / article 号", "Customer service asks for the part after the slash."),
    ("expédier, expédition", "To send off; dispatch.", "发货", "Within 48 h of confirming."),
    ("suivi", "Tracked mode: the parcel can be followed, without a signature.", "可追踪邮寄（无签收）", "Not offered outside metropolitan France."),
    ("recommandé", "Registered mail: followed and signed for.", "挂号（追踪并签收）", "Needed above 200 EUR, and above 60 EUR from outside the EU."),
    ("normal", "Normal mode: nobody can follow the parcel.", "普通邮寄（无追踪）", "The buyer has 30 days to claim instead of 14."),
    ("numéro de suivi", "The carrier's tracking number.", "追踪单号", "Upload it on the day of dispatch."),
    ("transporteur", "The carrier.", "承运商", "For Autre, add the address where the parcel can be followed."),
    ("réclamation", "The buyer's claim.", "客诉", "Three working days to settle it between the two of you."),
    ("retirer une réclamation", "To withdraw a claim: the buyer's word to customer service.", "买家撤回客诉", "A withdrawn claim leaves the shop's score; ask for it once you have settled."),
    ("non reçu", "Claim that the parcel never arrived.", "未收到货客诉", "Answer with carrier, number and date of dispatch within 48 h."),
    (
        "non conforme", "Claim that the article is damaged, incomplete or not as described.", "货物损坏、缺件或与描述不符",
        "Offer an exchange, a rebate, or return and refund.",
    ),
    ("proposer un rabais", "Offer a partial refund through the platform.", "通过平台提供部分退款（返现）", "At most half of the article's price."),
    ("remboursement", "Refund.", "退款", "During a claim always through the platform."),
    ("frais de retour", "Cost of sending the article back.", "退货运费", "Who pays is the shop's choice when it joined: return_postage in the settings."),
    ("garantie légale", "The two-year legal warranty.", "两年法定质保", "Once it is invoked, the platform's claim pages no longer apply."),
    ("contrefaçon", "Counterfeit.", "假货、侵权商品", "100 EUR plus 20 % of such sales and stock, before VAT, and the shop may be closed."),
    (
        "marque générique", "Brand field for articles without a brand, and for other makers' accessories.", "无品牌 / 通用品牌",
        "The brand it fits may stand in the title after compatible.",
    ),
    ("service client", "Customer service.", "平台客服", "order-audit contact says when it is open; Chinese is answered."),
    ("pièces jointes", "Attachments.", "附件", "At most 10 files at a time, none above 50 MB."),
    ("mise en vacances", "The shop is taken off line for a time.", "店铺休假模式（下线）", "Two sales left unanswered are enough."),
    ("note vendeur, MQS", "Merchant Quality Score, A to D.", "卖家评分（A 至 D）", "Decides visibility and how soon sales are paid out."),
)  # fmt: skip
"""French term, what it means in English and in Chinese, what to mind."""
