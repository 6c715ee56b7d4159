//! Where a text names agencies.

use crate::agencies::{Agencies, AgencyHit, AgencySpan, Role, fold};
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
        let spans = self.find_in(&SplitText::new(text));
        spans.into_iter().map(|span| self.hit(text, span)).collect()
    }

    /// Where a text that was split before names agencies, in reading order.
    pub fn find_in(&self, text: &SplitText<'_>) -> Vec<AgencySpan> {
        let SplitText { text, spots } = text;
        let mut is_shouted = None;
        let mut found = Vec::new();
        let mut at = 0;
        while at < spots.len() {
            if !self.heads.may_begin(&spots[at]) {
                at += 1;
                continue;
            }
            let is_shouted = *is_shouted.get_or_insert_with(|| is_all_shouted(text));
            let span = self.find_long(text, spots, at, is_shouted);
            let span = span.or_else(|| self.find_short(&spots[at]).map(|span| (span, 1)));
            at += match span {
                Some((span, words)) => {
                    found.push(span);
                    words
                }
                None => 1,
            };
        }
        found
    }

    /// What is known of the agency that a text names.
    fn hit(&self, text: &str, span: AgencySpan) -> AgencyHit {
        let AgencySpan { kind, weight, from, to } = span;
        let name = text[from..to].to_owned();
        let long = self.written_out(&name);
        AgencyHit { kind, office: self.office_of(&long), long, name, weight, from, to }
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
        if !self.may_begin(&Spot::first(text)?) {
            return None;
        }
        let spots = spots(text);
        let first = spots.first()?;
        let long = self.find_long(text, &spots, 0, is_all_shouted(text)).map(|(span, _)| span);
        let span = long.or_else(|| self.find_short(first))?;
        (span.from == 0 && span.to == text.len()).then(|| self.hit(text, span))
    }

    /// Whether an agency's name can begin with a word.
    fn may_begin(&self, spot: &Spot<'_>) -> bool {
        self.heads.may_begin(spot) && {
            let lower = spot.lower();
            self.beginnings.contains_key(&*lower) || self.short.contains_key(&*lower)
        }
    }

    fn find_short(&self, spot: &Spot<'_>) -> Option<AgencySpan> {
        // Written small, a short name is an ordinary word or a typing error.
        if !spot.is_capitalised() {
            return None;
        }
        let (_, kind) = self.short.get(&*spot.lower())?;
        Some(AgencySpan { kind: Some(*kind), weight: 0.8, from: spot.from, to: spot.to })
    }

    fn find_long(
        &self,
        text: &str,
        spots: &[Spot<'_>],
        start: usize,
        is_shouted: bool,
    ) -> Option<(AgencySpan, usize)> {
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
        Some((AgencySpan { kind, weight, from, to }, end - start))
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

/// Whether a text has no small letter.
fn is_all_shouted(text: &str) -> bool {
    !text.chars().any(char::is_lowercase)
}
