//! What the head of a column says, word by word: role, measure, unit, time, plan.

use std::sync::{LazyLock, Mutex, PoisonError};

use laras_model::{Measure, Period, Role, Tahap, Variant};
use rustc_hash::FxHashMap;

use crate::levels::{Levels, levels_of};
use crate::phrases::Phrases;
use crate::words::{Word, words};
use crate::years::{Year, is_year, year_in};

static HEADS: LazyLock<Phrases> =
    LazyLock::new(|| Phrases::parse(include_str!("../data/heads.tsv")));

/// What a head says about its column, before the column's own values are looked at.
#[expect(clippy::struct_excessive_bools, reason = "each is said or not, independently")]
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Head {
    /// Roles of columns of words, with weights, best first.
    pub(crate) roles: Vec<(Role, f64)>,
    /// Levels of names that it announces.
    pub(crate) levels: Levels,
    /// The measure named by the innermost telling head.
    pub(crate) measure: Option<HeadMeasure>,
    /// Another measure named further out.
    pub(crate) outer_measure: Option<HeadMeasure>,
    /// Whether the head speaks of money.
    pub(crate) money: bool,
    /// Whether the head says percent.
    pub(crate) percent: bool,
    /// A physical column of a K/Rp pair.
    pub(crate) physical: bool,
    pub(crate) year: Year,
    pub(crate) period: Option<Period>,
    /// Whether the period is `s/d` some year, which other columns make last year's or this year's.
    pub(crate) through_year: bool,
    /// Whether the measure is called a volume: a target beside indicators, else a count.
    pub(crate) volume: bool,
    /// Whether the head speaks of what is expected, not of what is.
    pub(crate) projected: bool,
    /// Whether the head says `target capaian`: a target, unless other columns hold the targets.
    pub(crate) capaian_target: bool,
    /// Whether the head speaks of the Renstra.
    pub(crate) of_renstra: bool,
    pub(crate) variant: Option<Variant>,
    /// Whether the plan is told by a letter in brackets: `Th. 2021 (P)`.
    pub(crate) variant_by_letter: bool,
    pub(crate) tahap: Option<Tahap>,
    /// Unit in brackets at the end of the head, other than money and percent.
    pub(crate) unit: String,
}

/// A measure as heads name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum HeadMeasure {
    /// One of the contract.
    Is(Measure),
    /// Something that is no observation: what is left of a budget, weights, ranks.
    Other,
}

/// Heads read before: the same few stand over the tables of all reports.
static READ: LazyLock<Mutex<FxHashMap<Vec<String>, Head>>> = LazyLock::new(Mutex::default);
/// Heads that are kept.
const MOST_KEPT: usize = 4_096;

/// Reads a head from the outermost text to the innermost.
pub(crate) fn read(path: &[String]) -> Head {
    // Whoever panicked while holding the lock left whole entries.
    let lock = || READ.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(head) = lock().get(path) {
        return head.clone();
    }
    let head = read_anew(path);
    let mut kept = lock();
    if kept.len() >= MOST_KEPT {
        kept.clear();
    }
    kept.insert(path.to_vec(), head.clone());
    head
}

fn read_anew(path: &[String]) -> Head {
    let whole = whole_texts(path);
    let path = whole.as_deref().unwrap_or(path);
    let mut head = Head::default();
    let levels: Vec<Vec<Word>> = path.iter().map(|text| words(text)).collect();
    let mut roles: Vec<(Role, f64)> = Vec::new();
    for (depth, (level, text)) in levels.iter().zip(path).enumerate().rev() {
        let inner = if depth + 1 == levels.len() { 1.0 } else { 0.6 };
        for hit in HEADS.find(level, "role") {
            let Ok(role) = hit.phrase.value.parse::<Role>() else { continue };
            let weight = hit.phrase.weight * inner * nearness(hit.at);
            match roles.iter_mut().find(|(r, _)| *r == role) {
                Some((_, sum)) => *sum += weight,
                None => roles.push((role, weight)),
            }
        }
        if let Some(measure) = named_measure(level) {
            if head.measure.is_none() {
                head.measure = Some(measure);
                head.volume = level.iter().any(|w| w == VOLUME);
                head.capaian_target = named_as(level, CAPAIAN_TARGET);
            } else if head.outer_measure.is_none() {
                head.outer_measure = Some(measure);
            }
        }
        head.projected |= !HEADS.find(level, "projection").is_empty();
        read_units(&mut head, level, text);
        read_time(&mut head, level, text);
    }
    read_plan(&mut head, &levels, path);
    quarters(&mut head, &levels);
    roles.sort_by(|a, b| b.1.total_cmp(&a.1));
    head.roles = roles;
    head.levels = levels_of(path);
    head
}

