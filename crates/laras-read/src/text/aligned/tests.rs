//! Small tables as printed, and the rows they are.

use super::super::decode::decode;
use super::super::lines::split;
use super::super::shape::shapes;
use laras_model::RawCell;

use super::*;

/// Cells of every row, empty ones as `·`, rows as lines.
fn read(text: &str) -> Vec<String> {
    let source = decode(text.as_bytes()).unwrap();
    let lines = split(text);
    let mut kinds = shapes(&lines);
    let tables = find(&lines, &mut kinds, &source, |line| line.starts_with("Tabel"));
    let cell = |c: &RawCell| {
        let text = if c.text.is_empty() { "·" } else { &c.text };
        if c.colspan > 1 { format!("{text}×{}", c.colspan) } else { text.to_owned() }
    };
    tables
        .iter()
        .flat_map(|t| &t.rows)
        .map(|row| row.cells.iter().map(cell).collect::<Vec<_>>().join("|"))
        .collect()
}

#[test]
fn values_at_the_first_line_of_a_row() {
    let text = "
No   Program/Kegiatan                 Anggaran (Rp)       Realisasi (Rp)      %
1    Program Pelayanan Administrasi   419.613.528,00      309.289.830,00   73,71
     Perkantoran
1.1  Penyediaan jasa surat menyurat     2.250.000,00        1.662.000,00   73,87
1.2  Penyediaan jasa komunikasi,       89.200.000,00       67.167.380,00   75,30
     sumber daya air dan listrik
     Jumlah                           511.063.528,00      378.119.210,00   73,99
";
    assert_eq!(
        read(text),
        [
            "No|Program/Kegiatan|Anggaran (Rp)|Realisasi (Rp)|%",
            "1|Program Pelayanan Administrasi Perkantoran|419.613.528,00|309.289.830,00|73,71",
            "1.1|Penyediaan jasa surat menyurat|2.250.000,00|1.662.000,00|73,87",
            "1.2|Penyediaan jasa komunikasi, sumber daya air dan listrik|89.200.000,00|67.167.380,00|75,30",
            "·|Jumlah|511.063.528,00|378.119.210,00|73,99",
        ]
    );
}

#[test]
fn values_in_the_middle_of_a_row_and_a_header_that_spans() {
    let text = "
                                                  Anggaran
 No        Sasaran Strategis
                                             Pagu          Realisasi
       Meningkatnya ketenteraman dan
  1    ketertiban masyarakat di          1.250.000.000   1.100.000.000
       seluruh kecamatan

       Meningkatnya kesadaran akan
  2    kebangsaan di kalangan pemuda       850.000.000     840.500.000
       dan pelajar

  3    Meningkatnya tata kelola             50.000.000               -
";
    assert_eq!(
        read(text),
        [
            "No|Sasaran Strategis|Anggaran×2",
            "·|·|Pagu|Realisasi",
            "1|Meningkatnya ketenteraman dan ketertiban masyarakat di seluruh kecamatan|1.250.000.000|1.100.000.000",
            "2|Meningkatnya kesadaran akan kebangsaan di kalangan pemuda dan pelajar|850.000.000|840.500.000",
            "3|Meningkatnya tata kelola|50.000.000|-",
        ]
    );
}

#[test]
fn pages_after_a_blank_line_keep_their_own_columns() {
    let text = "
No   Uraian              K    Rp           K    Rp           %
1    Rapat koordinasi   10    2.500.000   12    3.500.000   71
2    Sosialisasi        20    1.500.000   22    4.500.000   33

3    Pendidikan politik bagi pemilih   5      150.000   15      500.000   30
4    Pembinaan                         6    1.150.000   16    2.300.000   50
";
    assert_eq!(
        read(text),
        [
            "No|Uraian|K|Rp|K|Rp|%",
            "1|Rapat koordinasi|10|2.500.000|12|3.500.000|71",
            "2|Sosialisasi|20|1.500.000|22|4.500.000|33",
            "3|Pendidikan politik bagi pemilih|5|150.000|15|500.000|30",
            "4|Pembinaan|6|1.150.000|16|2.300.000|50",
        ]
    );
}

