//! Where each line of a text went when the text was rewritten.

use crate::document::Document;

/// For every line of the old text the lines of the new one that print it. Lines are 1-based.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineMap {
    spans: Vec<(u32, u32)>,
}

impl LineMap {
    /// The map of a text of `lines` lines onto itself.
    pub fn identity(lines: usize) -> Self {
        Self { spans: (1..=lines as u32).map(|line| (line, line)).collect() }
    }

    /// Number of lines of the old text.
    pub fn len(&self) -> usize {
        self.spans.len()
    }

    /// Whether the old text had no line.
    pub fn is_empty(&self) -> bool {
        self.spans.is_empty()
    }

    /// The first and the last new line of old line `line`; a line past the end keeps its number.
    pub fn span(&self, line: u32) -> (u32, u32) {
        let index = (line as usize).checked_sub(1);
        index.and_then(|i| self.spans.get(i)).copied().unwrap_or((line, line))
    }

    /// The first new line of old line `line`.
    pub fn first(&self, line: u32) -> u32 {
        self.span(line).0
    }

    /// The last new line of old line `line`.
    pub fn last(&self, line: u32) -> u32 {
        self.span(line).1
    }

    /// This map followed by `next`.
    #[must_use]
    pub fn then(&self, next: &Self) -> Self {
        let spans = self.spans.iter().map(|&(a, b)| (next.first(a), next.last(b))).collect();
        Self { spans }
    }
}

/// Writes the new text line by line and keeps the map.
#[derive(Debug, Default)]
pub(crate) struct Emit {
    lines: Vec<String>,
    spans: Vec<(u32, u32)>,
}

impl Emit {
    /// The next old line, printed as one new line.
    pub(crate) fn keep(&mut self, line: String) {
        self.block(vec![line]);
    }

    /// The next old line, printed as several.
    pub(crate) fn block(&mut self, lines: Vec<String>) {
        let first = self.lines.len() as u32 + 1;
        self.lines.extend(lines);
        let last = (self.lines.len() as u32).max(first);
        self.spans.push((first, last));
    }

    /// A new line that no old one stands behind.
    pub(crate) fn extra(&mut self, line: impl Into<String>) {
        self.lines.push(line.into());
    }

    /// The new text and the map.
    pub(crate) fn finish(self, ends_with_feed: bool) -> (Document, LineMap) {
        (Document { lines: self.lines, ends_with_feed }, LineMap { spans: self.spans })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn maps_follow_each_other() {
        let mut first = Emit::default();
        first.keep("a".into());
        first.extra("rule");
        first.block(vec!["b".into(), "c".into()]);
        let (document, map) = first.finish(true);
        assert_eq!(document.to_text(), "a\nrule\nb\nc\n");
        assert_eq!((map.span(1), map.span(2)), ((1, 1), (3, 4)));
        let mut second = Emit::default();
        second.extra("top");
        document.lines.iter().for_each(|line| second.keep(line.clone()));
        let both = map.then(&second.finish(true).1);
        assert_eq!((both.span(1), both.span(2)), ((2, 2), (4, 5)));
    }
}
