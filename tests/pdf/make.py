#!/usr/bin/env python3
"""Makes PDFs of tab-separated text reports, each in four styles, with the truth of their tables beside them.

    make.py OUT REPORT.txt…          (needs LibreOffice Writer, `soffice`, and `qpdf`)

Styles: `ruled` (every cell framed), `unruled` (no line at all), `merged` (heads and repeated first cells merged, framed),
`tagged` (framed, with a tag tree). A table is a run of lines with tabs; everything else is text. The truth is one JSON
file a report: for each table its rows of cells as the source has them, so that any reader can be scored without
knowing how the pages fell. Same input, same pages: fonts and sizes are fixed, the date is not written.
"""
import json, os, re, subprocess, sys, tempfile
from xml.sax.saxutils import escape

NS = ('xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
      'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
      'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"')
STYLES = ["ruled", "unruled", "merged", "tagged"]
STYLES = os.environ.get("STYLES", ",".join(STYLES)).split(",")   # also `unruled+tagged`, `halfruled`


def blocks(path):
    """The report as text lines and tables (lists of rows of equal length)."""
    out, rows = [], []
    for line in open(path, encoding="utf-8").read().split("\n"):
        if "\t" in line:
            rows.append([c.strip() for c in line.split("\t")])
            continue
        if rows:
            if line.strip():           # a line without tabs ends the table
                out.append(rows); rows = []
            else:
                out.append(rows); rows = []
        if line.strip():
            out.append(line.strip())
    if rows:
        out.append(rows)
    for block in out:
        if isinstance(block, list):
            width = max(len(r) for r in block)
            for r in block:
                r.extend([""] * (width - len(r)))
    return [b for b in out if isinstance(b, str) or (len(b) > 1 and len(b[0]) > 1)]


def is_number(text):
    return bool(re.fullmatch(r"[-(]?(Rp\.?\s*)?\d[\d.,]*\)?\s*%?(,-)?", text)) or text == "-"


def header_rows(rows):
    """Rows before the first that looks like data or counts the columns."""
    for i, row in enumerate(rows):
        cells = [c for c in row if c]
        first = row[0].strip("().")
        if cells and (first.isdigit() or re.fullmatch(r"[IVX]+|[A-Z]|\d+(\.\d+)*", first)
                      or sum(map(is_number, cells)) * 2 >= len(cells)):
            return i
    return 1


def spans(rows, head):
    """Merged cells: heads over blanks to the right that have sub-heads, and downwards; first cells over blanks below."""
    height, width = len(rows), len(rows[0])
    covered, span = set(), {}
    for r in range(height):
        for c in range(width):
            if (r, c) in covered or not rows[r][c]:
                continue
            across = down = 1
            if r < head:
                while c + across < width and not rows[r][c + across] and r + 1 < head \
                        and any(rows[k][c + across] for k in range(r + 1, head)) and (r, c + across) not in covered:
                    across += 1
                if across == 1:
                    while r + down < head and not rows[r + down][c]:
                        down += 1
            elif c == 0:
                while r + down < height and not rows[r + down][0] and any(rows[r + down][1:]) and down < 12:
                    down += 1
            if across > 1 or down > 1:
                span[r, c] = (across, down)
                covered.update((r + j, c + i) for j in range(down) for i in range(across))
                covered.discard((r, c))
    return span, covered


