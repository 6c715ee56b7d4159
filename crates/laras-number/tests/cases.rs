//! Every line of `cases/*.tsv` is a cell: its text, what stands around it, and what it must be
//! read as. To add a case, add a line.
//!
//! Columns: `text` (`\n` for a line break), `context`, `states`, `value`, `unit`, `more`.
//! - `context`: other cells of the column, and `kind=amount|percent|count|score`, `equals=V`,
//!   `percent_of=P/W`, `part_of=P%W`, `sum=A+B`; separated by `;`.
//! - `value`: the chosen value; `?` behind it where the choice stays open; ` | ` between several
//!   numbers of a cell; empty where nothing is read.
//! - `unit`: likewise; `-` for none between several.
//! - `more`: `malformed`, `period=…`, `grade=…`, `canonical=…`, `words=V` or `words=V!` (disagree),
//!   `kind=…`, `problems=N`, `refused`, `weekday=ok|wrong`, separated by spaces (`_` for a blank).

use laras_model::{Decimal, Flag};
use laras_number::{
    Choice, Constraint, Context, Kind, Payload, Reading, Readings, choose, cli_line, read,
};

const FILES: [(&str, &str); 11] = [
    ("amounts", include_str!("cases/amounts.tsv")),
    ("choices", include_str!("cases/choices.tsv")),
    ("criteria", include_str!("cases/criteria.tsv")),
    ("damage", include_str!("cases/damage.tsv")),
    ("dates", include_str!("cases/dates.tsv")),
    ("identities", include_str!("cases/identities.tsv")),
    ("none", include_str!("cases/none.tsv")),
    ("percents", include_str!("cases/percents.tsv")),
    ("quantities", include_str!("cases/quantities.tsv")),
    ("quarters", include_str!("cases/quarters.tsv")),
    ("texts", include_str!("cases/texts.tsv")),
];

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap_or_else(|_| panic!("{text:?} is not a decimal"))
}

fn constraint(name: &str, value: &str) -> Constraint {
    let pair = |separator: char| {
        let (a, b) = value.split_once(separator).expect("two values");
        (decimal(a), decimal(b))
    };
    match name {
        "equals" => Constraint::Equals { value: decimal(value), tolerance: Decimal::ZERO },
        "percent_of" => {
            let (part, whole) = pair('/');
            Constraint::PercentOf { part, whole }
        }
        "part_of" => {
            let (percent, whole) = pair('%');
            Constraint::PartOf { percent, whole }
        }
        "sum" => Constraint::sum(value.split('+').map(decimal)).expect("a sum that fits"),
        _ => panic!("no constraint is called {name:?}"),
    }
}

fn chosen(readings: &Readings, context: &str) -> Choice {
    let mut constraints = Vec::new();
    let mut surroundings = Context::default();
    for part in context.split(';').map(str::trim).filter(|part| !part.is_empty()) {
        match part.split_once('=') {
            Some(("kind", kind)) => {
                surroundings.expected = Some(match kind {
                    "amount" => Kind::Amount,
                    "percent" => Kind::Percent,
                    "count" => Kind::Count,
                    "score" => Kind::Score,
                    _ => panic!("no kind is called {kind:?}"),
                });
            }
            Some((name, value)) => constraints.push(constraint(name, value)),
            None => surroundings.column.add(&read(part)),
        }
    }
    surroundings.constraints = &constraints;
    choose(readings, &surroundings)
}

/// The value column for a reading.
fn value(reading: &Reading) -> String {
    match &reading.value {
        Payload::Number(value) => value.to_string(),
        Payload::Nil => "nil".to_owned(),
        Payload::Date(span) => span.to_string(),
        Payload::Nip(nip) => nip.digits.clone(),
        Payload::Code(code) => code.normal.clone(),
        Payload::Formula(formula) => formula.to_string(),
        Payload::Ordinal(mark) => mark.to_string(),
        _ => String::new(),
    }
}

