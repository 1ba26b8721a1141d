"""The words of closed lists as a person reads them."""

SEVERITY = {"critical": "Critical", "high": "High", "medium": "Medium", "low": "Low"}
STANDING = {"official": "§ Official", "guide": "Guide", "house": "Advice"}
CONFIDENCE = {"certain": "Certain", "likely": "Likely", "possible": "Possible"}
STATES = {"new": "New", "open": "Open", "back": "Back", "waived": "Waived"}
STATUS = {"found": "Found", "clean": "Clean", "skipped": "Not run", "failed": "Failed", "waived": "Waived"}
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

FINDINGS = "One line for each finding, sorted by severity, rule and money. Amounts here can overlap; the sheet Orders at risk counts each order once."
FINDINGS_WAIVED = "One line for each finding, sorted by severity, rule and money; waived ones stand grey at the end and enter no total. Amounts here can overlap; the sheet Orders at risk counts each order once."
FINDINGS_CUT = "{shown:number} of {count:number} findings are shown, the worst and costliest; all are in findings.csv."
ORDERS = "One line for each order and article, with all that is wrong with it and its money counted once; costliest first."
ORDERS_CUT = "{shown:number} of {count:number} orders are shown, the costliest; all findings are in findings.csv."
ACTIONS = "One line for each thing to do, most urgent first; today is the day in Paris. Fill in the yellow columns: the next report carries them on. The French texts further right are ready to paste. To come back to this order, undo the sorting."
ACTIONS_CUT = "{shown:number} of {count:number} actions are shown, the most urgent; all findings are in findings.csv."
JUMP = "{group} {count:number}"
LEFT = ("{days} d {hours} h", "{hours} h {minutes}")
LATE = ("{days} d {hours} h late", "{hours} h {minutes} late")
FOUR_STATES = "Choose one of the four words."
BRANDS = "Watchlist brands met in orders and stock, what the counterfeit fine would be, and the authorisations on file. A brand that looks wrong here may be right: the rules say likely or possible, and what is only possible enters no total."
BRANDS_CUT = "{shown:number} of {count:number} brands are shown, those with the highest fine."
AUTHORISATIONS, NO_AUTHORISATION = "Authorisations on file", "None on file."
FINE_LINES = ("Fixed part, once a shop", "20 % of such sales", "20 % of such stock", "Counterfeit fine, EUR, before VAT")
QUARANTINE = (
    "{rows:number} rows read: {accepted:number} accepted, {quarantined:number} refused, {duplicates:number} duplicates, {blank:number} blank. "
    "Refused rows were not audited: correct them in the file to repair, and feed it in beside the export."
)
QUARANTINE_ABOUT = "One line for each reason why a row was refused."
QUARANTINE_CUT = "{shown:number} of {count:number} reasons are shown; all refused rows are in the folder quarantine."
NONE_REFUSED = "No row was refused."
RULES = "Every rule, what it did tonight, its limits and where it comes from. An asterisk marks a limit changed in your settings."
GLOSSARY_ABOUT = "The platform's words in French, English and Chinese, and what to mind about each."

RUN = "What was read, by which program, with which settings: enough to repeat this audit."
FILES, ALL_FILES = "Files that were read", "All files"
CHANGED, NONE_CHANGED = "Limits changed in your settings", "None is changed."
ASSUMPTIONS = "What the figures take for granted"
FAILED = "Rules that failed"
NIGHTS, NO_NIGHTS = "Findings each night", "No night is remembered."
DUE_FIGURES = "Actions by deadline and severity"
DEFAULTS = "defaults"
SOURCES = {"option": "as the command said", "config": "as the settings fix it", "clock": "by the clock"}
EXITS = {
    0: "audited; nothing at or above the severity to end in 10",
    3: "no order row in any input",
    10: "audited; findings at or above the severity to end in 10",
    11: "audited; more rows refused than the settings allow",
    12: "audited, but a rule failed",
}

TITLE = "{shop}  ·  Nightly order audit"
NO_NAME = "Shop"
BADGES = {"bad": "NOT ALL RIGHT", "mid": "LOOK AT THIS", "good": "NOTHING FOUND"}
AS_OF = "As of {time} {zone}"
AS_OF_THERE = "As of {time} {zone} ({there} {seller_zone})"
PERIOD, NO_PERIOD = "orders {first} to {last}", "no orders"
SIZE = "{items:number} items, {parcels:number} parcels"
GRADE = "grade {grade}"
SEPARATOR = "  ·  "
"""Between the facts of a line, each a phrase of its own."""

NO_ORDER = "No order could be audited: the inputs hold no order row."
LOOKED_AT = "{items:number} items and {parcels:number} parcels were examined by {rules:number} rules; {blind:number} rules did not run."
LOOKED_AT_REASON, LOOKED_AT_REASONS = "Why: {reason}.", "Why, for the most part: {reason}."
VERDICT = (
    "{critical:number} critical and {high:number} high findings; {overdue:number} actions are overdue and {today:number} fall due today; "
    "{money:number} EUR at stake."
)
FIRST = {
    (False, False): "First: {todo}, {subject}.",
    (False, True): "First: {todo}, {subject}, {money:number} EUR.",
    (True, False): "First: {todo}, {subject}, {left}.",
    (True, True): "First: {todo}, {subject}, {left}, {money:number} EUR.",
}
"""The first thing to do, by whether it is late and whether money is at stake."""

