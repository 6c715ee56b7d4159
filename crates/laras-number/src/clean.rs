//! Takes off what conversion puts around a cell's text: odd blanks and dashes, Markdown and HTML
//! marks, LaTeX. Never touches a digit (no NFKC: it turns `5½` into 51/2).

use std::borrow::Cow;

/// The same text in plain signs, trimmed; borrowed where nothing had to change.
///
/// Every kind of blank becomes a space, a line break stays one, every kind of dash becomes `-`,
/// full-width signs become ASCII, zero-width signs go.
pub(crate) fn plain(text: &str) -> Cow<'_, str> {
    let text = text.trim();
    let marked =
        |byte: u8| matches!(byte, b'$' | b'\\' | b'*' | b'<' | b'&' | b'\t' | b'\r' | b'_');
    if text.bytes().all(|byte| byte.is_ascii() && !marked(byte)) {
        return Cow::Borrowed(text);
    }
    let mut out: String = text.chars().filter_map(sign).collect();
    if out.contains('…') {
        out = out.replace('…', "...");
    }
    if out.contains('<') {
        out = without_tags(&out);
    }
    if out.contains('&') {
        out = out.replace("&nbsp;", " ").replace("&lt;", "<").replace("&gt;", ">");
        out = out.replace("&le;", "≤").replace("&ge;", "≥").replace("&amp;", "&");
    }
    if out.contains('\\') || (out.starts_with('$') && out.ends_with('$')) {
        out = without_latex(&out);
    }
    if out.contains(['*', '_']) {
        out = out.replace("**", "").replace("__", "");
    }
    Cow::Owned(out.trim().to_owned())
}

fn sign(c: char) -> Option<char> {
    Some(match c {
        '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' | '\t' => ' ',
        '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}' | '\r' => return None,
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe63}' | '\u{ff0d}' => '-',
        '\u{2018}' | '\u{2019}' | '\u{2032}' => '\'',
        '\u{201c}' | '\u{201d}' => '"',
        '\u{2264}' | '\u{2a7d}' | '\u{2266}' => '≤',
        '\u{2265}' | '\u{2a7e}' | '\u{2267}' => '≥',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{66a}' => '%',
        '\u{2028}' | '\u{2029}' => '\n',
        other => other,
    })
}

/// Drops the tags of the inline and list elements that converters leave in cells.
fn without_tags(text: &str) -> String {
    const TAGS: [&str; 18] = [
        "b", "i", "u", "p", "br", "em", "strong", "span", "sub", "sup", "font", "div", "small",
        "ol", "ul", "li", "center", "td",
    ];
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        let (before, tag) = rest.split_at(at);
        out.push_str(before);
        let end = tag.find('>').filter(|&end| end < 80);
        let name: String = tag[1..]
            .trim_start_matches('/')
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .map(|c| c.to_ascii_lowercase())
            .collect();
        match end {
            Some(end) if TAGS.contains(&name.as_str()) => {
                if matches!(name.as_str(), "br" | "p" | "li") {
                    out.push('\n');
                }
                rest = &tag[end + 1..];
            }
            _ => {
                out.push('<');
                rest = &tag[1..];
            }
        }
    }
    out.push_str(rest);
    out.trim_matches('\n').to_owned()
}

/// LaTeX signs as plain ones; commands that only dress their argument go.
fn without_latex(text: &str) -> String {
    const SIGNS: [(&str, &str); 16] = [
        ("\\%", "%"),
        ("\\leqslant", "≤"),
        ("\\geqslant", "≥"),
        ("\\leq", "≤"),
        ("\\geq", "≥"),
        ("\\le", "≤"),
        ("\\ge", "≥"),
        ("\\times", "×"),
        ("\\div", "÷"),
        ("\\pm", "±"),
        ("\\sim", "-"),
        ("\\,", " "),
        ("\\;", " "),
        ("\\ ", " "),
        ("{,}", ","),
        ("{.}", "."),
    ];
    let mut out = text.trim_matches('$').replace("\\(", "").replace("\\)", "");
    for (from, to) in SIGNS {
        if out.contains(from) {
            out = out.replace(from, to);
        }
    }
    for dress in ["\\mathbf", "\\mathrm", "\\mathit", "\\textbf", "\\text", "\\bf", "\\rm"] {
        while let Some(at) = out.find(dress) {
            out.replace_range(at..at + dress.len(), "");
            let Some(close) = out[at..].find('}').map(|close| at + close) else { continue };
            if out[at..].starts_with('{') {
                out.remove(close);
                out.remove(at);
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dress_goes_and_digits_stay() {
        for (text, expected) in [
            (" 95,42 ", "95,42"),
            ("1\u{a0}665\u{a0}000", "1 665 000"),
            ("\u{2212}17.500", "-17.500"),
            ("15.000,\u{2010}", "15.000,-"),
            ("5½", "5½"),
            ("**65,62%**", "65,62%"),
            ("<i>1</i>", "1"),
            ("a<br/>b", "a\nb"),
            ("< 55 %", "< 55 %"),
            ("$\\leq 50\\%$", "≤ 50%"),
            ("66\\% \\leq 75\\%", "66% ≤ 75%"),
            ("\\mathbf{117\\%}", "117%"),
            ("\u{feff}12\u{200b}", "12"),
            ("$ 500", "$ 500"),
        ] {
            assert_eq!(plain(text), expected, "{text:?}");
        }
    }

    #[test]
    fn what_needs_no_change_is_not_copied() {
        assert!(matches!(plain("  Rp. 1.665.000,00 "), Cow::Borrowed(_)));
    }
}
