//! Examples for fitting the matcher: queries with their candidates, and which of these is right.

use std::collections::{BTreeMap, BTreeSet};

use laras_model::{Level, Regime};
use laras_nomenclature::{CandidateEvidence, MatchOptions, Nomenclature, Query, Tier};

use crate::gold::{GoldDocument, is_same_code};
use crate::look_alike::look_alike;
use crate::perturb::{Random, damage};
use crate::shortened::Shortened;

/// One query.
#[derive(Clone, Debug)]
pub(crate) struct Example {
    pub(crate) kind: &'static str,
    /// Features of each candidate, and whether it is the right one.
    pub(crate) candidates: Vec<(Vec<f64>, bool)>,
    /// Whether the name is in no list.
    pub(crate) is_local: bool,
    pub(crate) weight: f64,
    /// Whether one of the candidates is right for certain: a choice between rows of one name.
    pub(crate) is_certain: bool,
}

fn example(
    kind: &'static str,
    query: &Query<'_>,
    weight: f64,
    is_local: bool,
    is_right: impl Fn(&CandidateEvidence) -> bool,
) -> Option<Example> {
    let evidence = Nomenclature::builtin().evidence(query, &MatchOptions::default());
    let candidates: Vec<(Vec<f64>, bool)> =
        evidence.into_iter().map(|c| (c.features.clone(), is_right(&c))).collect();
    // A right name that was not brought up teaches nothing about weights.
    let can_teach = is_local || candidates.iter().any(|(_, is_right)| *is_right);
    can_teach.then_some(Example { kind, candidates, is_local, weight, is_certain: false })
}

/// The scored names of a gold document, each different one once, below the rows above them.
pub(crate) fn from_gold(document: &GoldDocument) -> Vec<Example> {
    let mut seen = BTreeSet::new();
    let mut above: [String; 2] = [String::new(), String::new()];
    let mut examples = Vec::new();
    for row in &document.rows {
        let level: Level = row.level.parse().expect("gold has the contract's levels");
        let code = row.codes.first().cloned().unwrap_or_default();
        let parent = match level {
            Level::Program => {
                above = [code, String::new()];
                String::new()
            }
            Level::Kegiatan => {
                above[1] = code;
                above[0].clone()
            }
            _ => above[1].clone(),
        };
        if !row.is_scored() || !seen.insert((row.name.to_lowercase(), parent.clone())) {
            continue;
        }
        let query = Query {
            level: Some(level),
            year: Some(document.year),
            tier: Some(Tier::KabupatenKota),
            parent: Some(parent.as_str()).filter(|parent| !parent.is_empty()),
            ..Query::new(&row.name)
        };
        examples.extend(example("gold", &query, 3.0, row.codes.is_empty(), |candidate| {
            row.codes.iter().any(|want| is_same_code(want, &candidate.code))
        }));
    }
    examples
}

/// A name with one of its rows.
struct Listed {
    name: String,
    key: String,
    words: BTreeSet<String>,
    code: String,
    level: Level,
    tier: Option<Tier>,
    year: u16,
}

/// Whether a name is in the half that examples are made of.
pub(crate) fn is_for_fitting(key: &str) -> bool {
    let sum =
        key.bytes().fold(0u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(u32::from(byte)));
    sum.is_multiple_of(2)
}

fn listed() -> Vec<Listed> {
    let nomenclature = Nomenclature::builtin();
    let mut by_key: BTreeMap<String, Listed> = BTreeMap::new();
    for official in nomenclature.names() {
        if matches!(official.level, Level::Urusan | Level::BidangUrusan) {
            continue;
        }
        let key = nomenclature.fold(official.name);
        let year = match (official.regime, official.until) {
            (Regime::Permendagri13, _) => 2019,
            (_, Some(2020)) => 2021,
            (_, Some(_)) => 2022,
            (_, None) => 2024,
        };
        let words = key.split(' ').map(str::to_owned).collect();
        by_key.entry(key.clone()).or_insert_with(|| Listed {
            name: official.name.to_owned(),
            key,
            words,
            code: official.code,
            level: official.level,
            tier: official.tier,
            year,
        });
    }
    by_key.into_values().filter(|listed| is_for_fitting(&listed.key)).collect()
}

/// What is known of a made query: mostly what a report tells, sometimes less, sometimes wrong.
fn context<'q>(
    name: &'q str,
    listed: &'q Listed,
    parent: &'q str,
    random: &mut Random,
) -> Query<'q> {
    let mut one_in = |of: usize| random.below(of) == 0;
    let other_code = one_in(20);
    Query {
        name,
        level: (!one_in(5)).then_some(listed.level),
        tier: listed.tier.filter(|_| !one_in(6)),
        year: (!one_in(6)).then_some(if one_in(25) { listed.year + 2 } else { listed.year }),
        edition: None,
        parent: Some(parent).filter(|parent| !parent.is_empty() && one_in(2)),
        printed_code: one_in(4).then_some(if other_code {
            "1.02.02.2.01.09"
        } else {
            &listed.code
        }),
    }
}

