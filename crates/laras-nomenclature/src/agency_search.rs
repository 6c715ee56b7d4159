//! Where a text names agencies.

use crate::agencies::{Agencies, AgencyHit, Role, fold};
use crate::text::{SplitText, Spot, breaks, spots};

/// A name has at most so many words after its beginning.
const MOST_WORDS: usize = 14;
/// The name of a place has at most so many.
const MOST_PLACE_WORDS: usize = 3;

impl Agencies {
    /// The agencies that a text names, in reading order.
    ///
    /// ```
    /// use laras_model::AgencyKind;
    /// use laras_nomenclature::Nomenclature;
    ///
    /// let agencies = Nomenclature::builtin().agencies();
    /// let text = "LAPORAN KINERJA KANTOR KESATUAN BANGSA DAN SOSIAL POLITIK KOTA PONTIANAK";
    /// let hit = &agencies.find(text)[0];
    /// assert_eq!(hit.kind, Some(AgencyKind::Kantor));
    /// assert_eq!(hit.name, "KANTOR KESATUAN BANGSA DAN SOSIAL POLITIK");
    /// assert_eq!(hit.office.as_deref(), Some("kesbangpol"));
    ///
    /// let hit = &agencies.find("Kepala Diskominfo Kabupaten Tapin")[0];
    /// assert_eq!(hit.long, "Dinas Komunikasi dan Informatika");
    /// ```
    pub fn find(&self, text: &str) -> Vec<AgencyHit> {
        self.find_in(&SplitText::new(text))
    }

    /// As [`find`](Self::find), of a text that was split before.
    pub fn find_in(&self, text: &SplitText<'_>) -> Vec<AgencyHit> {
        let SplitText { text, spots } = text;
        let is_shouted = !text.chars().any(char::is_lowercase);
        let mut hits = Vec::new();
        let mut at = 0;
        while at < spots.len() {
            if !self.heads.may_begin(&spots[at]) {
                at += 1;
                continue;
            }
            let hit = self.find_long(text, spots, at, is_shouted);
            let hit = hit.or_else(|| self.find_short(&spots[at]).map(|hit| (hit, 1)));
            at += match hit {
                Some((hit, words)) => {
                    hits.push(hit);
                    words
                }
                None => 1,
            };
        }
        hits
    }