#[test]
fn short_heads_at_the_left_of_their_numbers() {
    let text = "
No  Kegiatan        Target              Realisasi           Triwulan
                    K      Rp           K      Rp           K   Rp  K   Rp
1   Rapat              10   2.500.000      12   1.500.000
2   Sosialisasi       200  12.500.000     220  11.500.000
";
    assert_eq!(
        read(text),
        [
            "No|Kegiatan|Target×2|Realisasi×2|Triwulan×4",
            "·|·|K|Rp|K|Rp|K|Rp|K|Rp",
            "1|Rapat|10|2.500.000|12|1.500.000|·|·|·|·",
            "2|Sosialisasi|200|12.500.000|220|11.500.000|·|·|·|·",
        ]
    );
}

#[test]
fn words_of_a_subtotal_stand_at_the_left_of_a_column_of_numbers() {
    let text = "
No  Kegiatan         Target            Realisasi       Capaian
1   Rapat         2.500.000            1.500.000            60
2   Sosialisasi  12.500.000           11.500.000            92
                               Rata-rata                    76
";
    assert_eq!(
        read(text),
        [
            "No|Kegiatan|Target|Realisasi|Capaian",
            "1|Rapat|2.500.000|1.500.000|60",
            "2|Sosialisasi|12.500.000|11.500.000|92",
            "·|·|·|Rata-rata|76",
        ]
    );
}

#[test]
fn names_broken_early_belong_to_the_numbered_row_above() {
    let text = "
No   Kegiatan                             Indikator                           Target
1    Pelaksanaan kebijakan di bidang      Jumlah orang yang mengikuti            500
     Ideologi bangsa, bela negara dan     Pembinaan ideologi
     karakter bangsa
2    Pembinaan                            Jumlah orang                           120
3    Pelaksanaan koordinasi di bidang     Jumlah orang yang mengikuti             90
     Ideologi bangsa dan bela negara      Koordinasi ideologi di kecamatan
";
    assert_eq!(
        read(text),
        [
            "No|Kegiatan|Indikator|Target",
            "1|Pelaksanaan kebijakan di bidang Ideologi bangsa, bela negara dan karakter bangsa|Jumlah orang yang mengikuti Pembinaan ideologi|500",
            "2|Pembinaan|Jumlah orang|120",
            "3|Pelaksanaan koordinasi di bidang Ideologi bangsa dan bela negara|Jumlah orang yang mengikuti Koordinasi ideologi di kecamatan|90",
        ]
    );
}

#[test]
fn an_item_with_values_begins_a_row() {
    let text = "
No   Program / Kegiatan                      Pagu       Realisasi
V    Program Kemitraan Pengembangan      132.500.000   127.566.500
     Wawasan Kebangsaan
     1. Seminar wawasan kebangsaan bagi   58.900.000    57.412.500
     pemuda
     2. Desk Pemilu                       36.500.000    35.175.000
";
    assert_eq!(
        read(text)[1..],
        [
            "V|Program Kemitraan Pengembangan Wawasan Kebangsaan|132.500.000|127.566.500",
            "·|1. Seminar wawasan kebangsaan bagi pemuda|58.900.000|57.412.500",
            "·|2. Desk Pemilu|36.500.000|35.175.000",
        ]
    );
}

#[test]
fn numbers_wrapped_in_a_narrow_column_close_up() {
    let text = "
No   Uraian              Pagu
1    Belanja pegawai     9.992.176.7
                         20
2    Belanja barang      1.250.000.0
                         00
";
    assert_eq!(
        read(text),
        ["No|Uraian|Pagu", "1|Belanja pegawai|9.992.176.720", "2|Belanja barang|1.250.000.000"]
    );
}

#[test]
fn prose_with_wide_spaces_is_no_table() {
    assert_eq!(read("Dengan  ini kami sampaikan laporan\nkinerja  tahun berjalan.\n"), [""; 0]);
    assert_eq!(
        read("Pihak Kedua,            Pihak Pertama,\n\nNama Satu               Nama Dua\n"),
        [""; 0]
    );
}
