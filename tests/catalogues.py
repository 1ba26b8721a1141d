"""The catalogues of the report's languages: collects what people read, and brings the .po and .mo files up to date.

``python tests/catalogues.py`` does it, ``make catalogues`` for short. A message is collected where its literal, or the module constant in
capitals that holds it, is handed to one of the callables of LITERALS; rules, reasons, limits, settings and letters are asked for theirs.
"""

import ast
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from schemas.language import CODES, DOMAIN, FOLDER  # noqa: E402 - the project stands above this folder
from schemas.text import VALUE  # noqa: E402

PACKAGES = ("schemas", "audit", "reports")
TRANSLATED = tuple(code for code in CODES if code != "en")
WHOLE = ("reports/words.py",)
"""Modules of which every text constant is a message."""

LITERALS = {
    "Message": (0,), "Evidence": (0,), "say": (0,), "say_json": (0,), "Reason": (1, 2), "Family": (1,), "text": (0,), "number": (0,), "Setting": (2,),
    "Term": (1, 3), "Listed": (0,),
}  # fmt: skip
"""Callables whose arguments at these places are messages."""

BEGUN = datetime(2026, 11, 25, tzinfo=UTC)
HEADER = {
    "project": "order-audit", "version": "1", "header_comment": "# What people read of order-audit, keyed by its English.", "msgid_bugs_address": "",
    "last_translator": "", "language_team": "", "creation_date": BEGUN, "revision_date": BEGUN,
}  # fmt: skip
"""What a catalogue says of itself; nothing that changes with the day, so that the same messages give the same file."""

PLURAL, CONTEXT = "plural", "context"
"""Keywords that hold the form for more than one, and what tells apart English words that mean several things."""


class Key(NamedTuple):
    """What a catalogue files a message under; ``plural`` is blank for a sentence of one form."""

    text: str
    plural: str = ""
    context: str = ""


def collect() -> set[Key]:
    """Every message of the program."""
    sources = [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]
    trees = {path.relative_to(ROOT).as_posix(): ast.parse(path.read_text(encoding="utf-8")) for path in sources}
    constants = {name: value for tree in trees.values() for name, value in _constants(tree).items()}
    keys = {key for tree in trees.values() for key in _called(tree, {**constants, **_constants(tree)})}
    keys |= {Key(text) for path in WHOLE for value in _constants(trees[path]).values() for text in _texts(value)}
    forms = {form for key in keys if key.plural for form in (key.text, key.plural)}
    return {key for key in keys | _asked() if key.text.strip() and (key.plural or key.text not in forms)}


def _constants(tree: ast.Module) -> dict[str, ast.expr]:
    """The module's constants in capitals."""
    found = {}
    for node in tree.body:
        if isinstance(node, ast.Assign):
            for target in node.targets:
                found |= dict(_paired(target, node.value))
        elif isinstance(node, ast.AnnAssign) and node.value is not None and isinstance(node.target, ast.Name):
            found[node.target.id] = node.value
    return {name: value for name, value in found.items() if name.isupper()}


def _paired(target: ast.expr, value: ast.expr) -> list[tuple[str, ast.expr]]:
    if isinstance(target, ast.Name):
        return [(target.id, value)]
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        return [(str(getattr(name, "id", "")), part) for name, part in zip(target.elts, value.elts, strict=True)]
    return []


def _texts(node: ast.expr) -> list[str]:
    """The texts of a constant: itself, or those of its tuple or the values of its dictionary."""
    if isinstance(node, ast.Constant):
        return [node.value] if isinstance(node.value, str) else []
    if isinstance(node, ast.Dict):
        return [text for value in node.values for text in _texts(value)]
    if isinstance(node, ast.Tuple | ast.List):
        return [text for value in node.elts for text in _texts(value)]
    if isinstance(node, ast.BinOp):
        return ["".join(_texts(node.left) + _texts(node.right))]
    if isinstance(node, ast.IfExp):
        return _texts(node.body) + _texts(node.orelse)
    return []