    /// The agency that a text names and nothing else.
    ///
    /// ```
    /// let agencies = laras_nomenclature::Nomenclature::builtin().agencies();
    /// assert!(agencies.whole("Dinas Pendidikan dan Kebudayaan").is_some());
    /// assert!(agencies.whole("Rapat Dinas Pendidikan").is_none());
    /// ```
    pub fn whole(&self, text: &str) -> Option<AgencyHit> {
        // Most texts begin with no word of an agency; the rest of them need not be split.
        let is_part = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '’');
        let end = text.find(|c| !is_part(c)).unwrap_or(text.len());
        let first = spots(&text[..end]);
        if !self.may_begin(first.first()?) {
            return None;
        }
        let spots = spots(text);
        let first = spots.first()?;
        let is_shouted = !text.chars().any(char::is_lowercase);
        let long = self.find_long(text, &spots, 0, is_shouted).map(|(hit, _)| hit);
        let hit = long.or_else(|| self.find_short(first))?;
        (hit.from == 0 && hit.to == text.len()).then_some(hit)
    }

    /// Whether an agency's name can begin with a word.
    fn may_begin(&self, spot: &Spot<'_>) -> bool {
        self.heads.may_begin(spot) && {
            let lower = spot.lower();
            self.beginnings.contains_key(&*lower) || self.short.contains_key(&*lower)
        }
    }

    fn find_short(&self, spot: &Spot<'_>) -> Option<AgencyHit> {
        let (long, kind) = self.short.get(&*spot.lower())?;
        // Written small, a short name is an ordinary word or a typing error.
        let is_name = spot.is_capitalised();
        is_name.then(|| AgencyHit {
            kind: Some(*kind),
            name: spot.printed.to_owned(),
            long: long.clone(),
            office: self.office_of(long),
            weight: 0.8,
            from: spot.from,
            to: spot.to,
        })
    }

    fn find_long(
        &self,
        text: &str,
        spots: &[Spot<'_>],
        start: usize,
        is_shouted: bool,
    ) -> Option<(AgencyHit, usize)> {
        let list = self.beginnings.get(&*spots[start].lower())?;
        let starts = |words: &[String]| {
            spots.len() - start >= words.len()
                && words.iter().zip(&spots[start..]).all(|(word, spot)| spot.is(word))
        };
        let (words, role) = list.iter().find(|(words, _)| starts(words))?;
        let mut end = start + words.len();
        let mut subjects = 0;
        let (kind, most) = match role {
            Role::Whole(kind) => (Some(*kind), 0),
            Role::Place(kind) => (Some(*kind), MOST_PLACE_WORDS),
            Role::Head(kind) => (Some(*kind), MOST_WORDS),
            Role::Name => (None, MOST_WORDS),
        };
        let limit = (end + most).min(spots.len());
        let mut last_word = end;
        while end < limit && !breaks(text, &spots[end - 1], &spots[end]) {
            let spot = &spots[end];
            let lower = spot.lower();
            let is_name = self.beginnings.get(&*lower).is_some_and(|list| {
                list.iter().any(|(words, role)| words.len() == 1 && *role == Role::Name)
            });
            let is_subject = is_name || self.subjects.contains(&*lower);
            let is_link = self.links.contains(&*lower);
            let begins_another = !is_name && self.begins_another(&lower, spot);
            if self.stops.contains(&*lower) || begins_another {
                break;
            }
            let continues = if matches!(role, Role::Place(_)) {
                spot.is_capitalised() && !is_link
            } else {
                is_subject || is_link || is_shouted || spot.is_capitalised()
            };
            let is_number = spot.printed.starts_with(|c: char| c.is_ascii_digit());
            if !continues || is_number {
                break;
            }
            end += 1;
            subjects += usize::from(is_subject) + usize::from(is_name);
            if !is_link {
                last_word = end;
            }
        }
        let end = last_word;
        let weight = match role {
            Role::Whole(_) => 0.7,
            Role::Name => 0.6,
            Role::Place(_) if end > start + words.len() => 0.6,
            Role::Head(_) if subjects >= 2 => 0.95,
            Role::Head(_) if subjects == 1 && spots[start].is_capitalised() => 0.85,
            Role::Head(_) if end > start + words.len() && spots[start].is_capitalised() => 0.35,
            _ => return None,
        };
        // A name in running text begins with a capital.
        let weight = if spots[start].is_capitalised() { weight } else { weight * 0.4 };
        let (from, to) = (spots[start].from, spots[end - 1].to);
        let name = text[from..to].to_owned();
        let long = self.written_out(&name);
        let hit = AgencyHit { kind, office: self.office_of(&long), long, name, weight, from, to };
        Some((hit, end - start))
    }

    /// Whether a word begins the name of an agency of its own: `Bagian Hukum Sekretariat Daerah`
    /// names two.
    fn begins_another(&self, lower: &str, spot: &Spot<'_>) -> bool {
        spot.is_capitalised()
            && self.beginnings.get(lower).is_some_and(|list| {
                list.iter().any(|(_, role)| matches!(role, Role::Head(_) | Role::Whole(_)))
            })
    }

    fn written_out(&self, name: &str) -> String {
        let words: Vec<&str> = name.split_whitespace().collect();
        let long = words.iter().map(|word| {
            let lower = word.to_lowercase();
            let with_kind = self.short.get(&lower).map(|(long, _)| long.as_str());
            with_kind.or_else(|| self.short_names.get(&lower).map(String::as_str)).unwrap_or(word)
        });
        long.collect::<Vec<_>>().join(" ")
    }

    /// The office that has or had a name.
    fn office_of(&self, name: &str) -> Option<String> {
        let folded = fold(name);
        let found = self.folded.iter().find(|(known, _)| {
            folded == *known
                || folded.strip_suffix(known).is_some_and(|before| before.ends_with(' '))
                || folded.strip_prefix(known).is_some_and(|after| after.starts_with(' '))
        });
        let (_, at) = found?;
        Some(self.history[*at].office.clone())
    }
}
