//! Tables as lines of cells between bars.

use laras_model::{Block, BlockKind, Content, Fragment, Place, RawCell, RawRow, TableStyle};
use laras_table::{LogicalTable, TableOptions, tables};

/// The one logical table that some lines make: one fragment a page, one row a line, its cells between
/// bars; `Title>` is a text over all columns. Only ruled tables have pages.
pub(crate) fn one_table(style: TableStyle, pages: &[Vec<&str>]) -> LogicalTable {
    let mut content = Content::default();
    for (index, lines) in pages.iter().enumerate() {
        let page = if style == TableStyle::Ruled { index as u32 + 1 } else { 0 };
        let place = |line: usize| Place { page, line: line as u32 + 1, ..Place::default() };
        let width = lines.iter().map(|line| line.split('|').count()).max().unwrap_or(1) as u16;
        let rows = lines.iter().enumerate().map(|(at, line)| RawRow {
            cells: cells(line, width, &place(at)),
            place: place(at),
            ..RawRow::default()
        });
        content.fragments.push(Fragment { style, rows: rows.collect() });
        content.blocks.push(Block {
            kind: BlockKind::Rows,
            text: String::new(),
            level: 0,
            number: String::new(),
            place: place(0),
            line_to: lines.len() as u32,
            page_to: page,
            fragment: Some(index as u32),
        });
    }
    let mut found = tables(&mut content, &TableOptions::default());
    assert_eq!(found.len(), 1, "one table");
    found.remove(0)
}

fn cells(line: &str, width: u16, place: &Place) -> Vec<RawCell> {
    let cell = |text: &str, colspan| RawCell {
        text: text.trim().into(),
        colspan,
        rowspan: 1,
        place: place.clone(),
    };
    match line.strip_suffix('>') {
        Some(title) => vec![cell(title, width)],
        None => line.split('|').map(|text| cell(text, 1)).collect(),
    }
}