def _called(tree: ast.Module, constants: dict[str, ast.expr]) -> list[Key]:
    """The messages of a module's calls."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _name(node.func) in LITERALS:
            texts = [_resolved(node.args[place], constants) for place in LITERALS[_name(node.func)] if place < len(node.args)]
            plurals, contexts = (_keyword(node, name, constants) for name in (PLURAL, CONTEXT))
            singles = [text for told in texts for text in told]
            pairs = zip(singles, plurals, strict=False) if plurals else ((text, "") for text in singles)
            found += [Key(one, many, "".join(contexts)) for one, many in pairs]
    return found


def _keyword(node: ast.Call, name: str, constants: dict[str, ast.expr]) -> list[str]:
    """The texts of a keyword of a call; none where it is not there."""
    return [text for keyword in node.keywords if keyword.arg == name for text in _resolved(keyword.value, constants)]


def _resolved(node: ast.expr, constants: dict[str, ast.expr]) -> list[str]:
    """The texts of an argument: a literal, or the constant that it names, or a part of that."""
    if isinstance(node, ast.Subscript):
        return _resolved(node.value, constants)
    if _name(node).isupper():
        return _texts(constants[_name(node)]) if _name(node) in constants else []
    return _texts(node)


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def _asked() -> set[Key]:
    """The messages that rules, limits and letters hold."""
    from audit.catalogue import RULES
    from audit.rule import RETURN_POSTAGE
    from schemas.letters import LETTERS
    from schemas.tables import TABLES

    clauses = {clause for rule in RULES for clause in (rule.source, *rule.also, *(limit.source for limit in rule.limits))}
    limits = [limit for rule in RULES for limit in rule.limits]
    told = {text for rule in RULES for text in (rule.title, rule.todo, rule.advice, rule.page)}
    told |= {text for limit in limits for text in (limit.about, limit.unit)} | set(RETURN_POSTAGE.values())
    told |= {text for clause in clauses for text in (clause.about, clause.document.title, clause.document.seen)}
    told |= {letter.meaning for letter in LETTERS.values()}
    words = {choice.replace("_", " ") for table in TABLES.values() for column in table.columns for choice in column.choices or ()}
    return {Key(text) for text in told} | {Key(word, context=VALUE) for word in words}


def read(code: str) -> Catalog:
    """A language's catalogue as it stands; a blank one where there is none."""
    path = place(code, "po")
    if not path.exists():
        return Catalog(locale=code, domain=DOMAIN)
    with path.open("rb") as file:
        return read_po(file, locale=code, domain=DOMAIN)


def place(code: str, suffix: str) -> Path:
    """The file of a language."""
    return FOLDER / code / "LC_MESSAGES" / f"{DOMAIN}.{suffix}"


def renewed(code: str, keys: set[Key]) -> Catalog:
    """A language's catalogue with just these messages, translated as far as the present one does."""
    present = read(code)
    catalogue = Catalog(locale=code, domain=DOMAIN, fuzzy=False, **HEADER)
    for key in sorted(keys):
        name = (key.text, key.plural) if key.plural else key.text
        old = present.get(key.text, context=key.context or None)
        said = old.string if old is not None and isinstance(old.string, tuple) == bool(key.plural) else ""
        catalogue.add(name, said, context=key.context or None)
    return catalogue


def update() -> None:
    """Write the catalogues of all languages anew."""
    keys = collect()
    for code in TRANSLATED:
        catalogue = renewed(code, keys)
        place(code, "po").parent.mkdir(parents=True, exist_ok=True)
        with place(code, "po").open("wb") as file:
            write_po(file, catalogue, width=0, omit_header=False, no_location=True)
        with place(code, "mo").open("wb") as file:
            write_mo(file, catalogue)
        missing = [message.id for message in catalogue if message.id and not any(message.string)]
        sys.stdout.write(f"{code}: {len(keys)} messages, {len(missing)} to translate\n")


if __name__ == "__main__":
    update()
