#!/bin/sh
# Instructions per typical cell, counted by valgrind, against the committed baseline.
#
#   benches/instructions.sh          compare; exit status 1 if more than 3 % above the baseline
#   benches/instructions.sh --write  write the baseline
set -eu
cd "$(dirname "$0")/.."
baseline=benches/number.instructions
cargo build --quiet --release -p laras-benches --bin number-cells
program="${CARGO_TARGET_DIR:-target}/release/number-cells"

# Two run lengths, so that start-up and the loading of the word lists cancel out.
count() {
    valgrind --tool=callgrind --callgrind-out-file=/dev/null "$program" "$1" 2>&1 |
        sed -n 's/.*Collected : \([0-9]*\).*/\1/p'
}
cells=$("$program" 1 | cut -d' ' -f1)
per_cell=$(( ($(count 21) - $(count 1)) / (20 * cells) ))

if [ "${1:-}" = --write ]; then
    echo "$per_cell" > "$baseline"
    echo "baseline: $per_cell instructions per cell"
    exit 0
fi
allowed=$(( $(cat "$baseline") * 103 / 100 ))
echo "$per_cell instructions per cell, baseline $(cat "$baseline"), allowed $allowed"
[ "$per_cell" -le "$allowed" ]
