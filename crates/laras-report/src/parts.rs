//! The reports bound in one file: where each begins and ends.

use std::collections::BTreeMap;

use laras_model::{Block, BlockKind, ReportType};

use crate::lists::list;
use crate::title::{self, Title};
use crate::words::one_line;

/// A report's extent and what its title says.
#[derive(Clone, Debug)]
pub(crate) struct Extent {
    /// Blocks `from..to`.
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) title: Option<Title>,
    /// The lines of its title.
    pub(crate) title_text: String,
    /// The section it is of; empty for the office.
    pub(crate) scope: String,
    /// Whether it stands inside the report before it, which goes on after it.
    pub(crate) is_inner: bool,
}

/// A place where a report's title stands.
struct Start {
    block: usize,
    title: Title,
    text: String,
    scope: String,
}

/// Finds the reports of a file. The first is the file's own and begins with it.
pub(crate) fn extents(blocks: &[Block]) -> Vec<Extent> {
    let starts = starts(blocks);
    let whole = Extent {
        from: 0,
        to: blocks.len(),
        title: None,
        title_text: String::new(),
        scope: String::new(),
        is_inner: false,
    };
    let voted;
    let main = match main_title(blocks, &starts) {
        Some(main) => main,
        None => match main_by_votes(blocks) {
            Some(start) => {
                voted = start;
                &voted
            }
            None => return vec![whole],
        },
    };
    let main_block = main.block;
    let mut extents = vec![Extent {
        title: Some(main.title.clone()),
        title_text: main.text.clone(),
        scope: main.scope.clone(),
        ..whole
    }];
    let mut last: (Title, String) = (main.title.clone(), main.scope.clone());
    for start in starts.iter().filter(|s| s.block > main_block) {
        let same = last.0.report_type == start.title.report_type && last.1 == start.scope;
        if same || !opens_report(blocks, start, &extents[0]) {
            continue;
        }
        last = (start.title.clone(), start.scope.clone());
        extents.push(Extent {
            from: start.block,
            to: blocks.len(),
            title: Some(start.title.clone()),
            title_text: start.text.clone(),
            scope: start.scope.clone(),
            is_inner: false,
        });
    }
    close(blocks, &mut extents);
    extents
}

/// Titles that name a report type near their beginning, outside tables and lists of contents.
fn starts(blocks: &[Block]) -> Vec<Start> {
    let mut starts = Vec::new();
    let mut i = 0;
    while i < blocks.len() {
        if blocks[i].kind != BlockKind::Title {
            i += 1;
            continue;
        }
        // A title may be set over several blocks with blank lines between.
        let mut end = i + 1;
        while end < blocks.len()
            && end - i < 6
            && (blocks[end].kind == BlockKind::Title || blocks[end].kind.is_furniture())
        {
            end += 1;
        }
        for first in i..end {
            let text = one_line(&blocks[first].text);
            let Some(title) = title::read(&text).filter(|t| t.at <= 3) else { continue };
            let whole: Vec<&Block> =
                blocks[first..end].iter().filter(|b| b.kind == BlockKind::Title).collect();
            let lines: Vec<&str> = whole.iter().flat_map(|b| b.text.lines()).collect();
            let joined = lines.join(" ");
            let all = one_line(&joined);
            // Most titles are of one block.
            let merged = if all == text { None } else { title::read(&all) };
            let merged = merged.filter(|t| t.report_type == title.report_type);
            let scope = lines.iter().find_map(|line| title::scope(line)).unwrap_or_default();
            let mut title = merged.unwrap_or(title);
            title.at = title.at.min(3);
            starts.push(Start { block: first, title, text: all.into_owned(), scope });
            break;
        }
        i = end;
    }
    starts
}

/// Blocks in which the title of the file's own report is looked for.
const FRONT: usize = 14;

/// The title of the file's own report: the first on its front, else the first of all.
fn main_title<'s>(blocks: &[Block], starts: &'s [Start]) -> Option<&'s Start> {
    let front = blocks.iter().take(FRONT).position(|b| b.kind == BlockKind::Rows).unwrap_or(FRONT);
    starts
        .iter()
        .find(|s| s.block <= front.max(4))
        .or_else(|| starts.first().filter(|s| s.block < 60))
}

/// Blocks whose words are counted where no title stands at the front.
const VOTERS: usize = 80;
/// Longest text, in characters, that can name its own report.
const LONGEST_TITLE: usize = 160;