/// A head whose text the converter has cut over several rows, put together again; `None` if none is.
///
/// A bracket that one row opens and a later one closes shows the cut. The head above belongs to the
/// same text where it names a measure: `Target Kinerja` over `Capaian Program (Renstra`.
fn whole_texts(path: &[String]) -> Option<Vec<String>> {
    let opened = |text: &str| text.matches('(').count().saturating_sub(text.matches(')').count());
    let from = path.iter().position(|text| opened(text) > 0)?;
    let closes = |text: &String| text.matches(')').count() > text.matches('(').count();
    let to = from + 1 + path[from + 1..].iter().position(closes)?;
    let is_cut_above = from > 0 && named_measure(&words(&path[from - 1])).is_some();
    let from = from - usize::from(is_cut_above);
    let mut whole = path[..from].to_vec();
    whole.push(path[from..=to].join(" "));
    whole.extend_from_slice(&path[to + 1..]);
    Some(whole)
}

/// Earlier words of a head tell more: `Target Kinerja dan Anggaran` is a target.
fn nearness(at: usize) -> f64 {
    1.0 / (1.0 + 0.35 * at as f64)
}

/// Word of the data file for a volume.
const VOLUME: &str = "volume";

/// Word of the data file for targets of achievement.
const CAPAIAN_TARGET: &str = "capaian_target";

fn named_measure(level: &[Word]) -> Option<HeadMeasure> {
    measure_word(level).map(|value| match value {
        VOLUME => HeadMeasure::Is(Measure::Jumlah),
        CAPAIAN_TARGET => HeadMeasure::Is(Measure::Target),
        value => value.parse().map_or(HeadMeasure::Other, HeadMeasure::Is),
    })
}

fn named_as(level: &[Word], value: &str) -> bool {
    measure_word(level) == Some(value)
}

/// What the data file calls the measure that a text names.
fn measure_word(level: &[Word]) -> Option<&'static str> {
    HEADS
        .find(level, "measure")
        .into_iter()
        .filter(|hit| hit.phrase.weight > 0.0)
        .map(|hit| (hit.phrase.weight * nearness(hit.at), hit.phrase.value))
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, value)| value)
}

fn read_units(head: &mut Head, level: &[Word], text: &str) {
    for hit in HEADS.find(level, "unit") {
        match hit.phrase.value {
            "IDR" => head.money = true,
            _ => head.percent = true,
        }
    }
    if level.len() == 1 && level[0] == "k" {
        head.physical = true;
    }
    if head.unit.is_empty()
        && let Some(bracket) = closing_bracket(text)
        && words(bracket).iter().all(|w| w != "%" && w != "rp" && w != "persen" && w != "rupiah")
        && bracket.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '/' | '.'))
        && HEADS.find(&words(bracket), "role").is_empty()
        && HEADS.find(&words(bracket), "measure").is_empty()
    {
        head.unit = bracket.trim().to_lowercase();
    }
}

/// The text in the brackets that a text ends with.
pub(crate) fn closing_bracket(text: &str) -> Option<&str> {
    let text = text.trim_end_matches(['.', ' ', ':']);
    let inner = text.strip_suffix(')')?;
    let open = inner.rfind('(')?;
    let bracket = inner[open + 1..].trim();
    (!bracket.is_empty() && bracket.chars().count() <= 24).then_some(bracket)
}

fn read_time(head: &mut Head, level: &[Word], text: &str) {
    if head.year == Year::NotSaid {
        head.year = year_in(level, text);
    }
    head.of_renstra |= level.iter().any(|w| w == "renstra");
    let through = level.windows(2).any(|w| w[0] == "sampai" && w[1] == "dengan")
        || level.iter().any(|w| w == "sampai");
    if head.period.is_none() {
        let best = HEADS
            .find(level, "period")
            .into_iter()
            .filter(|hit| hit.phrase.weight >= 4.0 || (hit.phrase.value == "sd_lalu" && through))
            .max_by(|a, b| a.phrase.weight.total_cmp(&b.phrase.weight));
        head.period = best.and_then(|hit| hit.phrase.value.parse().ok());
    }
    if head.period.is_none() && through && !level.iter().any(|w| w == "triwulan" || w == "tw") {
        // `s/d Tahun 2020`, `sampai dengan tahun berjalan`.
        let year_follows = level.iter().any(|w| is_year(w)) || level.iter().any(|w| w == "tahun");
        if year_follows {
            head.period = Some(Period::SdIni);
            head.through_year = true;
        }
    }
}

fn read_plan(head: &mut Head, levels: &[Vec<Word>], path: &[String]) {
    let best = |says: &str| {
        levels
            .iter()
            .flat_map(|level| HEADS.find(level, says))
            .max_by(|a, b| a.phrase.weight.total_cmp(&b.phrase.weight))
            .map(|hit| hit.phrase.value)
    };
    head.variant = best("variant").and_then(|v| v.parse().ok());
    if head.variant.is_none()
        && head.year != Year::NotSaid
        && let Some(letter) = path.last().and_then(|text| closing_bracket(text))
        && let [hit] = &HEADS.find(&words(letter), "variant_letter")[..]
        && letter.len() == 1
    {
        head.variant = hit.phrase.value.parse().ok();
        head.variant_by_letter = head.variant.is_some();
    }
    head.tahap = best("tahap").and_then(|v| v.parse().ok());
}

