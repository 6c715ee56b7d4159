#!/usr/bin/env python3
"""Scores PDF table readers on fixtures of known truth (made by tests/pdf/make.py), all in one run.

    bench.py FIXTURES --laras target/release/laras --reader target/release/examples/pdf_json \\
        [--tools laras,reader,pdfplumber,camelot,pymupdf,pdftotext] [--errors N] [--gold corpus] [--limit SECONDS]

`laras` is the whole program, which joins tables and rows over pages; `reader` its PDF reader alone, page by page, which
is what the others do too.

Per style: cell F1 (non-empty cells, white space removed, as a multiset over the document), adjacency F1 (ICDAR 2013: pairs of
neighbouring non-empty cells, to the right and below), numbers that stand in the row of their label and under the head
of their column, rows that are whole, and pages per CPU second with peak memory (each tool in a process of its own, its
libraries loaded before the clock starts).

The sources hold rows that a page break of the imagined original cut in two, and the PDFs show them as two rows. Who joins
them reads more, not less: with --gold (corpus/NAME/gold/observations.tsv) the truth is also made with these rows whole, told
by their names in the gold, and each file and figure counts against the one of the two that a tool comes nearer to.

A tool that needs more than --limit CPU seconds for a file is stopped; the file then counts as read empty, and is named.
"""
import argparse, collections, csv, glob, json, os, re, resource, signal, subprocess, sys, tempfile

def key(s):
    return re.sub(r"\s+", "", s or "")

def is_number(text):
    return bool(re.fullmatch(r"[-(]?(Rp\.?)?\d[\d.,]*\)?%?(,-)?", key(text)))

# --- tools: each gives a list of tables, a table a list of rows of strings -------------------------------------------
def ours(path, program):
    out = subprocess.run([program, path], capture_output=True, text=True, check=True).stdout
    tables = collections.OrderedDict()
    for line in out.split("\n"):
        f = line.split("\t")
        if len(f) == 9 and f[1] in ("ruled", "whitespace", "tagged"):
            tables.setdefault(int(f[2]), []).append((int(f[3]), int(f[5]), int(f[6]), f[8].replace("⏎", "\n")))
    result = []
    for cells in tables.values():
        grid, height = {}, max(c[0] for c in cells) + 1
        for row, across, down, text in cells:
            col = 0
            while (row, col) in grid:
                col += 1
            for j in range(down):
                for i in range(across):
                    grid[row + j, col + i] = text if i == j == 0 else ""
        width = max(c for _, c in grid) + 1
        result.append([[grid.get((r, c), "") for c in range(width)] for r in range(height)])
    return result

def laras(path, program):
    """The tables of the whole program: joined over pages, heads once."""
    with tempfile.TemporaryDirectory() as out:
        subprocess.run([program, "extract", path, "-o", out, "--format", "json"], capture_output=True, check=True)
        name = os.path.splitext(os.path.basename(path))[0]
        report = json.load(open(os.path.join(out, name + ".json"), encoding="utf-8"))
    result = []
    for table in report["tables"]:
        width = len(table["columns"])
        rows, begun = [], False
        for row in table["rows"]:                       # repeated heads and column numbers are head too
            begun |= row["shape"] in ("body", "section")
            if row["shape"] != "repeated_header" and not (begun and row["shape"] == "column_numbers"):
                rows.append(row)
        result.append([[next((c["text"] for c in row["cells"] if c["column"] == i), "") for i in range(width)] for row in rows])
    return [table for table in result if table and table[0]]

def pdfplumber_(path, _):
    import pdfplumber
    with pdfplumber.open(path) as pdf:
        return [[[c or "" for c in r] for r in t] for p in pdf.pages for t in p.extract_tables()]

def pymupdf(path, _):
    import fitz
    return [[[c or "" for c in r] for r in t.extract()] for p in fitz.open(path) for t in p.find_tables().tables]

def camelot_(path, _):
    import camelot, warnings
    warnings.simplefilter("ignore")
    tables = camelot.read_pdf(path, pages="all", flavor="lattice", suppress_stdout=True)
    if not len(tables):
        tables = camelot.read_pdf(path, pages="all", flavor="stream", suppress_stdout=True)
    return [t.df.values.tolist() for t in tables]

def pdftotext(path, _):
    out = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True).stdout
    tables, rows = [], []
    for line in out.split("\n"):
        cells = re.split(r" {2,}|\f", line.strip())
        if len(cells) > 1:
            rows.append(cells)
        elif rows and not line.strip():
            continue
        elif rows:
            tables.append(rows); rows = []
    if rows:
        tables.append(rows)
    return tables

TOOLS = {"laras": laras, "reader": ours, "pdfplumber": pdfplumber_, "camelot": camelot_, "pymupdf": pymupdf, "pdftotext": pdftotext}

