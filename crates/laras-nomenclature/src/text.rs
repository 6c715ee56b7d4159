//! Words of running text with their places, for recognisers that report spans.

/// A word of a text.
#[derive(Clone, Debug)]
pub(crate) struct Spot<'t> {
    /// As printed.
    pub(crate) printed: &'t str,
    /// In lower case.
    pub(crate) lower: String,
    /// First byte.
    pub(crate) from: usize,
    /// The byte after the last.
    pub(crate) to: usize,
}

impl Spot<'_> {
    pub(crate) fn is_capitalised(&self) -> bool {
        self.printed.chars().next().is_some_and(char::is_uppercase)
    }
}

/// The words of a text: runs of letters and digits, apostrophes included.
pub(crate) fn spots(text: &str) -> Vec<Spot<'_>> {
    let mut spots = Vec::new();
    let mut start = None;
    let mut push = |from: usize, to: usize| {
        let printed = &text[from..to];
        spots.push(Spot { printed, lower: printed.to_lowercase(), from, to });
    };
    for (at, c) in text.char_indices() {
        let inside = c.is_alphanumeric() || (start.is_some() && matches!(c, '\'' | '’'));
        match (inside, start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                push(from, at);
                start = None;
            }
            _ => {}
        }
    }
    if let Some(from) = start {
        push(from, text.len());
    }
    spots
}

/// Whether what stands between two words is more than spaces, commas, dashes and slashes.
pub(crate) fn breaks(text: &str, before: &Spot<'_>, after: &Spot<'_>) -> bool {
    let between = &text[before.to..after.from];
    between.contains(['\n', ';', ':', '|', '\t', '"', '“', '”'])
        || (between.contains('.') && before.printed.len() > 4)
}
