//! Codes of the nomenclature: their parts, levels and printed forms.

use std::ops::Deref;

use laras_model::{Level, Regime, SharedText};

use crate::Tier;

/// The most parts a code has: `8.01.02.2.01.0003`.
pub(crate) const MOST_PARTS: usize = 6;
/// The part that stands for any bidang urusan: `X` and `XX`.
pub(crate) const ANY: u16 = u16::MAX;

/// A code as numbers, so that `8.1.2`, `8.01.02` and `08.01.02` are one.
///
/// `X.XX.01…`, the general rows of every office, has [`ANY`] in its first two parts. Codes are in the
/// order of their parts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Code {
    /// The first four parts, sixteen bits each, the first in the highest.
    head: u64,
    /// The last two parts in the highest bits, the number of parts in the lowest.
    tail: u64,
}

/// The parts of a code.
pub(crate) struct Parts {
    all: [u16; MOST_PARTS],
    len: usize,
}

impl Deref for Parts {
    type Target = [u16];

    fn deref(&self) -> &[u16] {
        &self.all[..self.len]
    }
}

/// The bits of `head` and `tail` that hold the first so many parts.
const FIRST: [(u64, u64); MOST_PARTS + 1] = [
    (0, 0),
    (0xffff_0000_0000_0000, 0),
    (0xffff_ffff_0000_0000, 0),
    (0xffff_ffff_ffff_0000, 0),
    (u64::MAX, 0),
    (u64::MAX, 0xffff_0000_0000_0000),
    (u64::MAX, 0xffff_ffff_0000_0000),
];

impl Code {
    fn new(parts: [u16; MOST_PARTS], len: usize) -> Self {
        let join = |parts: &[u16]| parts.iter().fold(0, |all, part| all << 16 | u64::from(*part));
        Self { head: join(&parts[..4]), tail: join(&parts[4..]) << 32 | len as u64 }
    }

