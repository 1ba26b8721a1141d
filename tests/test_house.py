"""The house: who may import whom, held over the syntax trees."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("schemas", "audit", "reports")
SOURCES = sorted(path.relative_to(ROOT) for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
HEAVY = ("pandas", "numpy", "pyarrow", "pandera", "openpyxl", "xlsxwriter", "rapidfuzz")
COMMAND = Path("audit/cli")
KNOW_REPORTS = (COMMAND / "auditing.py", Path("audit/outputs.py"), Path("audit/run.py"), Path("audit/shops.py"))


def imports(tree, *, run_time_only=False):
    """The modules that a source imports; on request without those that only the type checker sees."""
    found = []
    for node in ast.walk(tree):
        if run_time_only and isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            for inner in ast.walk(node):
                inner.hidden = True
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names if not hasattr(node, "hidden")]
        elif isinstance(node, ast.ImportFrom) and not hasattr(node, "hidden"):
            found += [f"{node.module}.{alias.name}" for alias in node.names]
    return found


def wrong_ways(path, source):
    """Imports of a source that go against the directions of dependence."""
    tree = ast.parse(source)
    package, names = path.parts[0], imports(tree)
    wrong = [name for name in names if name.split(".")[0] == "audit" and package != "audit"]
    wrong += [name for name in names if name.split(".")[0] == "reports" and package != "reports" and path not in KNOW_REPORTS]
    wrong += [name for name in names if name.startswith("audit.cli") and path.parent != COMMAND]
    if path.parent == Path("audit/rules") and path.name != "__init__.py":
        seen = imports(tree, run_time_only=True)
        wrong += [name for name in seen if name.split(".")[0] in (*HEAVY, "click", "pathlib") or name.startswith("audit.rules")]
    return wrong


@pytest.mark.parametrize("path", SOURCES, ids=str)
def test_dependence_goes_one_way(path):
    """Schemas know nobody, reports know schemas, and only the command and the run know both."""
    assert [] == wrong_ways(path, (ROOT / path).read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("schemas/x.py", "import audit.books"),
        ("reports/x.py", "from audit.findings import judge"),
        ("audit/x.py", "from reports import files"),
        ("audit/x.py", "from audit.cli import main"),
        ("audit/rules/x.py", "import pandas as pd"),
        ("audit/rules/x.py", "from audit.rules import tracking"),
    ],
)
def test_a_wrong_way_is_seen(path, source):
    """The check above can fail."""
    assert [] != wrong_ways(Path(path), source)


@pytest.mark.parametrize("path", SOURCES, ids=str)
def test_every_module_says_what_it_is(path):
    """Each module begins with its purpose."""
    assert ast.get_docstring(ast.parse((ROOT / path).read_text(encoding="utf-8")))


def test_the_command_starts_without_anything_heavy():
    """Neither help nor catalogue nor pages import pandas."""
    code = "import sys; import audit.cli, audit.pages; audit.pages.catalogue_lines(); print([name for name in sys.argv[1:] if name in sys.modules])"
    shown = subprocess.run([sys.executable, "-c", code, *HEAVY], capture_output=True, text=True, check=True, cwd=ROOT)

    assert "[]" == shown.stdout.strip()


def test_every_rule_has_its_page_in_order():
    """A page says why, what a breach is and what is fine, in that order."""
    from audit.rules import RULES

    for rule in RULES:
        places = [rule.page.find(word) for word in ("Why:", "Breach:", "Fine:")]
        assert places == sorted(places), rule.code
        assert min(places) > 0, rule.code


def test_codes_and_names_are_unique():
    """Codes and names are public: each means one rule."""
    from audit.rules import RULES

    assert len(RULES) == len({rule.code for rule in RULES}) == len({rule.name for rule in RULES})


def test_every_limit_can_be_set():
    """No module holds a limit that the settings do not know."""
    import importlib

    from audit.catalogue import OURS
    from audit.limits import Limit

    modules = [".".join(path.with_suffix("").parts).removesuffix(".__init__") for path in SOURCES if path.parts[0] == "audit"]
    held = {value.name for name in modules for value in vars(importlib.import_module(name)).values() if isinstance(value, Limit)}

    assert held == set(OURS.limits)


def test_no_spelling_means_two_columns():
    """Within a table each header spelling means one column, and each value's spelling one value."""
    from schemas.table import ORDER_NUMBER, fold
    from schemas.tables import TABLES

    for table in TABLES.values():
        columns = (*table.columns, ORDER_NUMBER) if table.numbered else table.columns
        meant = {}
        for name, spelling in ((column.name, spelling) for column in columns for spelling in (column.name, *column.spellings)):
            assert meant.setdefault(fold(spelling), name) == name, (table.name, spelling)
        for column in table.columns:
            values = {}
            for value, spelling in ((choice, word) for choice, words in (column.choices or {}).items() for word in (choice, *words)):
                assert values.setdefault(fold(spelling), value) == value, (table.name, column.name, spelling)


def test_every_evidence_names_facts_of_known_kinds():
    """Templates use the kinds that schemas.text can put into words."""
    from schemas.text import KINDS, placeholders

    for path in (ROOT / "audit" / "rules").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "Evidence" and isinstance(node.args[0], ast.Constant):
                assert set(placeholders(node.args[0].value).values()) <= set(KINDS), path


def test_nothing_committed_names_a_machine():
    """No path of somebody's machine stands in the sources."""
    pattern = re.compile(r"/(home|Users|root)/|/wor[k]/|/tm[p]/")
    files = [
        *(ROOT / path for path in SOURCES),
        *(ROOT / "tests").glob("*.py"),
        ROOT / "pyproject.toml",
        ROOT / "Makefile",
        ROOT / "README.md",
    ]

    assert [] == [path.name for path in files if path != Path(__file__) and pattern.search(path.read_text(encoding="utf-8"))]
