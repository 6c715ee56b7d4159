//! From a glyph to its character: what the file says, else what the embedded font tells.

use std::collections::HashMap;

use hayro_interpret::font::{Glyph, OutlineFontData, OutlineGlyph};
use hayro_interpret::hayro_cmap::BfString;
use skrifa::MetadataProvider;
use skrifa::raw::FontRef;

/// Stands for a glyph whose character nobody knows.
pub(crate) const UNKNOWN: char = '\u{FFFD}';

/// Glyph names that fonts use for digits and marks, with their characters.
const NAMES: &str = include_str!("../../data/glyph-names.tsv");

/// A font's own tables, read backwards: from glyph number to character.
type Backwards = HashMap<u32, char>;

/// Finds the characters of glyphs, and remembers the fonts it had to look into.
#[derive(Default)]
pub(crate) struct Characters {
    fonts: HashMap<u128, Backwards>,
}

/// How the character of a glyph is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Known {
    /// The file says it.
    Said,
    /// The embedded font tells it.
    Recovered,
    /// Not at all.
    Not,
}

impl Characters {
    /// Appends the characters of a glyph to `out`; ligatures are taken apart.
    pub(crate) fn of(&mut self, glyph: &Glyph<'_>, out: &mut Vec<char>) -> Known {
        let before = out.len();
        match glyph.as_unicode() {
            Some(BfString::Char(said)) => push(said, out),
            Some(BfString::String(said)) => said.chars().for_each(|said| push(said, out)),
            None => {}
        }
        if out.len() > before && !out[before..].contains(&UNKNOWN) {
            return Known::Said;
        }
        out.truncate(before);
        if let Glyph::Outline(outline) = glyph
            && let Some(found) = self.in_font(outline)
        {
            push(found, out);
            return Known::Recovered;
        }
        out.push(UNKNOWN);
        Known::Not
    }

    fn in_font(&mut self, glyph: &OutlineGlyph) -> Option<char> {
        let id = glyph.glyph_id().to_u32();
        if id == 0 {
            return None;
        }
        let font = glyph.font_data()?;
        self.fonts.entry(font.cache_key).or_insert_with(|| backwards(&font)).get(&id).copied()
    }
}

/// Reads a font's character map and glyph names backwards.
fn backwards(font: &OutlineFontData) -> Backwards {
    let mut map = Backwards::new();
    let Ok(tables) = FontRef::from_index((*font.data).as_ref(), 0) else { return map };
    for (id, name) in tables.glyph_names().iter() {
        if let Some(found) = named(name.as_str()) {
            map.insert(id.to_u32(), found);
        }
    }
    // The character map outranks names; of several characters the first, lowest one.
    let mut seen = Backwards::new();
    for (code, id) in tables.charmap().mappings() {
        if let Some(found) = char::from_u32(code)
            && !found.is_control()
        {
            seen.entry(id.to_u32()).and_modify(|least| *least = found.min(*least)).or_insert(found);
        }
    }
    map.extend(seen);
    map
}

/// The character a glyph name stands for: `A`, `uni0041`, `u1F600`, `period`, `a.alt`.
fn named(name: &str) -> Option<char> {
    let name = name.split('.').next().unwrap_or_default();
    let mut letters = name.chars();
    if let (Some(only), None) = (letters.next(), letters.next()) {
        return only.is_ascii_alphanumeric().then_some(only);
    }
    if let Some(code) = name.strip_prefix("uni").or_else(|| name.strip_prefix('u'))
        && code.len() >= 4
        && let Ok(code) = u32::from_str_radix(code, 16)
    {
        return char::from_u32(code);
    }
    NAMES.lines().skip(1).find_map(|line| {
        let (known, code) = line.split_once('\t')?;
        (known == name).then(|| u32::from_str_radix(code, 16).ok().and_then(char::from_u32))?
    })
}

/// Appends a character as text: ligatures apart, odd blanks as blanks, bullets of symbol fonts as
/// bullets, characters that stand for nothing as unknown.
fn push(said: char, out: &mut Vec<char>) {
    match said {
        '\u{FB00}' => out.extend("ff".chars()),
        '\u{FB01}' => out.extend("fi".chars()),
        '\u{FB02}' => out.extend("fl".chars()),
        '\u{FB03}' => out.extend("ffi".chars()),
        '\u{FB04}' => out.extend("ffl".chars()),
        '\u{FB05}' | '\u{FB06}' => out.extend("st".chars()),
        '\u{A0}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{3000}' | '\t' => {
            out.push(' ');
        }
        '\u{AD}' => out.push('\u{AD}'),
        '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}' | '\u{FEFF}' => {}
        // Symbol fonts keep ASCII and their own bullets and ticks at U+F0xx.
        '\u{F020}' => out.push(' '),
        '\u{F021}'..='\u{F07E}' => {
            out.push(char::from_u32(said as u32 - 0xF000).unwrap_or(UNKNOWN));
        }
        '\u{F080}'..='\u{F0FF}' => out.push('•'),
        '\u{E000}'..='\u{F8FF}' => out.push(UNKNOWN),
        _ if said.is_control() => out.push(UNKNOWN),
        _ => out.push(said),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn glyph_names_tell_characters() {
        assert_eq!(named("seven"), Some('7'));
        assert_eq!(named("uni0041"), Some('A'));
        assert_eq!(named("comma.tf"), Some(','));
        assert_eq!(named("g17"), None);
    }

    #[test]
    fn ligatures_come_apart_and_controls_are_unknown() {
        let mut out = Vec::new();
        for said in ['\u{FB01}', '\u{A0}', '\u{3}', '\u{F0B7}'] {
            push(said, &mut out);
        }
        assert_eq!(out, ['f', 'i', ' ', UNKNOWN, '•']);
    }
}
