//! Converter leftovers inside a piece of text: HTML tags, Markdown emphasis, LaTeX.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::glance::{MARKUP, ODD, has_class, is_plain};
use super::lines::{clean, trim};
use super::tags::{StartTag, Tags, walk};

/// Tags that converters leave in text; anything else between angle brackets is the office's own.
static TAG: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i)</?(?:a|b|br|center|col|colgroup|div|em|font|h[1-6]|hr|i|img|li|ol|p|s|small|span|strong|sub|sup|table|tbody|td|tfoot|th|thead|tr|u|ul)\b[^<>]*>",
    )
    .expect("a constant pattern")
});

static LATEX: LazyLock<Vec<(&'static str, &'static str)>> = LazyLock::new(|| {
    include_str!("../../data/latex.tsv")
        .lines()
        .skip(1)
        .filter_map(|line| line.split_once('\t'))
        .collect()
});

/// Whether the text holds a tag that a converter would leave.
pub(super) fn has_tags(text: &str) -> bool {
    memchr::memchr(b'<', text.as_bytes()).is_some() && TAG.is_match(text)
}

/// The text as a reader sees it: tags, emphasis marks and LaTeX commands resolved. Printed lines
/// and list items of a cell stay apart as `\n`.
pub(super) fn plain(raw: &str) -> Cow<'_, str> {
    let trimmed = trim(raw);
    // Many cells are empty.
    if trimmed.is_empty() || is_plain(trimmed, ODD | MARKUP) {
        return Cow::Borrowed(trimmed);
    }
    if !has_class(raw, MARKUP) {
        return clean(raw);
    }
    let text = if has_tags(raw) || has_entity(raw) { untag(raw) } else { raw.to_owned() };
    let text = if text.contains('\\') || text.contains('$') { unlatex(&text) } else { text };
    let text = unemphasise(text);
    let lines: Vec<Cow<'_, str>> =
        text.split('\n').map(clean).filter(|line| !line.is_empty()).collect();
    Cow::Owned(lines.join("\n"))
}

fn has_entity(text: &str) -> bool {
    text.match_indices('&').any(|(at, _)| {
        text[at..].bytes().take(10).skip(1).find(|b| !b.is_ascii_alphanumeric() && *b != b'#')
            == Some(b';')
    })
}

/// Text between tags; what only looks like a tag is kept.
pub(super) fn untag(raw: &str) -> String {
    let mut bare = Bare { raw, text: String::with_capacity(raw.len()), at: 0 };
    walk(raw, &mut bare);
    let Bare { mut text, at, .. } = bare;
    // A tag that never closes swallows the rest of the piece; keep it as text.
    if let Some(rest) = raw.get(at..).filter(|rest| rest.contains('<')) {
        text.push_str(rest);
    }
    text
}

/// A text without its tags, as far as it was walked over.
struct Bare<'t> {
    raw: &'t str,
    text: String,
    at: usize,
}

impl Bare<'_> {
    fn tag(&mut self, name: &[u8], span: Range<usize>) {
        self.at = span.end.min(self.raw.len());
        let source = self.raw.get(span.start..self.at).unwrap_or("");
        if !TAG.is_match(source) {
            self.text.push_str(source);
        } else if matches!(name, b"br" | b"p" | b"li" | b"div" | b"tr" | b"ol" | b"ul" | b"hr") {
            self.text.push('\n');
        } else if matches!(name, b"td" | b"th") {
            self.text.push(' ');
        }
    }
}

impl Tags for Bare<'_> {
    fn start(&mut self, tag: &StartTag<'_>) {
        self.tag(tag.name, tag.span.clone());
    }

    fn end(&mut self, name: &[u8], span: Range<usize>) {
        self.tag(name, span);
    }

    fn text(&mut self, text: &str, span: Range<usize>) {
        self.at = span.end.min(self.raw.len());
        self.text.push_str(text);
    }
}

/// Drops emphasis marks: runs of two or three at the edge of a word, single ones in pairs.
fn unemphasise(text: String) -> String {
    let bytes = text.as_bytes();
    let mut dropped: Vec<Range<usize>> = Vec::new();
    // The last single mark of each kind that opens.
    let mut singles = [None; 2];
    let mut from = 0;
    while let Some(next) = memchr::memchr2(b'*', b'_', &bytes[from..]) {
        let at = from + next;
        let mark = bytes[at];
        let run = bytes[at..].iter().take_while(|b| **b == mark).count();
        from = at + run;
        let (before, after) = (text[..at].chars().next_back(), text[from..].chars().next());
        let opens = before.is_none_or(|b| !b.is_alphanumeric())
            && after.is_some_and(|a| !a.is_whitespace());
        let closes = before.is_some_and(|b| !b.is_whitespace())
            && after.is_none_or(|a| !a.is_alphanumeric());
        let single = &mut singles[usize::from(mark == b'_')];
        match (run, *single) {
            (1, Some(open)) if closes => {
                dropped.extend([open..open + 1, at..from]);
                *single = None;
            }
            (1, _) if opens => *single = Some(at),
            (2 | 3, _) if opens || closes => dropped.push(at..from),
            _ => {}
        }
    }
    if dropped.is_empty() {
        return text;
    }
    dropped.sort_unstable_by_key(|marks| marks.start);
    let mut bare = String::with_capacity(text.len());
    let mut from = 0;
    for marks in dropped {
        bare.push_str(&text[from..marks.start]);
        from = marks.end;
    }
    bare.push_str(&text[from..]);
    bare
}

