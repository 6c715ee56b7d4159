//! The generator itself: gold stands where the map says in every dress, the same seed gives the
//! same bytes, the tab dress is the source, and nothing panics whatever the text.

use laras_tests::{
    Damage, Document, Gold, LineMap, Recipe, Report, Segment, Style, Variant, restyle,
    write_variant,
};
use proptest::prelude::*;

#[expect(clippy::print_stdout, reason = "what did not run is said plainly")]
fn say(text: &str) {
    println!("{text}");
}

/// A report that the tests run on.
struct Sample {
    name: String,
    text: String,
    gold: Gold,
}

/// Every corpus report, and the real ones with whole gold where they are present.
fn samples() -> Vec<Sample> {
    let mut reports = Report::corpus().expect("the corpus is part of the repository");
    assert!(reports.len() >= 2, "the corpus lost its reports");
    match Report::shared().expect("shared gold is complete") {
        Some(shared) => {
            let whole = ["pontianak-2020", "tapin-2020"];
            reports.extend(shared.into_iter().filter(|r| whole.contains(&r.name.as_str())));
        }
        None => say("did not run on real reports: there is no shared folder (LARAS_SHARED)"),
    }
    let sample = |r: Report| Sample { text: r.text().into_owned(), name: r.name, gold: r.gold };
    reports.into_iter().map(sample).collect()
}

/// The recipes that are tested: every style, every damage in tabs, and three mixtures.
fn recipes() -> Vec<Recipe> {
    let mut recipes: Vec<Recipe> = Style::ALL.map(|style| Recipe::new(style, 7)).into();
    recipes.extend(Style::ALL.map(|style| Recipe::new(style, 20)));
    recipes.extend(Damage::ALL.map(|damage| Recipe::new(Style::Tabs, 3).with(damage)));
    recipes.push(Recipe::new(Style::Aligned, 11).with(Damage::BreakInside));
    recipes.push(Recipe::new(Style::Mixed, 12).with(Damage::BreakRepeated));
    recipes.push(Recipe::new(Style::Html, 13).with(Damage::DropEmpty).with(Damage::BreakLost));
    recipes
}

