//! What does not add up in a report, and how sure every number is.
//!
//! [`audit`] takes an [`Extraction`] as the earlier stages left it and fills in its findings: sums,
//! percents, differences and printed column formulas that do not hold, the same thing stated twice
//! with different values, damaged numbers, mixed conventions, rows printed twice or in each other's
//! place, civil-servant numbers that cannot be. Findings that one wrong number explains share a
//! defect, and the number whose change would mend most is named its culprit, with the smallest
//! repair as a suggestion. Nothing is ever changed but confidence and flags.
//!
//! The steps, each in a module of its own: `book` (an index of the numbers, made of `numbers`, `grid`,
//! `texts`, `spelling`) → `column_sums` with `column_terms` and `column_excuses`, `row_sums`, `formulas`,
//! `percents` (equations, held and broken) → `conflicts` with `pairs`, `rows`, `writing`, `names`, `units`,
//! `mentions`, `prose`, `slips`, `worked`, `passages`, `persons`, `pages`, `remarks` (other defects) →
//! `defects` (whose fault) → `misfits`, `confidence` with `features`, `evidence`, `elsewhere`,
//! `cut_names`; `messages` says it. Texts, names and equal numbers are known by numbers, and brought together by them
//! (`groups`).
//!
//! # What this crate refuses to know
//! Where a number was read from and how. It knows measures, periods and kinds of rows, arithmetic
//! and the calendar, and no form, office or sentence.

mod book;
mod check;
mod column_excuses;
mod column_sums;
mod column_terms;
mod confidence;
mod conflicts;
mod cut_names;
mod defects;
mod draft;
mod dress;
mod elsewhere;
mod evidence;
mod features;
mod formulas;
mod grid;
mod groups;
mod mentions;
mod messages;
mod misfits;
mod names;
mod numbers;
mod pages;
mod pairs;
mod passages;
mod percents;
mod persons;
mod prose;
mod remarks;
mod row_sums;
mod rows;
mod slips;
mod spelling;
mod texts;
mod units;
mod worked;
mod writing;

use laras_model::Extraction;

use book::Book;

pub use confidence::features;
pub use features::FEATURES;

/// Checks everything that can be checked in a report and fills in its findings.
///
/// Findings stand in the order of their places; their ids are the same for the same bytes.
pub fn audit(extraction: &mut Extraction) {
    let (mentions, cited) = mentions::mentions(extraction);
    let (drafts, checks, confidences, misfits) = {
        let book = Book::new(extraction);
        let checks = checks(&book);
        let mut drafts: Vec<draft::Draft> = check::drafts(&book, &checks);
        drafts.extend(conflicts::drafts(&book, &checks));
        rows::drafts(&book, &mut drafts);
        drafts.extend(writing::drafts(&book));
        drafts.extend(names::drafts(&book));
        drafts.extend(units::drafts(&book));
        drafts.extend(prose::drafts(&book, &mentions, &cited));
        drafts.extend(passages::drafts(&book, &mentions));
        drafts.extend(persons::drafts(extraction));
        drafts.extend(pages::drafts(extraction));
        drafts.extend(remarks::drafts(&book));
        defects::join(&book, &checks, &mut drafts);
        let misfits = misfits::misfits(&book);
        let confidences = confidence::confidences(&book, &checks, &misfits);
        (drafts, checks, confidences, misfits)
    };
    misfits::flag(extraction, &misfits);
    confidence::set(extraction, &confidences);
    extraction.mentions = mentions.into_iter().map(|read| read.mention).collect();
    draft::finish(extraction, drafts, checks);
}

/// Every equation between the numbers of a report.
fn checks(book: &Book<'_>) -> Vec<check::Check> {
    let mut checks = column_sums::checks(book);
    checks.extend(formulas::checks(book));
    checks.extend(row_sums::checks(book));
    checks.extend(percents::checks(book));
    check::once(book, &mut checks);
    checks
}
