//! The texts of findings, in Indonesian and English, from `data/messages.tsv`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use laras_model::Message;

use crate::draft::Draft;

/// What a message says of its finding.
#[derive(Clone, Copy)]
enum Field {
    Subject,
    Printed,
    Computed,
    Detail,
    /// Nothing that is known.
    Unknown,
}

/// A text with places for what its finding says: each with the words before it, then the words at the
/// end.
struct Template {
    parts: Vec<(&'static str, Field)>,
    end: &'static str,
}

impl Template {
    fn parse(text: &'static str) -> Self {
        let mut parts = Vec::new();
        let mut end = text;
        while let Some((before, rest)) = end.split_once('{')
            && let Some((field, after)) = rest.split_once('}')
        {
            let field = match field {
                "subject" => Field::Subject,
                "printed" => Field::Printed,
                "computed" => Field::Computed,
                "detail" => Field::Detail,
                _ => Field::Unknown,
            };
            parts.push((before, field));
            end = after;
        }
        Self { parts, end }
    }

    fn fill(&self, draft: &Draft) -> String {
        let said = |field: &Field| match field {
            Field::Subject => draft.subject.as_str(),
            Field::Printed => &draft.printed,
            Field::Computed => &draft.computed,
            Field::Detail => &draft.detail,
            Field::Unknown => "",
        };
        let parts = self.parts.iter().map(|(before, field)| before.len() + said(field).len());
        let mut filled = String::with_capacity(parts.sum::<usize>() + self.end.len());
        for (before, field) in &self.parts {
            filled.push_str(before);
            filled.push_str(said(field));
        }
        filled.push_str(self.end);
        filled
    }
}

/// `code`, Indonesian, English.
static MESSAGES: LazyLock<BTreeMap<&'static str, [Template; 2]>> = LazyLock::new(|| {
    include_str!("../data/messages.tsv")
        .lines()
        .skip(1)
        .filter_map(|line| {
            let mut fields = line.split('\t');
            Some((fields.next()?, [fields.next()?, fields.next()?].map(Template::parse)))
        })
        .collect()
});

/// What a finding says, in both languages.
pub(crate) fn message(draft: &Draft) -> Message {
    let Some([id, en]) = MESSAGES.get(draft.code.as_str()) else { return Message::default() };
    Message { id: id.fill(draft), en: en.fill(draft) }
}

#[cfg(test)]
mod tests {
    use laras_model::{FindingCode, Place};

    use super::*;

    #[test]
    fn every_code_has_a_message_in_both_languages() {
        for code in FindingCode::ALL {
            let both = MESSAGES.get(code.as_str()).expect("a line for every code");
            assert!(
                both.iter().all(|text| !(text.parts.is_empty() && text.end.is_empty())),
                "{code}"
            );
        }
    }

    #[test]
    fn places_are_filled_with_what_the_finding_says() {
        let mut draft = Draft::at(FindingCode::SumMismatch, 1, Place::default());
        draft.subject = "A {printed}".to_owned();
        draft.printed = "1".to_owned();
        for (template, filled) in [
            ("{subject}: {printed}{computed}.", "A {printed}: 1."),
            ("nothing", "nothing"),
            ("{other} {printed", " {printed"),
            ("} {detail}", "} "),
            ("", ""),
        ] {
            assert_eq!(Template::parse(template).fill(&draft), filled);
        }
    }
}
