#!/bin/sh
# Makes small odd PDFs of two pages of a fixture: locked, rotated, turned inside the page, without object streams.
# Usage: odd.sh FIXTURE.pdf OUT   (needs qpdf)
set -eu
mkdir -p "$2"
qpdf --deterministic-id "$1" --pages . 2-3 -- "$2/plain.pdf"
# A random key and id go into a locked file, so it is made once.
[ -e "$2/locked.pdf" ] || qpdf "$2/plain.pdf" --encrypt rahasia pemilik 256 -- "$2/locked.pdf"
qpdf --deterministic-id "$2/plain.pdf" --rotate=90 "$2/rotated.pdf"
qpdf --deterministic-id "$2/plain.pdf" --rotate=270 --flatten-rotation "$2/turned.pdf"
qpdf --deterministic-id --object-streams=disable "$2/plain.pdf" "$2/classic.pdf"
# `halfruled.pdf` and `unruled-tagged.pdf` are made by `STYLES=halfruled,unruled+tagged make.py` of tarakan-2022 and gianyar-2021.
