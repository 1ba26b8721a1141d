#!/bin/sh
# Build the wheel, install it into an environment of its own, and audit the sample from another folder:
# its findings.csv must be the same, byte for byte, as that of the environment given.
set -eu
python=$1
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
here=$(pwd)
"$python" -m pip wheel --quiet --no-deps --no-build-isolation --wheel-dir "$place/dist" .
rm -rf build
"$python" -m venv "$place/venv"
"$place/venv/bin/python" -m pip install --quiet --require-hashes -r requirements.lock
"$place/venv/bin/python" -m pip install --quiet --no-deps "$place"/dist/*.whl
"$(dirname "$python")/order-audit" run sample_data --out "$place/here" --fail-on never --quiet
cd "$place"
"$place/venv/bin/order-audit" run "$here/sample_data" --out "$place/there" --fail-on never --quiet
"$place/venv/bin/order-audit" explain BRD001 > /dev/null
cmp "$place/here/findings.csv" "$place/there/findings.csv"
cmp "$place/here/risk_report.xlsx" "$place/there/risk_report.xlsx"
echo "the built wheel gives the same findings and the same workbook"
