"""The five rules by hand in DuckDB's SQL: ``python peer_duckdb.py EXPORTS FINDINGS.csv``."""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb
import peers


def listed(words: tuple[str, ...]) -> str:
    """Words as a list in SQL."""
    return "(" + ", ".join("'" + word.replace("'", "''") + "'" for word in words) + ")"


def quoted(text: str) -> str:
    """A text in SQL."""
    return "'" + text.replace("'", "''") + "'"


TWO, THREE = (f"TIMESTAMP '{peers.CHANGE.format(hour=hour)}'" for hour in (2, 3))

READ = f"""
CREATE MACRO earliest(t) AS t - CASE WHEN t < {THREE} THEN INTERVAL 2 HOUR ELSE INTERVAL 1 HOUR END;
CREATE MACRO latest(t) AS t - CASE WHEN t < {TWO} THEN INTERVAL 2 HOUR ELSE INTERVAL 1 HOUR END;
CREATE MACRO folded(t) AS lower(strip_accents(t));
CREATE MACRO right_time(t) AS t IS NULL OR TRY_CAST(t AS TIMESTAMP) IS NOT NULL;
CREATE MACRO right_money(t) AS t IS NULL OR coalesce(TRY_CAST(t AS DECIMAL(12, 2)) >= 0, false);
CREATE MACRO right_id(t) AS t IS NOT NULL AND NOT (contains(lower(t), 'e') AND regexp_matches(lower(t), {quoted(peers.DAMAGED)}));

CREATE TEMP TABLE read_orders AS
SELECT *, right_id(purchase_id) AND right_id(item_id)
    AND ordered_at IS NOT NULL AND right_time(ordered_at) AND right_time(confirmed_at) AND right_time(cancelled_at)
    AND unit_price IS NOT NULL AND right_money(unit_price) AND right_money(shipping_fee) AND right_money(commission)
    AND (quantity IS NULL OR coalesce(TRY_CAST(quantity AS INTEGER) >= 1, false))
    AND (status IS NULL OR status IN {listed(peers.STATUSES)})
    AND (shipping_mode IS NULL OR shipping_mode IN {listed(peers.MODES)})
    AND (cancelled_by IS NULL OR cancelled_by IN {listed(peers.PARTIES)})
    AND (ship_from IS NULL OR regexp_full_match(ship_from, '[A-Z]{{2}}')) AS good
FROM read_csv('{{folder}}/orders.csv', header=true, delim=',', quote='"', all_varchar=true);

CREATE TEMP TABLE read_shipments AS
SELECT *, right_id(purchase_id) AND (item_id IS NULL OR right_id(item_id))
    AND right_time(shipped_at) AND right_time(last_scan_at) AND right_time(delivered_at)
    AND (shipping_mode IS NULL OR shipping_mode IN {listed(peers.MODES)})
    AND (tracking_number IS NULL OR regexp_matches(tracking_number, {quoted(peers.NUMBER)})) AS good
FROM read_csv('{{folder}}/shipments.csv', header=true, delim=',', quote='"', all_varchar=true);

COPY (SELECT purchase_id, item_id FROM read_orders WHERE NOT good UNION ALL SELECT purchase_id, item_id FROM read_shipments WHERE NOT good)
TO '{{findings}}.refused' (HEADER);

CREATE TEMP TABLE orders AS
SELECT purchase_id, item_id, CAST(ordered_at AS TIMESTAMP) AS ordered_at, CAST(confirmed_at AS TIMESTAMP) AS confirmed_at, status, title,
    brand, category, CAST(unit_price AS DECIMAL(12, 2)) AS unit_price, shipping_mode, ship_from, cancelled_by, cancel_reason,
    coalesce(status = 'cancelled', false) OR cancelled_at IS NOT NULL AS cancelled,
    NOT cancelled AND coalesce(status <> 'refused', true) AS live
FROM read_orders WHERE good
QUALIFY count(*) OVER (PARTITION BY purchase_id, item_id) = 1;

CREATE TEMP TABLE sent AS
SELECT o.purchase_id, o.item_id, unit_price, s.purchase_id IS NOT NULL AS has_row, tracking_number, confirmed_at, ordered_at,
    coalesce(s.shipping_mode, o.shipping_mode) AS mode, coalesce(s.ship_from, o.ship_from) AS origin
FROM orders o
LEFT JOIN (SELECT *, NULL AS ship_from FROM read_shipments WHERE good) s ON s.purchase_id = o.purchase_id AND s.item_id = o.item_id
WHERE live AND (coalesce(s.shipped_at, s.last_scan_at, s.delivered_at) IS NOT NULL OR status IN {listed(peers.SENT_STATUSES)});
"""

