//! Committed counts: tables of whole numbers that say how well the pipeline reads, so that every
//! change for better or worse is seen in a diff.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;

use crate::report::workspace_folder;

/// Which way a count should go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    /// More is better.
    More,
    /// Fewer is better.
    Fewer,
    /// Neither; the count is there to be compared with.
    Neither,
}

/// One count file: where it stands and what its columns mean.
#[derive(Debug)]
pub struct CountFile {
    /// Name of the file under `tests/scores/`.
    pub name: &'static str,
    /// The columns that say what a row is about.
    pub keys: &'static [&'static str],
    /// The columns that count.
    pub counts: &'static [(&'static str, Wish)],
}

impl CountFile {
    /// Where the file is committed.
    pub fn path(&self) -> PathBuf {
        workspace_folder().join("tests/scores").join(self.name)
    }
}

/// The rows of a count file.
#[derive(Debug)]
pub struct Counts {
    file: &'static CountFile,
    rows: BTreeMap<Vec<String>, Vec<u64>>,
}

impl Counts {
    /// A count file without rows.
    pub fn new(file: &'static CountFile) -> Self {
        Self { file, rows: BTreeMap::new() }
    }

    /// Adds a row.
    ///
    /// # Panics
    /// If there are not as many keys and counts as the file has columns.
    pub fn add(&mut self, keys: &[&str], counts: &[u64]) {
        assert_eq!((keys.len(), counts.len()), (self.file.keys.len(), self.file.counts.len()));
        self.rows.insert(keys.iter().map(|key| (*key).to_owned()).collect(), counts.to_vec());
    }

    /// The count of a row; `None` where there is no such row or column.
    pub fn get(&self, keys: &[&str], count: &str) -> Option<u64> {
        let column = self.file.counts.iter().position(|(name, _)| *name == count)?;
        let keys: Vec<String> = keys.iter().map(|key| (*key).to_owned()).collect();
        self.rows.get(&keys)?.get(column).copied()
    }

    /// The keys of every row.
    pub fn keys(&self) -> impl Iterator<Item = &[String]> {
        self.rows.keys().map(Vec::as_slice)
    }

    /// Reads rows as [`Counts::to_text`] prints them.
    ///
    /// # Errors
    /// A sentence about the first line that does not fit the file's columns.
    pub fn parse(file: &'static CountFile, text: &str) -> Result<Self, String> {
        let mut counts = Self::new(file);
        let mut lines = text.lines().zip(1..);
        let header = lines.next().map(|(line, _)| line).unwrap_or_default();
        if header != counts.header() {
            return Err(format!("{}: the columns are not {}", file.name, counts.header()));
        }
        for (line, number) in lines {
            let cells: Vec<&str> = line.split('\t').collect();
            let (keys, rest) = cells.split_at(file.keys.len().min(cells.len()));
            let values: Option<Vec<u64>> = rest.iter().map(|cell| cell.parse().ok()).collect();
            let values = values.filter(|values| values.len() == file.counts.len());
            let values =
                values.ok_or_else(|| format!("{}:{number}: not a row of counts", file.name))?;
            counts.add(keys, &values);
        }
        Ok(counts)
    }

    /// The table as tab-separated text.
    pub fn to_text(&self) -> String {
        let mut text = self.header();
        text.push('\n');
        for (keys, counts) in &self.rows {
            text.push_str(&keys.join("\t"));
            for count in counts {
                let _ = write!(text, "\t{count}");
            }
            text.push('\n');
        }
        text
    }

    fn header(&self) -> String {
        let counts = self.file.counts.iter().map(|(name, _)| *name);
        self.file.keys.iter().copied().chain(counts).collect::<Vec<_>>().join("\t")
    }