    /// Reads a code as printed; `None` for anything that is not numbers (or `X`) between dots.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        Self::plain(text).or_else(|| Self::printed(text))
    }

    /// A code of nothing but digits and dots between them.
    fn plain(text: &str) -> Option<Self> {
        let mut parts = [0; MOST_PARTS];
        let (mut len, mut digits) = (0, 0);
        for byte in text.bytes() {
            let part = parts.get_mut(len)?;
            match byte {
                b'0'..=b'9' if digits < 4 => {
                    *part = *part * 10 + u16::from(byte - b'0');
                    digits += 1;
                }
                b'.' if digits > 0 => (len, digits) = (len + 1, 0),
                _ => return None,
            }
        }
        (digits > 0).then(|| Self::new(parts, len + 1))
    }

    /// A code with blanks, `X` or a dot at its end.
    fn printed(text: &str) -> Option<Self> {
        let mut parts = [0; MOST_PARTS];
        let mut len = 0;
        for part in text.trim().trim_end_matches('.').split('.') {
            let part = part.trim();
            if len == MOST_PARTS {
                return None;
            }
            parts[len] = match part {
                "X" | "XX" | "x" | "xx" if len < 2 => ANY,
                _ if part.is_empty() || part.len() > 4 => return None,
                _ if part.bytes().all(|byte| byte.is_ascii_digit()) => part.parse().ok()?,
                _ => return None,
            };
            len += 1;
        }
        Some(Self::new(parts, len))
    }

    /// The number of parts.
    pub(crate) fn len(self) -> usize {
        (self.tail & 0xffff) as usize
    }

    pub(crate) fn parts(self) -> Parts {
        let Self { head, tail } = self;
        let part = |from: u64, at: u32| (from >> (48 - 16 * at)) as u16;
        let all = [
            part(head, 0),
            part(head, 1),
            part(head, 2),
            part(head, 3),
            part(tail, 0),
            part(tail, 1),
        ];
        Parts { all, len: self.len() }
    }

    fn cut(self, len: usize) -> Self {
        let (head, tail) = FIRST[len];
        Self { head: self.head & head, tail: self.tail & tail | len as u64 }
    }

    /// The code after all others that share its parts but the last.
    pub(crate) fn end_of_siblings(self) -> Self {
        let (head, tail) = FIRST[self.len().saturating_sub(1)];
        Self { head: self.head | !head, tail: self.tail | !tail }
    }

    /// The level a code of this many parts has.
    pub(crate) fn level(self, regime: Regime) -> Option<Level> {
        Some(match (regime, self.len()) {
            (Regime::Permendagri13, 1 | 3) | (Regime::Permendagri90, 3) => Level::Program,
            (Regime::Permendagri13, 2 | 4) | (Regime::Permendagri90, 5) => Level::Kegiatan,
            (Regime::Permendagri90, 1) => Level::Urusan,
            (Regime::Permendagri90, 2) => Level::BidangUrusan,
            (Regime::Permendagri90, 6) => Level::SubKegiatan,
            _ => return None,
        })
    }

    /// The code one level up.
    pub(crate) fn parent(self, regime: Regime) -> Option<Self> {
        let shorter = match (regime, self.len()) {
            (Regime::Permendagri13, 2 | 4) | (Regime::Permendagri90, 2 | 3 | 6) => self.len() - 1,
            (Regime::Permendagri90, 5) => 3,
            _ => return None,
        };
        Some(self.cut(shorter))
    }

    /// Whether this code stands below `ancestor`; the tier digit is no level of its own, and the
    /// general rows `X.XX.01…` stand below every office's `….01`.
    pub(crate) fn is_below(self, ancestor: Self) -> bool {
        self.len() > ancestor.len() && self.agrees(ancestor, ancestor.len())
    }

    /// Whether the first `len` parts agree, `X` with anything.
    fn agrees(self, other: Self, len: usize) -> bool {
        let (head, tail) = FIRST[len];
        let open = self.open() | other.open();
        self.len() >= len
            && other.len() >= len
            && (self.head ^ other.head) & head & !open == 0
            && (self.tail ^ other.tail) & tail == 0
    }

    /// The bits of `head` that stand for any number.
    fn open(self) -> u64 {
        let of = |bits: u64| if self.head & bits == bits { bits } else { 0 };
        of(0xffff << 48) | of(0xffff << 32)
    }

    /// Whether this is one of the general rows of every office.
    pub(crate) fn is_general(self) -> bool {
        self.first() == ANY
    }

    fn first(self) -> u16 {
        (self.head >> 48) as u16
    }

    fn second(self) -> u16 {
        (self.head >> 32) as u16
    }

    /// The tier that the fourth part of a kegiatan or sub kegiatan names.
    pub(crate) fn tier(self, regime: Regime) -> Option<Tier> {
        match (regime, self.len(), self.head as u16) {
            (Regime::Permendagri90, 5.., 1) => Some(Tier::Provinsi),
            (Regime::Permendagri90, 5.., 2) => Some(Tier::KabupatenKota),
            _ => None,
        }
    }

    /// The general row as the office of a bidang urusan prints it, or the other way round.
    pub(crate) fn with_bidang(self, (urusan, bidang): (u16, u16)) -> Self {
        if self.len() < 2 {
            return self;
        }
        let first = u64::from(urusan) << 48 | u64::from(bidang) << 32;
        Self { head: self.head & 0xffff_ffff | first, tail: self.tail }
    }

    /// The first two parts.
    pub(crate) fn bidang(self) -> Option<(u16, u16)> {
        (self.len() >= 2 && !self.is_general()).then(|| (self.first(), self.second()))
    }

    /// The official form; sub kegiatan with two digits or, from budget year 2024 on, four.
    pub(crate) fn print(self, regime: Regime, four_digits: bool) -> SharedText {
        let mut room = [b'.'; MOST_PRINTED];
        let mut len = 0;
        for (at, part) in self.parts().iter().enumerate() {
            // A dot stands there already.
            len += usize::from(at > 0);
            let width = match (regime, at) {
                (Regime::Permendagri90, 0 | 3) => 1,
                (Regime::Permendagri90, 5) if four_digits => 4,
                (Regime::Permendagri13, 0) if self.len() > 2 => 1,
                _ => 2,
            };
            if *part == ANY {
                let width = if at == 0 { 1 } else { 2 };
                room[len..len + width].fill(b'X');
                len += width;
                continue;
            }
            let width = part.checked_ilog10().map_or(1, |most| most as usize + 1).max(width);
            let mut rest = *part;
            for digit in room[len..len + width].iter_mut().rev() {
                *digit = b'0' + (rest % 10) as u8;
                rest /= 10;
            }
            len += width;
        }
        str::from_utf8(&room[..len]).unwrap_or_default().into()
    }
}

