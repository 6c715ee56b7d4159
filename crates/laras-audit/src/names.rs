//! Names that the conversion has cut off.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::sync::LazyLock;

use laras_model::{Decimal, FindingCode, NameStatus, Origin};
use rustc_hash::FxHashSet;

use crate::book::Book;
use crate::draft::Draft;
use crate::dress::fold;
use crate::groups::Groups;
use crate::texts::firsts;

/// Fewest words of a name that can be told to be cut off.
const WORDS: usize = 3;

/// A name that another name of the report, or its official one, goes on from.
pub(crate) fn drafts(book: &Book<'_>) -> Vec<Draft> {
    let names = Names::new(book);
    let cut = names.may_be_cut();
    let mut drafts = Vec::new();
    if !cut.contains(&true) {
        return drafts;
    }
    let mut stood = FxHashSet::default();
    let mut said = FxHashSet::default();
    for (at, o) in book.extraction.observations.iter().enumerate() {
        for text in [book.texts.name(at), book.texts.indicator(at)] {
            let form = names.forms[text] as usize;
            if !cut[form]
                || !stood.insert((book.table_number(at), o.row, form))
                || !said.insert((o.place.cited(), form))
            {
                continue;
            }
            let is_name = book.texts.folded(book.texts.name(at)) == names.folded[form];
            let Some(whole) = names.whole(form, is_name) else { continue };
            let mut draft = Draft::new(FindingCode::NameTruncated, o);
            draft.table.clone_from(&o.table);
            draft.subject =
                String::from(if is_name { o.name.as_str() } else { o.indicator.as_str() });
            draft.printed.clone_from(&draft.subject);
            draft.detail = format!("cut off; in full '{whole}'");
            whole.clone_into(&mut draft.computed);
            draft.origin = Origin::Conversion;
            draft.confidence = 0.7;
            drafts.push(draft);
        }
    }
    drafts
}

/// The names and indicators of a report without their units. A form is the first text that is folded
/// to the same.
struct Names<'b, 'e> {
    book: &'b Book<'e>,
    /// Of each text of the book, its form.
    forms: Vec<u32>,
    folded: Vec<Cow<'b, str>>,
    /// Of each form, how it was first written.
    first: Vec<Option<&'e str>>,
    /// The forms that are stated, in the order of their letters.
    sorted: Vec<usize>,
    /// Of each form, what the nomenclature makes of it.
    official: Vec<Official<'e>>,
    /// The tables of each form, once asked for.
    tables: OnceCell<Groups<usize>>,
}

/// What the nomenclature makes of a name.
#[derive(Clone, Copy, Default)]
struct Official<'e> {
    /// It is one: whole, whatever another one goes on with.
    is_exact: bool,
    /// It has an official name.
    is_named: bool,
    /// That name, where it is another.
    other: Option<&'e str>,
}

impl<'b, 'e> Names<'b, 'e> {
    fn new(book: &'b Book<'e>) -> Self {
        let texts = book.texts.all();
        let folded: Vec<Cow<'b, str>> = texts
            .iter()
            .enumerate()
            .map(|(number, text)| {
                let bare = without_unit(text);
                if bare.len() == text.len() {
                    Cow::Borrowed(book.texts.folded(number))
                } else {
                    Cow::Owned(fold(bare))
                }
            })
            .collect();
        let forms = firsts(folded.iter().map(|form| &**form));
        let mut first: Vec<Option<&str>> = vec![None; texts.len()];
        let mut last = None;
        for at in 0..book.extraction.observations.len() {
            // The numbers of a row have the same texts, mostly.
            if last.replace(book.texts.trio(at)) == Some(book.texts.trio(at)) {
                continue;
            }
            for text in [book.texts.name(at), book.texts.indicator(at)] {
                first[forms[text] as usize].get_or_insert(texts[text]);
            }
        }
        let mut sorted: Vec<usize> = (0..texts.len())
            .filter(|form| first[*form].is_some() && !folded[*form].is_empty())
            .collect();
        sorted.sort_unstable_by_key(|form| &*folded[*form]);
        let official = Vec::new();
        let mut names =
            Self { book, forms, folded, first, sorted, official, tables: OnceCell::new() };
        names.official = names.official();
        names
    }

