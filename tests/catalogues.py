"""The catalogues of the report's languages: collects what people read, and brings the .po and .mo files up to date.

``python tests/catalogues.py`` does it, ``make catalogues`` for short. A message is collected where its literal, or the module constant in
capitals that holds it, is handed to one of the callables of LITERALS; rules, reasons, limits, settings and letters are asked for theirs.
"""

import ast
import sys
from datetime import UTC, datetime
from functools import cache
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
    "Term": (1, 3), "Listed": (0,), "marked": (0,), "plural": (0,), "recalled": (0,), "AuditError": (0, 1), "ConfigFault": (0, 1), "Locked": (0, 1), "FileFault": (1, 2),
    "NoTable": (1, 2), "UnfitError": (0,), "ContradictionError": (0, 1), "Unfit": (1, 2), "misuse": (0,), "line": (2, 3), "unlike": (0,), "_fault": (2,), "_sold": (2,), "_on_the_shop": (1,),
    "shaped": (1, 2),
}  # fmt: skip
"""Callables whose arguments at these places are messages."""

BEGUN = datetime(2026, 11, 25, tzinfo=UTC)
HEADER = {
    "project": "order-audit", "version": "1", "header_comment": "# What people read of order-audit, keyed by its English.", "msgid_bugs_address": "order-audit",
    "last_translator": "order-audit", "language_team": "order-audit", "creation_date": BEGUN, "revision_date": BEGUN,
}  # fmt: skip
"""What a catalogue says of itself; nothing that changes with the day, so that the same messages give the same file."""

TOLD = tuple(name for name in LITERALS if name not in ("text", "number", "Term", "Listed", "marked", "plural"))
"""Those of them whose every message in PROGRAM must be found here; the others are names of other things too."""

PROGRAM = ("audit/", "schemas/")
FIELDS = ("wrong", "remedy", "template", "evidence", "wanted", "how", "reason")
"""Attributes that hold messages which are collected where they are made."""

PASSED_ON = {
    "schemas/text.py": "puts messages into words",
    "audit/errors.py": "takes a text for the message that names no facts",
    "audit/operating/diagnosis.py": "takes a text for the message that names no facts",
    "audit/cli/speech.py": "takes a text for the message that names no facts",
}
"""Modules in which a message's text comes in as an argument, and why."""

GLUE = ("join", "format", "replace", "removesuffix")
"""Methods of texts that make a message nobody can collect."""

PLURAL, CONTEXT = "plural", "context"
"""Keywords that hold the form for more than one, and what tells apart English words that mean several things."""


class Key(NamedTuple):
    """What a catalogue files a message under; ``plural`` is blank for a sentence of one form."""

    text: str
    plural: str = ""
    context: str = ""


def collect() -> set[Key]:
    """Every message of the program."""
    trees, constants = _trees(), _all_constants()
    keys = {key for tree in trees.values() for key in _called(tree, {**constants, **_constants(tree)})}
    keys |= {Key(text) for path in WHOLE for value in _constants(trees[path]).values() for text in _texts(value)}
    forms = {form for key in keys if key.plural for form in (key.text, key.plural)}
    return {key for key in keys | _asked() if key.text.strip() and (key.plural or key.text not in forms)}


@cache
def _trees() -> dict[str, ast.Module]:
    """Every module of the program by its path."""
    sources = [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]
    return {path.relative_to(ROOT).as_posix(): ast.parse(path.read_text(encoding="utf-8")) for path in sources}


@cache
def _all_constants() -> dict[str, ast.expr]:
    """The constants of all modules: one that is named may stand in another."""
    return {name: value for tree in _trees().values() for name, value in _constants(tree).items()}


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


def uncollected() -> list[str]:
    """Where a message is handed over that can't be collected: glued, or neither a literal, nor a constant, nor a message."""
    found = []
    for path, tree in _trees().items():
        constants = {**_all_constants(), **_constants(tree)}
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call) and _name(node.func) in LITERALS):
            if path in PASSED_ON:
                continue
            strict = _name(call.func) in TOLD and path.startswith(PROGRAM)
            told = [call.args[place] for place in LITERALS[_name(call.func)] if place < len(call.args)]
            wrong = [node for node in told if _is_glued(node) or (strict and not _is_found(node, constants, _assigned(tree, call)))]
            found += [f"{path}:{node.lineno}: {ast.unparse(node)}" for node in wrong]
    return found


def _is_glued(node: ast.expr) -> bool:
    glued = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in GLUE
    return isinstance(node, ast.JoinedStr) or glued or (isinstance(node, ast.BinOp) and not _texts(node))


def _is_found(node: ast.expr, constants: dict[str, ast.expr], assigned: dict[str, list[ast.expr]]) -> bool:
    """Whether a text is collected here, or made by a call of its own, which is looked at by itself; a starred one is a message given back."""
    if isinstance(node, ast.IfExp):
        return all(_is_found(part, constants, assigned) for part in (node.body, node.orelse))
    if isinstance(node, ast.Name) and node.id in assigned:
        return all(not _is_glued(value) and _is_found(value, constants, {}) for value in assigned[node.id])
    if isinstance(node, ast.Attribute) and not node.attr.isupper():
        return node.attr in FIELDS
    if isinstance(node, ast.Call | ast.Starred):
        return True
    return bool(_resolved(node, constants)) or _name(node) in constants


