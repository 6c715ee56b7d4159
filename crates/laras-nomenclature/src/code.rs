//! Codes of the nomenclature: their parts, levels and printed forms.

use laras_model::{Level, Regime};

use crate::Tier;

/// The most parts a code has: `8.01.02.2.01.0003`.
pub(crate) const MOST_PARTS: usize = 6;
/// The part that stands for any bidang urusan: `X` and `XX`.
pub(crate) const ANY: u16 = u16::MAX;

/// A code as numbers, so that `8.1.2`, `8.01.02` and `08.01.02` are one.
///
/// `X.XX.01…`, the general rows of every office, has [`ANY`] in its first two parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Code {
    parts: [u16; MOST_PARTS],
    len: u8,
}

impl Code {
    /// Reads a code as printed; `None` for anything that is not numbers (or `X`) between dots.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let mut code = Self { parts: [0; MOST_PARTS], len: 0 };
        for part in text.trim().trim_end_matches('.').split('.') {
            let part = part.trim();
            let at = usize::from(code.len);
            if at == MOST_PARTS {
                return None;
            }
            code.parts[at] = match part {
                "X" | "XX" | "x" | "xx" if at < 2 => ANY,
                _ if part.is_empty() || part.len() > 4 => return None,
                _ if part.bytes().all(|byte| byte.is_ascii_digit()) => part.parse().ok()?,
                _ => return None,
            };
            code.len += 1;
        }
        Some(code)
    }

    pub(crate) fn parts(&self) -> &[u16] {
        &self.parts[..usize::from(self.len)]
    }

    fn cut(&self, len: usize) -> Self {
        let mut cut = *self;
        cut.parts[len..].fill(0);
        cut.len = len as u8;
        cut
    }

    /// The level a code of this many parts has.
    pub(crate) fn level(&self, regime: Regime) -> Option<Level> {
        Some(match (regime, self.len) {
            (Regime::Permendagri13, 1 | 3) | (Regime::Permendagri90, 3) => Level::Program,
            (Regime::Permendagri13, 2 | 4) | (Regime::Permendagri90, 5) => Level::Kegiatan,
            (Regime::Permendagri90, 1) => Level::Urusan,
            (Regime::Permendagri90, 2) => Level::BidangUrusan,
            (Regime::Permendagri90, 6) => Level::SubKegiatan,
            _ => return None,
        })
    }

    /// The code one level up.
    pub(crate) fn parent(&self, regime: Regime) -> Option<Self> {
        let shorter = match (regime, self.len) {
            (Regime::Permendagri13, 2 | 4) | (Regime::Permendagri90, 2 | 3 | 6) => self.len - 1,
            (Regime::Permendagri90, 5) => 3,
            _ => return None,
        };
        Some(self.cut(usize::from(shorter)))
    }

    /// Whether this code stands below `ancestor`; the tier digit is no level of its own, and the
    /// general rows `X.XX.01…` stand below every office's `….01`.
    pub(crate) fn is_below(&self, ancestor: &Self) -> bool {
        self.len > ancestor.len && self.agrees(ancestor, usize::from(ancestor.len))
    }

    /// Whether the first `len` parts agree, `X` with anything.
    pub(crate) fn agrees(&self, other: &Self, len: usize) -> bool {
        self.len as usize >= len
            && other.len as usize >= len
            && self.parts[..len]
                .iter()
                .zip(&other.parts[..len])
                .all(|(a, b)| a == b || *a == ANY || *b == ANY)
    }

    /// Whether this is one of the general rows of every office.
    pub(crate) fn is_general(&self) -> bool {
        self.parts[0] == ANY
    }

    /// The tier that the fourth part of a kegiatan or sub kegiatan names.
    pub(crate) fn tier(&self, regime: Regime) -> Option<Tier> {
        match (regime, self.len, self.parts[3]) {
            (Regime::Permendagri90, 5.., 1) => Some(Tier::Provinsi),
            (Regime::Permendagri90, 5.., 2) => Some(Tier::KabupatenKota),
            _ => None,
        }
    }

    /// The general row as the office of a bidang urusan prints it, or the other way round.
    pub(crate) fn with_bidang(&self, bidang: (u16, u16)) -> Self {
        let mut code = *self;
        if code.len > 1 {
            (code.parts[0], code.parts[1]) = bidang;
        }
        code
    }

    /// The first two parts.
    pub(crate) fn bidang(&self) -> Option<(u16, u16)> {
        (self.len >= 2 && !self.is_general()).then_some((self.parts[0], self.parts[1]))
    }

    /// The official form; sub kegiatan with two digits or, from budget year 2024 on, four.
    pub(crate) fn print(&self, regime: Regime, four_digits: bool) -> String {
        let mut text = String::with_capacity(20);
        for (at, part) in self.parts().iter().enumerate() {
            if at > 0 {
                text.push('.');
            }
            let width = match (regime, at) {
                (Regime::Permendagri90, 0 | 3) => 1,
                (Regime::Permendagri90, 5) if four_digits => 4,
                (Regime::Permendagri13, 0) if self.len > 2 => 1,
                _ => 2,
            };
            if *part == ANY {
                text.push_str(if at == 0 { "X" } else { "XX" });
            } else {
                push_padded(&mut text, *part, width);
            }
        }
        text
    }
}

/// Adds a number with at least so many digits.
fn push_padded(text: &mut String, number: u16, width: u32) {
    let digits = number.checked_ilog10().map_or(1, |most| most + 1).max(width);
    for place in (0..digits).rev() {
        let digit = number / 10u16.pow(place) % 10;
        text.push(char::from(b'0' + digit as u8));
    }
}

/// Whether a budget year prints sub kegiatan codes with four digits.
pub(crate) fn has_four_digits(year: u16) -> bool {
    year >= 2024
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_reports_print() {
        let code = Code::parse("8.01.1.2.01").unwrap();
        assert_eq!(code.print(Regime::Permendagri90, false), "8.01.01.2.01");
        let general = Code::parse("X.XX.01.2.06.05").unwrap();
        assert_eq!(general.print(Regime::Permendagri90, true), "X.XX.01.2.06.0005");
        assert_eq!(general.tier(Regime::Permendagri90), Some(Tier::KabupatenKota));
        assert_eq!(Code::parse("1.19.17").unwrap().print(Regime::Permendagri13, false), "1.19.17");
        for bad in ["", "8..1", "a.b", "1.2.3.4.5.6.7", "12345", "1.X", "-1"] {
            assert_eq!(Code::parse(bad).is_some(), bad == "1.X", "{bad}");
        }
    }

    #[test]
    fn general_rows_stand_below_every_office() {
        let sub = Code::parse("X.XX.01.2.06.05").unwrap();
        assert!(sub.is_below(&Code::parse("8.01.01").unwrap()));
        assert!(sub.is_below(&Code::parse("8.01.01.2.06").unwrap()));
        assert!(!sub.is_below(&Code::parse("8.01.02").unwrap()));
        assert_eq!(sub.with_bidang((8, 1)), Code::parse("8.01.01.2.06.05").unwrap());
    }

    #[test]
    fn parents_skip_the_tier_digit() {
        let mut code = Code::parse("8.01.02.2.01.0003").unwrap();
        let mut seen = Vec::new();
        while let Some(up) = code.parent(Regime::Permendagri90) {
            seen.push(up.print(Regime::Permendagri90, false));
            code = up;
        }
        assert_eq!(seen, ["8.01.02.2.01", "8.01.02", "8.01", "8"]);
    }
}