/// Most fractions that are resolved in one piece of text; each takes a walk over the whole piece.
const MOST_FRACTIONS: usize = 200;

/// LaTeX as plain text: commands replaced by what they print, braces and dollar signs dropped.
fn unlatex(text: &str) -> String {
    if !text.contains('\\') {
        // A lone dollar sign is money, a pair around a formula is not.
        return if text.matches('$').count() >= 2 {
            text.replace('$', "")
        } else {
            text.to_owned()
        };
    }
    let mut out = text.replace("\\\\", " ");
    for _ in 0..MOST_FRACTIONS {
        let Some(resolved) = resolve_fraction(&out) else { break };
        out = resolved;
    }
    for (command, printed) in LATEX.iter() {
        if out.contains(command) {
            out = out.replace(command, printed);
        }
    }
    out.replace(['$', '{', '}', '\\'], "")
}

/// `\frac{a}{b}` as `a / b`, innermost first; `None` when there is none left.
fn resolve_fraction(text: &str) -> Option<String> {
    let at = text.rfind("\\frac{")?;
    let (upper, rest) = braced(&text[at + 5..])?;
    let (lower, rest) = braced(rest)?;
    Some(format!("{}{upper} / {lower}{rest}", &text[..at]))
}

/// The content of the braces that the text begins with, and what follows.
fn braced(text: &str) -> Option<(&str, &str)> {
    let inner = text.strip_prefix('{')?;
    let mut depth = 1;
    for (i, b) in inner.bytes().enumerate() {
        match b {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some((&inner[..i], &inner[i + 1..]));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_emphasis_and_latex_resolve_to_what_is_printed() {
        for (raw, want) in [
            ("<i>61.840.000,00</i>", "61.840.000,00"),
            ("<p>Makna :</p> <p>Alasan</p>", "Makna :\nAlasan"),
            ("<ol style=\"x\"> 1. satu 2. dua </ol>", "1. satu 2. dua"),
            ("a<br>b<br/>c", "a\nb\nc"),
            ("< 55 %", "< 55 %"),
            ("nilai <baik> saja", "nilai <baik> saja"),
            ("**Program** *Contoh*", "Program Contoh"),
            ("_Cakupan,_ _layanan *umum*_ (_a_)", "Cakupan, layanan umum (a)"),
            ("kode_program dan _ / _ serta ____", "kode_program dan _ / _ serta ____"),
            ("3 * 4", "3 * 4"),
            ("A &amp; B", "A & B"),
            ("SDA & listrik", "SDA & listrik"),
            (r"$\leq 50\%$", "≤ 50%"),
            (r"$$\frac{100}{85} \times 100\% = \mathbf{117\%}$$", "100 / 85 × 100% = 117%"),
            ("Keterangan*", "Keterangan*"),
            ("pagu <b", "pagu <b"),
        ] {
            assert_eq!(plain(raw), want, "{raw}");
        }
    }

    /// The same character by character.
    fn unemphasised_slowly(text: &str) -> String {
        let chars: Vec<char> = text.chars().collect();
        let mut drop = vec![false; chars.len()];
        let mut singles = [None; 2];
        let mut i = 0;
        while i < chars.len() {
            let c = chars[i];
            if c != '*' && c != '_' {
                i += 1;
                continue;
            }
            let run = chars[i..].iter().take_while(|d| **d == c).count();
            let before = i.checked_sub(1).map(|b| chars[b]);
            let after = chars.get(i + run).copied();
            let opens = before.is_none_or(|b| !b.is_alphanumeric())
                && after.is_some_and(|a| !a.is_whitespace());
            let closes = before.is_some_and(|b| !b.is_whitespace())
                && after.is_none_or(|a| !a.is_alphanumeric());
            let single = &mut singles[usize::from(c == '_')];
            match run {
                1 if closes && single.is_some() => {
                    drop[i] = true;
                    if let Some(open) = single.take() {
                        drop[open] = true;
                    }
                }
                1 if opens => *single = Some(i),
                2 | 3 if opens || closes => drop[i..i + run].fill(true),
                _ => {}
            }
            i += run;
        }
        chars.iter().zip(&drop).filter(|(_, dropped)| !**dropped).map(|(c, _)| *c).collect()
    }

    proptest::proptest! {
        #[test]
        fn emphasis_is_dropped_as_character_by_character(text in "[a*_ é.]{0,24}") {
            let slowly = unemphasised_slowly(&text);
            proptest::prop_assert_eq!(unemphasise(text), slowly);
        }
    }
}
