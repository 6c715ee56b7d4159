//! Gold: the hand-made truth beside a report, read, carried to new lines, written.

use std::path::Path;

use serde_json::Value;

use crate::error::CorpusError;
use crate::lines::LineMap;

/// A tab-separated table with a header line, kept as text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// Names of the columns.
    pub header: Vec<String>,
    /// The rows, each as long as the header.
    pub rows: Vec<Vec<String>>,
}

impl Sheet {
    /// Reads a table; short rows are filled up with empty cells.
    pub fn parse(text: &str) -> Self {
        let mut lines = text.lines();
        let split = |line: &str| line.split('\t').map(String::from).collect::<Vec<_>>();
        let header = lines.next().map(split).unwrap_or_default();
        let rows = lines
            .filter(|line| !line.trim().is_empty())
            .map(|line| {
                let mut row = split(line);
                row.resize(header.len(), String::new());
                row
            })
            .collect();
        Self { header, rows }
    }

    /// The table as it is written to a file.
    pub fn to_text(&self) -> String {
        let mut text = self.header.join("\t");
        text.push('\n');
        for row in &self.rows {
            text.push_str(&row.join("\t"));
            text.push('\n');
        }
        text
    }

    /// The position of a column.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.header.iter().position(|head| head == name)
    }

    /// A cell; empty where row or column do not exist.
    pub fn get(&self, row: usize, name: &str) -> &str {
        let cell = self.column(name).and_then(|column| self.rows.get(row)?.get(column));
        cell.map_or("", String::as_str)
    }

    /// The line a row stands at; `None` where it is placed by page.
    pub fn line(&self, row: usize) -> Option<u32> {
        self.get(row, "line").parse().ok()
    }

    /// Puts `value` into a cell that exists.
    pub fn set(&mut self, row: usize, name: &str, value: impl Into<String>) {
        if let Some(column) = self.column(name)
            && let Some(cell) = self.rows.get_mut(row).and_then(|cells| cells.get_mut(column))
        {
            *cell = value.into();
        }
    }

    fn carry(&mut self, map: &LineMap) {
        for row in 0..self.rows.len() {
            if let Some(line) = self.line(row) {
                self.set(row, "line", map.first(line).to_string());
            }
        }
    }

    fn each_text(&mut self, change: &impl Fn(&str) -> String) {
        for cell in self.rows.iter_mut().flatten() {
            *cell = change(cell);
        }
    }
}

/// The four gold files of one report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Gold {
    /// One row per number printed in a quantitative table.
    pub observations: Sheet,
    /// One row per program, kegiatan or sub kegiatan in a table.
    pub names: Sheet,
    /// One row per defect.
    pub findings: Sheet,
    /// Agency, region, bound reports, signatories.
    pub identity: Value,
}

impl Gold {
    /// Reads `observations.tsv`, `names.tsv`, `findings.tsv` and `identity.json` of a folder.
    ///
    /// # Errors
    /// When a file cannot be read, lacks the columns `line`, `raw` and `value`, or is not JSON.
    pub fn read(folder: &Path) -> Result<Self, CorpusError> {
        let read = |name: &str| {
            let path = folder.join(name);
            #[expect(clippy::disallowed_methods, reason = "the generator reads corpus files")]
            std::fs::read_to_string(&path).map_err(|source| CorpusError::Io { path, source })
        };
        let sheet = |name: &str, columns: &[&'static str]| -> Result<Sheet, CorpusError> {
            let sheet = Sheet::parse(&read(name)?);
            for column in columns {
                if sheet.column(column).is_none() {
                    return Err(CorpusError::Column { path: folder.join(name), column });
                }
            }
            Ok(sheet)
        };
        let identity = serde_json::from_str(&read("identity.json")?)
            .map_err(|source| CorpusError::Json { path: folder.join("identity.json"), source })?;
        Ok(Self {
            observations: sheet("observations.tsv", &["table", "line", "measure", "value", "raw"])?,
            names: sheet("names.tsv", &["line", "name"])?,
            findings: sheet("findings.tsv", &["line", "code"])?,
            identity,
        })
    }