    /// What the nomenclature makes of each form, by the last match of its name.
    fn official(&self) -> Vec<Official<'e>> {
        let mut official = vec![Official::default(); self.forms.len()];
        let forms = self.book.name_forms();
        // With whatever stands in their brackets.
        let own: Vec<Option<usize>> = forms.all().iter().map(|name| self.find(name)).collect();
        for (at, name) in self.book.extraction.names.iter().enumerate().rev() {
            let Some(form) = own[forms.form(at)] else { continue };
            let official = &mut official[form];
            official.is_exact |= name.status == NameStatus::Exact;
            if !official.is_named && !name.official_name.is_empty() {
                let differs = !name.name.eq_ignore_ascii_case(&name.official_name);
                official.is_named = true;
                official.other = differs.then_some(name.official_name.as_str());
            }
        }
        official
    }

    /// The form of a folded name.
    fn find(&self, folded: &str) -> Option<usize> {
        let place = self.sorted.binary_search_by(|form| (*self.folded[*form]).cmp(folded));
        Some(self.sorted[place.ok()?])
    }

    /// Of each form, whether there is something that it may be cut off from.
    fn may_be_cut(&self) -> Vec<bool> {
        let mut may = vec![false; self.forms.len()];
        for (place, &form) in self.sorted.iter().enumerate() {
            let blanks = self.folded[form].bytes().filter(|byte| *byte == b' ').count();
            let is_long = blanks + 1 >= WORDS;
            may[form] = is_long
                && (self.official_whole(form).is_some()
                    || self.longer(place).next().is_some() && !self.official[form].is_exact);
        }
        may
    }

    /// The official name of a form, where that goes on from it.
    fn official_whole(&self, form: usize) -> Option<&'e str> {
        let whole = self.official[form].other?;
        goes_on(&self.folded[form], &fold(whole)).then_some(whole)
    }

    /// The forms that go on from the one at a place in the order of their letters.
    fn longer(&self, place: usize) -> impl Iterator<Item = usize> {
        let short = &*self.folded[self.sorted[place]];
        self.sorted[place + 1..]
            .iter()
            .copied()
            .take_while(move |other| self.folded[*other].starts_with(short))
            .filter(move |other| goes_on(short, &self.folded[*other]))
    }

    /// What a form is cut off from: its official name, or a longer name that never stands beside it in
    /// one table.
    fn whole(&self, form: usize, is_name: bool) -> Option<&'e str> {
        let official = self.official_whole(form);
        if official.is_some() || self.official[form].is_exact {
            return official;
        }
        let short = &*self.folded[form];
        let place = self.sorted.binary_search_by(|other| (*self.folded[*other]).cmp(short)).ok()?;
        let own = self.tables(form);
        let longer = self.longer(place).find(|other| self.tables(*other).is_disjoint(&own))?;
        let whole = self.first[longer]?;
        // The same amounts tell that two names are of one subject.
        let is_same = || !self.amounts(short).is_disjoint(&self.amounts(&fold(whole)));
        (is_name && is_same() || is_cut(short, whole)).then_some(whole)
    }

    /// The tables that a form stands in.
    fn tables(&self, form: usize) -> BTreeSet<usize> {
        let texts = &self.book.texts;
        let tables = self.tables.get_or_init(|| {
            let of = (0..self.book.extraction.observations.len()).flat_map(|at| {
                let table = self.book.table_number(at).map_or(0, |table| table + 1);
                [texts.name(at), texts.indicator(at)].map(|text| (self.forms[text] as usize, table))
            });
            Groups::new(self.forms.len(), of)
        });
        tables.of(form).iter().copied().collect()
    }

    /// The amounts of a folded name that are large enough to be its own.
    fn amounts(&self, name: &str) -> BTreeSet<u32> {
        let book = self.book;
        let is_own = |at: &usize| {
            book.get(*at).measure.is_money()
                && book.number(*at) >= Decimal::from(10_000)
                && book.texts.folded(book.texts.name(*at)) == name
        };
        let all = 0..book.extraction.observations.len();
        all.filter(is_own).map(|at| book.value(at)).collect()
    }
}

/// A text without the unit in its closing bracket.
pub(crate) fn without_unit(text: &str) -> &str {
    match text.trim_end().strip_suffix(')').and_then(|open| open.rsplit_once('(')) {
        Some((before, _)) if !before.trim().is_empty() => before,
        _ => text,
    }
}

/// Words that nothing ends with.
static CONNECTIVES: LazyLock<FxHashSet<&str>> =
    LazyLock::new(|| include_str!("../data/connectives.tsv").lines().skip(1).collect());

/// Whether a name ends in a word that nothing ends with.
pub(crate) fn is_open_ended(name: &str) -> bool {
    name.split_whitespace().next_back().is_some_and(|last| CONNECTIVES.contains(last))
}

/// Whether a name shows by itself that it is cut off: in a word, or behind one that goes on.
fn is_cut(short: &str, whole: &str) -> bool {
    let in_word = fold(whole).strip_prefix(short).is_some_and(|rest| !rest.starts_with(' '));
    in_word || is_open_ended(short)
}

/// Whether a text goes on from another by a word or a few.
fn goes_on(short: &str, long: &str) -> bool {
    let Some(rest) = long.strip_prefix(short) else { return false };
    let words = rest.split_whitespace().count();
    !rest.is_empty() && words <= 6 && (rest.starts_with(' ') || words == 1 && rest.len() <= 6)
}