fn more(reading: &Reading, refused: bool) -> String {
    let mut parts = Vec::new();
    let named = |name: &str, value: &str| format!("{name}={}", value.replace(' ', "_"));
    if refused {
        parts.push("refused".to_owned());
    }
    if reading.flags.contains(Flag::NumberMalformed) {
        parts.push("malformed".to_owned());
    }
    parts.extend(reading.period().map(|period| named("period", period.as_str())));
    parts.extend(reading.grade.as_ref().map(|grade| named("grade", grade)));
    let canonical =
        reading.unit_canonical.as_ref().filter(|_| reading.unit != reading.unit_canonical);
    parts.extend(canonical.map(|canonical| named("canonical", canonical)));
    if let Some(words) = reading.words {
        let value = words.value.map_or("?".to_owned(), |value| value.to_string());
        parts.push(format!("words={value}{}", if words.agrees { "" } else { "!" }));
    }
    if let Payload::Nip(nip) = &reading.value {
        parts.push(named("kind", nip.kind.as_str()));
        if !nip.problems.is_empty() {
            parts.push(format!("problems={}", nip.problems.len()));
        }
    }
    if let Payload::Date(span) = &reading.value
        && let Some(agrees) = span.from.weekday.and_then(|weekday| weekday.agrees)
    {
        parts.push(named("weekday", if agrees { "ok" } else { "wrong" }));
    }
    parts.join(" ")
}

/// What the columns after `context` should say.
fn found(text: &str, context: &str) -> String {
    let readings = read(text);
    let refused = readings.refusal.is_some();
    let unit = |reading: &Reading| reading.unit.as_deref().unwrap_or("").to_owned();
    let listed = |reading: &Reading| reading.unit.as_deref().unwrap_or("-").to_owned();
    if readings.is_several() {
        let all = |of: &dyn Fn(&Reading) -> String| {
            readings.readings.iter().map(of).collect::<Vec<_>>().join(" | ")
        };
        return format!("{}\t{}\t{}\t", readings.states, all(&value), all(&listed));
    }
    let choice = chosen(&readings, context);
    match choice.reading(&readings) {
        Some(reading) => {
            let open = if choice.open { "?" } else { "" };
            let malformed = choice.flags.contains(Flag::NumberMalformed);
            assert_eq!(malformed, reading.flags.contains(Flag::NumberMalformed), "{text:?}");
            format!(
                "{}\t{}{open}\t{}\t{}",
                readings.states,
                value(reading),
                unit(reading),
                more(reading, refused)
            )
        }
        None => format!("{}\t\t\t{}", readings.states, if refused { "refused" } else { "" }),
    }
}

#[test]
fn every_case_is_read_as_written() {
    let (mut count, mut failed) = (0, Vec::new());
    for (name, file) in FILES {
        for (line, case) in (2..).zip(file.lines().skip(1)) {
            if case.is_empty() {
                continue;
            }
            let cells: Vec<&str> = case.split('\t').collect();
            assert!((3..=6).contains(&cells.len()), "{name}.tsv:{line}: {} columns", cells.len());
            let cell = |index: usize| cells.get(index).copied().unwrap_or("");
            let text = cell(0).replace("\\n", "\n");
            let expected = format!("{}\t{}\t{}\t{}", cell(2), cell(3), cell(4), cell(5));
            let found = found(&text, cell(1));
            if found != expected {
                failed.push(format!(
                    "{name}.tsv:{line}: {text:?}\n  wanted {expected:?}\n  found  {found:?}"
                ));
            }
            count += 1;
        }
    }
    assert!(failed.is_empty(), "{} of {count} cases:\n{}", failed.len(), failed.join("\n"));
    assert!(count >= 400, "only {count} cases");
}

#[test]
fn the_line_of_the_command_says_the_same() {
    for (name, file) in FILES {
        for case in file.lines().skip(1).filter(|case| !case.is_empty()) {
            let text = case.split('\t').next().unwrap_or("").replace("\\n", "\n");
            let (line, readings) = (cli_line(&text), read(&text));
            assert_eq!(line.states, readings.states, "{name}: {text:?}");
            assert_eq!(line.readings.len(), readings.readings.len(), "{name}: {text:?}");
            let json = serde_json::to_value(&line).unwrap();
            assert_eq!(json["text"], text.as_str());
            assert_eq!(json["states"], readings.states.as_str());
        }
    }
}
