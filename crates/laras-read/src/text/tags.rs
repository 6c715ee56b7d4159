//! The tags of a piece of HTML and the text between them.

use std::convert::Infallible;
use std::ops::Range;

use html5gum::{Emitter, Error, State, Tokenizer};

/// A start tag, with the attributes that tables have.
pub(super) struct StartTag<'t> {
    /// In small letters.
    pub(super) name: &'t [u8],
    pub(super) span: Range<usize>,
    /// As written; empty where there is none.
    pub(super) colspan: &'t [u8],
    pub(super) rowspan: &'t [u8],
}

/// What is done with tags and text; spans are those of the walk's text, in bytes.
pub(super) trait Tags {
    fn start(&mut self, tag: &StartTag<'_>);

    fn end(&mut self, name: &[u8], span: Range<usize>);

    /// Text between tags, entities resolved.
    fn text(&mut self, text: &str, span: Range<usize>);
}

/// Walks over the tags of a text from first to last.
pub(super) fn walk(text: &str, tags: &mut impl Tags) {
    let walk = Walk {
        tags,
        source: text,
        position: 0,
        start: 0,
        is_end: false,
        name: Name::default(),
        attribute: Vec::new(),
        value: Vec::new(),
        colspan: None,
        rowspan: None,
        pending: Pending::default(),
    };
    let Ok(()) = Tokenizer::new_with_emitter(text, walk).finish();
}

/// The beginning of a name of a tag; those that mean something are not as long.
#[derive(Default)]
struct Name {
    bytes: [u8; 16],
    length: usize,
}

impl Name {
    fn push(&mut self, part: &[u8]) {
        for (place, byte) in self.bytes[self.length..].iter_mut().zip(part) {
            *place = *byte;
            self.length += 1;
        }
    }

    fn get(&self) -> &[u8] {
        &self.bytes[..self.length]
    }
}

/// Text that no tag has ended yet: as it stands in the source, as long as it is all of it.
#[derive(Default)]
struct Pending {
    span: Range<usize>,
    /// The text where it is not what stands in the span.
    resolved: Vec<u8>,
    is_resolved: bool,
}

impl Pending {
    fn is_none(&self) -> bool {
        self.span.start == self.span.end && !self.is_resolved
    }
}

/// What the tokenizer tells is put together to whole tags and texts. Nothing is said of errors: every
/// damaged tag has its meaning.
struct Walk<'t, T> {
    tags: &'t mut T,
    source: &'t str,
    /// How far the source is read.
    position: usize,
    /// Where the tag begins that is read.
    start: usize,
    is_end: bool,
    name: Name,
    /// Name and value of the attribute that is read.
    attribute: Vec<u8>,
    value: Vec<u8>,
    /// The known attributes of the tag; of several of one name the first counts.
    colspan: Option<Vec<u8>>,
    rowspan: Option<Vec<u8>>,
    pending: Pending,
}

impl<T: Tags> Walk<'_, T> {
    fn end_attribute(&mut self) {
        let known = match self.attribute.as_slice() {
            b"colspan" => &mut self.colspan,
            b"rowspan" => &mut self.rowspan,
            _ => return,
        };
        self.attribute.clear();
        known.get_or_insert_with(|| std::mem::take(&mut self.value));
    }

    fn end_text(&mut self) {
        if self.pending.is_none() {
            return;
        }
        let Pending { span, resolved, is_resolved } = &mut self.pending;
        if *is_resolved {
            self.tags.text(&String::from_utf8_lossy(resolved), span.clone());
            resolved.clear();
            *is_resolved = false;
        } else {
            self.tags.text(self.source.get(span.clone()).unwrap_or(""), span.clone());
        }
        *span = self.position..self.position;
    }
}

