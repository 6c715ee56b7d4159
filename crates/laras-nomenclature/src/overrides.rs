//! Names that a user has decided: they are honoured before anything else.

use rustc_hash::FxHashMap;

use crate::Nomenclature;
use crate::code::Code;
use crate::fold::fold_name;
use crate::tsv::{Problem, Table};

/// What a user decided about a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Decision {
    Local,
    Code(laras_model::Regime, Code),
}

/// Names that a user has decided, read from a table with the columns `name`, `code`, `note`.
///
/// ```
/// use laras_nomenclature::{MatchOptions, Nomenclature, Overrides, Query};
/// use laras_model::NameStatus;
///
/// let nomenclature = Nomenclature::builtin();
/// let table = "name\tcode\tnote\nPesta Rakyat\tlocal\tdecided by the office\n";
/// let overrides = Overrides::read("mine.tsv", table, nomenclature)?;
/// let options = MatchOptions { overrides: Some(&overrides), ..MatchOptions::default() };
/// let found = nomenclature.match_name(&Query::new("PESTA RAKYAT"), &options);
/// assert_eq!(found.status, NameStatus::Local);
/// assert_eq!(found.overridden.as_deref(), Some("decided by the office"));
/// # Ok::<(), Vec<laras_nomenclature::Problem>>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Overrides {
    by_key: FxHashMap<String, (Decision, String)>,
}

impl Overrides {
    /// Reads the table. Names are compared folded; `code` is a code of the nomenclature or
    /// `local`.
    ///
    /// # Errors
    /// Every line that cannot be used: an unknown code, an empty name, a name decided twice.
    pub fn read(file: &str, text: &str, nomenclature: &Nomenclature) -> Result<Self, Vec<Problem>> {
        let mut problems = Vec::new();
        let mut overrides = Self::default();
        let table = Table { file, text };
        let columns = ["name", "code", "note"];
        table.each_row(columns, &mut problems, |line, [name, code, note], problems| {
            let key = fold_name(name, &nomenclature.words).key();
            let mut wrong = |what: String| problems.push(Problem::new(file, line, what));
            if key.is_empty() {
                return wrong("the name is empty".to_owned());
            }
            let decision = if code.trim() == "local" {
                Decision::Local
            } else {
                match nomenclature.find_code(code) {
                    Some((regime, code)) => Decision::Code(regime, code),
                    None => {
                        return wrong(format!(
                            "'{code}' is neither 'local' nor a code of the nomenclature"
                        ));
                    }
                }
            };
            if overrides.by_key.insert(key, (decision, note.to_owned())).is_some() {
                wrong(format!("'{name}' is decided twice"));
            }
        });
        if problems.is_empty() { Ok(overrides) } else { Err(problems) }
    }

    pub(crate) fn get(&self, key: &str) -> Option<&(Decision, String)> {
        self.by_key.get(key)
    }
}
