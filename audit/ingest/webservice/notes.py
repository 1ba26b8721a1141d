"""What a person should know of the answers that were read: unknown values, contradictions, missing pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from audit.ingest.webservice.answer import Answer, Strange
from audit.ingest.webservice.charset import NAMES
from audit.ingest.webservice.merging import Merged
from schemas.text import Fact, Message

MOST_VALUES = 20
"""Unknown values that are named; more of them are only counted."""

STRANGE = "{action} answers say {value} {count} times in <{element}>, which is not known: read as {meaning:word?}"
MORE_STRANGE = "{count} more values of the WebService are not known"
MERGED = "{count} {action} rows add to the same items and claims of other or newer answers"
CONTRADICTION = (
    "{action} and {other_action} differ about {column} of {count} items, and {action} is believed;"
    " item {item} for one: {value} in {file}, {other_value} in {other_file}"
)
UNSAID = "{count} accepted items have no getiteminfos answer that says whether they are shipped: what others say of it is left aside"
ANOTHER_PAGE = "{file} is not the last page of {action}: the next one is not among the inputs"
ENCODING = "{file} says that it is in {claimed}, but is in {encoding}"
BARCODES = "{count} listings of {file} have several barcodes, and the first valid one is used; {sku} for one: {used}, not {others}"
UNLIMITED = "{count} listings of {file} are on sale without limit: counted as one piece each"


def notes(answers: Sequence[Answer], merged: Merged) -> list[Message]:
    """Every note, in the order in which they are read."""
    return [*_encodings(answers), *_pages(answers), *_strange(answers), *_merged(merged), *_listings(answers)]


def _encodings(answers: Sequence[Answer]) -> Iterator[Message]:
    wrong = {answer.file: answer for answer in answers if answer.claimed_encoding and NAMES[answer.claimed_encoding] != answer.encoding}
    for file, answer in wrong.items():
        if not answer.encoding.startswith(NAMES[answer.claimed_encoding]):
            yield Message(ENCODING, {"file": file, "claimed": answer.claimed_encoding, "encoding": answer.encoding})


def _pages(answers: Sequence[Answer]) -> Iterator[Message]:
    """Pages whose next one nobody asked for; where no page tells what was asked, one last page is enough."""
    for action in dict.fromkeys(answer.action for answer in answers):
        pages = [answer for answer in answers if answer.action == action]
        asked = set[str]().union(*(page.asked for page in pages))
        if not asked and any(not page.following for page in pages):
            continue
        for page in pages:
            if page.following - asked:
                yield Message(ANOTHER_PAGE, {"file": page.file, "action": action})


def _strange(answers: Sequence[Answer]) -> Iterator[Message]:
    counts: Counter[tuple[str, Strange]] = Counter()
    for answer in answers:
        for value, count in answer.strange.items():
            counts[answer.action, value] += count
    ordered = sorted(counts.items())
    for (action, strange), count in ordered[:MOST_VALUES]:
        facts: dict[str, Fact] = {"element": strange.element, "value": strange.value, "meaning": strange.meaning}
        yield Message(STRANGE, {"action": action, "count": count, **facts})
    if len(ordered) > MOST_VALUES:
        yield Message(MORE_STRANGE, {"count": len(ordered) - MOST_VALUES})


def _merged(merged: Merged) -> Iterator[Message]:
    yield from (Message(MERGED, {"action": action, "count": count}) for action, count in _by_action(merged))
    for found, count in sorted(merged.contradictions.counts.items()):
        facts: dict[str, Fact] = {"action": found.believed, "other_action": found.other, "column": found.column, "count": count}
        yield Message(CONTRADICTION, {**facts, **merged.contradictions.examples[found]})
    if merged.unsaid:
        yield Message(UNSAID, {"count": merged.unsaid})


def _by_action(merged: Merged) -> Iterable[tuple[str, int]]:
    counts: Counter[str] = Counter()
    for (answer, _), count in merged.counts.items():
        counts[answer.action] += count
    return sorted(counts.items())


def _listings(answers: Sequence[Answer]) -> Iterator[Message]:
    for answer in answers:
        if answer.several_barcodes:
            sku, used, others = answer.several_barcodes[0]
            facts = {"file": answer.file, "sku": sku, "used": used, "others": others}
            yield Message(BARCODES, {**facts, "count": len(answer.several_barcodes)})
        if answer.unlimited:
            yield Message(UNLIMITED, {"file": answer.file, "count": answer.unlimited})
