"""What a message itself says: plain text, without the earlier messages that it quotes."""

from __future__ import annotations

import html
import re
import unicodedata

QUOTATION = re.compile(
    r"^[ \t]*[*_]*(?:"
    r"(?:le|on|am|at)\b(?=[^\n]*\d)[^\n]{0,200}(?:\n[^\n]{0,120})?\b(?:[ée]crit|wrote|schrieb)\s*:"
    r"|在[^\n]{0,200}写道\s*:"
    r"|[^\n]{0,120}于[^\n]{0,120}写道\s*:"
    r"|-{2,}\s*(?:message (?:d['’]origine|original|transféré)|(?:original|forwarded) message|原始邮件|原邮件|转发邮件)"
    r"|(?:début du message (?:transféré|réexpédié)|begin forwarded message)\s*:"
    r"|(?:de|from|发件人)\s*:[^\n]{0,200}\n\s*[*_]*(?:envoyé(?: le)?|date|sent|to|[àa]|发送时间|收件人|日期)\s*[*_]*\s*:"
    r")",
    re.IGNORECASE | re.MULTILINE,
)
"""A line from which on a message quotes an earlier one, as the usual mail programs write it."""

QUOTED_LINE = re.compile(r"^[ \t]*>.*$", re.MULTILINE)
MARKUP = re.compile(r"</?[a-z][a-z0-9]*(?:\s[^<>]*)?/?>|&(?:#\d+|[a-z]+);", re.IGNORECASE)
"""What shows that a message was kept as HTML."""

HTML_STEPS = (
    (re.compile(r"<(style|script)\b.*?</\1\s*>|<blockquote\b.*</blockquote\s*>", re.IGNORECASE | re.DOTALL), "\n"),
    (re.compile(r"<a\b[^<>]*?\bhref\s*=\s*[\"']?([^\"'\s<>]+)[^<>]*>", re.IGNORECASE), r" \1 "),
    (re.compile(r"</?(?:br|p|div|tr|li|h\d|hr)\b[^<>]*>", re.IGNORECASE), "\n"),
    (re.compile(r"</?[a-z][a-z0-9]*(?:\s[^<>]*)?/?>", re.IGNORECASE), ""),
)
"""How HTML becomes text: quotations go, links are kept beside their words, lines end where they did."""


def unquoted(body: str) -> str:
    """A message's own words as plain text: what it quotes of earlier ones is left out."""
    own = unicodedata.normalize("NFKC", _plain(body))
    while found := QUOTATION.search(own):
        rest = own[found.end() :].lstrip()
        own = own[: found.start()] + (QUOTED_LINE.sub("", rest) if rest.startswith(">") else "")
    return QUOTED_LINE.sub("", own).strip()


def _plain(body: str) -> str:
    """The text of a message that may have been kept as HTML."""
    if not MARKUP.search(body):
        return body
    for pattern, kept in HTML_STEPS:
        body = pattern.sub(kept, body)
    return html.unescape(body)
