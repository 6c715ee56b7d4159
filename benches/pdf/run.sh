#!/bin/sh
# Scores laras and four other readers on the checked-in PDFs, all in one run: benches/pdf/run.sh [bench.py options]
# The Python tools live in a virtual environment outside the checkout (LARAS_BENCH_VENV, made if it
# is missing); pdftotext and pdfinfo come from the system (poppler-utils).
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
venv=${LARAS_BENCH_VENV:-${XDG_CACHE_HOME:-$HOME/.cache}/laras/pdf-bench}
target=${CARGO_TARGET_DIR:-$root/target}
if [ ! -x "$venv/bin/python" ]; then
    python3 -m venv "$venv"
    "$venv/bin/pip" install --quiet pdfplumber==0.11.10 camelot-py==2.0.0 \
        opencv-python-headless==5.0.0.93 pymupdf==2.0
fi
cd "$root"
cargo build --release -p laras
cargo build --release -p laras-read --example pdf_json
exec "$venv/bin/python" benches/pdf/bench.py tests/pdf/fixtures --gold corpus \
    --laras "$target/release/laras" --reader "$target/release/examples/pdf_json" "$@"