def _assigned(tree: ast.Module, call: ast.Call) -> dict[str, list[ast.expr]]:
    """What the names of the function around a call are given; the arguments of LITERALS are looked at where it is called."""
    around = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.lineno <= call.lineno <= (node.end_lineno or 0)]
    given: dict[str, list[ast.expr]] = {argument.arg: [] for node in around if node.name in LITERALS for argument in node.args.args}
    for node in (node for function in around for node in ast.walk(function)):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            given.setdefault(node.targets[0].id, []).append(node.value)
        elif isinstance(node, ast.For | ast.comprehension) and _looped(node.iter).id.isupper():
            for name in (name.id for name in ast.walk(node.target) if isinstance(name, ast.Name)):
                given.setdefault(name, []).append(_looped(node.iter))
    return given


def _looped(node: ast.expr) -> ast.Name:
    """The constant that a loop goes through, itself or its items or values; a blank name where it is none."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ("items", "values"):
        node = node.func.value
    return node if isinstance(node, ast.Name) else ast.Name("")


def _called(tree: ast.Module, constants: dict[str, ast.expr]) -> list[Key]:
    """The messages of a module's calls."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _name(node.func) in LITERALS:
            told = [node.args[place] for place in LITERALS[_name(node.func)] if place < len(node.args)]
            texts = [_resolved(value, constants) for text in told for value in _values(text, tree, node)]
            plurals, contexts = (_keyword(node, name, constants) for name in (PLURAL, CONTEXT))
            plurals = _resolved(node.args[1], constants) if _name(node.func) == PLURAL else plurals
            singles = [text for told in texts for text in told]
            pairs = zip(singles, plurals, strict=False) if plurals else ((text, "") for text in singles)
            found += [Key(one, many, "".join(contexts)) for one, many in pairs]
    return found


def _values(text: ast.expr, tree: ast.Module, call: ast.Call) -> list[ast.expr]:
    """A text, or what the name that stands for it is given in the function around."""
    return _assigned(tree, call).get(text.id, []) if isinstance(text, ast.Name) and not text.id.isupper() else [text]


def _keyword(node: ast.Call, name: str, constants: dict[str, ast.expr]) -> list[str]:
    """The texts of a keyword of a call; none where it is not there."""
    return [text for keyword in node.keywords if keyword.arg == name for text in _resolved(keyword.value, constants)]


def _resolved(node: ast.expr, constants: dict[str, ast.expr]) -> list[str]:
    """The texts of an argument: a literal, or the constant that it names, or a part of that."""
    if isinstance(node, ast.Subscript):
        return _resolved(node.value, constants)
    if isinstance(node, ast.IfExp):
        return _resolved(node.body, constants) + _resolved(node.orelse, constants)
    if _name(node).isupper():
        return _texts(constants[_name(node)]) if _name(node) in constants else []
    return _texts(node)


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def _asked() -> set[Key]:
    """The messages that rules, limits and letters hold."""
    from audit.catalogue import RULES
    from audit.ingest.presets import presets
    from audit.limits import CLAIM_DAYS, CLAIM_DAYS_UNDELIVERED, FIXED_FINE
    from audit.operating.stages import STAGES
    from audit.rule import RETURN_POSTAGE
    from schemas.findings import Confidence, Exposure, Severity, Standing
    from schemas.letters import LETTERS
    from schemas.table import ORDER_NUMBER
    from schemas.tables import TABLES
    from schemas.vocabulary import PERSONAL, PERSONS, WORDS
    from schemas.waivers import WAIVERS

    limits = [*(limit for rule in RULES for limit in rule.limits), CLAIM_DAYS, CLAIM_DAYS_UNDELIVERED, FIXED_FINE]
    clauses = {clause for rule in RULES for clause in (rule.source, *rule.also)} | {limit.source for limit in limits}
    told = {text for rule in RULES for text in (rule.title, rule.todo, rule.advice, rule.page)}
    told |= {text for limit in limits for text in (limit.about, limit.unit)} | set(RETURN_POSTAGE.values())
    told |= {text for clause in clauses for text in (clause.about, clause.document.title, clause.document.seen)}
    told |= {letter.meaning for letter in LETTERS.values()} | {preset.remedy for preset in presets()} | {ORDER_NUMBER.about}
    told |= {column.about for table in (*TABLES.values(), WAIVERS) for column in table.columns}
    words = {choice.replace("_", " ") for table in TABLES.values() for column in table.columns for choice in column.choices or ()}
    words |= {*STAGES, *WORDS, *PERSONAL, *PERSONS}
    words |= {word.value for words in (Severity, Confidence, Standing, Exposure) for word in words}
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
