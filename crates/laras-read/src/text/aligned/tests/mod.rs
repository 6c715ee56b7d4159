//! Small tables as printed, and the rows they are.

mod columns;
mod heads;
mod pages;
mod rows;

use super::super::decode::decode;
use super::super::lines::split;
use super::super::shape::shapes;
use laras_model::RawCell;

use super::*;

/// Cells of every row, empty ones as `·`, rows as lines.
fn read(text: &str) -> Vec<String> {
    let source = decode(text.as_bytes()).expect("it is text");
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

#[test]
fn columns_that_touch_are_parted_where_others_begin() {
    let text = "
        Kode  Program/Kegiatan                Indikator        Target
     7.01.01 Program Penunjang Urusan        Persentase         100 %
             Pemerintahan                    layanan
  7.01.01.02 Penyusunan dokumen perencanaan, Jumlah dokumen         4
             penganggaran dan evaluasi
  7.01.01.03 Penyediaan gaji                 Jumlah orang          19
";
    assert_eq!(
        read(text)[1..],
        [
            "7.01.01|Program Penunjang Urusan Pemerintahan|Persentase layanan|100 %",
            "7.01.01.02|Penyusunan dokumen perencanaan, penganggaran dan evaluasi|Jumlah dokumen|4",
            "7.01.01.03|Penyediaan gaji|Jumlah orang|19",
        ]
    );
}

#[test]
fn numbers_set_to_the_right_end_before_the_texts_that_touch_them() {
    let text = "
No  Indikator           Capaian   Predikat
1   Konflik              104,17 Sangat Tinggi
2   Partisipasi           87,91 Cukup Tinggi
3   Tata kelola            9,15 Sangat Rendah
";
    assert_eq!(
        read(text),
        [
            "No|Indikator|Capaian|Predikat",
            "1|Konflik|104,17|Sangat Tinggi",
            "2|Partisipasi|87,91|Cukup Tinggi",
            "3|Tata kelola|9,15|Sangat Rendah",
        ]
    );
}

#[test]
fn items_of_a_list_are_no_column() {
    let text = "
No   Program / Kegiatan                 Pagu
I    Program Wawasan Kebangsaan     132.500.000
     1. Seminar kebangsaan           58.900.000
     2. Desk Pemilu                  36.500.000
     3. Rapat koordinasi             37.100.000
II   Program Pendidikan Politik      12.500.000
";
    assert_eq!(
        read(text)[1..3],
        ["I|Program Wawasan Kebangsaan|132.500.000", "·|1. Seminar kebangsaan|58.900.000"]
    );
}

#[test]
fn codes_that_a_narrow_column_cuts_are_one() {
    let text = "
       Kode   Kegiatan                  Target
 7.01.01.2.   Perencanaan dan           12
         01   Penganggaran
 7.01.01.2.   Penyusunan Dokumen        20
      01.01   Perencanaan
 7.01.01.2.   Administrasi Keuangan     30
         02   Perangkat Daerah
";
    assert_eq!(
        read(text)[1..],
        [
            "7.01.01.2.01|Perencanaan dan Penganggaran|12",
            "7.01.01.2.01.01|Penyusunan Dokumen Perencanaan|20",
            "7.01.01.2.02|Administrasi Keuangan Perangkat Daerah|30",
        ]
    );
}

#[test]
fn units_belong_to_the_numbers_before_them() {
    let text = "
No   Kegiatan           Target Renja       Realisasi
1    Sosialisasi         24   orang         12   orang
2    Rapat                4   kali         100   kali
3    Layanan            100   %             97   %
";
    assert_eq!(
        read(text),
        [
            "No|Kegiatan|Target Renja|Realisasi",
            "1|Sosialisasi|24 orang|12 orang",
            "2|Rapat|4 kali|100 kali",
            "3|Layanan|100 %|97 %",
        ]
    );
}

#[test]
fn texts_at_the_left_and_numbers_at_the_right_are_one_column() {
    let text = "
No   Indikator           Target            Realisasi
1    Konflik                     90 %             93,75 %
2    Konflik SARA        2 kasus           1 kasus
3    Partisipasi               78,5 %             81,24 %
4    Ormas                       70 %             61,54 %
";
    assert_eq!(
        read(text)[..3],
        [
            "No|Indikator|Target|Realisasi",
            "1|Konflik|90 %|93,75 %",
            "2|Konflik SARA|2 kasus|1 kasus"
        ]
    );
}

#[test]
fn column_numbers_that_touch_count_the_columns() {
    let text = "
No  Kegiatan        Target    Realisasi        %
1   2                    3            4 5=(4/3) 6
1   Rapat        1.500.000    1.200.000      80
2   Sosialisasi  2.500.000    2.500.000     100
";
    assert_eq!(
        read(text)[1..],
        [
            "1|2|3|4|5=(4/3)|6",
            "1|Rapat|1.500.000|1.200.000|80|·",
            "2|Sosialisasi|2.500.000|2.500.000|100|·",
        ]
    );
}

#[test]
fn heads_that_touch_are_parted_as_those_under_them() {
    let text = "
No  Indikator Kinerja Target Kinerja  Realisasi
         Program          Capaian
1   Jumlah orang           2.500          2.400
2   Jumlah rapat             120             90
";
    assert_eq!(read(text)[0], "No|Indikator Kinerja Program|Target Kinerja Capaian|Realisasi");
}

#[test]
fn heads_that_recur_need_one_above_them() {
    let text = "
    Kegiatan      Target                  Realisasi
                  Renja                   Renja
No                2024                    2024
                  K      Rp               K      Rp
1   Rapat         10      2.500.000       12      1.500.000
2   Sosialisasi  200     12.500.000      220     11.500.000
3   Pameran       30     10.500.000       20      9.500.000
";
    assert_eq!(
        read(text)[..2],
        ["No|Kegiatan|Target Renja 2024×2|Realisasi Renja 2024×2", "·|·|K|Rp|K|Rp"]
    );
}

#[test]
fn numbers_cut_between_the_lines_of_others_are_finished() {
    let text = "
No   Kegiatan          Indikator          Pagu
     Penyediaan        Jumlah orang       9.883.576.7
1    gaji dan          yang menerima
     tunjangan         gaji                        20
     Administrasi      Jumlah paket       108.600.00
2    kepegawaian       pakaian
     daerah            dinas                        0
";
    assert_eq!(
        read(text)[1..],
        [
            "1|Penyediaan gaji dan tunjangan|Jumlah orang yang menerima gaji|9.883.576.720",
            "2|Administrasi kepegawaian daerah|Jumlah paket pakaian dinas|108.600.000",
        ]
    );
}

#[test]
fn a_long_name_in_a_narrow_column_is_one_row() {
    let words: Vec<String> = (1..=20).map(|n| format!("       kata{n}\n")).collect();
    let text = format!(
        "\nKode   Nama        Target    Realisasi\n1.01   Kegiatan        12           10\n{}1.02   Lain            24           20\n",
        words.concat()
    );
    assert_eq!(read(&text).len(), 3);
}

#[test]
fn what_stands_right_below_a_caption_is_no_head() {
    let text = "
Tabel 2.1
Kabupaten Contoh
   No   Kegiatan        Target    Realisasi
   1    Rapat               12           10
   2    Sosialisasi         24           20
";
    assert_eq!(read(text)[0], "No|Kegiatan|Target|Realisasi");
}

#[test]
fn a_line_of_ten_thousand_pieces_is_no_table() {
    let line = "7  ".repeat(10_000);
    assert_eq!(read(&format!("{line}\n").repeat(3)), [""; 0]);
}
