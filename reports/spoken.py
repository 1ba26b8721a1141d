"""An outcome whose rules and limits speak the report's language."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from reports import words
from schemas.text import say

if TYPE_CHECKING:
    import pandas as pd

    from schemas.language import Language
    from schemas.outcome import Outcome


def spoken(outcome: Outcome) -> Outcome:
    """The outcome with what its rules say in words of its language; a user's own rules stay as they are written."""
    language, rules = outcome.language, outcome.rules
    said = rules.assign(
        title=_said(rules["title"], language),
        todo=_said(rules["todo"], language),
        advice=[
            language.sentences([language.text(advice), language.text(added)])
            for advice, added in zip(rules["advice"], rules["advice_added"], strict=True)
        ],
        source=[_sources(source, language) for source in rules["source"]],
    )
    return replace(outcome, rules=said, parameters=outcome.parameters.assign(unit=_said(outcome.parameters["unit"], language)))


def _said(messages: pd.Series[str], language: Language) -> list[str]:
    return [language.text(message) for message in messages]


def _sources(source: str, language: Language) -> str:
    """Documents with their passages, a line each."""
    pairs = json.loads(source) if source else []
    facts = [{"document": language.text(document), "passage": language.text(passage)} for document, passage in pairs]
    return "\n".join(say(words.SOURCE, known, language) for known in facts)
