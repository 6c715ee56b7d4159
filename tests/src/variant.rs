//! A report in another dress, with its gold.

use crate::damage::Damage;
use crate::document::Document;
use crate::gold::Gold;
use crate::lines::LineMap;
use crate::style::{self, Style};

/// What to make of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recipe {
    /// How the tables are written.
    pub style: Style,
    /// What is broken before, in this order.
    pub damages: Vec<Damage>,
    /// Decides every choice.
    pub seed: u64,
}

impl Recipe {
    /// A style without damage.
    pub fn new(style: Style, seed: u64) -> Self {
        Self { style, damages: vec![], seed }
    }

    /// The same recipe with one more damage.
    #[must_use]
    pub fn with(mut self, damage: Damage) -> Self {
        self.damages.push(damage);
        self
    }
}

/// A report in another dress.
#[derive(Clone, Debug)]
pub struct Variant {
    /// The file.
    pub bytes: Vec<u8>,
    /// The gold for it.
    pub gold: Gold,
    /// The text before it was encoded, with LF.
    pub text: String,
    /// Line of the source → lines of the variant.
    pub map: LineMap,
}

/// Breaks and rewrites `report` as `recipe` says and carries `gold` along.
///
/// ```
/// use laras_tests::{Gold, Recipe, Style, write_variant};
///
/// let report = "Tabel 1\n\nNo\tProgram\tPagu\n1\tA\t1.000\n";
/// let variant = write_variant(report, &Gold::default(), &Recipe::new(Style::Html, 3));
/// assert_eq!(variant.map.first(4), 5); // <table> stands before the header row
/// ```
pub fn write_variant(report: &str, gold: &Gold, recipe: &Recipe) -> Variant {
    let mut document = Document::parse(report);
    let mut map = LineMap::identity(document.lines.len());
    for damage in &recipe.damages {
        let (damaged, step) = damage.apply(&document, recipe.seed);
        document = damaged;
        map = map.then(&step);
    }
    let styled = style::restyle(&document, recipe.style, recipe.seed);
    map = map.then(&styled.map);
    let text = styled.document.to_text();
    let mut carried = gold.carried(&map);
    place_findings(&mut carried, gold, &map, &styled.document);
    if recipe.style.is_legacy() {
        let bytes = style::to_bytes(&text);
        let text = style::legacy_text(&text);
        return Variant { bytes, gold: carried.with_text(&style::legacy_text), text, map };
    }
    Variant { bytes: text.clone().into_bytes(), gold: carried, text, map }
}

/// A finding in prose that is now filled over several lines stands where its number is printed.
fn place_findings(carried: &mut Gold, gold: &Gold, map: &LineMap, page: &Document) {
    for row in 0..gold.findings.rows.len() {
        let Some((first, last)) = gold.findings.line(row).map(|line| map.span(line)) else {
            continue;
        };
        let told = ["subject", "detail"].map(|column| gold.findings.get(row, column)).join(" ");
        let numbers = told.split(|c: char| !(c.is_ascii_digit() || ".,".contains(c)));
        let numbers: Vec<&str> =
            numbers.map(|n| n.trim_matches([',', '.'])).filter(|n| n.len() >= 2).collect();
        let holds = |line: &u32| {
            let text = page.lines.get(*line as usize - 1).map_or("", String::as_str);
            numbers.iter().any(|number| text.contains(number))
        };
        if let Some(line) = (first..=last).find(holds) {
            carried.findings.set(row, "line", line.to_string());
        }
    }
}
