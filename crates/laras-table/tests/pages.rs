//! Tables between ruling lines that go on over pages: which rows the page break has cut.

mod support;

use laras_model::{RowShape, Table, TableStyle};
use support::one_table;

fn table(pages: &[&[&str]]) -> Table {
    let pages: Vec<Vec<&str>> = pages.iter().map(|lines| lines.to_vec()).collect();
    one_table(TableStyle::Ruled, &pages).table
}

/// The rows below the header, cells between bars.
fn body(table: &Table) -> Vec<String> {
    let rows = table.rows.iter();
    rows.filter(|row| matches!(row.shape, RowShape::Body | RowShape::Section))
        .map(|row| row.cells.iter().map(|c| c.text.as_str()).collect::<Vec<_>>().join("|"))
        .collect()
}

const HEAD: &str = "No | Program | Indikator Kinerja | Target | Pagu | Keterangan";
const ONE: &str = "1 | Bina Wilayah | Jumlah forum | 2 forum | 1.250.000 | Tetap";
const TWO: &str = "2 | Bina Warga | Jumlah warga | 7 orang | 1.500.000 | Tetap";
const FOUR: &str = "4 | Bina Ormas | Jumlah ormas | 5 ormas | 2.000.000 | Tetap";

#[test]
fn a_row_that_goes_on_in_several_columns_is_one() {
    let found = table(&[
        &[HEAD, ONE, TWO, "3 | Bina Etika | Jumlah Pemilihan | 40 orang | 3.500.000 | Tetap"],
        &[HEAD, "| Umum Daerah | Umum Wilayah | | |", FOUR],
    ]);
    let joined = "3|Bina Etika Umum Daerah|Jumlah Pemilihan Umum Wilayah|40 orang|3.500.000|Tetap";
    assert_eq!((body(&found).len(), body(&found)[2].as_str()), (4, joined));
}

#[test]
fn a_code_and_numbers_cut_by_the_page_are_whole() {
    const HEAD: &str = "Kode | Program | Indikator Kinerja | Pagu | Realisasi";
    let found = table(&[
        &[
            HEAD,
            "5.01.02.01 | Bina Wilayah | Jumlah forum | 1.250.000 | 900.000",
            "5.01.02.02 | Bina Warga | Jumlah warga | 1.500.000 | 800.000",
            "5.01.02.0 | Bina Etika | Jumlah peserta | 3.500.000 | 700.000",
        ],
        &[
            HEAD,
            "3 | Politik Warga | pemilu | |",
            "5.01.02.04 | Bina Ormas | Jumlah ormas | 2.000.000 | 600",
        ],
        &[HEAD, "| | | | .000", "5.01.02.05 | Bina Muda | Jumlah muda | 1.000.000 | 900.000"],
    ]);
    let rows = body(&found);
    assert_eq!(rows.len(), 5, "{rows:?}");
    assert_eq!(
        rows[2],
        "5.01.02.03|Bina Etika Politik Warga|Jumlah peserta pemilu|3.500.000|700.000"
    );
    assert_eq!(rows[3], "5.01.02.04|Bina Ormas|Jumlah ormas|2.000.000|600.000");
}

#[test]
fn lines_of_one_row_that_no_page_parts_are_told_by_two_numbers() {
    const HEAD: &str = "No | Program | Indikator Kinerja | Pagu | Realisasi";
    let cut = [
        "1 | Bina | Jumlah | 1.250.0 | 900.00",
        "| Wilayah | forum | 00 | 0",
        "2 | Bina Warga | Jumlah warga | 1.500.000 | 800.000",
    ];
    let rows = body(&table(&[&[HEAD, cut[0], cut[1], cut[2]]]));
    assert_eq!(
        rows,
        [
            "1|Bina Wilayah|Jumlah forum|1.250.000|900.000",
            "2|Bina Warga|Jumlah warga|1.500.000|800.000"
        ]
    );
    // One number alone may be printed so.
    let rows = body(&table(&[&[
        HEAD,
        cut[2],
        "3 | Bina Etika | Jumlah | 1.250.0 | 900.000",
        "| | | 00 |",
    ]]));
    assert_eq!(rows.len(), 3, "{rows:?}");
}