    /// Compares what was counted now with what is committed.
    ///
    /// # Errors
    /// What got worse, what got better, and what to do about it.
    pub fn check(&self) -> Result<(), String> {
        let path = self.file.path();
        #[expect(clippy::disallowed_methods, reason = "the suite reads its committed counts")]
        let text = std::fs::read_to_string(&path)
            .map_err(|error| format!("{}: {error}; run `cargo xtask scores`", path.display()))?;
        self.check_against(&Self::parse(self.file, &text)?)
    }

    fn check_against(&self, committed: &Self) -> Result<(), String> {
        let (mut worse, mut better, mut other) = (Vec::new(), Vec::new(), Vec::new());
        for (keys, counts) in &self.rows {
            let Some(before) = committed.rows.get(keys) else {
                other.push(format!("{}: new", keys.join(" ")));
                continue;
            };
            for (((name, wish), new), old) in self.file.counts.iter().zip(counts).zip(before) {
                let change = format!("{}: {name} {old} → {new}", keys.join(" "));
                match (wish, new.cmp(old)) {
                    (_, std::cmp::Ordering::Equal) => {}
                    (Wish::Neither, _) => other.push(change),
                    (Wish::More, std::cmp::Ordering::Greater)
                    | (Wish::Fewer, std::cmp::Ordering::Less) => better.push(change),
                    _ => worse.push(change),
                }
            }
        }
        let gone = committed.rows.keys().filter(|keys| !self.rows.contains_key(*keys));
        worse.extend(gone.map(|keys| format!("{}: not counted any more", keys.join(" "))));
        if worse.is_empty() && better.is_empty() && other.is_empty() {
            return Ok(());
        }
        let verdict = if worse.is_empty() {
            "better than committed; run `cargo xtask scores` and commit the file"
        } else {
            "worse than committed; if that is a fair trade, run `cargo xtask scores` and say in the \
             commit why"
        };
        let mut message = format!("tests/scores/{}: {verdict}\n", self.file.name);
        for (title, changes) in [("worse", worse), ("better", better), ("changed", other)] {
            for change in changes {
                let _ = writeln!(message, "  {title:<8}{change}");
            }
        }
        Err(message)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    static FILE: CountFile = CountFile {
        name: "example.tsv",
        keys: &["document"],
        counts: &[("right", Wish::More), ("wrong", Wish::Fewer), ("gold", Wish::Neither)],
    };

    fn counts(rows: &[(&str, [u64; 3])]) -> Counts {
        let mut counts = Counts::new(&FILE);
        for (key, values) in rows {
            counts.add(&[key], values);
        }
        counts
    }

    #[test]
    fn tables_print_as_they_were_read() {
        let text = "document\tright\twrong\tgold\na\t1\t2\t3\nb\t4\t5\t6\n";
        let read = Counts::parse(&FILE, text).expect("sound");
        assert_eq!(read.to_text(), text);
        assert_eq!(read.get(&["b"], "wrong"), Some(5));
        for broken in ["", "document\tright\n", "document\tright\twrong\tgold\na\t1\t2\n"] {
            assert!(Counts::parse(&FILE, broken).is_err(), "{broken:?}");
        }
    }

    #[test]
    fn every_change_is_named_and_the_direction_told() {
        let committed = counts(&[("a", [10, 2, 12])]);
        assert_eq!(counts(&[("a", [10, 2, 12])]).check_against(&committed), Ok(()));
        for (now, words) in [
            ([9, 2, 12], "worse   a: right 10 → 9"),
            ([10, 3, 12], "worse   a: wrong 2 → 3"),
            ([11, 2, 12], "better  a: right 10 → 11"),
            ([10, 1, 12], "better  a: wrong 2 → 1"),
            ([10, 2, 13], "changed a: gold 12 → 13"),
        ] {
            let message = counts(&[("a", now)]).check_against(&committed).expect_err("changed");
            assert!(message.contains(words), "{message}");
            assert_eq!(message.contains(": worse than"), words.starts_with("worse"), "{message}");
        }
        let gone = counts(&[]).check_against(&committed).expect_err("a row is gone");
        assert!(gone.contains("a: not counted any more"), "{gone}");
    }
}
