//! Names matched together, codes looked up, names decided by a user.

use laras_model::{Level, NameStatus, Regime};
use laras_nomenclature::{
    Match, MatchOptions, Nomenclature, Overrides, Query, Remark, TableRow, Tier,
};

fn row(name: &str, level: Level, parent: Option<usize>) -> TableRow<'_> {
    TableRow { query: Query { level: Some(level), ..Query::new(name) }, parent, plan: 0 }
}

fn codes(found: &[Match]) -> Vec<&str> {
    found.iter().map(|found| found.code.as_str()).collect()
}

#[test]
fn rows_tell_each_other_regulation_and_office() {
    // Nothing says year or tier; the kesbangpol programs say all of it.
    let rows = [
        row("Program Penguatan Ideologi Pancasila dan Karakter Kebangsaan", Level::Program, None),
        row(
            "Pelaksanaan Forum Koordinasi Pimpinan Daerah Kabupaten/Kota",
            Level::SubKegiatan,
            None,
        ),
        row("Program Penunjang Urusan Pemerintahan Daerah Kabupaten/Kota", Level::Program, None),
        row("Administrasi Umum Perangkat Daerah", Level::Kegiatan, Some(2)),
        row("Penyediaan Bahan Logistik Kantor", Level::SubKegiatan, Some(3)),
    ];
    let found = Nomenclature::builtin().match_table(&rows, &MatchOptions::default());
    let wanted = ["8.01.02", "8.01.06.2.01.0006", "8.01.01", "8.01.01.2.06", "8.01.01.2.06.0004"];
    assert_eq!(codes(&found), wanted);
    assert_eq!(found[4].aliases, ["X.XX.01.2.06.0004"]);
}

#[test]
fn a_shared_name_is_told_by_the_row_above() {
    let year = |mut row: TableRow<'static>| {
        row.query.year = Some(2018);
        row
    };
    let rows = [
        year(row("Program Pembangunan Infrastruktur Perdesaan", Level::Program, None)),
        year(row("Monitoring, evaluasi dan pelaporan", Level::Kegiatan, Some(0))),
        year(row("Monitoring, evaluasi dan pelaporan", Level::Kegiatan, None)),
    ];
    let found = Nomenclature::builtin().match_table(&rows, &MatchOptions::default());
    assert!(found[1].code.starts_with("1.03.30."), "{:?} {:?}", found[0], found[1]);
    assert_eq!(found[2].status, NameStatus::Ambiguous);
    assert!(found[2].candidates.len() > 1);
}

#[test]
fn no_official_name_twice_in_one_plan() {
    let year = |name| {
        let mut row = row(name, Level::Kegiatan, None);
        row.query.year = Some(2019);
        row
    };
    let mut rows = [
        year("Penyediaan jasa surat menyurat"),
        year("Penyediaan jasa surat menyurat dinas"),
        year("PENYEDIAAN JASA SURAT MENYURAT"),
    ];
    let alone = Nomenclature::builtin().match_name(&rows[1].query, &MatchOptions::default());
    let together = Nomenclature::builtin().match_table(&rows, &MatchOptions::default());
    assert_eq!((together[0].code.as_str(), together[2].code.as_str()), ("01.01", "01.01"));
    assert_eq!(together[1].code, "", "alone it would be {}", alone.code);
    rows[1].plan = 1;
    let apart = Nomenclature::builtin().match_table(&rows, &MatchOptions::default());
    assert_eq!(apart[1].code, alone.code);
}

#[test]
fn what_does_not_fit_is_said() {
    let nomenclature = Nomenclature::builtin();
    let query = Query {
        tier: Some(Tier::KabupatenKota),
        year: Some(2024),
        printed_code: Some("8.01.01.1.06.0004"),
        ..Query::new("Penyediaan Bahan Logistik Kantor")
    };
    let found = nomenclature.match_name(&query, &MatchOptions::default());
    assert_eq!(found.code, "X.XX.01.2.06.0004");
    assert!(found.explanation.remarks.contains(&Remark::OtherTierDigit), "{}", found.explanation);
    let query = Query { year: Some(2024), ..Query::new("Penyediaan makanan dan minuman") };
    let found = nomenclature.match_name(&query, &MatchOptions::default());
    assert!(!found.code.is_empty());
    let said = &found.explanation.remarks;
    assert!(
        said.contains(&Remark::OtherRegime) || said.contains(&Remark::OtherEdition),
        "{said:?}"
    );
    for remark in said {
        assert!(!remark.message().id.is_empty() && !remark.message().en.is_empty(), "{remark:?}");
    }
}

