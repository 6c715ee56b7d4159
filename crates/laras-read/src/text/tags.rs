//! The tags of a piece of HTML and the text between them.

use std::convert::Infallible;
use std::ops::Range;

use html5gum::emitters::callback::{Callback, CallbackEmitter, CallbackEvent};
use html5gum::emitters::{Emitter, ForwardingEmitter};
use html5gum::{Span, Tokenizer};

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
        name: Vec::new(),
        start: 0,
        attribute: None,
        colspan: Attribute::default(),
        rowspan: Attribute::default(),
    };
    let Ok(()) = Tokenizer::new_with_emitter(text, Lenient(CallbackEmitter::new(walk))).finish();
}

/// An attribute of the tag that is open; of several of one name the first counts.
#[derive(Default)]
struct Attribute {
    is_there: bool,
    value: Vec<u8>,
}

#[derive(Clone, Copy)]
enum Known {
    Colspan,
    Rowspan,
}

struct Walk<'t, T> {
    tags: &'t mut T,
    /// Name and begin of the start tag that is open.
    name: Vec<u8>,
    start: usize,
    /// The attribute that the next value is of.
    attribute: Option<Known>,
    colspan: Attribute,
    rowspan: Attribute,
}

impl<T: Tags> Walk<'_, T> {
    fn attribute(&mut self, known: Known) -> &mut Attribute {
        match known {
            Known::Colspan => &mut self.colspan,
            Known::Rowspan => &mut self.rowspan,
        }
    }

    fn forget_attributes(&mut self) {
        self.attribute = None;
        for attribute in [&mut self.colspan, &mut self.rowspan] {
            attribute.is_there = false;
            attribute.value.clear();
        }
    }
}

impl<T: Tags> Callback<Infallible, usize> for Walk<'_, T> {
    fn handle_event(&mut self, event: CallbackEvent<'_>, span: Span<usize>) -> Option<Infallible> {
        match event {
            CallbackEvent::OpenStartTag { name } => {
                self.forget_attributes();
                self.name.clear();
                self.name.extend_from_slice(name);
                self.start = span.start;
            }
            CallbackEvent::AttributeName { name } => {
                let known = match name {
                    b"colspan" => Some(Known::Colspan),
                    b"rowspan" => Some(Known::Rowspan),
                    _ => None,
                };
                self.attribute = known
                    .filter(|known| !std::mem::replace(&mut self.attribute(*known).is_there, true));
            }
            CallbackEvent::AttributeValue { value } => {
                if let Some(known) = self.attribute {
                    self.attribute(known).value.extend_from_slice(value);
                }
            }
            CallbackEvent::CloseStartTag { .. } => self.tags.start(&StartTag {
                name: &self.name,
                span: self.start..span.end,
                colspan: &self.colspan.value,
                rowspan: &self.rowspan.value,
            }),
            CallbackEvent::EndTag { name } => self.tags.end(name, span.start..span.end),
            CallbackEvent::String { value } => {
                self.tags.text(&String::from_utf8_lossy(value), span.start..span.end);
            }
            _ => {}
        }
        None
    }
}

/// An emitter that looks for no errors: every damaged tag has its meaning.
struct Lenient<F: Callback<Infallible, usize>>(CallbackEmitter<F, Infallible, usize>);

impl<F: Callback<Infallible, usize>> ForwardingEmitter for Lenient<F> {
    type Token = Infallible;

    fn inner(&mut self) -> &mut impl Emitter<Token = Self::Token> {
        &mut self.0
    }

    fn should_emit_errors(&mut self) -> bool {
        false
    }
}