def fodt(items, style, landscape):
    page = ('fo:page-width="29.7cm" fo:page-height="21cm" style:print-orientation="landscape"' if landscape
            else 'fo:page-width="21cm" fo:page-height="29.7cm"')
    border = "none" if style.startswith("unruled") else "0.5pt solid #000000"
    auto, body, n = [], [], 0
    room = (29.7 if landscape else 21.0) - 4.0
    for item in items:
        if isinstance(item, str):
            kind = "H" if re.match(r"(BAB [IVX]+\b|\d+\.\d+\s|[A-Z ,.()/&-]{6,60}$)", item) else "P"
            body.append(f'<text:p text:style-name="{kind}">{escape(item)}</text:p>')
            continue
        n += 1
        head = header_rows(item)
        width = len(item[0])
        need = [max(4.0, (sum(len(r[c]) for r in item) / len(item)) ** 0.6 * 2, max(len(r[c]) for r in item if True) ** 0.5 * 1.6)
                for c in range(width)]
        for c in range(width):
            auto.append(f'<style:style style:name="T{n}.{c}" style:family="table-column"><style:table-column-properties '
                        f'style:column-width="{room * need[c] / sum(need):.3f}cm"/></style:style>')
        span, covered = spans(item, head) if style == "merged" else ({}, set())
        body.append(f'<table:table table:name="T{n}" table:style-name="TB">')
        body += [f'<table:table-column table:style-name="T{n}.{c}"/>' for c in range(width)]
        for r, row in enumerate(item):
            if r == 0 and head:
                body.append("<table:table-header-rows>")
            body.append('<table:table-row table:style-name="TR">')
            for c, cell in enumerate(row):
                if (r, c) in covered:
                    body.append("<table:covered-table-cell/>")
                    continue
                across, down = span.get((r, c), (1, 1))
                more = f' table:number-columns-spanned="{across}" table:number-rows-spanned="{down}"' if (r, c) in span else ""
                para = "CH" if r < head else "CN" if is_number(cell) else "C"
                frame = "TC" if style != "halfruled" or r < head else "TL" if r + 1 == len(item) else "TV"
                body.append(f'<table:table-cell table:style-name="{frame}"{more}><text:p text:style-name="{para}">{escape(cell)}</text:p></table:table-cell>')
            body.append("</table:table-row>")
            if r + 1 == head:
                body.append("</table:table-header-rows>")
        body.append('</table:table><text:p text:style-name="P"/>')
    def text(size, more="", par=""):
        return f'<style:paragraph-properties {par}/><style:text-properties fo:font-family="Liberation Sans" fo:font-size="{size}pt" {more}/>'
    def pstyle(name, *a):
        return f'<style:style style:name="{name}" style:family="paragraph">{text(*a)}</style:style>'
    return f'''<?xml version="1.0" encoding="UTF-8"?>
<office:document {NS} office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.text">
<office:automatic-styles>
<style:page-layout style:name="PL"><style:page-layout-properties {page} fo:margin="2cm"/>
<style:footer-style><style:header-footer-properties fo:min-height="0.6cm" fo:margin-top="0.3cm"/></style:footer-style></style:page-layout>
<style:style style:name="TB" style:family="table"><style:table-properties style:width="{room}cm" table:align="left"/></style:style>
<style:style style:name="TR" style:family="table-row"><style:table-row-properties fo:keep-together="auto"/></style:style>
<style:style style:name="TV" style:family="table-cell"><style:table-cell-properties fo:border-left="{border}" fo:border-right="{border}" fo:padding="0.1cm"/></style:style>
<style:style style:name="TL" style:family="table-cell"><style:table-cell-properties fo:border-left="{border}" fo:border-right="{border}" fo:border-bottom="{border}" fo:padding="0.1cm"/></style:style>
<style:style style:name="TC" style:family="table-cell"><style:table-cell-properties fo:border="{border}" fo:padding="0.1cm"/></style:style>
{pstyle("P", 10, "", 'fo:margin-bottom="0.2cm"')}{pstyle("H", 11, 'fo:font-weight="bold"', 'fo:margin-top="0.2cm" fo:margin-bottom="0.2cm"')}
{pstyle("C", 8)}{pstyle("CN", 8, "", 'fo:text-align="end"')}{pstyle("CH", 8, 'fo:font-weight="bold"', 'fo:text-align="center"')}
{"".join(auto)}
</office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="PL">
<style:footer><text:p text:style-name="C"><text:page-number/></text:p></style:footer></style:master-page></office:master-styles>
<office:body><office:text>{"".join(body)}</office:text></office:body></office:document>'''


def main():
    out, reports = sys.argv[1], sys.argv[2:]
    os.makedirs(out, exist_ok=True)
    with tempfile.TemporaryDirectory() as work:
        for path in reports:
            name = os.path.basename(os.path.dirname(os.path.abspath(path))) if path.endswith("/report.txt") else os.path.splitext(os.path.basename(path))[0]
            items = blocks(path)
            tables = [b for b in items if isinstance(b, list)]
            if not tables:
                print(f"{name}: no table with tabs, left out")
                continue
            landscape = max(len(t[0]) for t in tables) > 8
            truth = []
            for t in tables:
                head = header_rows(t)
                span, covered = spans(t, head)
                truth.append({"head": head, "rows": t,
                              "spans": [[r, c, *span[r, c]] for r, c in sorted(span)]})
            with open(os.path.join(out, f"{name}.json"), "w", encoding="utf-8") as f:
                json.dump(truth, f, ensure_ascii=False, separators=(",", ":"))
                f.write("\n")
            for style in STYLES:
                source = os.path.join(work, f"{name}-{style}.fodt")
                with open(source, "w", encoding="utf-8") as f:
                    f.write(fodt(items, style, landscape))
                tagged = "true" if "tagged" in style else "false"
                options = '{"UseTaggedPDF":{"type":"boolean","value":"%s"},"ExportBookmarks":{"type":"boolean","value":"false"}}' % tagged
                subprocess.run(["soffice", f"-env:UserInstallation=file://{work}/profile", "--headless", "--convert-to",
                                f"pdf:writer_pdf_Export:{options}", "--outdir", work, source], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                subprocess.run(["qpdf", "--object-streams=generate", "--recompress-flate", "--compression-level=9", "--deterministic-id",
                                source[:-5] + ".pdf", os.path.join(out, f"{name}-{style}.pdf")], check=True)
            print(name, len(tables), "tables")


main()