#[test]
fn a_user_decides_and_it_is_marked() {
    let nomenclature = Nomenclature::builtin();
    let table =
        "name\tcode\tnote\nRapat Tamu\t01.18\tdisepakati\nPenyediaan alat tulis kantor\tlocal\t\n";
    let overrides = Overrides::read("mine.tsv", table, nomenclature).unwrap();
    let options = MatchOptions { overrides: Some(&overrides), ..MatchOptions::default() };
    let rows = [
        row("rapat  tamu", Level::Kegiatan, None),
        row("Penyediaan Alat Tulis Kantor", Level::Kegiatan, None),
    ];
    let found = nomenclature.match_table(&rows, &options);
    assert_eq!(
        (found[0].code.as_str(), found[0].overridden.as_deref()),
        ("01.18", Some("disepakati"))
    );
    assert_eq!((found[1].status, found[1].code.as_str()), (NameStatus::Local, ""));
    assert!(found[1].explanation.remarks.contains(&Remark::Overridden));
}

#[test]
fn names_can_be_compared_letter_for_letter_only() {
    let nomenclature = Nomenclature::builtin();
    let rows = [
        row("penyediaan  ALAT tulis kantor", Level::Kegiatan, None),
        row("Penyediaan aiat tulis kantor", Level::Kegiatan, None),
    ];
    let found = nomenclature.match_table(&rows, &MatchOptions::default());
    assert_eq!(
        found.iter().map(|m| m.status).collect::<Vec<_>>(),
        [NameStatus::Exact, NameStatus::Fuzzy]
    );
    let options = MatchOptions { exact_only: true, ..MatchOptions::default() };
    let found = nomenclature.match_table(&rows, &options);
    assert_eq!(
        found.iter().map(|m| m.status).collect::<Vec<_>>(),
        [NameStatus::Exact, NameStatus::Local]
    );
    assert!(found[1].code.is_empty() && found[1].candidates.is_empty());
    let alone = nomenclature.match_name(&rows[1].query, &options);
    assert_eq!(alone.status, NameStatus::Local);
}

#[test]
fn codes_have_a_history_and_a_crosswalk() {
    let nomenclature = Nomenclature::builtin();
    let known = nomenclature.look_up("8.01.02.2.01.03").unwrap();
    let names: Vec<&str> = known.history.iter().map(|row| row.name).collect();
    assert!(names.len() >= 2, "{names:?}");
    assert_eq!(
        known.above.iter().map(|row| row.code.as_str()).collect::<Vec<_>>(),
        ["8.01.02.2.01", "8.01.02", "8.01", "8"]
    );
    let known = nomenclature.look_up("X.XX.01.2.06.05").unwrap();
    assert!(known.aliases.contains(&"8.01.01.2.06.05".into()));
    assert!(known.crosswalk.iter().any(|m| m.code == "01.11" && m.regime == Regime::Permendagri13));
    assert!(nomenclature.look_up("99.99").is_none());
    assert!(nomenclature.look_up_in("1.01", Regime::Permendagri90).is_some());

    // Renumbered in 2020: the name that was .03 in 2019 has another code since.
    let to = nomenclature.edition(2020).unwrap();
    let mapped = nomenclature.map("8.01.02.2.01.03", to);
    assert!(mapped.iter().any(|m| m.relation == "renumbered"), "{mapped:?}");
    assert!(mapped.iter().all(|m| m.basis == "computed"));
    let to = nomenclature.edition(2019).unwrap();
    let mapped = nomenclature.map("01.10", to);
    assert_eq!(
        (mapped[0].code.as_str(), mapped[0].basis.as_str()),
        ("X.XX.01.2.03.10", "official")
    );
    let to = nomenclature.edition(13).unwrap();
    assert!(nomenclature.map("X.XX.01.2.06.05", to).iter().any(|m| m.code == "01.11"));
}

#[test]
fn every_row_keeps_its_source() {
    let nomenclature = Nomenclature::builtin();
    for name in nomenclature.names() {
        assert!(!name.source.is_empty(), "{}", name.code);
        for id in name.source.split(' ') {
            assert!(nomenclature.source(id).is_some(), "{} of {}", id, name.code);
        }
    }
}
