//! Damages names the way typists, scanners and page breaks do. Seeded: the same seed, the same
//! damage.

/// A small generator of pseudo-random numbers (splitmix64).
#[derive(Clone, Debug)]
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(crate) fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit.max(1) as u64) as usize
    }
}

/// The kinds of damage.
const KINDS: usize = 7;

const CONFUSIONS: &[(&str, &str)] = &[
    ("m", "rn"),
    ("rn", "m"),
    ("l", "1"),
    ("i", "l"),
    ("o", "0"),
    ("e", "c"),
    ("d", "cl"),
    ("u", "v"),
    ("n", "ri"),
    ("h", "b"),
    ("s", "5"),
    ("g", "q"),
    ("t", "f"),
    ("a", "o"),
    ("b", "6"),
    ("li", "h"),
    ("w", "vv"),
    ("B", "8"),
    ("S", "5"),
    ("P", "F"),
];

const SHORT: &[(&str, &str)] = &[
    ("dan", "&"),
    ("dengan", "dgn"),
    ("yang", "yg"),
    ("untuk", "utk"),
    ("tentang", "ttg"),
    ("terhadap", "thd"),
    ("kabupaten", "kab."),
    ("provinsi", "prov."),
    ("administrasi", "adm."),
    ("organisasi kemasyarakatan", "ormas"),
    ("partai politik", "parpol"),
    ("bimbingan teknis", "bimtek"),
    ("sarana dan prasarana", "sarpras"),
    ("sumber daya manusia", "SDM"),
    ("sumber daya air", "SDA"),
    ("barang milik daerah", "BMD"),
    ("rapat koordinasi", "rakor"),
    ("pemilihan umum", "pemilu"),
    ("tenaga kerja asing", "TKA"),
    ("monitoring dan evaluasi", "monev"),
    ("pendidikan dan pelatihan", "diklat"),
    ("perangkat daerah", "PD"),
    ("pemerintah daerah", "pemda"),
    ("peraturan daerah", "perda"),
    ("keuangan", "keu."),
    ("kecamatan", "kec."),
    ("kegiatan", "keg."),
    ("program", "prog."),
];

/// Damages a name so many times, each time in a way drawn at random.
pub(crate) fn damage(
    name: &str,
    times: usize,
    random: &mut Random,
    is_safe: &dyn Fn(&str) -> bool,
) -> String {
    let mut kinds: Vec<usize> = (0..times).map(|_| random.below(KINDS)).collect();
    // Words are left out before others are misspelt, so that it can be told what is left.
    kinds.sort_by_key(|kind| !matches!(kind, 3 | 6));
    kinds.into_iter().fold(name.to_owned(), |name, kind| perturb(&name, kind, random, is_safe))
}

/// Damages a name once. `is_safe` says of a shortened name (a word dropped, the end cut off)
/// whether it still can only be the same name; where nothing can be left out, a letter is
/// mistyped instead.
fn perturb(name: &str, kind: usize, random: &mut Random, is_safe: &dyn Fn(&str) -> bool) -> String {
    let damaged = match kind {
        0 => None,
        1 => confuse(name, random),
        2 => swap_words(name, random),
        3 => drop_word(name, random, is_safe),
        4 => glue(name, random),
        5 => abbreviate(name, random),
        _ => truncate(name, random, is_safe),
    };
    damaged.unwrap_or_else(|| mistype(name, random))
}

/// One letter left out, doubled, replaced, or swapped with the next.
fn mistype(name: &str, random: &mut Random) -> String {
    let mut letters: Vec<char> = name.chars().collect();
    let places: Vec<usize> = (1..letters.len().saturating_sub(1))
        .filter(|at| letters[*at].is_alphabetic() && letters[*at + 1].is_alphabetic())
        .collect();
    if places.is_empty() {
        return name.to_owned();
    }
    let at = places[random.below(places.len())];
    match random.below(4) {
        0 => drop(letters.remove(at)),
        1 => letters.insert(at, letters[at]),
        2 => letters[at] = (b'a' + random.below(26) as u8) as char,
        _ => letters.swap(at, at + 1),
    }
    letters.into_iter().collect()
}

fn confuse(name: &str, random: &mut Random) -> Option<String> {
    let (from, to) = {
        let possible: Vec<_> = CONFUSIONS.iter().filter(|(from, _)| name.contains(from)).collect();
        **possible.get(random.below(possible.len()))?
    };
    let places: Vec<usize> = name.match_indices(from).map(|(at, _)| at).collect();
    let at = places[random.below(places.len())];
    Some(format!("{}{to}{}", &name[..at], &name[at + from.len()..]))
}

fn swap_words(name: &str, random: &mut Random) -> Option<String> {
    let mut words: Vec<&str> = name.split(' ').collect();
    if words.len() < 2 {
        return None;
    }
    let at = random.below(words.len() - 1);
    words.swap(at, at + 1);
    Some(words.join(" "))
}

fn drop_word(name: &str, random: &mut Random, is_safe: &dyn Fn(&str) -> bool) -> Option<String> {
    let words: Vec<&str> = name.split(' ').collect();
    let start = random.below(words.len());
    (0..words.len()).map(|step| (start + step) % words.len()).find_map(|at| {
        let mut left = words.clone();
        left.remove(at);
        let left = left.join(" ");
        (words.len() > 3 && is_safe(&left)).then_some(left)
    })
}

fn glue(name: &str, random: &mut Random) -> Option<String> {
    let spaces: Vec<usize> = name.match_indices(' ').map(|(at, _)| at).collect();
    let at = *spaces.get(random.below(spaces.len()))?;
    Some(format!("{}{}", &name[..at], &name[at + 1..]))
}

fn abbreviate(name: &str, random: &mut Random) -> Option<String> {
    let lower = name.to_lowercase();
    let possible: Vec<(usize, &str, &str)> = SHORT
        .iter()
        .flat_map(|(long, short)| {
            lower.match_indices(long).map(move |(at, _)| (at, *long, *short)).collect::<Vec<_>>()
        })
        .filter(|(at, long, _)| {
            let bounded = |at: Option<u8>| at.is_none_or(|byte| !byte.is_ascii_alphanumeric());
            let bytes = lower.as_bytes();
            bounded(at.checked_sub(1).map(|at| bytes[at]))
                && bounded(bytes.get(at + long.len()).copied())
        })
        .collect();
    if possible.is_empty() || lower.len() != name.len() {
        return None;
    }
    let (at, long, short) = possible[random.below(possible.len())];
    Some(format!("{}{short}{}", &name[..at], &name[at + long.len()..]))
}

/// Cuts off the end, at most two fifths, within a word or between two.
fn truncate(name: &str, random: &mut Random, is_safe: &dyn Fn(&str) -> bool) -> Option<String> {
    let letters: Vec<char> = name.chars().collect();
    if letters.len() < 15 {
        return None;
    }
    let most = letters.len() * 2 / 5;
    let cut = 1 + random.below(most);
    (0..cut).rev().map(|less| less + 1).find_map(|cut| {
        let left: String = letters[..letters.len() - cut].iter().collect();
        let left = left.trim_end().to_owned();
        is_safe(&left).then_some(left)
    })
}