/// Examples of choosing between the rows of one name: every row that shares its name.
pub(crate) fn of_rows(seed: u64) -> Vec<Example> {
    let nomenclature = Nomenclature::builtin();
    let mut random = Random(seed);
    let mut examples = Vec::new();
    for official in nomenclature.names() {
        if matches!(official.level, Level::Urusan | Level::BidangUrusan) || random.below(3) > 0 {
            continue;
        }
        let listed = Listed {
            name: official.name.to_owned(),
            key: String::new(),
            words: BTreeSet::new(),
            year: match (official.regime, official.until) {
                (Regime::Permendagri13, _) => 2019,
                (_, Some(2020)) => 2021,
                (_, Some(_)) => 2022,
                (_, None) => 2024,
            },
            code: official.code,
            level: official.level,
            tier: official.tier,
        };
        let parent = listed.code.rsplit_once('.').map_or("", |(parent, _)| parent).to_owned();
        let query = context(&listed.name, &listed, &parent, &mut random);
        let mut query = query;
        // The tier of a report is its region's: it is not mistaken.
        query.tier = query.tier.or(listed.tier);
        let evidence = nomenclature.evidence(&query, &MatchOptions::default());
        let Some(candidate) = evidence.first() else { continue };
        let is_right = |code: &str| is_same_row(&listed.code, code);
        let mut codes: Vec<&str> = candidate.rows.iter().map(|(code, _)| code.as_str()).collect();
        codes.sort_unstable();
        codes.dedup();
        if codes.iter().all(|code| is_right(code)) {
            continue;
        }
        let candidates =
            candidate.rows.iter().map(|(code, f)| (f.clone(), is_right(code))).collect();
        // Every office has the general rows, and only one the others.
        let is_general = listed.code.starts_with("X.") || listed.code.len() <= 5;
        let weight = if is_general { 5.0 } else { 0.3 };
        examples.push(Example {
            kind: "rows",
            candidates,
            is_local: false,
            weight,
            is_certain: true,
        });
    }
    examples
}

fn is_same_row(want: &str, got: &str) -> bool {
    let tail = |code: &str| {
        code.strip_prefix("8.01.01").map_or(code.to_owned(), |rest| format!("X.XX.01{rest}"))
    };
    let short = |code: &str| tail(code).replace(".00", ".");
    short(want) == short(got)
}

/// Examples made from the list.
pub(crate) fn made(seed: u64) -> Vec<Example> {
    let nomenclature = Nomenclature::builtin();
    let list = listed();
    let mut random = Random(seed);
    let mut by_word: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, listed) in list.iter().enumerate() {
        for word in &listed.words {
            by_word.entry(word).or_default().push(at);
        }
    }
    let keys: Vec<&str> = list.iter().map(|listed| listed.key.as_str()).collect();
    let shortened = Shortened::new(&keys);
    let rare_limit = list.len() / 50;
    let is_rare = |word: &str| {
        let word = word.to_lowercase();
        word.len() >= 5 && by_word.get(word.as_str()).is_some_and(|names| names.len() <= rare_limit)
    };
    let mut telling: Vec<String> =
        by_word.keys().filter(|word| is_rare(word)).map(|word| (*word).to_owned()).collect();
    telling.sort();
    telling.extend(FOREIGN.iter().flat_map(|name| name.split(' ')).map(str::to_lowercase));
    let mut examples = Vec::new();
    for (at, listed) in list.iter().enumerate() {
        let parent = listed.code.rsplit_once('.').map_or("", |(parent, _)| parent).to_owned();
        let parent = if listed.level == Level::Program { String::new() } else { parent };
        let damages = match at % 4 {
            0 => 1,
            1 => 3,
            _ => 0,
        };
        if damages > 0 {
            let name =
                damage(&listed.name, damages, &mut random, &|left| shortened.fits_only(left, at));
            let query = context(&name, listed, &parent, &mut random);
            let kind = if damages == 1 { "one" } else { "three" };
            examples.extend(example(kind, &query, 1.0, false, |candidate| {
                nomenclature.fold(&candidate.official_name) == listed.key
            }));
            continue;
        }
        // Names that can be merged are rare: they are tried for twice as often.
        let (kind, name) = match if at % 4 == 3 { 1 } else { at / 4 % 4 } {
            0 => ("alike", look_alike(&listed.name, &mut random, &is_rare, &telling)),
            1 => ("merged", merged(listed, &list, &by_word, &mut random)),
            2 => ("widened", widened(&listed.name, &telling, &mut random)),
            _ => ("cut_out", cut_out(&listed.name, &mut random)),
        };
        let Some(name) = name.filter(|name| !nomenclature.nearness(name).is_exact) else {
            continue;
        };
        let query = context(&name, listed, &parent, &mut random);
        examples.extend(example(kind, &query, 1.0, true, |_| false));
    }
    for name in FOREIGN {
        let query = Query { year: Some(2020), level: Some(Level::Kegiatan), ..Query::new(name) };
        examples.extend(example("foreign", &query, 2.0, true, |_| false));
    }
    examples
}

