//! Every line of `cases/prose.tsv` is a sentence and the mentions in it: kind, covered text and
//! value, in order. To add a case, add a line.
//!
//! Columns: `text` (`\n` for a line break), then one mention each: `kind|covered|value`, with the
//! unit behind the value where there is one, and `!` where words and digits disagree.

use laras_number::{Mentioned, Reading, find};

fn number(reading: &Reading) -> String {
    let value = reading.number().map_or("?".to_owned(), |value| value.to_string());
    let unit = reading.unit.as_deref().filter(|unit| !matches!(*unit, "IDR" | "%"));
    let unit = unit.map_or(String::new(), |unit| format!(" {unit}"));
    let disagree = reading.words.is_some_and(|words| !words.agrees);
    format!("{value}{unit}{}", if disagree { "!" } else { "" })
}

fn mentions(text: &str) -> Vec<String> {
    find(text)
        .iter()
        .map(|mention| {
            let (kind, value) = match &mention.what {
                Mentioned::Amount(reading) => ("amount", number(reading)),
                Mentioned::Percent(reading) => ("percent", number(reading)),
                Mentioned::Count(reading) => ("count", number(reading)),
                Mentioned::Number(reading) => ("number", number(reading)),
                Mentioned::Date(span) => {
                    let weekday = span.from.weekday.and_then(|weekday| weekday.agrees);
                    ("date", format!("{span}{}", if weekday == Some(false) { "!" } else { "" }))
                }
                Mentioned::Year(span) => ("year", span.to_string()),
                Mentioned::Quarter(quarter) => {
                    ("quarter", quarter.period().map_or(String::new(), |period| period.to_string()))
                }
                Mentioned::Nip(nip) => ("nip", nip.digits.clone()),
                Mentioned::Citation { year } => {
                    ("citation", year.map_or(String::new(), |year| year.to_string()))
                }
                _ => ("unknown", String::new()),
            };
            format!("{kind}|{}|{value}", text[mention.range.clone()].replace('\n', "\\n"))
        })
        .collect()
}

#[test]
fn every_sentence_mentions_what_is_written_beside_it() {
    let mut failed = Vec::new();
    let cases = include_str!("cases/prose.tsv").lines().skip(1).filter(|case| !case.is_empty());
    let mut count = 0;
    for (line, case) in (2..).zip(cases) {
        let mut cells = case.split('\t');
        let text = cells.next().unwrap_or_default().replace("\\n", "\n");
        let expected: Vec<String> = cells.map(ToOwned::to_owned).collect();
        let found = mentions(&text);
        if found != expected {
            failed.push(format!(
                "prose.tsv:{line}: {text:?}\n  wanted {expected:#?}\n  found {found:#?}"
            ));
        }
        count += 1;
    }
    assert!(failed.is_empty(), "{} of {count}:\n{}", failed.len(), failed.join("\n"));
    assert!(count >= 40, "only {count} sentences");
}