/// Quarters: `TW.I`, `Triwulan III`, or a bare numeral under `Triwulan`.
fn quarters(head: &mut Head, levels: &[Vec<Word>]) {
    let names_quarters =
        |level: &Vec<Word>| level.iter().any(|w| w == "triwulan" || w == "tw" || w == "trw");
    let under_quarters = levels.iter().any(names_quarters);
    for level in levels.iter().rev() {
        let mut quarter = None;
        for (i, word) in level.iter().enumerate() {
            let glued = word.strip_prefix("tw").and_then(numeral);
            let after = (i > 0 && matches!(level[i - 1].as_str(), "tw" | "triwulan" | "trw"))
                .then(|| numeral(word))
                .flatten();
            quarter = quarter.or(glued).or(after);
        }
        if quarter.is_none() && under_quarters && level.len() == 1 {
            quarter = numeral(&level[0]);
        }
        if let Some(quarter) = quarter {
            let through = level.iter().any(|w| w == "sampai");
            head.period =
                if through { Period::through_quarter(quarter) } else { Period::quarter(quarter) };
            return;
        }
    }
}

/// 1 to 4, in digits or Roman.
fn numeral(word: &str) -> Option<u8> {
    match word {
        "1" | "i" => Some(1),
        "2" | "ii" => Some(2),
        "3" | "iii" => Some(3),
        "4" | "iv" => Some(4),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(path: &[&str]) -> Head {
        read(&path.iter().map(|s| (*s).to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn measures_and_times_of_forms() {
        use HeadMeasure::Is;
        let h = head(&[
            "Target Renstra Perangkat Daerah pada Tahun 2021 (Akhir Periode Renstra Perangkat Daerah)",
            "Rp",
        ]);
        assert_eq!(
            (h.measure, h.money, h.year, h.period),
            (Some(Is(Measure::Target)), true, Year::Is(2021), Some(Period::AkhirRenstra))
        );
        let h = head(&[
            "Realisasi Capaian Kinerja Renstra sampai dengan Renja Perangkat Daerah Tahun lalu 2019 (n-2)",
            "K",
        ]);
        assert_eq!(
            (h.measure, h.physical, h.year, h.period),
            (Some(Is(Measure::Realisasi)), true, Year::Is(2019), Some(Period::SdLalu))
        );
        let h = head(&["Realisasi Kinerja Pada Triwulan", "III", "Rp"]);
        assert_eq!((h.measure, h.period), (Some(Is(Measure::Realisasi)), Some(Period::Tw3)));
        let h = head(&[
            "Tingkat Capaian Kinerja dan Realisasi Anggaran Renstra Perangkat Daerah s/d 2020 (%)",
            "K",
        ]);
        assert_eq!(
            (h.measure, h.percent, h.year, h.period),
            (Some(Is(Measure::Capaian)), true, Year::Is(2020), Some(Period::SdIni))
        );
    }

    #[test]
    fn a_text_cut_over_rows_is_read_whole() {
        let cut = ["Target Kinerja", "Capaian Program (Renstra", "Perangkat Daerah) Tahun 2023"];
        let h = head(&cut);
        assert_eq!(h, head(&[&cut.join(" ")]));
        assert_eq!((h.measure, h.year), (Some(HeadMeasure::Is(Measure::Target)), Year::Is(2023)));
        // A head over several columns is no part of the text below it.
        let h = head(&["Kegiatan", "Target (Renja", "Tahun 2023)", "K"]);
        assert_eq!(h, head(&["Kegiatan", "Target (Renja Tahun 2023)", "K"]));
        assert_eq!(head(&["Target (Rp", "2023"]), head(&["Target (Rp", "2023"]));
    }

    #[test]
    fn years_printed_relative_and_unnamed() {
        assert_eq!(head(&["Realisasi", "Tahun N- 1 (2019)"]).year, Year::Is(2019));
        assert_eq!(head(&["Realisasi", "Tahun n-1"]).year, Year::Relative(-1));
        assert_eq!(head(&["TARGET", "Tahun -3"]).year, Year::Unnamed);
        assert_eq!(head(&["Target 2019 - 2023"]).year, Year::Unnamed);
        assert_eq!(head(&["REALISASI", "ANGGARAN 2019", "%"]).year, Year::Is(2019));
        assert_eq!(head(&["2022 (TW 3)"]).period, Some(Period::Tw3));
    }

    #[test]
    fn roles_by_their_words() {
        for (path, role) in [
            (&["No."][..], Role::Number),
            (&["Sasaran Strategis", "Indikator Kinerja"], Role::Indicator),
            (&["PROGRAM", "URAIAN"], Role::Name),
            (&["Unit Perangkat Daerah Penanggung Jawab"], Role::Responsible),
            (&["SATUAN"], Role::Unit),
            (&["Indikator Kinerja Program (outcome)/ Kegiatan (output)"], Role::Indicator),
        ] {
            assert_eq!(head(path).roles.first().map(|r| r.0), Some(role), "{path:?}");
        }
    }
}
