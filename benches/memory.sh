#!/bin/sh
# Peak memory of `laras extract`: of 20 MB of generated reports, then of 60 MB (it must not grow with
# the number of files), then of one file of 5 MB. The promise: 6 times the largest file + 50 MB.
set -eu
cd "$(dirname "$0")/.."
cargo build --quiet --release -p laras -p laras-tests
bin="${CARGO_TARGET_DIR:-target}/release"
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT

# peak NAME INPUT…
peak() {
    python3 - "$bin/laras" "$here" "$@" <<'PYTHON'
import os, resource, subprocess, sys
program, here, name, *inputs = sys.argv[1:]
done = subprocess.run([program, "extract", *inputs, "-o", here + "/out", "--jobs", "1"], stderr=subprocess.DEVNULL)
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
files = [os.path.join(folder, file) for path in inputs for folder, _, names in os.walk(path) for file in names] or inputs
largest = max(os.path.getsize(file) for file in files)
print(f"{name:<12}{len(files):>6} files {sum(map(os.path.getsize, files)) / 1e6:>7.1f} MB, largest {largest / 1e6:>5.2f} MB, "
      f"status {done.returncode}, peak {peak / 1e6:>6.1f} MB, promised {(6 * largest + 50e6) / 1e6:>6.1f} MB")
PYTHON
}
"$bin/generate" 20 "$here/20" >/dev/null
"$bin/generate" 60 "$here/60" >/dev/null
peak "20 MB" "$here/20"
peak "60 MB" "$here/60"
cat "$here"/60/*-tabs.txt | head -c 5000000 >"$here/one.txt"
peak "one file" "$here/one.txt"
