//! Rows of heads whose blank cells a converter has dropped.

mod support;

use laras_model::TableStyle;
use support::one_table;

/// What stands over each column of the one table that the lines make, innermost head last.
fn heads(lines: &[&str]) -> Vec<String> {
    let found = one_table(TableStyle::Tabs, &[lines.to_vec()]);
    found.table.columns.iter().map(|column| column.path.join("/")).collect()
}

const BODY: [&str; 4] = [
    "1|Penyediaan Jasa Surat Menyurat|12|9.000.000|4|3.420.000",
    "2|Penyediaan Alat Tulis Kantor|45|95.000.000|38|36.780.500",
    "3|Penyediaan Makanan dan Minuman|700|70.000.000|310|31.000.000",
    "4|Rapat Koordinasi|40|125.000.000|17|48.250.000",
];

#[test]
fn heads_at_the_left_edge_go_over_the_values_they_name() {
    let whole = ["No|Kegiatan|Target||Realisasi|", "||K|Rp|K|Rp"];
    let dropped = ["No|Kegiatan|Target||Realisasi|", "K|Rp|K|Rp"];
    let want = ["No", "Kegiatan", "Target/K", "Target/Rp", "Realisasi/K", "Realisasi/Rp"];
    for head in [whole, dropped] {
        let lines: Vec<&str> = head.into_iter().chain(BODY).collect();
        assert_eq!(heads(&lines), want);
    }
}

#[test]
fn heads_in_front_of_a_lost_one_stay_and_those_behind_it_move() {
    let body = [
        "1|Meningkatnya toleransi|4|Program Pembinaan|99.193.000|71.407.400|71,99",
        "2|Terjaganya ketertiban|5|Program Kewaspadaan|17.862.000|17.512.000|98,04",
        "3|Terwujudnya partisipasi|5|Program Pendidikan Politik|59.528.000|40.142.400|67,43",
    ];
    // The second `No` is lost.
    let head = ["Sasaran||Program||||", "No|Uraian|Uraian|Target|Realisasi|%|"];
    let lines: Vec<&str> = head.into_iter().chain(body).collect();
    let found = heads(&lines);
    assert_eq!(found[..2], ["Sasaran/No", "Sasaran/Uraian"]);
    assert_eq!(found[3..], ["Program/Uraian", "Program/Target", "Program/Realisasi", "Program/%"]);
}

#[test]
fn remarks_without_a_head_move_no_head() {
    let body = [
        "1|Program Pembinaan|99.193.000|71.407.400|terlambat",
        "2|Program Kewaspadaan|17.862.000|17.512.000|sesuai jadwal",
        "3|Program Pendidikan Politik|59.528.000|40.142.400|sesuai jadwal",
    ];
    let lines: Vec<&str> = ["No|Program|Pagu|Realisasi|"].into_iter().chain(body).collect();
    assert_eq!(heads(&lines)[..4], ["No", "Program", "Pagu", "Realisasi"]);
}