FOOT = "Money is the worst case, each order counted once. {unknown} § Official = the platform's own terms; Guide = the sellers' guide; Advice = ours. Assumptions and files: sheet Run."
ALL_KNOWN, UNKNOWN, UNKNOWNS = (
    "No amount is unknown.",
    "{count} amount could not be known and is left out.",
    "{count:number} amounts could not be known and are left out.",
)

UNKNOWN_SHORT, UNKNOWNS_SHORT = "{count} amount unknown", "{count:number} amounts unknown"
TILE_MONEY, TILE_OVERDUE, TILE_TODAY, TILE_NEW, TILE_ALL, TILE_BLIND = (
    "Money at stake, EUR", "Overdue", "Due today", "New findings", "Findings", "Rules not run",
)  # fmt: skip
CHANGE, UNCHANGED = "{change} EUR since the last run", "as on the last run"
OVERDUE = "{money:number} EUR  ·  {without:number} without owner"
TODAY, TODAY_UNDATED = "{money:number} EUR  ·  first at {time}", "{money:number} EUR  ·  at once"
COURSE = "{gone:number} gone  ·  {back:number} back  ·  {open:number} still open"
BLIND = "{failed:number} failed  ·  {refused:number} rows refused"
TILE_NOTHING = "nothing"

QUESTIONS = ("1  Are we all right?", "2  What will cost us most?", "3  Who must do what, by when?", "4  What keeps happening?")
CARRY = "{found:number} of {items:number} items carry a finding ({share:share})."
BREACH, BREACHES = "In breach of its limit: {rate}.", "{count:number} rates are in breach of their limits."
CLOSE, CLOSE_ALL = "Close to its limit: {rate}.", "{count:number} rates are close to their limits."
LEFT_OUT = "Left out, for nobody says who cancelled: {count:number}."
COSTLIEST_FAMILY = "{family}: {share:share} of the money."
COSTLIEST_ORDERS = "The five costliest orders hold {share:share}."
NO_MONEY, OTHERS, TOTAL = "No money at stake.", "Others", "Total"
AND_OTHERS = "{reason}; and other reasons"
OWNED, OWNED_MANY = (
    "{count} action: {owners:words}; {without:number} without an owner.",
    "{count:number} actions: {owners:words}; {without:number} without an owner.",
)
OWNERLESS, OWNERLESS_MANY = (
    "{count} action without an owner: enter names on the sheet Actions.",
    "{count:number} actions, none with an owner: enter names on the sheet Actions.",
)
OWNER = "{owner} {count:number}"
FIRST_LIMIT = "First limit today: {time}."
LEADS, LEADS_MANY = "{rule} leads ({count} time in 30 days).", "{rule} leads ({count:number} times in 30 days)."
PACE = "New findings: {lately} a night, against {before} the week before."

CHART_MONEY, CHART_DUE, CHART_TREND = (
    "Money at stake by family and kind, EUR", "Actions by deadline and severity", "Findings each night, last 14 nights",
)  # fmt: skip
ABOUT_MONEY = (
    "Stacked bars: money at stake by rule family, split in sale lost, fees and fine. Largest: {family}. Figures in the table to its left."
)
ABOUT_DUE = "Stacked bars: number of actions overdue, today, tomorrow, later and undated, split by severity. Figures on the sheet Run."
ABOUT_TREND = "Stacked columns: findings on each of the last 14 nights, new ones and ones open from before. Tonight {before:number} from before and {new:number} new. Figures on the sheet Run."

TREND_NARROWED_SHORT = "of the part that is shown"
NO_HISTORY = "no history is kept"
TREND_BEGINS = "The trend begins tomorrow."
TREND_NEEDS_HISTORY = "The trend begins tomorrow. It needs a history: order-audit run --history FILE."
TREND_NARROWED = "A report on a part of the findings has no trend."

SHOPS_TITLE = "All shops"
SHOP_STATES = {"none": "NOT AUDITED", "bad": "NOT ALL RIGHT", "mid": "LOOK AT THIS", "good": "NOTHING FOUND"}
SHOPS_VERDICT = (
    "{shops:number} shops: {none:number} not audited, {bad:number} not all right, {mid:number} to look at, {good:number} with nothing found; "
    "{money:number} EUR at stake."
)
SHOPS = "One line for each shop, the worst first. Its name leads to its own report; the folders lie beside this file."
SHOPS_ACTIONS = "What is to be done in any of the shops, most urgent first. Names and states are filled in in each shop's own report."
SHOPS_RULES = "The rules that shops break, the most findings first; money is counted once an order, as in each shop's own report."

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