RULES = f"""
CREATE TEMP TABLE findings AS
SELECT 'REG001' AS rule, purchase_id, item_id, unit_price || ' EUR, ' || mode AS evidence FROM sent
WHERE mode NOT IN {listed((*peers.SIGNED, *peers.UNPOSTED))}
    AND unit_price > CASE WHEN origin IS NULL OR origin IN {listed(peers.EU)} THEN {peers.DEAR_EU} ELSE {peers.DEAR_OUTSIDE} END
UNION ALL
SELECT 'TRK001', purchase_id, item_id, mode || ', ' || coalesce(tracking_number, '-') FROM sent
WHERE mode NOT IN {listed(peers.NUMBERLESS)}
    AND (tracking_number IS NULL OR lower(trim(tracking_number)) IN {listed(peers.PLACEHOLDERS)}
        OR (length(tracking_number) < 40 AND regexp_matches(lower(replace(tracking_number, ' ', '')), {quoted(peers.FILLER)}))
        OR tracking_number IN (purchase_id, item_id))
    AND NOT (mode IN {listed(peers.OWN_LABELS)} AND coalesce(lower(trim(tracking_number)) IN {listed(peers.AFFIRMATIVES)}, false))
    AND NOT EXISTS (FROM read_shipments r WHERE NOT good AND r.purchase_id = sent.purchase_id AND (r.item_id = sent.item_id OR r.item_id IS NULL))
    AND (has_row OR coalesce(confirmed_at, ordered_at) BETWEEN (SELECT min(CAST(shipped_at AS TIMESTAMP)) FROM read_shipments WHERE good)
        AND (SELECT max(CAST(greatest(shipped_at, last_scan_at, delivered_at) AS TIMESTAMP)) FROM read_shipments WHERE good))
UNION ALL
SELECT 'CNF001', purchase_id, item_id, ordered_at || ' to ' || confirmed_at FROM orders
WHERE coalesce(status <> 'preorder', true) AND latest(confirmed_at) - earliest(ordered_at) > INTERVAL {peers.CONFIRM_WITHIN} HOUR
UNION ALL
SELECT 'CAN001', purchase_id, item_id, coalesce(cancel_reason, '-') FROM orders
WHERE cancelled AND cancelled_by = 'seller' AND NOT regexp_matches(folded(coalesce(cancel_reason, '')), '{"|".join(map(peers.fold, peers.WISHES)).replace("'", "''")}');
"""

BRANDS = f"""
CREATE TEMP TABLE papers AS
SELECT w.brand, CAST(valid_from AS DATE) AS since, CAST(valid_to AS DATE) AS until
FROM read_csv('{{folder}}/authorisations.csv', header=true, delim=',', all_varchar=true) a
JOIN watched w ON w.spelling = regexp_replace(folded(a.brand), '[^a-z0-9\\x{{80}}-\\x{{10ffff}}]+', '', 'g');

CREATE TEMP TABLE fields AS
SELECT b.brand AS written, w.brand FROM (SELECT DISTINCT brand FROM orders WHERE live AND brand IS NOT NULL) b
JOIN watched w ON w.spelling = regexp_replace(folded(b.brand), '[^a-z0-9\\x{{80}}-\\x{{10ffff}}]+', '', 'g');

CREATE TEMP TABLE titles AS
SELECT title, w.brand, regexp_matches(f, '\\b{peers.COMPATIBLE}\\b{peers.BETWEEN.replace("'", "''")}' || named) AS compatible
FROM (SELECT title, folded(title) AS f, regexp_extract(f, '(?:^|[^a-z0-9])({{names}})(?:$|[^a-z0-9])', 1) AS named
    FROM (SELECT DISTINCT title FROM orders WHERE live)) t
JOIN watched w ON named <> '' AND w.spelling = regexp_replace(named, '[^a-z0-9]+', '', 'g');

CREATE TEMP TABLE met AS
SELECT o.purchase_id, o.item_id, o.ordered_at, o.brand AS field, f.brand, false AS by_title,
    regexp_matches(folded(coalesce(category, '')), '\\b(?:{"|".join(peers.ACCESSORIES)})(?:s|x|es)?\\b') OR coalesce(t.compatible, false) AS accessory
FROM orders o JOIN fields f ON o.brand = f.written LEFT JOIN titles t ON t.title = o.title AND t.brand = f.brand WHERE live
UNION ALL
SELECT o.purchase_id, o.item_id, o.ordered_at, o.brand, t.brand, true, false
FROM orders o JOIN titles t ON o.title = t.title LEFT JOIN fields f ON o.brand = f.written
WHERE live AND NOT compatible AND t.brand IS DISTINCT FROM f.brand;

CREATE TEMP TABLE judged AS
SELECT m.*, EXISTS (FROM papers p WHERE p.brand = m.brand) AS on_file,
    EXISTS (FROM papers p WHERE p.brand = m.brand AND coalesce(ordered_at >= since, true) AND coalesce(ordered_at < until + 1, true)) AS covered
FROM met m;

INSERT INTO findings
SELECT CASE WHEN by_title THEN 'BRD003' ELSE 'BRD001' END, purchase_id, item_id, brand || ', ' || coalesce(field, '-')
FROM (FROM judged WHERE NOT covered QUALIFY row_number() OVER (PARTITION BY purchase_id, item_id ORDER BY by_title) = 1)
WHERE NOT on_file AND NOT accessory;

COPY (FROM findings ORDER BY rule, purchase_id, item_id) TO '{{findings}}' (HEADER);
"""


def filled(script: str, given: dict[str, str]) -> str:
    """A script with what is given tonight; patterns have braces of their own."""
    for name, value in given.items():
        script = script.replace(f"{{{name}}}", value)
    return script


def main(folder: Path, findings: Path) -> None:
    """Judge the exports of a folder."""
    given = {"folder": str(folder), "findings": str(findings), "names": peers.named_in_titles().replace("'", "''")}
    connection = duckdb.connect(config={"preserve_insertion_order": False})
    connection.execute("CREATE TEMP TABLE watched (spelling VARCHAR, brand VARCHAR)")
    connection.execute(
        "INSERT INTO watched VALUES " + ", ".join(f"({quoted(name)}, {quoted(brand)})" for name, brand in peers.brands().items())
    )
    for script in (READ, RULES, BRANDS):
        connection.execute(filled(script, given))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:3]))
