#!/usr/bin/env python3
"""How much of a hand-made gold stands in the cells that the PDF reader found, before anything is interpreted.

    gold.py CELLS.tsv OBSERVATIONS.tsv [--errors N]

CELLS.tsv is what `cargo run --example pdf_json FILE.pdf` prints. For each gold observation: does a cell on its page hold
exactly that raw text (white space folded)? Does the name stand in a cell of the same row, or in one that spans it?
"""
import argparse, collections, re

def fold(s):
    return re.sub(r"\s+", " ", s.replace("⏎", " ")).strip()

def name_key(s):
    return re.sub(r"[^0-9a-z]+", "", s.lower())

ap = argparse.ArgumentParser()
ap.add_argument("cells"); ap.add_argument("gold"); ap.add_argument("--errors", type=int, default=20)
a = ap.parse_args()

rows = collections.defaultdict(list)           # (page, fragment, row) -> cell texts, spanned cells included
below = collections.defaultdict(set)
for line in open(a.cells, encoding="utf-8"):
    f = line.rstrip("\n").split("\t")
    if f[1] not in ("ruled", "whitespace", "tagged"):
        continue
    page, frag, row, rowspan, text = int(f[0]), int(f[2]), int(f[3]), int(f[6]), f[8]
    for r in range(row, row + max(rowspan, 1)):
        rows[page, frag, r].append((text, r == row))
    below[page].add((frag, row))

gold_lines = open(a.gold, encoding="utf-8").read().split("\n")
head = gold_lines[0].split("\t")
gold = [dict(zip(head, l.split("\t"))) for l in gold_lines[1:] if l.strip()]
exact = piece = named = named_of = 0
misses, unnamed = [], []
for g in gold:
    page, raw = int(g["page"] or 0), fold(g["raw"])
    here = [(k, t) for k, v in rows.items() if k[0] == page for t, own in v if own]
    hits = {k for k, t in here if fold(t) == raw}
    if hits:
        exact += 1
    else:
        parts = {k for k, t in here if raw in re.split(r"[;,] | ", fold(t)) or raw in fold(t)}
        if parts:
            piece += 1
            hits = parts
        misses.append((page, raw, g["name"][:50], "piece" if parts else "none"))
    if hits and g["name"]:
        named_of += 1
        want = name_key(g["name"])
        ok = any(want in name_key(t) or (len(name_key(t)) > 3 and name_key(t) in want) for k in hits for t, _ in rows[k])
        named += ok
        if not ok:
            unnamed.append((page, raw, g["name"][:70]))
print(f"{len(gold)} observations: exact cell {exact} ({exact/len(gold):.3f}), part of a cell {piece}, "
      f"not found {len(gold)-exact-piece}; name in the row {named}/{named_of} ({named/max(named_of,1):.3f})")
for m in misses[:a.errors]:
    print("  miss", *m)
for m in unnamed[:a.errors]:
    print("  name", *m)
