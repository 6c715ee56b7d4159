//! Gold and exports as tables of strings.

use std::collections::BTreeMap;

use serde::Deserialize;
use thiserror::Error;

/// Why gold or an export cannot be scored.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ScoreError {
    /// A CSV table that is none.
    #[error("{table}: not a CSV table: {problem}; export again with `--format csv`")]
    Csv {
        /// Which table.
        table: &'static str,
        /// What the CSV reader found.
        problem: String,
    },
    /// An `identity.json` that is not JSON of the expected form.
    #[error("identity.json: {problem}; expected an object, with `judged_lines` as [[from, to], …]")]
    Identity {
        /// What the JSON reader found.
        problem: String,
    },
}

/// A row by column name.
#[derive(Clone, Debug, Default)]
pub(crate) struct Row(BTreeMap<String, String>);

impl Row {
    pub(crate) fn get(&self, column: &str) -> &str {
        self.0.get(column).map_or("", String::as_str)
    }

    /// The stem of the document, also where the export names a path.
    pub(crate) fn document(&self) -> &str {
        let name = self.get("document");
        name.rsplit('/').next().unwrap_or(name)
    }

    pub(crate) fn place(&self, by: PlacedBy) -> i64 {
        self.get(by.column()).parse::<f64>().map_or(0, |place| place as i64)
    }
}

/// Whether rows are placed by line, with slack for records split over lines, or by page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PlacedBy {
    Line,
    Page,
}

impl PlacedBy {
    fn column(self) -> &'static str {
        match self {
            Self::Line => "line",
            Self::Page => "page",
        }
    }

    pub(crate) fn slack(self) -> i64 {
        match self {
            Self::Line => 2,
            Self::Page => 0,
        }
    }
}

/// The hand-made truth about one document.
#[derive(Clone, Debug, Default)]
pub struct Gold {
    pub(crate) observations: Vec<Row>,
    pub(crate) names: Vec<Row>,
    pub(crate) findings: Vec<Row>,
    judged: Option<Vec<(i64, i64)>>,
}

#[derive(Deserialize)]
struct Identity {
    judged_lines: Option<Vec<(i64, i64)>>,
}

impl Gold {
    /// Reads the texts of the three TSV tables and, if there is one, of `identity.json`.
    ///
    /// # Errors
    /// [`ScoreError::Identity`] if the identity is not what it should be.
    pub fn parse(
        observations: &str,
        names: &str,
        findings: &str,
        identity: Option<&str>,
    ) -> Result<Self, ScoreError> {
        let judged = match identity {
            Some(text) => {
                let parsed: Identity = serde_json::from_str(text)
                    .map_err(|e| ScoreError::Identity { problem: e.to_string() })?;
                parsed.judged_lines
            }
            None => None,
        };
        let [observations, names, findings] = [observations, names, findings].map(tsv);
        Ok(Self { observations, names, findings, judged })
    }

    pub(crate) fn placed_by(&self) -> PlacedBy {
        let paged = [&self.observations, &self.names, &self.findings]
            .into_iter()
            .flatten()
            .any(|row| !row.get("page").trim().is_empty());
        if paged { PlacedBy::Page } else { PlacedBy::Line }
    }

    pub(crate) fn is_judged(&self, row: &Row, by: PlacedBy) -> bool {
        let place = row.place(by);
        self.judged
            .as_ref()
            .is_none_or(|spans| spans.iter().any(|(a, b)| (*a..=*b).contains(&place)))
    }
}

/// The tables of an export.
#[derive(Clone, Debug, Default)]
pub struct Export {
    pub(crate) observations: Vec<Row>,
    pub(crate) names: Vec<Row>,
    pub(crate) findings: Vec<Row>,
}

impl Export {
    /// Reads the texts of the three CSV tables; an empty text is an empty table.
    ///
    /// # Errors
    /// [`ScoreError::Csv`] if one is no CSV table.
    pub fn parse(observations: &str, names: &str, findings: &str) -> Result<Self, ScoreError> {
        Ok(Self {
            observations: csv_rows("observations.csv", observations)?,
            names: csv_rows("names.csv", names)?,
            findings: csv_rows("findings.csv", findings)?,
        })
    }
}

/// Gold is plain tab-separated text without quoting.
fn tsv(text: &str) -> Vec<Row> {
    let mut lines = text.split('\n');
    let head: Vec<&str> = lines.next().unwrap_or("").split('\t').collect();
    lines
        .filter(|line| !line.trim().is_empty())
        .map(|line| {
            let cells = line.split('\t').chain(std::iter::repeat(""));
            Row(head.iter().zip(cells).map(|(k, v)| ((*k).to_owned(), v.to_owned())).collect())
        })
        .collect()
}

fn csv_rows(table: &'static str, text: &str) -> Result<Vec<Row>, ScoreError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let problem = |e: csv::Error| ScoreError::Csv { table, problem: e.to_string() };
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let head = reader.headers().map_err(problem)?.clone();
    reader
        .records()
        .map(|record| {
            let record = record.map_err(problem)?;
            let pairs = head.iter().zip(record.iter());
            Ok(Row(pairs.map(|(k, v)| (k.to_owned(), v.to_owned())).collect()))
        })
        .collect()
}