/// Two names that differ in one word, said as one: `A dan B …`.
fn merged(
    listed: &Listed,
    list: &[Listed],
    by_word: &BTreeMap<&str, Vec<usize>>,
    random: &mut Random,
) -> Option<String> {
    let words: Vec<&str> = listed.key.split(' ').collect();
    let rarest = words.iter().min_by_key(|word| (by_word[**word].len(), **word))?;
    let partners: Vec<&str> = words
        .iter()
        .filter(|word| *word != rarest)
        .flat_map(|word| &by_word[*word])
        .filter_map(|at| {
            let mut other = list[*at].words.difference(&listed.words);
            let only = other.next()?;
            let is_close = other.next().is_none() && list[*at].words.len() == listed.words.len();
            (is_close && only.len() >= 5).then_some(only.as_str())
        })
        .collect();
    let partner = partners.get(random.below(partners.len()))?;
    let both = format!("{rarest} dan {partner}");
    Some(
        words
            .iter()
            .map(|word| if word == rarest { both.as_str() } else { word })
            .collect::<Vec<_>>()
            .join(" "),
    )
}

/// A name with a telling word of its own.
fn widened(name: &str, telling: &[String], random: &mut Random) -> Option<String> {
    let mut words: Vec<&str> = name.split(' ').collect();
    let word = &telling[random.below(telling.len())];
    let at = 1 + random.below(words.len());
    let with = random.below(2) == 0;
    if with {
        words.insert(at, "dan");
    }
    words.insert(at + usize::from(with), word);
    (words.len() <= 12).then(|| words.join(" "))
}

/// A few words from the middle of a long name, which are a name of their own.
fn cut_out(name: &str, random: &mut Random) -> Option<String> {
    let words: Vec<&str> = name.split([' ', ',']).filter(|word| !word.is_empty()).collect();
    if words.len() < 10 {
        return None;
    }
    let count = 2 + random.below(3);
    let start = 2 + random.below(words.len() - count - 2);
    Some(words[start..start + count].join(" "))
}

/// Kegiatan as offices invent them, in our own words.
const FOREIGN: &[&str] = &[
    "Fasilitasi Tim Pemantau Orang Asing",
    "Gebyar Budaya Nusantara",
    "Lomba Cerdas Cermat Pelajar",
    "Pawai Obor Kemerdekaan",
    "Sosialisasi Bahaya Judi Daring",
    "Pelatihan Barista Pemuda",
    "Dialog Kebangsaan Lintas Generasi",
    "Perkemahan Pramuka Penegak",
    "Safari Ramadhan",
    "Penyusunan Laporan Kepuasan Pelanggan",
    "Pembuatan Film Dokumenter Daerah",
    "Apel Siaga Bencana",
    "Rapat Kerja Camat dan Lurah",
    "Forum Silaturahmi Tokoh Lintas Agama",
    "Napak Tilas Perjuangan",
    "Workshop Jurnalistik Pelajar",
    "Seminar Anti Korupsi",
    "Ekspedisi Susur Sungai",
    "Penguatan Jejaring Relawan Kampung",
    "Sarasehan Petani Muda",
    "Temu Wicara Nelayan",
    "Bimbingan Teknis Penulisan Berita",
    "Kunjungan Studi Banding Luar Provinsi",
    "Pengadaan Seragam Drum Band",
    "Festival Permainan Tradisional",
    "Pembinaan Karang Taruna",
    "Verifikasi Proposal Hibah Masjid",
    "Operasional Tim Cegah Dini",
    "Peringatan Hari Santri",
    "Penyusunan Profil Kampung Inggris",
    "Pelayanan Keliling Terpadu",
    "Kemah Bakti Mahasiswa",
    "Deklarasi Damai Pilkada",
    "Pengelolaan Media Sosial Kantor",
    "Sosialisasi Moderasi Beragama",
    "Pendataan Warung Kelontong",
    "Pentas Seni Akhir Tahun",
    "Jalan Sehat Kerukunan",
    "Desk Pilkada",
    "Pemeliharaan Tugu Pahlawan Kota",
];