#[test]
fn a_number_alone_under_a_name_ends_it() {
    let found = table(&[
        &[HEAD, ONE, TWO, "3 | Desk Pemilu | Jumlah laporan | 4 laporan | 3.500.000 | Tetap"],
        &[HEAD, "| 2019 | | | |", FOUR],
    ]);
    assert_eq!(body(&found)[2], "3|Desk Pemilu 2019|Jumlah laporan|4 laporan|3.500.000|Tetap");
}

#[test]
fn a_remark_alone_goes_on_the_row_above() {
    let found = table(&[
        &[HEAD, ONE, TWO, "3 | Bina Etika | Jumlah peserta | 40 orang | 3.500.000 | Diukur."],
        &[HEAD, "| | | | | Angka terus bertambah", FOUR],
    ]);
    let joined = "3|Bina Etika|Jumlah peserta|40 orang|3.500.000|Diukur. Angka terus bertambah";
    assert_eq!((body(&found).len(), body(&found)[2].as_str()), (4, joined));
}

#[test]
fn values_on_one_page_and_their_name_on_the_next_are_one_row() {
    let found = table(&[
        &[HEAD, ONE, TWO, "3 | | Jumlah peserta | 40 orang | 3.500.000 | Tetap"],
        &[HEAD, "| PROGRAM PENDIDIKAN POLITIK | | | |", FOUR],
    ]);
    let joined = "3|PROGRAM PENDIDIKAN POLITIK|Jumlah peserta|40 orang|3.500.000|Tetap";
    assert_eq!((body(&found).len(), body(&found)[2].as_str()), (4, joined));
}

#[test]
fn a_section_at_the_top_of_a_page_is_a_row_of_its_own() {
    let found = table(&[
        &[HEAD, "| BIDANG SATU | | | |", ONE, "| BIDANG DUA | | | |", TWO],
        &[HEAD, "| BIDANG TIGA | | | |", FOUR],
    ]);
    assert_eq!(body(&found).len(), 6, "{:#?}", body(&found));
}

#[test]
fn a_title_over_all_columns_is_no_part_of_the_columns() {
    let found = table(&[&[
        "PERBANDINGAN PAGU>",
        "Uraian | Pagu 2021 | Pagu 2022",
        "(1) | (2) | (3)",
        "Belanja pegawai | 1.250.000 | 1.300.000",
        "Belanja modal | 3.500.000 | 3.100.000",
    ]]);
    let paths: Vec<String> = found.columns.iter().map(|c| c.path.join("/")).collect();
    assert_eq!(paths, ["Uraian", "Pagu 2021", "Pagu 2022"]);
    assert_eq!(found.columns[1].number, "2");
}

/// The first page ends below its heads, and two of its columns look like one.
#[test]
fn heads_of_a_later_page_stand_where_they_are_printed() {
    let found = table(&[
        &[
            "Program | Indikator Kinerja | Target Realisasi | Pagu | Sumber Dana | Keterangan",
            "1 | 2 | 3 4 | 5 | 6 | 7",
            "Urusan Umum | | | | |",
        ],
        &[
            "Program | Indikator Kinerja | Target | Realisasi | Pagu | Sumber Dana | Keterangan",
            "1 | 2 | 3 | 4 | 5 | 6 | 7",
            "Arsip | Jumlah arsip | 10 Paket | 8 Paket | 2.500.000 | APBD | Tetap",
            "Koleksi | Jumlah koleksi | 40 Paket | 30 Paket | 1.250.000 | APBD | Tetap",
            "Rapat | Jumlah rapat | 12 Kali | 9 Kali | 3.750.000 | APBD | Tetap",
        ],
    ]);
    let heads: Vec<_> = found.columns.iter().map(|c| (c.path.join("/"), &*c.number)).collect();
    let wanted = [("Target", "3"), ("Realisasi", "4"), ("Pagu", "5")];
    assert_eq!(heads[2..5], wanted.map(|(head, number)| (head.to_owned(), number)));
    let pages: Vec<u32> = found.rows.iter().map(|row| row.place.page).collect();
    assert_eq!(pages, [1, 1, 1, 2, 2, 2, 2, 2]);
    assert_eq!((found.place.page, found.rows[3].shape), (1, RowShape::Header));
}
