//! Percentages that running text works out in full.

use laras_model::{Decimal, FindingCode, Origin};

use crate::book::Book;
use crate::draft::Draft;
use crate::dress;

/// Worked percentages: `100 / 85 × 100% = 117%`.
pub(crate) fn formulas(book: &Book<'_>, drafts: &mut Vec<Draft>) {
    for block in book.extraction.blocks.iter().filter(|b| crate::mentions::is_prose(b)) {
        if !block.text.contains('=') {
            continue;
        }
        for (n, line) in block.text.lines().enumerate() {
            let sides: Vec<&str> = line.split('=').collect();
            for pair in sides.windows(2) {
                let Some((part, whole)) = fraction(pair[0]) else { continue };
                let Some((printed, rest)) = leading(pair[1]) else { continue };
                let Some(computed) = Decimal::percent(part, whole) else { continue };
                let tolerance = Decimal::new(5, if printed.scale() == 0 { 1 } else { 2 });
                let off = computed.checked_sub(printed).zip(tolerance);
                let holds = off.is_none_or(|(off, most)| off.abs() <= most);
                if holds || !rest.trim_start().starts_with('%') {
                    continue;
                }
                let mut place = block.place.clone();
                if place.page == 0 {
                    place.line += n as u32;
                }
                let number = crate::mentions::part_of(&book.extraction.parts, &place);
                let mut draft = Draft::at(FindingCode::PercentMismatch, number, place);
                line.split('=').next().unwrap_or(line).trim().clone_into(&mut draft.subject);
                draft.printed = dress::number(printed);
                draft.computed = dress::percent(computed);
                draft.difference = printed.checked_sub(computed.rounded(4));
                draft.detail = format!(
                    "printed {}%; {}/{} x 100 = {}",
                    draft.printed,
                    dress::number(part),
                    dress::number(whole),
                    draft.computed
                );
                draft.origin = Origin::Source;
                drafts.push(draft);
            }
        }
    }
}

/// Part and whole of `part / whole × 100%`, alone on its side of an equation.
fn fraction(text: &str) -> Option<(Decimal, Decimal)> {
    let (part, rest) = leading(text)?;
    let (whole, rest) = leading(rest.trim_start().strip_prefix(['/', ':'])?)?;
    let (hundred, rest) = leading(rest.trim_start().strip_prefix(['×', 'x', 'X', '*'])?)?;
    let end = rest.trim_start().trim_start_matches('%').trim();
    let is_alone = end.is_empty() || end == "&";
    (hundred == Decimal::HUNDRED && is_alone).then_some((part, whole))
}

/// The number that a text begins with, and what follows it.
fn leading(text: &str) -> Option<(Decimal, &str)> {
    let text = text.trim_start_matches([' ', '&']);
    let is_number = |c: char| c.is_ascii_digit() || c == ',' || c == '.';
    let end = text.find(|c| !is_number(c)).unwrap_or(text.len());
    let reading = laras_number::read(text[..end].trim_end_matches(['.', ',']));
    Some((reading.best()?.number()?, &text[end..]))
}