impl<T: Tags> Emitter for Walk<'_, T> {
    type Token = Infallible;

    fn should_emit_errors(&mut self) -> bool {
        false
    }

    fn move_position(&mut self, offset: isize) {
        self.position = self.position.saturating_add_signed(offset);
    }

    fn init_string(&mut self) {
        if self.pending.is_none() {
            self.pending.span = self.position..self.position;
        }
    }

    fn emit_string(&mut self, text: &[u8]) {
        let Pending { span, resolved, is_resolved } = &mut self.pending;
        let is_source =
            !*is_resolved && self.source.as_bytes().get(span.end..self.position) == Some(text);
        if !is_source {
            if !*is_resolved {
                resolved.extend_from_slice(&self.source.as_bytes()[span.clone()]);
                *is_resolved = true;
            }
            resolved.extend_from_slice(text);
        }
        span.end = self.position;
    }

    fn start_open_tag(&mut self) {
        self.start = self.position.saturating_sub(1);
    }

    fn init_start_tag(&mut self) {
        self.name.length = 0;
        self.is_end = false;
        (self.colspan, self.rowspan) = (None, None);
        self.attribute.clear();
    }

    fn init_end_tag(&mut self) {
        self.name.length = 0;
        self.is_end = true;
        self.attribute.clear();
    }

    fn push_tag_name(&mut self, part: &[u8]) {
        self.name.push(part);
    }

    fn init_attribute(&mut self) {
        self.end_attribute();
        self.attribute.clear();
        self.value.clear();
    }

    fn push_attribute_name(&mut self, part: &[u8]) {
        self.attribute.extend_from_slice(part);
    }

    fn push_attribute_value(&mut self, part: &[u8]) {
        self.value.extend_from_slice(part);
    }

    fn emit_current_tag(&mut self) -> Option<State> {
        self.end_text();
        self.end_attribute();
        let span = self.start..self.position;
        if self.is_end {
            self.tags.end(self.name.get(), span);
        } else {
            self.tags.start(&StartTag {
                name: self.name.get(),
                span,
                colspan: self.colspan.as_deref().unwrap_or_default(),
                rowspan: self.rowspan.as_deref().unwrap_or_default(),
            });
        }
        None
    }

    fn init_comment(&mut self) {
        self.end_text();
    }

    fn init_doctype(&mut self) {
        self.end_text();
    }

    fn emit_eof(&mut self) {
        self.end_text();
    }

    fn pop_token(&mut self) -> Option<Infallible> {
        None
    }

    // Neither text that is no HTML, such as that of scripts, nor comments and document types.

    fn current_is_appropriate_end_tag_token(&mut self) -> bool {
        false
    }

    fn set_last_start_tag(&mut self, _: Option<&[u8]>) {}

    fn emit_error(&mut self, _: Error) {}

    fn emit_current_comment(&mut self) {}

    fn emit_current_doctype(&mut self) {}

    fn set_self_closing(&mut self) {}

    fn set_force_quirks(&mut self) {}

    fn push_comment(&mut self, _: &[u8]) {}

    fn push_doctype_name(&mut self, _: &[u8]) {}

    fn set_doctype_public_identifier(&mut self, _: &[u8]) {}

    fn set_doctype_system_identifier(&mut self, _: &[u8]) {}

    fn push_doctype_public_identifier(&mut self, _: &[u8]) {}

    fn push_doctype_system_identifier(&mut self, _: &[u8]) {}
}

#[cfg(test)]
mod tests {
    use html5gum::Span;
    use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};

    use super::*;

    /// A tag or a text: its mark, name or words, spans of cells, and place.
    type Told = (char, String, String, Range<usize>);

    #[derive(Default)]
    struct Telling(Vec<Told>);

    fn text_of(bytes: &[u8]) -> String {
        String::from_utf8_lossy(bytes).into_owned()
    }

    impl Tags for Telling {
        fn start(&mut self, tag: &StartTag<'_>) {
            let spans = format!("{}×{}", text_of(tag.colspan), text_of(tag.rowspan));
            self.0.push(('<', text_of(tag.name), spans, tag.span.clone()));
        }

        fn end(&mut self, name: &[u8], span: Range<usize>) {
            self.0.push(('/', text_of(name), String::new(), span));
        }

        fn text(&mut self, text: &str, span: Range<usize>) {
            self.0.push(('t', text.to_owned(), String::new(), span));
        }
    }

    /// As much of a name as is kept.
    fn beginning(name: &[u8]) -> &[u8] {
        &name[..name.len().min(Name::default().bytes.len())]
    }

    /// The same as the tokenizer's own emitter tells it.
    fn told(text: &str) -> Vec<Told> {
        let mut all: Vec<Told> = Vec::new();
        let (mut name, mut start, mut attributes) = (Vec::new(), 0, Vec::new());
        let emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, span: Span<usize>| {
            let here = span.start..span.end;
            match event {
                CallbackEvent::OpenStartTag { name: opened } => {
                    (name, start) = (opened.to_vec(), span.start);
                    attributes.clear();
                }
                CallbackEvent::AttributeName { name } => {
                    attributes.push((text_of(name), Vec::new()));
                }
                CallbackEvent::AttributeValue { value } => {
                    if let Some((_, known)) = attributes.last_mut() {
                        known.extend_from_slice(value);
                    }
                }
                CallbackEvent::CloseStartTag { .. } => {
                    let first = |name: &str| {
                        let found = attributes.iter().find(|(known, _)| known == name);
                        found.map_or(String::new(), |(_, value)| text_of(value))
                    };
                    let spans = format!("{}×{}", first("colspan"), first("rowspan"));
                    all.push(('<', text_of(beginning(&name)), spans, start..span.end));
                }
                CallbackEvent::EndTag { name } => {
                    all.push(('/', text_of(beginning(name)), String::new(), here));
                }
                CallbackEvent::String { value } => {
                    all.push(('t', text_of(value), String::new(), here));
                }
                _ => {}
            }
            None::<Infallible>
        });
        let Ok(()) = Tokenizer::new_with_emitter(text, emitter).finish();
        all
    }

    proptest::proptest! {
        #[test]
        fn tags_are_those_of_the_tokenizer(
            text in "(<|>|</|td|tr|TD|table| colspan=| rowspan='|\"|'|2|&amp;|&|;|<!--|-->|<br/>|é|\r\n| |\n|\0|a b){0,24}",
        ) {
            let mut tags = Telling::default();
            walk(&text, &mut tags);
            proptest::prop_assert_eq!(tags.0, told(&text));
        }
    }
}
