"""The words of closed lists as a person reads them."""

SEVERITY = {"critical": "Critical", "high": "High", "medium": "Medium", "low": "Low"}
STANDING = {"official": "§ Official", "guide": "Guide", "house": "Advice"}
CONFIDENCE = {"certain": "Certain", "likely": "Likely", "possible": "Possible"}
STATUS = {"found": "Found", "clean": "Clean", "skipped": "Not run", "failed": "Failed"}
WHEN = {"overdue": "Overdue", "today": "Today", "tomorrow": "Tomorrow", "later": "Later", "undated": "No date"}
KIND = {"sale": "Sale lost", "fee": "Fees", "fine": "Fine"}
AUTHORISED = {"valid": "Valid", "ending": "Ends soon", "ended": "Ended", "none": "None on file", "future": "Not yet valid"}
TODO_STATES = ("To do", "In progress", "Done", "Won't fix")
NOTHING = "Nothing found."
NOTHING_TO_DO = "Nothing to do this morning."

GLOSSARY = (
    (
        "rétracter, rétractation",
        "The buyer withdraws from the sale, within 14 days of receipt; the seller can't refuse.",
        "Costs the seller nothing. The word to use with customer service.",
    ),
    (
        "annuler, annulation",
        "The seller cancels the sale.",
        "Double commission, and it counts against the shop. Never write it to customer service, never press a button of that name.",
    ),
    ("refuser", "The seller declines a sale before confirming it.", "Better than an annulation, but it lowers the confirmation rate."),
    ("confirmer", "The seller accepts the sale.", "Within 48 h; at 72 h the platform cancels."),
    ("commande / article", "Order number: purchase, slash, article.", "Customer service asks for the part after the slash."),
    ("suivi", "Tracked mode: the parcel can be followed, without a signature.", "Not offered outside metropolitan France."),
    ("recommandé", "Registered mail: followed and signed for.", "Needed above 200 EUR, and above 60 EUR from outside the EU."),
    ("normal", "Normal mode: nobody can follow the parcel.", "The buyer has 30 days to claim instead of 14."),
    ("numéro de suivi", "The carrier's tracking number.", "Upload it on the day of dispatch."),
    ("transporteur", "The carrier.", "For Autre, add the address where the parcel can be followed."),
    ("réclamation", "The buyer's claim.", "Three working days to settle it between the two of you."),
    ("non reçu", "Claim that the parcel never arrived.", "Answer with carrier, number and date of dispatch within 48 h."),
    (
        "non conforme",
        "Claim that the article is damaged, incomplete or not as described.",
        "Offer an exchange, a rebate, or return and refund.",
    ),
    ("proposer un rabais", "Offer a partial refund through the platform.", "At most half of the article's price."),
    ("remboursement", "Refund.", "During a claim always through the platform."),
    ("garantie légale", "The two-year legal warranty.", "After it is invoked, the platform's claim pages no longer apply."),
    ("contrefaçon", "Counterfeit.", "100 EUR plus 20 % of such sales and stock, before VAT, and the shop may be closed."),
    (
        "marque générique",
        "Brand field for articles without a brand, and for other makers' accessories.",
        "The brand it fits may stand in the title after compatible.",
    ),
    ("mise en vacances", "The shop is taken off line for a time.", "Two sales left unanswered are enough."),
    ("note vendeur, MQS", "Merchant Quality Score, A to D.", "Decides visibility and how soon sales are paid out."),
)
"""French term, what it means, what to mind."""
