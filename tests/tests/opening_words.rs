//! The words that names begin with, as the reader counts them, against the nomenclature they come from.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The rows of a table of tab-separated values, by their heads.
fn rows(path: &str) -> Vec<BTreeMap<String, String>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path);
    #[expect(clippy::disallowed_methods, reason = "a test reads the data of the workspace")]
    let text = std::fs::read_to_string(&path).expect("a data file of the workspace");
    let mut lines = text.lines().map(|line| line.split('\t').map(str::to_owned));
    let heads: Vec<String> = lines.next().expect("a line of heads").collect();
    lines.map(|cells| heads.iter().cloned().zip(cells).collect()).collect()
}

fn words(name: &str) -> Vec<String> {
    let letters = |word: &str| word.chars().filter(char::is_ascii_alphabetic).collect::<String>();
    let words = name.split(|c: char| c.is_whitespace() || c == '/').map(str::to_lowercase);
    words.map(|word| letters(&word)).filter(|word| !word.is_empty()).collect()
}

#[test]
fn opening_words_are_counted_in_the_nomenclature() {
    let mut names: BTreeSet<Vec<String>> = BTreeSet::new();
    for edition in ["13", "90"] {
        let path = format!("crates/laras-nomenclature/data/nomenclature-{edition}.tsv");
        for row in rows(&path) {
            let mut name = words(&row["name"]);
            if row["level"] == "program" && name.first().is_some_and(|word| word != "program") {
                name.insert(0, "program".to_owned());
            }
            let is_plan = matches!(row["level"].as_str(), "program" | "kegiatan" | "sub_kegiatan");
            names.extend(Some(name).filter(|_| is_plan));
            names.extend(row.get("indicator").map(|indicator| words(indicator)));
        }
    }
    let mut counts: BTreeMap<&str, (u32, u32)> = BTreeMap::new();
    for name in &names {
        for (at, word) in name.iter().enumerate() {
            let (first, inside) = counts.entry(word).or_default();
            *(if at == 0 { first } else { inside }) += 1;
        }
    }
    let table = rows("crates/laras-read/data/opening-words.tsv");
    let counted: Vec<_> = table.iter().filter(|row| row["source"] == "nomenclature").collect();
    assert!(counted.len() > 500, "{} words", counted.len());
    for row in counted.into_iter().filter(|row| row["word"] != "*") {
        let (first, inside) = counts.get(row["word"].as_str()).copied().unwrap_or_default();
        assert_eq!(
            (row["first"].clone(), row["inside"].clone()),
            (first.to_string(), inside.to_string()),
            "{}: write the counts of the nomenclature into opening-words.tsv",
            row["word"]
        );
    }
}