def without_repeats(tables):
    """The tables without heads that the producer repeats on every page: rows that begin a table and began an earlier one."""
    seen, out = set(), []
    for t in tables:
        rows, head = list(t), []
        while rows and len(head) < 6:
            row = tuple(key(c) for c in rows[0] if key(c))
            if not row or row not in seen:
                break
            head.append(rows.pop(0))
        seen.update(tuple(key(c) for c in r if key(c)) for r in t[:6])
        out.append(rows if rows else t)
    return out

def made_whole(truth, gold):
    """The truth with its cut rows joined: a row of texts alone that stand under texts, and make a name of the gold with them."""
    names = {key(row[field]) for row in gold for field in ("name", "indicator")}
    tables, above = [], None
    for table in truth:
        rows, head = [], table["head"]
        for i, row in enumerate(table["rows"]):
            filled = [c for c, cell in enumerate(row) if key(cell)]
            goes_on = (above is not None and len(above) == len(row) and filled and not any(is_number(row[c]) for c in filled)
                       and all(key(above[c]) for c in filled)
                       and any(key(above[c] + row[c]) in names and key(above[c]) not in names for c in filled))
            if goes_on:
                for c in filled:
                    above[c] += " " + row[c]
                head -= i < table["head"]
                continue
            above = list(row)
            rows.append(above)
        tables.append({"head": head, "rows": rows})
    return [table for table in tables if table["rows"]]

# --- measures --------------------------------------------------------------------------------------------------------
def cells(tables):
    return collections.Counter(key(c) for t in tables for r in t for c in r if key(c))

def adjacency(tables):
    pairs = collections.Counter()
    for t in tables:
        grid = [[key(c) for c in r] for r in t]
        for r, row in enumerate(grid):
            for c, cell in enumerate(row):
                if not cell:
                    continue
                right = next((x for x in row[c + 1:] if x), None)
                if right:
                    pairs[cell, right, "r"] += 1
                down = next((grid[k][c] for k in range(r + 1, len(grid)) if c < len(grid[k]) and grid[k][c]), None)
                if down:
                    pairs[cell, down, "d"] += 1
    return pairs

def f1(truth, found):
    hit = sum((truth & found).values())
    return 2 * hit / max(sum(truth.values()) + sum(found.values()), 1)

def placed(truth, tables):
    """Numbers of the truth that a table has in a row with the row's label and under the head of the column."""
    rows = collections.defaultdict(list)              # number -> (row as a set, heads above it)
    heads = {}
    for t in tables:
        width = max(len(r) for r in t)
        above = [set(s) for s in heads.get(width, [])] if not any(is_head(r) for r in t[:3]) else []
        above = above or [set() for _ in range(width)]
        for r in t:
            texts = {key(c) for c in r if key(c)}
            for c, cell in enumerate(r):
                if is_number(cell):
                    rows[key(cell)].append((texts, frozenset(above[c])))
                elif key(cell):
                    above[c] = above[c] | {key(cell)}
        heads[width] = above
    good = total = 0
    for t in truth:
        for r in t["rows"][t["head"]:]:
            label = next((key(c) for c in r if key(c) and not is_number(c) and len(key(c)) > 3), None)
            for c, cell in enumerate(r):
                if not is_number(cell) or not label:
                    continue
                head = next((key(t["rows"][h][c]) for h in range(t["head"] - 1, -1, -1) if key(t["rows"][h][c])), "")
                total += 1
                good += any(label in texts and (not head or head in above) for texts, above in rows[key(cell)])
    return good, total

def is_head(row):
    filled = [c for c in row if key(c)]
    return bool(filled) and not any(is_number(c) for c in filled)

def whole_rows(truth, tables):
    have = [collections.Counter(key(c) for c in r if key(c)) for t in tables for r in t]
    index = collections.defaultdict(list)
    for row in have:
        for cell in row:
            index[cell].append(row)
    good = total = 0
    for t in truth:
        for r in t["rows"][t["head"]:]:
            want = collections.Counter(key(c) for c in r if key(c))
            if sum(want.values()) < 2:
                continue
            total += 1
            rarest = min(want, key=lambda c: len(index[c]))
            good += any(not want - row for row in index[rarest])
    return good, total

def page_count(path):
    out = subprocess.run(["pdfinfo", path], capture_output=True, text=True).stdout
    return int(re.search(r"Pages:\s+(\d+)", out).group(1))

def run(tool, path, program, limit):
    """One tool on one file in a process of its own: tables, CPU seconds, peak memory in MB, what went wrong."""
    code = [sys.executable, os.path.abspath(__file__), "--child", tool, path, program or "", str(limit)]
    p = subprocess.run(code, capture_output=True, text=True)
    if p.returncode:
        late = p.returncode in (-signal.SIGXCPU, -signal.SIGKILL)
        why = f"stopped after {limit} CPU seconds" if late else str(p.stderr.strip().splitlines()[-1:])
        print(f"  {tool} on {os.path.basename(path)}: {why}", flush=True)
        return [], float(limit) if late else 0.0, 0.0
    tables, cpu, memory = json.loads(p.stdout.splitlines()[-1])
    return tables, cpu, memory

