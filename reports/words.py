"""What the report says: the words of closed lists and its sentences, in English, which is the key of the other languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from schemas.language import Language


class Listed(NamedTuple):
    """Words that mean something else elsewhere; ``context`` is what the catalogues tell them apart by."""

    words: Mapping[str, str]
    context: str

    def said(self, name: str, language: Language) -> str:
        """A word in a language."""
        return language.text(self.words[name], context=self.context)


SHEETS = Listed(
    {
        "Dashboard": "Dashboard", "Actions": "Actions", "Findings": "Findings", "Orders at risk": "Orders at risk", "Brands": "Brands",
        "Quarantine": "Quarantine", "Rules": "Rules", "Glossary": "Glossary", "Run": "Run", "Shops": "Shops",
    },
    context="sheet",
)  # fmt: skip
HOW_MANY = Listed(
    {"actions": "Actions", "findings": "Findings", "new": "New", "done": "Done", "not_run": "Not run", "gone": "Gone"}, context="how many"
)

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
RATE_STATES = {"breach": "In breach", "close": "Close", "fine": "OK", "few": "Too few", "none": "No limit"}
RECIPIENTS = {"buyer": "The buyer", "platform": "Customer service", "listing": "The listing's remark"}
FILL_IN = "Fill in what stands in square brackets."
TODO_STATES = {"todo": "To do", "doing": "In progress", "done": "Done", "wont_fix": "Won't fix"}
SUBJECTS = {
    "item": "item {name}", "shipment": "parcel {name}", "claim": "claim {name}", "refund": "refund {name}", "message": "message {name}",
    "listing": "listing {name}", "brand": "brand {name}", "shop": "the shop",
}  # fmt: skip
HABIT, HABITS = "habit: {count} case", "habit: {count:number} cases"
NOTHING = "Nothing found."
NOTHING_TO_DO = "Nothing to do this morning."

FINDINGS = "One line for each finding, sorted by severity, rule and money. Amounts here can overlap; the sheet Orders at risk counts each order once."
FINDINGS_WAIVED = "One line for each finding, sorted by severity, rule and money; waived ones stand grey at the end and enter no total. Amounts here can overlap; the sheet Orders at risk counts each order once."
FINDINGS_CUT = "{shown:number} of {count:number} findings are shown, the worst and costliest; all are in findings.csv."
ORDERS = "One line for each order and article, with all that is wrong with it and its money counted once; costliest first."
ORDERS_BESIDE = "Besides, {beside:money} belongs to no order (stock, fixed part of the fine): {total:money} in all."
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
    "Rows read: {rows:number}. Accepted: {accepted:number}, refused: {quarantined:number}, duplicates: {duplicates:number}, blank: {blank:number}. "
    "Refused rows were not audited: correct them in the file to repair, and feed it in beside the export."
)
QUARANTINE_ABOUT = "One line for each reason why a row was refused."
QUARANTINE_CUT = "{shown:number} of {count:number} reasons are shown; all refused rows are in the folder quarantine."
NONE_REFUSED = "No row was refused."
RULES = "Every rule, what it did tonight, its limits and where it comes from. An asterisk marks a limit changed in your settings."
GLOSSARY_TRAPS = (
    "Two traps: a page translated by the browser shows annuler and rétracter as the same word, and any button that says annuler cancels in the shop's name. "
    "Switch the translation off before pressing anything, and read the French word."
)
GLOSSARY_ABOUT = "The platform's words in French, with their meaning and what to mind about each."

RUN = "What was read, by which program, with which settings: enough to repeat this audit."
RUN_FACTS = {
    "as_of": "As of", "program": "Program", "run": "Run id", "settings": "Settings", "exit": "Exit code", "unknown": "Unknown amounts",
    "possible": "Only possible, EUR",
}  # fmt: skip
EXIT = "{code}: {meaning}"
FILES, ALL_FILES = "Files that were read", "All files"
CHANGED, NONE_CHANGED = "Limits changed in your settings", "None is changed."
ASSUMPTIONS = "What the figures take for granted"
FAILED = "Rules that failed"
NIGHTS, NO_NIGHTS = "Findings each night", "No night is remembered."
DUE_FIGURES = "Actions by deadline and severity"
DEFAULTS = "defaults"
AS_OF_SAID = {
    "option": "{time} {zone}, as the command said", "config": "{time} {zone}, as the settings fix it", "clock": "{time} {zone}, by the clock",
}  # fmt: skip
SOURCE = "{document}, {passage}"
EXITS = {
    0: "audited; nothing at or above the severity to end in 10",
    3: "no order row in any input",
    10: "audited; findings at or above the severity to end in 10",
    11: "audited; more rows refused than the settings allow",
    12: "audited, but a rule failed",
}

BACK = "← Dashboard"
PAGE = "Page &P of &N"
BOOK_TITLE, BOOK_TITLE_PLAIN = "Nightly order audit – {shop}", "Nightly order audit"
TITLE = "{shop}  ·  Nightly order audit"
NO_NAME = "Shop"
BADGES = {"bad": "NOT ALL RIGHT", "mid": "LOOK AT THIS", "good": "NOTHING FOUND"}
AS_OF = "As of {time} {zone}"
AS_OF_THERE = "As of {time} {zone} ({there} {seller_zone})"
PERIOD, NO_PERIOD = "orders {first} to {last}", "no orders"
SIZE = "{items}, {parcels}"
ITEM, ITEMS = "{count} item", "{count:number} items"
PARCEL, PARCELS = "{count} parcel", "{count:number} parcels"
RULE, RULES_MANY = "{count} rule", "{count:number} rules"
GRADE = "grade {grade}"
NO_ORDER = "No order could be audited: the inputs hold no order row."
LOOKED_AT = "Examined: {items} and {parcels}, by {rules}. Rules not run: {blind:number}."
LOOKED_AT_REASON, LOOKED_AT_REASONS = "Why: {reason}.", "Why, for the most part: {reason}."
VERDICT = (
    "Findings: {critical:number} critical, {high:number} high. Actions: {overdue:number} overdue, {today:number} due today. "
    "At stake: {money:number} EUR."
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
BLIND, BLIND_MANY = "{failed:number} failed  ·  {count} row refused", "{failed:number} failed  ·  {count:number} rows refused"
TILE_NOTHING = "nothing"

QUESTIONS = ("1  Are we all right?", "2  What will cost us most?", "3  Who must do what, by when?", "4  What keeps happening?")
CARRY_NONE = "No item carries a finding."
CARRY, CARRY_MANY = (
    "{count} of {items:number} items carries a finding ({share:share}).",
    "{count:number} of {items:number} items carry a finding ({share:share}).",
)
BREACH, BREACHES = "In breach of its limit: {rate}.", "{count:number} rates are in breach of their limits."
CLOSE, CLOSE_ALL = "Close to its limit: {rate}.", "{count:number} rates are close to their limits."
LEFT_OUT = "Left out, for nobody says who cancelled: {count:number}."
COSTLIEST_FAMILY = "{family}: {share:share} of the money."
COSTLIEST_ORDERS = "The five costliest orders hold {share:share}."
SEVERITY_HEADER = ("Severity", "Total")
RATES_HEADER = ("Rates of 30 days, our own figures", "Ours", "Of", "Limit", "Room left", "State")
NO_FIGURE, ROOM_LEFT = "n/a", "{count} more"
FAMILY_HEADER = "Family"
COSTLIEST_HEADER = ("Costliest orders", "EUR", "Due (Paris)", "What is wrong")
LOOKED_AT_HEADER = ("Rules run", "Rows seen", "Why not run")
DUE_HEADER = ("When", "Crit.+high", "EUR", "No owner")
LIST_HEADER = ("First on the list", "Order / article", "Due (Paris)")
FREQUENT_HEADER = ("Most frequent wrongs, 30 days", "Times", "Before", "EUR", "Standing")
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