/// The kind of the file's own report, where its front page gave no title: short lines and running
/// headers that begin with it vote, the earlier the stronger.
fn main_by_votes(blocks: &[Block]) -> Option<Start> {
    let mut votes: BTreeMap<ReportType, (f64, Title, String)> = BTreeMap::new();
    for (i, block) in blocks.iter().take(VOTERS).enumerate() {
        let text = one_line(&block.text);
        let silent = matches!(block.kind, BlockKind::Rows | BlockKind::Contents);
        if silent || text.chars().count() > LONGEST_TITLE {
            continue;
        }
        let Some(title) = title::read(&text).filter(|t| t.at <= 3) else { continue };
        let weight = match block.kind {
            BlockKind::Title => 3.0,
            BlockKind::RunningText | BlockKind::Heading => 2.0,
            _ => 1.0,
        };
        let weight = title.weight * weight / (1.0 + 0.1 * i as f64);
        let vote =
            votes.entry(title.report_type).or_insert_with(|| (0.0, title, text.into_owned()));
        vote.0 += weight;
    }
    let (_, title, text) = votes.into_values().max_by(|a, b| a.0.total_cmp(&b.0))?;
    Some(Start { block: 0, title, text, scope: String::new() })
}

/// Whether a title opens a report of its own rather than a section of the one it stands in: an
/// office, a year or a section stands with it, no caption before it, and a table or a statement
/// follows.
fn opens_report(blocks: &[Block], start: &Start, main: &Extent) -> bool {
    let before = blocks[..start.block].iter().rev().find(|b| !b.kind.is_furniture());
    if before.is_some_and(|b| b.kind == BlockKind::Caption) {
        return false;
    }
    let same_as_main =
        main.title.as_ref().is_some_and(|t| t.report_type == start.title.report_type)
            && main.scope == start.scope;
    if same_as_main {
        return false;
    }
    let lower = start.text.to_lowercase();
    let office = list("office").iter().any(|word| lower.contains(word));
    let dated = start.title.year.is_some() || start.text.to_lowercase().contains("tahun");
    let after_signature = before.is_some_and(|b| b.kind == BlockKind::Signature);
    let several_lines = blocks[start.block].text.lines().count() >= 2;
    let score = i32::from(office)
        + i32::from(dated)
        + i32::from(!start.scope.is_empty())
        + i32::from(after_signature)
        + i32::from(several_lines);
    score >= 2
}

/// Ends every report where the next begins, or where the report around it goes on.
fn close(blocks: &[Block], extents: &mut [Extent]) {
    for i in 1..extents.len() {
        let next = extents.get(i + 1).map_or(blocks.len(), |e| e.from);
        let resumed = resumes(blocks, extents[i].from, next);
        extents[i].to = resumed.unwrap_or(next);
        extents[i].is_inner = resumed.is_some();
    }
    // The first report goes to its last block that is in no other.
    let first_outer = extents.iter().skip(1).find(|e| !e.is_inner).map_or(blocks.len(), |e| e.from);
    let last_inner =
        extents.iter().skip(1).filter(|e| e.is_inner && e.from < first_outer).map(|e| e.to).max();
    extents[0].to = first_outer.max(last_inner.unwrap_or(0));
}

/// Where the headings of the surrounding report go on after a report inside it: the next chapter
/// or the next letter.
fn resumes(blocks: &[Block], from: usize, to: usize) -> Option<usize> {
    let heading = |b: &Block| b.kind == BlockKind::Heading && !b.number.is_empty();
    let last = blocks[..from].iter().rev().find(|b| heading(b))?;
    (from + 1..to).find(|i| {
        heading(&blocks[*i]) && follows(&last.number, &blocks[*i].number, &blocks[..from])
    })
}

/// Whether one number of a heading comes after another in the same series, or opens the next
/// chapter.
fn follows(before: &str, after: &str, blocks: &[Block]) -> bool {
    let ordinal = |number: &str| -> Option<(u8, u32)> {
        let last = number.trim_end_matches('.').rsplit(['.', ' ']).next()?;
        if let Ok(value) = last.parse::<u32>() {
            return Some((b'0', value));
        }
        let upper = last.to_uppercase();
        if number.to_uppercase().starts_with("BAB") {
            return Some((b'B', roman(&upper)?));
        }
        match upper.as_bytes() {
            [letter @ b'A'..=b'Z'] => Some((b'A', u32::from(letter - b'A') + 1)),
            _ => None,
        }
    };
    let (Some(b), Some(a)) = (ordinal(before), ordinal(after)) else { return false };
    if a.0 == b.0 {
        return a.1 == b.1 + 1;
    }
    if a.0 == b'B' {
        // The chapter after the one the report stands in.
        let chapter = blocks.iter().rev().find(|x| x.number.to_uppercase().starts_with("BAB"));
        return chapter.and_then(|x| ordinal(&x.number)).is_some_and(|c| a.1 == c.1 + 1);
    }
    false
}

fn roman(text: &str) -> Option<u32> {
    let value = |c: char| match c {
        'I' => Some(1),
        'V' => Some(5),
        'X' => Some(10),
        'L' => Some(50),
        'C' => Some(100),
        _ => None,
    };
    let digits: Option<Vec<u32>> = text.chars().map(value).collect();
    let digits = digits?;
    let mut sum = 0;
    for (i, digit) in digits.iter().enumerate() {
        if digits.get(i + 1).is_some_and(|next| next > digit) {
            sum -= i64::from(*digit);
        } else {
            sum += i64::from(*digit);
        }
    }
    u32::try_from(sum).ok().filter(|s| *s > 0)
}
