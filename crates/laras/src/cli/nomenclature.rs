//! `laras nomenclature`: codes looked up, carried to another edition, data folders checked.

use std::fmt::Write as _;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Result, bail};
use clap::{Args, Subcommand};
use laras_model::Regime;
use laras_nomenclature::{Known, Mapped, Nomenclature, OfficialName, Tier};

use super::FOUND;
use super::data::{self, shown};
use super::matching::known_edition;

/// Look up codes of the nomenclature, carry them to another edition, check a data folder.
#[derive(Debug, Args)]
pub(crate) struct NomenclatureCommand {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Show what is known of a code: its rows in each edition, what stands above it, what it is in
    /// the other regulation.
    Show {
        /// A code in any of its printed forms.
        code: String,
        /// Folder whose files replace the built-in nomenclature.
        #[arg(long, value_name = "DIR")]
        nomenclature: Option<PathBuf>,
    },
    /// Carry codes to another edition; CSV out.
    Map {
        /// Codes in any of their printed forms.
        #[arg(required = true)]
        codes: Vec<String>,
        /// The edition: 13, or the year of a decree of Permendagri 90/2019 (2019, 2020, …).
        #[arg(long)]
        to: u16,
        /// Folder whose files replace the built-in nomenclature.
        #[arg(long, value_name = "DIR")]
        nomenclature: Option<PathBuf>,
    },
    /// Check the files of a folder that is to replace the built-in nomenclature: a line for each
    /// problem, exit status 1 if there is any.
    Check {
        /// The folder.
        folder: PathBuf,
    },
}

impl NomenclatureCommand {
    pub(crate) fn run(&self) -> Result<ExitCode> {
        let mut out = std::io::stdout().lock();
        match &self.action {
            Action::Show { code, nomenclature } => {
                let nomenclature = data::nomenclature(nomenclature.as_deref())?;
                let Some(known) = nomenclature.look_up(code) else { return unknown(code) };
                // A short code can be of both regulations.
                let other = nomenclature.look_up_in(code, Regime::Permendagri13).filter(|_| {
                    known.history.iter().all(|row| row.regime != Regime::Permendagri13)
                });
                for known in [Some(known), other].into_iter().flatten() {
                    write!(out, "{}", page(nomenclature, &known))?;
                }
            }
            Action::Map { codes, to, nomenclature } => {
                let nomenclature = data::nomenclature(nomenclature.as_deref())?;
                map(nomenclature, codes, *to, &mut out)?;
            }
            Action::Check { folder } => {
                let problems = data::check(folder)?;
                for problem in &problems {
                    writeln!(out, "{}", shown(problem, folder))?;
                }
                if !problems.is_empty() {
                    return Ok(ExitCode::from(FOUND));
                }
                writeln!(out, "{}: nothing is wrong", folder.display())?;
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn unknown<T>(code: &str) -> Result<T> {
    bail!(
        "{code}: not in the nomenclature; expected a code like 8.01.02.2.01.0003, X.XX.01.2.02 or 01.02"
    )
}

fn map(nomenclature: &Nomenclature, codes: &[String], to: u16, out: &mut impl Write) -> Result<()> {
    let edition = known_edition(nomenclature, to)?;
    let mut out = csv::Writer::from_writer(out);
    out.write_record(["code", "edition", "mapped_code", "name", "relation", "basis", "note"])?;
    for code in codes {
        if nomenclature.look_up(code).is_none() {
            return unknown(code);
        }
        let mut mapped = nomenclature.map(code, edition);
        if mapped.is_empty() && edition.regime == Regime::Permendagri13 {
            // 13/2006 has one edition only.
            mapped = nomenclature
                .look_up_in(code, Regime::Permendagri13)
                .into_iter()
                .flat_map(|known| known.history)
                .map(|row| Mapped {
                    code: row.code.into(),
                    name: row.name.into(),
                    regime: row.regime,
                    relation: "same".into(),
                    basis: "computed".into(),
                    note: "".into(),
                })
                .collect();
        }
        if mapped.is_empty() {
            out.write_record([code, &to.to_string(), "", "", "unknown", "", ""])?;
        }
        for one in mapped {
            out.write_record([
                code.as_str(),
                &to.to_string(),
                &one.code,
                &one.name,
                &one.relation,
                &one.basis,
                &one.note,
            ])?;
        }
    }
    out.flush()?;
    Ok(())
}

/// What is known of a code, for people.
fn page(nomenclature: &Nomenclature, known: &Known<'_>) -> String {
    let mut text = String::new();
    let Some(last) = known.history.iter().max_by_key(|row| (row.until.is_none(), row.until)) else {
        return text;
    };
    // Writing to a string cannot fail.
    let _ =
        writeln!(text, "{}  {}\n{}, Permendagri {}", last.code, last.name, last.level, last.regime);
    if !known.aliases.is_empty() {
        let _ = writeln!(text, "also printed as {}", known.aliases.join(", "));
    }
    text.push_str("\nhistory\n");
    for row in &known.history {
        history(nomenclature, row, &mut text);
    }
    if !known.above.is_empty() {
        text.push_str("\nabove\n");
    }
    for row in &known.above {
        let _ = writeln!(text, "  {}  {}", row.code, row.name);
    }
    let _ = writeln!(text, "\nbelow: {} open rows", known.below);
    if known.crosswalk.is_empty() {
        text.push_str("\ncrosswalk: none known\n\n");
        return text;
    }
    text.push_str("\ncrosswalk\n");
    for one in &known.crosswalk {
        let note = if one.note.is_empty() { String::new() } else { format!("; {}", one.note) };
        let _ = writeln!(
            text,
            "  {} {}  {}\n    {}, {}{note}",
            one.regime,
            one.code,
            one.name,
            one.relation,
            basis(&one.basis)
        );
    }
    text.push('\n');
    text
}

fn history(nomenclature: &Nomenclature, row: &OfficialName<'_>, text: &mut String) {
    let span = match (row.since, row.until) {
        ("", None) => "the only edition".to_owned(),
        ("?", None) => "since 2024 or 2025".to_owned(),
        ("?", Some(until)) => format!("since 2024 or 2025, until {until}"),
        (since, None) => format!("since {since}"),
        (since, Some(until)) => format!("since {since}, until {until}"),
    };
    let tier = match (row.regime, row.tier) {
        (Regime::Permendagri13, _) => "",
        (_, None) => ", both tiers",
        (_, Some(Tier::Provinsi)) => ", provinsi",
        (_, Some(Tier::KabupatenKota)) => ", kabupaten/kota",
    };
    let _ = writeln!(text, "  {span}{tier}: {}", row.name);
    if !row.indicator.is_empty() || !row.unit.is_empty() {
        let unit = if row.unit.is_empty() { String::new() } else { format!(" ({})", row.unit) };
        let _ = writeln!(text, "    indicator: {}{unit}", row.indicator);
    }
    if !row.note.is_empty() {
        let _ = writeln!(text, "    note: {}", row.note);
    }
    for id in row.source.split_whitespace() {
        let _ = writeln!(text, "    source: {id}, {}", nomenclature.source(id).unwrap_or("?"));
    }
}

/// What a basis means.
fn basis(word: &str) -> &str {
    match word {
        "official" => "basis official: a decree says so",
        "reasoned" => "basis reasoned: people compared both lists, no decree says so",
        "computed" => "basis computed: same code or name in both editions",
        other => other,
    }
}
