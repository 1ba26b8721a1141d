"""Limits that the brand rules share: the fine, the words of titles and fields, and how far ahead an end is pointed out."""

from audit.limits import Limit
from audit.policy import GUIDE, HOUSE, TERMS

COUNTERFEIT_SHARE = Limit(
    "counterfeit_share",
    0.2,
    "share",
    TERMS.clause("article 5.6"),
    "part of sales and stock that the file fee for counterfeits takes",
)
AUTHORISATION_NOTICE = Limit(
    "authorisation_notice",
    30,
    "days",
    HOUSE.clause("early warning"),
    "days before the end of an authorisation at which it is pointed out",
)
LOOKALIKE_LETTERS = Limit(
    "lookalike_letters",
    5,
    "letters",
    HOUSE.clause("shorter names resemble too much"),
    "fewest letters of a brand that others are likened to",
)
NAMES_APART: Limit[tuple[str, ...]] = Limit(
    "names_apart",
    ("Pucci", "Bucci", "Tucci", "Carter", "Lewis", "Levin", "Lexis", "Ample", "Apply", "Oakey"),
    "names",
    HOUSE.clause("names of their own"),
    "brands of their own, however much they resemble one of the watchlist",
)
GENERIC_BRANDS: Limit[tuple[str, ...]] = Limit(
    "generic_brands",
    (
        "Marque générique", "marque générale", "générique", "sans marque", "aucune", "no name", "no brand", "generic",
        "generic brand", "autre", "autre fabricant", "other", "unbranded", "non renseigné", "n/a",
        "无品牌", "无", "通用", "其他",
    ),
    "words",
    GUIDE.clause("accessories are listed under Marque générique"),
    "what a brand field says where the article has no brand",
)  # fmt: skip
ACCESSORY_WORDS: Limit[tuple[str, ...]] = Limit(
    "accessory_words",
    (
        "accessoire", "accessory", "accessories", "coque", "étui", "housse", "câble", "cable", "chargeur", "charger",
        "bracelet", "strap", "case", "cover", "protection", "protecteur", "protector", "verre trempé", "film de protection",
        "adaptateur", "adapter", "support", "dragonne",
        "手机壳", "保护壳", "保护套", "保护膜", "钢化膜", "数据线", "充电器", "充电线", "表带", "支架", "配件",
    ),
    "words",
    GUIDE.clause("accessories are listed under Marque générique"),
    "words of a category that make an article an accessory",
)  # fmt: skip
COMPATIBILITY_WORDS: Limit[tuple[str, ...]] = Limit(
    "compatibility_words",
    (
        "pour", "compatible", "compatible avec", "compatible with", "for", "fits",
        "adapté à", "adaptée à", "adapté au", "adaptée au", "adapté aux", "adaptée aux",
        "convient à", "convient au", "convient aux", "conviennent à", "conviennent au", "conviennent aux",
        "适用", "适用于", "兼容", "兼容于",
    ),
    "words",
    GUIDE.clause("accessories are listed under Marque générique"),
    "words before a brand that say what an article goes with",
)  # fmt: skip
LINKING_WORDS: Limit[tuple[str, ...]] = Limit(
    "linking_words",
    (
        "le", "la", "les", "l", "un", "une", "des", "du", "de", "d", "the", "a", "an", "avec", "with", "et", "ou", "and", "or",
        "和", "与", "或", "及",
    ),
    "words",
    GUIDE.clause("accessories are listed under Marque générique"),
    "articles and the like that may stand between compatibility wording and a brand",
)  # fmt: skip
MODEL_WORDS: Limit[tuple[str, ...]] = Limit(
    "model_words",
    (
        "iphone", "ipad", "ipod", "airpods", "airpod", "airtag", "macbook", "imac", "watch", "pencil", "magsafe",
        "galaxy", "buds", "note", "tab", "fold", "flip", "edge", "pro", "max", "plus", "mini", "ultra", "air", "lite",
        "se", "fe", "x", "xr", "xs", "s", "series", "série", "gen", "génération", "generation", "mm",
    ),
    "words",
    HOUSE.clause("models as titles name them"),
    "words of model names that may stand between compatibility wording and a brand, as model numbers may",
)  # fmt: skip
