//! Names that are none, and data folders that are broken.

use std::time::{Duration, Instant};

use laras_model::NameStatus;
use laras_nomenclature::{FILES, MatchOptions, Nomenclature, Overrides, Query, TableRow};
use proptest::prelude::*;

#[test]
fn long_texts_are_local_in_bounded_time() {
    let nomenclature = Nomenclature::builtin();
    let texts = [
        "a".repeat(10_000),
        "penyediaan jasa ".repeat(700),
        "penyediaanjasasuratmenyurat".repeat(400),
        "x y z ".repeat(2_000),
        "9".repeat(10_000),
        "é".repeat(10_000),
        "((((".repeat(3_000),
        "<a".repeat(5_000),
        "pengadaan perlengkapan gedung kantor dan ".repeat(30),
    ];
    for text in &texts {
        let start = Instant::now();
        let found = nomenclature.match_name(&Query::new(text), &MatchOptions::default());
        let took = start.elapsed();
        assert_eq!(found.status, NameStatus::Local, "{}…", &text[..20]);
        assert!(found.code.is_empty());
        assert!(took < Duration::from_millis(250), "{took:?} for {}…", &text[..20]);
        nomenclature.fold(text);
        nomenclature.similarity(text, &texts[1]);
        nomenclature.nearness(text);
        nomenclature.regions().find(text);
        nomenclature.agencies().find(text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_panics(a in ".{0,80}", b in "[a-zA-Z /().,&<>0-9-]{0,120}", code in "[0-9X.x ]{0,24}") {
        let nomenclature = Nomenclature::builtin();
        let query = Query { parent: Some(&b), printed_code: Some(&code), ..Query::new(&a) };
        let found = nomenclature.match_name(&query, &MatchOptions::default());
        prop_assert!((0.0..=1.0).contains(&found.score));
        let query = Query { parent: Some(&code), ..Query::new(&b) };
        nomenclature.match_name(&query, &MatchOptions::default());
        nomenclature.regions().find(&b);
        nomenclature.regions().find_signed(&a);
        nomenclature.agencies().find(&b);
        if let Some(known) = nomenclature.look_up(&code) {
            prop_assert!(!known.history.is_empty());
        }
        for edition in nomenclature.editions() {
            nomenclature.map(&code, edition);
        }
    }

    #[test]
    fn similarity_is_symmetric_and_of_itself_one(a in "[a-z ]{0,40}", b in "[a-z ]{0,40}") {
        let nomenclature = Nomenclature::builtin();
        let (one, other) = (nomenclature.similarity(&a, &b), nomenclature.similarity(&b, &a));
        prop_assert!((one - other).abs() < 1e-12);
        prop_assert!((0.0..=1.0).contains(&one));
        prop_assert!(nomenclature.similarity(&a, &a) >= 1.0);
    }

    #[test]
    fn folding_twice_changes_nothing(name in "[A-Za-z ()/&.-]{0,60}") {
        let nomenclature = Nomenclature::builtin();
        let once = nomenclature.fold(&name);
        // A level word may come to stand in front when the one before it is removed.
        prop_assume!(!["program", "kegiatan", "sub", "urusan"].iter().any(|w| once.starts_with(w)));
        prop_assert_eq!(nomenclature.fold(&once), once);
    }

    #[test]
    fn tables_with_any_parents_are_answered(parents in prop::collection::vec(prop::option::of(0usize..12), 0..12)) {
        let names = ["Program Pengelolaan Pendidikan", "Pembangunan Ruang Kelas Baru", "Pentas"];
        let rows: Vec<TableRow<'_>> = parents.iter().enumerate()
            .map(|(at, parent)| TableRow { query: Query::new(names[at % 3]), parent: *parent, plan: 0 })
            .collect();
        let found = Nomenclature::builtin().match_table(&rows, &MatchOptions::default());
        prop_assert_eq!(found.len(), rows.len());
    }
}

/// The built-in files with one of them changed.
fn with(file: &str, change: impl Fn(&str) -> Vec<u8>) -> Vec<(&'static str, Vec<u8>)> {
    let changed = |name: &str, text: &str| {
        if name == file { change(text) } else { text.as_bytes().to_vec() }
    };
    FILES.iter().map(|(name, text)| (*name, changed(name, text))).collect()
}

fn problems(files: &[(&'static str, Vec<u8>)]) -> Vec<String> {
    let files: Vec<(&str, &[u8])> = files.iter().map(|(n, b)| (*n, b.as_slice())).collect();
    Nomenclature::check(&files).iter().map(ToString::to_string).collect()
}

#[test]
fn the_built_in_files_are_sound() {
    assert_eq!(problems(&with("", |_| Vec::new())), Vec::<String>::new());
}

#[test]
fn broken_files_are_said_with_file_line_and_fault() {
    let line = |text: &str, at: usize, new: &str| {
        let mut lines: Vec<&str> = text.lines().collect();
        lines[at - 1] = new;
        lines.join("\n").into_bytes()
    };
    let short = with("nomenclature-13.tsv", |text| line(text, 3, "01.01\tkegiatan"));
    assert_eq!(problems(&short)[0], "nomenclature-13.tsv:3: 2 cells, but the header has 5");
    let level = with("nomenclature-13.tsv", |text| line(text, 3, "01.01\tprogram\tA\tsimda13\t"));
    assert_eq!(
        problems(&level)[0],
        "nomenclature-13.tsv:3: level is 'program', but a code like 01.01 has kegiatan"
    );
    let header = with("regions.tsv", |text| text.replacen("capital", "ibukota", 1).into_bytes());
    assert!(problems(&header)[0].starts_with("regions.tsv:1: no column 'capital' in the header"));
    let weight = with("weights.tsv", |text| text.replacen("exact\t", "exakt\t", 1).into_bytes());
    let found = problems(&weight);
    assert_eq!(found[0], "weights.tsv: no weight for 'exact'");
    assert!(found[1].starts_with("weights.tsv:3: no feature 'exakt'"), "{}", found[1]);
    let bytes = with("words.tsv", |_| b"word\tclass\tnote\ndan\t\xff\t\n".to_vec());
    assert!(problems(&bytes).contains(&"words.tsv:2: not UTF-8".to_owned()));
    let orphan = with("nomenclature-13.tsv", |text| {
        format!("{text}9.99.99.01\tkegiatan\tTanpa Program\tsimda13\t\n").into_bytes()
    });
    let wanted = "nomenclature-13.tsv: 9.99.99.01 has no parent: 9.99.99 is not in the list";
    assert_eq!(problems(&orphan), [wanted]);
    let empty = with("nomenclature-90.tsv", |_| Vec::new());
    assert!(!problems(&empty).is_empty());
}

#[test]
fn overrides_that_cannot_be_used_are_refused() {
    let table = "name\tcode\tnote\nA B\t99.99\t\n\tlocal\t\nC D\tlocal\t\nc  d\tlocal\t\n";
    let problems = Overrides::read("mine.tsv", table, Nomenclature::builtin()).unwrap_err();
    let said: Vec<String> = problems.iter().map(ToString::to_string).collect();
    assert_eq!(
        said,
        [
            "mine.tsv:2: '99.99' is neither 'local' nor a code of the nomenclature",
            "mine.tsv:3: the name is empty",
            "mine.tsv:5: 'c  d' is decided twice",
        ]
    );
}
