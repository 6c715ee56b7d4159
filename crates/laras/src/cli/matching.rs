//! `laras match`: printed names against the official ones, as CSV.

use std::process::ExitCode;

use anyhow::{Result, bail};
use clap::{Args, ValueEnum};
use laras_model::NameStatus;
use laras_nomenclature::{Match, MatchOptions, Nomenclature, Query, Tier};

use super::data::NameData;
use super::number::each_line;

/// Most official names that can be asked for.
const MOST: usize = 50;

/// The tiers, as people write them.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum TierWord {
    Provinsi,
    #[value(name = "kabupaten_kota", alias = "kabupaten", alias = "kota")]
    KabupatenKota,
}

/// Match names with the official nomenclature; CSV out, one line a name.
#[derive(Debug, Args)]
pub(crate) struct MatchCommand {
    /// The names; the lines of standard input if there are none.
    names: Vec<String>,
    /// Edition to match in: 13, or the year of a decree of Permendagri 90/2019 (2019, 2020, …).
    #[arg(long)]
    edition: Option<u16>,
    /// Tier of the government that reports.
    #[arg(long)]
    tier: Option<TierWord>,
    /// Budget year.
    #[arg(long)]
    year: Option<u16>,
    /// Name or code of the row above.
    #[arg(long)]
    parent: Option<String>,
    /// List up to so many official names for each name: the match itself, then the next best ones
    /// in lines of status `candidate`.
    #[arg(long, value_name = "N")]
    top: Option<usize>,
    /// Say which words matched (`=`), nearly did (`~`), are extra (`+`) or missing (`-`), the
    /// runner-up with the margin, and what does not fit, in a column `explanation`.
    #[arg(long)]
    explain: bool,
    #[command(flatten)]
    data: NameData,
}

impl MatchCommand {
    pub(crate) fn run(&self) -> Result<ExitCode> {
        let names = self.data.load()?;
        let nomenclature = names.nomenclature;
        if let Some(edition) = self.edition {
            known_edition(nomenclature, edition)?;
        }
        let top = self.top.unwrap_or(1).clamp(1, MOST);
        let options = MatchOptions {
            most_candidates: top,
            overrides: names.overrides,
            explain: self.explain,
            ..MatchOptions::default()
        };
        let mut out = csv::Writer::from_writer(std::io::stdout().lock());
        let columns = ["input", "status", "code", "official_name", "score", "explanation"];
        out.write_record(&columns[..columns.len() - usize::from(!self.explain)])?;
        let mut each = |name: &str| -> Result<()> {
            let query = Query {
                tier: self.tier.map(|tier| match tier {
                    TierWord::Provinsi => Tier::Provinsi,
                    TierWord::KabupatenKota => Tier::KabupatenKota,
                }),
                year: self.year,
                edition: self.edition,
                parent: self.parent.as_deref(),
                ..Query::new(name)
            };
            let found = nomenclature.match_name(&query, &options);
            for row in self.rows(name, &found, top) {
                out.write_record(row)?;
            }
            Ok(())
        };
        for name in &self.names {
            each(name)?;
        }
        if self.names.is_empty() {
            each_line(each)?;
        }
        out.flush()?;
        Ok(ExitCode::SUCCESS)
    }

    /// The line of a name and, if more were asked for, those of its candidates.
    fn rows(&self, name: &str, found: &Match, top: usize) -> Vec<Vec<String>> {
        let score = |score: f64| format!("{score:.3}");
        let row = |status: &str, code: &str, official: &str, score: String| {
            vec![name.to_owned(), status.to_owned(), code.to_owned(), official.to_owned(), score]
        };
        let mut rows =
            vec![row(found.status.as_str(), &found.code, &found.official_name, score(found.score))];
        if self.top.is_some() {
            let is_matched = matches!(found.status, NameStatus::Exact | NameStatus::Fuzzy);
            let more = top - usize::from(is_matched);
            rows.extend(found.candidates.iter().take(more).map(|other| {
                row("candidate", &other.code, &other.official_name, score(other.score))
            }));
        }
        if self.explain {
            let mut said = found.explanation.to_string();
            if let Some(note) = found.overridden.as_deref().filter(|note| !note.is_empty()) {
                said.push_str(": ");
                said.push_str(note);
            }
            for (at, row) in rows.iter_mut().enumerate() {
                row.push(if at == 0 { std::mem::take(&mut said) } else { String::new() });
            }
        }
        rows
    }
}

/// Says which editions there are if this is none.
pub(crate) fn known_edition(
    nomenclature: &Nomenclature,
    edition: u16,
) -> Result<&laras_nomenclature::Edition> {
    let Some(known) = nomenclature.edition(edition) else {
        let all: Vec<String> =
            nomenclature.editions().iter().map(|edition| edition.value.to_string()).collect();
        bail!("no edition {edition}; there are {}", all.join(", "));
    };
    Ok(known)
}