    /// Writes the four files into `folder`, which is made when it is missing.
    ///
    /// # Errors
    /// When the folder or a file cannot be written.
    pub fn write(&self, folder: &Path) -> Result<(), CorpusError> {
        let io = |path: &Path, result: std::io::Result<()>| {
            result.map_err(|source| CorpusError::Io { path: path.to_owned(), source })
        };
        io(folder, std::fs::create_dir_all(folder))?;
        let identity = format!("{:#}\n", self.identity);
        for (name, text) in [
            ("observations.tsv", self.observations.to_text()),
            ("names.tsv", self.names.to_text()),
            ("findings.tsv", self.findings.to_text()),
            ("identity.json", identity),
        ] {
            let path = folder.join(name);
            #[expect(clippy::disallowed_methods, reason = "the generator writes variants")]
            io(&path, std::fs::write(&path, text))?;
        }
        Ok(())
    }

    /// The same gold for a text whose lines went where `map` says.
    #[must_use]
    pub fn carried(&self, map: &LineMap) -> Self {
        let mut gold = self.clone();
        gold.observations.carry(map);
        gold.names.carry(map);
        gold.findings.carry(map);
        carry_identity(&mut gold.identity, map);
        gold
    }

    /// The same gold with every text changed, for a dress that cannot print all characters.
    #[must_use]
    pub fn with_text(&self, change: &impl Fn(&str) -> String) -> Self {
        let mut gold = self.clone();
        gold.observations.each_text(change);
        gold.names.each_text(change);
        gold.findings.each_text(change);
        change_strings(&mut gold.identity, change);
        gold
    }
}

/// `line`, `lines` and `judged_lines` anywhere in identity.json.
fn carry_identity(value: &mut Value, map: &LineMap) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| carry_identity(item, map)),
        Value::Object(fields) => {
            for (key, field) in fields.iter_mut() {
                match key.as_str() {
                    "line" => {
                        if let Some(line) = field.as_u64() {
                            *field = map.first(line as u32).into();
                        }
                    }
                    "lines" => carry_range(field, map),
                    "judged_lines" => {
                        field
                            .as_array_mut()
                            .into_iter()
                            .flatten()
                            .for_each(|r| carry_range(r, map));
                    }
                    _ => carry_identity(field, map),
                }
            }
        }
        _ => {}
    }
}

fn carry_range(range: &mut Value, map: &LineMap) {
    if let Some([from, to]) = range.as_array_mut().map(Vec::as_mut_slice) {
        *from = map.first(from.as_u64().unwrap_or_default() as u32).into();
        *to = map.last(to.as_u64().unwrap_or_default() as u32).into();
    }
}

fn change_strings(value: &mut Value, change: &impl Fn(&str) -> String) {
    match value {
        Value::String(text) => *text = change(text),
        Value::Array(items) => items.iter_mut().for_each(|item| change_strings(item, change)),
        Value::Object(fields) => {
            fields.iter_mut().for_each(|(_, field)| change_strings(field, change));
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheets_print_as_they_were_read() {
        let text = "doc\tline\traw\na\t3\t1.000\na\t4\t\n";
        assert_eq!(Sheet::parse(text).to_text(), text);
    }

    #[test]
    fn lines_of_the_identity_are_carried() {
        let mut emit = crate::lines::Emit::default();
        emit.extra("new");
        (0..4).for_each(|_| emit.block(vec![String::new(), String::new()]));
        let (_, map) = emit.finish(true);
        let mut identity =
            serde_json::json!({"documents": [{"lines": [1, 4]}], "signatories": [{"line": 2}]});
        carry_identity(&mut identity, &map);
        assert_eq!(
            identity,
            serde_json::json!({"documents": [{"lines": [2, 9]}], "signatories": [{"line": 4}]})
        );
    }
}