/// Characters of the longest code: parts of five digits and the dots between them.
const MOST_PRINTED: usize = 6 * MOST_PARTS;

/// Whether a budget year prints sub kegiatan codes with four digits.
pub(crate) fn has_four_digits(year: u16) -> bool {
    year >= 2024
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_reports_print() {
        let code = Code::parse("8.01.1.2.01").expect("a code");
        assert_eq!(code.print(Regime::Permendagri90, false), "8.01.01.2.01");
        let general = Code::parse("X.XX.01.2.06.05").expect("a code");
        assert_eq!(general.print(Regime::Permendagri90, true), "X.XX.01.2.06.0005");
        assert_eq!(general.tier(Regime::Permendagri90), Some(Tier::KabupatenKota));
        assert_eq!(
            Code::parse("1.19.17").expect("a code").print(Regime::Permendagri13, false),
            "1.19.17"
        );
        for bad in ["", "8..1", "a.b", "1.2.3.4.5.6.7", "12345", "1.X", "-1"] {
            assert_eq!(Code::parse(bad).is_some(), bad == "1.X", "{bad}");
        }
    }

    #[test]
    fn plain_codes_are_read_as_all_others() {
        for text in [
            "1",
            "1.2",
            "08.01.2.2.1.0003",
            "1.2.3.4.5.6.7",
            "1..2",
            "1.",
            ".1",
            "",
            "12345",
            "1 .2",
            "9999.1",
        ] {
            let plain = Code::plain(text);
            assert!(plain.is_none() || plain == Code::printed(text), "{text}");
        }
        assert!(Code::plain("08.01.2.2.1.0003").is_some() && Code::plain("1.").is_none());
    }

    #[test]
    fn codes_are_in_the_order_of_their_parts() {
        let texts =
            ["1", "1.2", "2", "2.1.1", "2.1.1.2.3", "2.1.1.2.3.4", "2.1.1.2.10", "X.XX.1.2.1", "X"];
        let codes = texts.map(|text| Code::parse(text).expect("a code"));
        for (a, b) in codes.iter().flat_map(|a| codes.iter().map(move |b| (a, b))) {
            assert_eq!(a.cmp(b), (*a.parts()).cmp(&*b.parts()), "{a:?} {b:?}");
            let (ours, theirs) = (a.parts(), b.parts());
            let agree = ours.iter().zip(theirs.iter());
            let agree = agree.take_while(|(a, b)| a == b || **a == ANY || **b == ANY).count();
            for len in 0..=MOST_PARTS {
                assert_eq!(a.agrees(*b, len), len <= agree, "{a:?} {b:?} {len}");
            }
        }
    }

    #[test]
    fn general_rows_stand_below_every_office() {
        let sub = Code::parse("X.XX.01.2.06.05").expect("a code");
        assert!(sub.is_below(Code::parse("8.01.01").expect("a code")));
        assert!(sub.is_below(Code::parse("8.01.01.2.06").expect("a code")));
        assert!(!sub.is_below(Code::parse("8.01.02").expect("a code")));
        assert_eq!(sub.with_bidang((8, 1)), Code::parse("8.01.01.2.06.05").expect("a code"));
    }

    #[test]
    fn parents_skip_the_tier_digit() {
        let mut code = Code::parse("8.01.02.2.01.0003").expect("a code");
        let mut seen = Vec::new();
        while let Some(up) = code.parent(Regime::Permendagri90) {
            seen.push(up.print(Regime::Permendagri90, false));
            code = up;
        }
        assert_eq!(seen, ["8.01.02.2.01", "8.01.02", "8.01", "8"]);
    }
}
