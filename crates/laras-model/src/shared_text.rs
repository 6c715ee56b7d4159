//! Texts that many values share.

use std::borrow::{Borrow, Cow};
use std::fmt;
use std::ops::Deref;

use ecow::EcoString;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Serialize};

/// A text that is not changed any more, cheap to copy: a short one (to 15 bytes, as nearly all printed
/// numbers are) stands in the value itself, a longer one is shared by all its copies.
///
/// A table names a subject once and prints a dozen numbers beside it; each of these
/// [observations](crate::Observation) has the name, its parent, a unit, a code. In JSON, and to a reader, this is a string.
///
/// ```
/// use laras_model::SharedText;
///
/// let name = SharedText::from("Program Peningkatan Kualitas Pelayanan Publik");
/// let copy = name.clone();
/// assert_eq!(copy, name);
/// assert!(copy.starts_with("Program") && copy == "Program Peningkatan Kualitas Pelayanan Publik");
/// ```
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SharedText(EcoString);

impl SharedText {
    /// What formatting makes; a short text takes no room of its own on the way.
    ///
    /// ```
    /// assert_eq!(laras_model::SharedText::written(format_args!("r{}c{}", 3, 4)), "r3c4");
    /// ```
    pub fn written(arguments: fmt::Arguments<'_>) -> Self {
        let mut text = EcoString::new();
        // Writing to a text cannot fail.
        let _ = fmt::Write::write_fmt(&mut text, arguments);
        Self(text)
    }

    /// Adds to the text; copies that share it stay as they are.
    ///
    /// ```
    /// let mut text = laras_model::SharedText::from("Program Pembinaan");
    /// let copy = text.clone();
    /// text.push_str(" Masyarakat");
    /// assert_eq!((text.as_str(), copy.as_str()), ("Program Pembinaan Masyarakat", "Program Pembinaan"));
    /// ```
    pub fn push_str(&mut self, text: &str) {
        self.0.push_str(text);
    }

    /// The text.
    #[inline]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Deref for SharedText {
    type Target = str;

    #[inline]
    fn deref(&self) -> &str {
        &self.0
    }
}

impl AsRef<str> for SharedText {
    #[inline]
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for SharedText {
    #[inline]
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SharedText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for SharedText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

impl From<&str> for SharedText {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl From<String> for SharedText {
    fn from(text: String) -> Self {
        Self(text.into())
    }
}

impl From<&String> for SharedText {
    fn from(text: &String) -> Self {
        Self(text.into())
    }
}

impl From<Cow<'_, str>> for SharedText {
    fn from(text: Cow<'_, str>) -> Self {
        Self(text.as_ref().into())
    }
}

impl From<SharedText> for String {
    fn from(text: SharedText) -> Self {
        text.0.into()
    }
}

impl PartialEq<str> for SharedText {
    #[inline]
    fn eq(&self, other: &str) -> bool {
        self.as_str() == other
    }
}

impl PartialEq<&str> for SharedText {
    #[inline]
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == *other
    }
}

impl PartialEq<String> for SharedText {
    fn eq(&self, other: &String) -> bool {
        self.as_str() == other
    }
}

impl PartialEq<SharedText> for String {
    fn eq(&self, other: &SharedText) -> bool {
        self == other.as_str()
    }
}

impl PartialEq<SharedText> for &str {
    fn eq(&self, other: &SharedText) -> bool {
        *self == other.as_str()
    }
}

impl PartialEq<SharedText> for str {
    fn eq(&self, other: &SharedText) -> bool {
        self == other.as_str()
    }
}

impl JsonSchema for SharedText {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        String::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        String::json_schema(generator)
    }
}
