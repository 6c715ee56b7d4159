//! Tables over page breaks and between prose.

use laras_model::BlockKind;

use super::read;
use crate::text::{TextOptions, read_text};

/// Cells of all rows of a whole text, its furniture found first.
fn table_of(text: &str) -> Vec<String> {
    let content = read_text(text.as_bytes(), &TextOptions::default()).expect("it is text");
    let rows = content.fragments.iter().flat_map(|fragment| &fragment.rows);
    rows.map(|row| row.cells.iter().map(|c| c.text.as_str()).collect::<Vec<_>>().join("|"))
        .collect()
}

#[test]
fn blank_lines_part_the_rows_where_every_row_has_one() {
    let text = "
Program                                   Pagu

Pembinaan Ketahanan
Ekonomi dan Sosial                   1.000.000
Masyarakat Desa

Koordinasi Kewaspadaan               2.500.000
Dini Daerah

Forum Pembauran
Kebangsaan Tingkat                   3.000.000
Kecamatan
";
    assert_eq!(
        read(text)[1..],
        [
            "Pembinaan Ketahanan Ekonomi dan Sosial Masyarakat Desa|1.000.000",
            "Koordinasi Kewaspadaan Dini Daerah|2.500.000",
            "Forum Pembauran Kebangsaan Tingkat Kecamatan|3.000.000",
        ]
    );
}

#[test]
fn words_that_open_names_open_rows() {
    let text = "
Kegiatan                                 Pagu     Realisasi
Penyediaan Peralatan              1.000.000       900.000
Rumah Tangga
Penyediaan Bahan                  2.000.000     1.900.000
Logistik Kantor
Pemeliharaan Gedung               3.000.000     2.900.000
Daerah Perbatasan
";
    assert_eq!(
        read(text)[1..],
        [
            "Penyediaan Peralatan Rumah Tangga|1.000.000|900.000",
            "Penyediaan Bahan Logistik Kantor|2.000.000|1.900.000",
            "Pemeliharaan Gedung Daerah Perbatasan|3.000.000|2.900.000",
        ]
    );
}

#[test]
fn prose_at_the_margin_ends_a_table() {
    let prose =
        "Perbandingan antara realisasi dan target tahun ini menunjukkan bahwa kegiatan berjalan.";
    let table = "No   Uraian               Target   Realisasi
1    Rapat koordinasi         12          10
2    Sosialisasi               4           4";
    for margin in [0, 11, 20] {
        let text = format!("{prose}\n\n{table}\n\n{prose}\n{prose}\n");
        let indent = " ".repeat(margin);
        let text: String = text.lines().flat_map(|line| [&indent, line, "\n"]).collect();
        let rows = table_of(&text);
        assert_eq!(rows.len(), 3, "margin {margin}: {rows:?}");
        assert_eq!(rows[2], "2|Sosialisasi|4|4");
    }
}

#[test]
fn a_row_that_a_page_break_cut_goes_on_below_the_furniture() {
    let page = |number: u32, last: &str| {
        format!(
            "1    Rapat koordinasi bulanan      {number}2    1{number}0.000
2    Pembinaan lembaga desa        {number}3    2{number}0.000{last}\n"
        )
    };
    let footer = "\nRenja Kecamatan Contoh Tahun 2023\n";
    let rest = "     dan kelurahan\n";
    let text = format!(
        "No   Kegiatan                  Target       Pagu\n{}{footer}\n{rest}{}{footer}\n{}{footer}",
        page(1, ""),
        page(2, ""),
        page(3, "")
    );
    let rows = table_of(&text);
    assert!(
        rows.iter().any(|row| row == "2|Pembinaan lembaga desa dan kelurahan|13|210.000"),
        "{rows:?}"
    );
}

#[test]
fn a_header_that_returns_is_a_header() {
    let head = "No   Kegiatan                  Target       Pagu
     Uraian                   (kali)       (Rp)\n";
    let text = format!(
        "{head}1    Rapat koordinasi              12    100.000
2    Sosialisasi                    4    200.000\n
{head}3    Pelatihan                      1    300.000
4    Lomba                          2    400.000\n"
    );
    let rows = table_of(&text);
    let numbered: Vec<&String> = rows.iter().filter(|row| row.ends_with("00.000")).collect();
    assert_eq!(
        numbered,
        [
            "1|Rapat koordinasi|12|100.000",
            "2|Sosialisasi|4|200.000",
            "3|Pelatihan|1|300.000",
            "4|Lomba|2|400.000",
        ]
    );
}

#[test]
fn a_page_may_end_below_a_header() {
    let text = "
Uraian       Target Renstra                     Realisasi
                2020     2021     2022     2020     2021     2022
";
    let content = read_text(text.as_bytes(), &TextOptions::default()).expect("it is text");
    let rows = content.blocks.iter().filter(|block| block.kind == BlockKind::Rows).count();
    assert_eq!(rows, 1);
    assert!(content.fragments[0].rows.iter().all(|row| row.is_header));
}

#[test]
fn a_mark_of_rupiah_stays_with_its_number() {
    let text = "
No   Program                     Anggaran
1    Rapat koordinasi    Rp 1.000.000.000,-
2    Sosialisasi           Rp 250.000.000,-
3    Pelatihan           Rp 4.500.000.000,-
4    Lomba desa             Rp 12.500.000,-
5    Pameran             Rp 7.100.000.000,-
";
    assert_eq!(read(text)[1], "1|Rapat koordinasi|Rp 1.000.000.000,-");
}

#[test]
fn labelled_numbers_below_each_other_are_rows() {
    let text = "
No   Kegiatan            Satuan    Target
1    Rapat koordinasi    4 Kali    TW I : 1
                                   TW II : 1
                                   TW III : 2
2    Sosialisasi         2 Kali    TW I : 1
                                   TW II : 1
";
    let rows = read(text);
    assert_eq!(rows.len(), 6, "{rows:?}");
    assert_eq!(rows[4], "2|Sosialisasi|2 Kali|TW I : 1");
}

#[test]
fn numbers_cut_inside_their_groups_close_up() {
    let text = "
Kegiatan             Pagu       TW I
Rapat            4.245.0     1.250.0
koordinasi        00.000      00.000
Lomba desa       3.100.0     2.100.0
                  00.000      00.000
Pameran          1.000.0       900.0
                  00.000          00
";
    assert_eq!(read(text)[1], "Rapat koordinasi|4.245.000.000|1.250.000.000");
}

#[test]
fn a_page_that_ends_below_its_only_row_is_a_table() {
    let text = "
No   Kegiatan         Sasaran menurut Rancangan Awal Perubahan RKPD
                      Target    Realisasi     Indikatif    Anggaran
                      I         II            III          IV
17   Program             95 %        88 %   182.500.000    12.250.000
     Kewaspadaan
";
    assert_eq!(
        read(text).last().map(String::as_str),
        Some("17|Program Kewaspadaan|95 %|88 %|182.500.000|12.250.000")
    );
}

#[test]
fn the_only_row_tells_the_columns_and_not_the_heads_over_several() {
    let text = "
   No    Desa           Penduduk (jiwa)               Lembaga
                        L         P         L+P       RT     RW
         Jumlah         11.045    11.118    22.163    121    23
";
    assert_eq!(
        read(text),
        [
            "No|Desa|Penduduk (jiwa)×3|Lembaga×2",
            "·|·|L|P|L+P|RT|RW",
            "·|Jumlah|11.045|11.118|22.163|121|23"
        ]
    );
}