/// Text without spaces and markup, as a reader compares it.
fn bare(text: &str) -> String {
    let mut text =
        text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").replace("\\|", "|");
    for mark in ["**", "<i>", "</i>", "<p>", "</p>", "<br>"] {
        text = text.replace(mark, "");
    }
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Words of `wanted` that stand in order on `lines`, beside whatever else stands there.
fn stands(wanted: &str, lines: &[&str]) -> bool {
    if bare(&lines.concat()).contains(&bare(wanted)) {
        return true;
    }
    // A text wrapped over lines stands between other cells: every word must be there.
    let page = bare(&lines.concat());
    wanted.split_whitespace().all(|word| page.contains(&bare(word)))
}

fn check(sample: &Sample, recipe: &Recipe) {
    let Variant { gold, text, map, .. } = write_variant(&sample.text, &sample.gold, recipe);
    let old: Vec<&str> = sample.text.lines().collect();
    let new: Vec<&str> = text.lines().collect();
    let (before, after) = (&sample.gold.observations, &gold.observations);
    assert_eq!(before.rows.len(), after.rows.len());
    for row in 0..before.rows.len() {
        let (raw, line) = (before.get(row, "raw"), before.line(row).expect("placed by line"));
        // Real gold places a few values by their record; only what stands there is checked.
        let reach = &old[line as usize - 1..(line as usize + 2).min(old.len())];
        if !reach.iter().any(|text| text.contains(raw)) {
            continue;
        }
        let offset = reach.iter().position(|text| text.contains(raw)).unwrap_or(0) as u32;
        let (first, _) = map.span(line);
        let (_, last) = map.span(line + offset);
        let raw = after.get(row, "raw");
        assert_eq!(after.line(row), Some(first));
        assert!(
            stands(raw, &new[first as usize - 1..(last as usize).min(new.len())]),
            "{} {recipe:?}: raw {raw:?} of line {line} is not on {first}-{last}: {:?}",
            sample.name,
            &new[first as usize - 1..(last as usize).min(new.len())]
        );
        // Amounts are never broken and stand within reach of their record's first line.
        let is_amount =
            raw.len() >= 7 && raw.chars().all(|c| c.is_ascii_digit() || ".,".contains(c));
        if is_amount && offset == 0 {
            let near = &new[first as usize - 1..(first as usize + 2).min(new.len())];
            assert!(
                near.iter().any(|text| text.contains(raw)),
                "{} {recipe:?}: amount {raw} left line {first}: {near:?}",
                sample.name
            );
        }
    }
    for row in 0..sample.gold.names.rows.len() {
        let line = sample.gold.names.line(row).expect("placed by line");
        assert_eq!(gold.names.line(row), Some(map.first(line)));
    }
}

#[test]
fn gold_stands_where_the_map_says() {
    for sample in samples() {
        for recipe in recipes() {
            check(&sample, &recipe);
        }
    }
}

#[test]
fn the_same_seed_gives_the_same_bytes_and_another_seed_does_not() {
    for sample in samples() {
        for recipe in recipes() {
            let once = write_variant(&sample.text, &sample.gold, &recipe);
            let twice = write_variant(&sample.text, &sample.gold, &recipe);
            assert_eq!(once.bytes, twice.bytes, "{} {recipe:?}", sample.name);
            assert_eq!(once.gold, twice.gold, "{} {recipe:?}", sample.name);
        }
        let [a, b] = [1, 2].map(|seed| {
            write_variant(&sample.text, &sample.gold, &Recipe::new(Style::Aligned, seed))
        });
        assert_ne!(a.bytes, b.bytes, "{}", sample.name);
    }
}

#[test]
fn tabs_are_the_source() {
    for sample in samples() {
        let variant = write_variant(&sample.text, &sample.gold, &Recipe::new(Style::Tabs, 9));
        assert_eq!(variant.bytes, sample.text.as_bytes(), "{}", sample.name);
        assert_eq!(variant.gold, sample.gold, "{}", sample.name);
        assert_eq!(variant.map, LineMap::identity(sample.text.lines().count()));
    }
}

#[test]
fn every_style_really_changes_the_tables() {
    for sample in samples() {
        let lines = |style: Style| {
            let text = write_variant(&sample.text, &sample.gold, &Recipe::new(style, 7)).text;
            text.lines().map(String::from).collect::<Vec<_>>()
        };
        let tabbed = |lines: &[String]| lines.iter().filter(|line| line.contains('\t')).count();
        let report = Document::parse(&sample.text);
        let rows = report.segments().into_iter().map(|segment| match segment {
            Segment::Table(run) => run.len(),
            Segment::Prose(_) => 0,
        });
        let rows: usize = rows.sum();
        assert!(rows > 40, "{}: {rows} rows", sample.name);
        for style in [Style::Pipes, Style::Html, Style::Grid, Style::Rulers, Style::Aligned] {
            // Only tables of contents keep their tabs, and a page of aligned columns has none.
            let contents = if style == Style::Aligned { 0 } else { tabbed(&report.lines) - rows };
            assert_eq!(tabbed(&lines(style)), contents, "{} {style}", sample.name);
        }
        let kinds: Vec<[bool; 3]> = (0..8)
            .map(|seed| {
                let recipe = Recipe::new(Style::Mixed, seed);
                let text = write_variant(&sample.text, &sample.gold, &recipe).text;
                ["\t", "| ---", "<table>"].map(|mark| text.contains(mark))
            })
            .collect();
        let mixes = kinds.iter().any(|seen| seen.iter().filter(|mark| **mark).count() >= 2);
        assert!(mixes, "{}: no page differs from another", sample.name);
        assert!((0..3).all(|mark| kinds.iter().any(|seen| seen[mark])), "{}", sample.name);
    }
}

#[test]
fn legacy_bytes_decode_to_the_text() {
    for sample in samples() {
        let variant =
            write_variant(&sample.text, &sample.gold, &Recipe::new(Style::Windows1252, 1));
        assert!(variant.bytes.windows(2).any(|pair| pair == b"\r\n"));
        let crlf = variant.text.replace('\n', "\r\n");
        let decoded: String =
            encoding_rs::WINDOWS_1252.decode_without_bom_handling(&variant.bytes).0.into();
        assert_eq!(decoded, crlf, "{}", sample.name);
    }
}

#[test]
fn dropping_keeps_order_and_hits_about_a_third() {
    for sample in samples() {
        let report = Document::parse(&sample.text);
        let (damaged, map) = Damage::DropEmpty.apply(&report, 4);
        assert_eq!(map, LineMap::identity(report.lines.len()));
        let (mut could, mut did) = (0, 0);
        for (before, after) in report.lines.iter().zip(&damaged.lines) {
            let kept: Vec<&str> =
                after.split('\t').filter(|cell| !cell.trim().is_empty()).collect();
            let was: Vec<&str> =
                before.split('\t').filter(|cell| !cell.trim().is_empty()).collect();
            assert_eq!(kept, was);
            could += usize::from(before.contains("\t\t") || before.starts_with('\t'));
            did += usize::from(before != after);
        }
        assert!(
            did * 100 > could * 10 && did * 100 < could * 50,
            "{}: {did} of {could}",
            sample.name
        );
    }
}

proptest! {
    /// Whatever the text, every dress is written, no line is lost and no word of prose changes.
    #[test]
    fn any_text_can_be_dressed(
        text in "([a-zA-Z0-9 .,|<>/&*$%é≥-]{0,12}[\t\n]{1,2}){0,40}",
        style in 0..Style::ALL.len(),
        damage in 0..Damage::ALL.len(),
        seed in any::<u64>(),
    ) {
        let recipe = Recipe::new(Style::ALL[style], seed).with(Damage::ALL[damage]);
        let variant = write_variant(&text, &Gold::default(), &recipe);
        let lines = variant.text.lines().count() as u32;
        let report = Document::parse(&text);
        prop_assert_eq!(variant.map.len(), report.lines.len());
        let mut last = 0;
        for line in 1..=report.lines.len() as u32 {
            let (from, to) = variant.map.span(line);
            prop_assert!(last < from && from <= to && to <= lines.max(to));
            last = to;
        }
    }

    /// Printing what was parsed gives the same text, and tabs restyled are the same lines.
    #[test]
    fn parsing_and_printing_is_the_identity(text in "[a\t\n]{0,60}") {
        let report = Document::parse(&text);
        prop_assert_eq!(report.to_text(), text);
        prop_assert_eq!(restyle(&report, Style::Tabs, 1).document, report);
    }
}