def child(tool, path, program, limit):
    """Runs a tool on one file, the second time it is called: the first, on a file of one page, loads its libraries."""
    resource.setrlimit(resource.RLIMIT_CPU, (limit + 20, limit + 20))
    try:
        TOOLS[tool](os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../tests/pdf/odd/plain.pdf"), program)
    except Exception:
        pass                                            # a file without tables may be an error to a tool
    def spent():
        return sum(sum(resource.getrusage(w)[:2]) for w in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    before = spent()
    tables = TOOLS[tool](path, program)
    who = resource.RUSAGE_CHILDREN if tool in ("laras", "reader", "pdftotext") else resource.RUSAGE_SELF
    print(json.dumps([tables, spent() - before, resource.getrusage(who).ru_maxrss / 1024]))

def figures(truth, tables):
    """Cell F1, adjacency F1, numbers placed and all numbers, whole rows and all rows."""
    grids, bare = without_repeats([t["rows"] for t in truth]), without_repeats(tables)
    return f1(cells(grids), cells(bare)), f1(adjacency(grids), adjacency(bare)), placed(truth, tables), whole_rows(truth, tables)

def errors(truth, tables, most, name):
    """What was lost and what is more, cell by cell."""
    t, f = cells(without_repeats([t["rows"] for t in truth])), cells(without_repeats(tables))
    for kind, diff in (("lost", t - f), ("more", f - t)):
        for cell, n in list(diff.items())[:most]:
            print(f"   {name} {kind} {n} {cell[:90]}")

def main():
    if len(sys.argv) > 1 and sys.argv[1] == "--child":
        return child(*sys.argv[2:5], int(sys.argv[5]))
    ap = argparse.ArgumentParser()
    ap.add_argument("fixtures"); ap.add_argument("--laras"); ap.add_argument("--reader"); ap.add_argument("--gold")
    ap.add_argument("--tools", default=",".join(TOOLS)); ap.add_argument("--styles", default="ruled,unruled,merged,tagged")
    ap.add_argument("--only", default="", help="files that begin so"); ap.add_argument("--files", action="store_true", help="figures file by file")
    ap.add_argument("--errors", type=int, default=0); ap.add_argument("--limit", type=int, default=120)
    a = ap.parse_args()
    truths = {}
    for path in sorted(glob.glob(os.path.join(a.fixtures, f"{a.only}*.json"))):
        name = os.path.basename(path)[:-5]
        truths[name] = [json.load(open(path, encoding="utf-8"))]
        if a.gold:
            with open(os.path.join(a.gold, name, "gold/observations.tsv"), encoding="utf-8") as gold:
                truths[name].append(made_whole(truths[name][0], list(csv.DictReader(gold, delimiter="\t"))))
    print(f"{'style':9}{'tool':12}{'cellF1':>8}{'adjF1':>8}{'placed':>8}{'whole':>8}{'pages/s':>9}{'MB':>6}{'files':>7}")
    def line(left, cell, adjacent, good, row):
        return f"{left:21}{cell:8.3f}{adjacent:8.3f}{good:8.3f}{row:8.3f}"
    for style in a.styles.split(","):
        for tool in a.tools.split(","):
            sums = collections.defaultdict(float)
            for name, versions in truths.items():
                path = os.path.join(a.fixtures, f"{name}-{style}.pdf")
                if not os.path.exists(path):
                    continue
                tables, cpu, memory = run(tool, path, {"laras": a.laras, "reader": a.reader}.get(tool), a.limit)
                several = [figures(truth, tables) for truth in versions]
                share = lambda pair: pair[0] / max(pair[1], 1)
                cell, adjacent = max(s[0] for s in several), max(s[1] for s in several)
                good, row = max((s[2] for s in several), key=share), max((s[3] for s in several), key=share)
                sums["cell"] += cell; sums["adjacent"] += adjacent; sums["good"] += good[0]; sums["good_of"] += good[1]
                sums["row"] += row[0]; sums["row_of"] += row[1]; sums["files"] += 1
                sums["cpu"] += cpu; sums["memory"] = max(sums["memory"], memory); sums["pages"] += page_count(path)
                if a.files:
                    print(line(f"   {name}", cell, adjacent, share(good), share(row)))
                if a.errors:
                    errors(versions[-1], tables, a.errors, name)
            n = max(sums["files"], 1)
            print(line(f"{style:9}{tool:12}", sums["cell"] / n, sums["adjacent"] / n, sums["good"] / max(sums["good_of"], 1), sums["row"] / max(sums["row_of"], 1))
                  + f"{sums['pages'] / max(sums['cpu'], 1e-9):9.0f}{sums['memory']:6.0f}{int(n):7}", flush=True)

main()
