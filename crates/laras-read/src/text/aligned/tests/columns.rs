//! Which columns a table has and where it ends.

use super::read;

#[test]
fn all_columns_are_numbered() {
    // `3` stands over nothing and `40` under no number: they are one column.
    let text = "
No   Kegiatan           Target        Pagu    Catatan
1    2              3                   4        5
1    Rapat              40   kali     12.500.000    lancar
2    Pelatihan          35   orang     8.250.000
3    Pameran             -   -                 -    ditunda
";
    assert_eq!(
        read(text),
        [
            "No|Kegiatan|Target|Pagu|Catatan",
            "1|2|3|4|5",
            "1|Rapat|40 kali|12.500.000|lancar",
            "2|Pelatihan|35 orang|8.250.000|·",
            "3|Pameran|- -|-|ditunda",
        ]
    );
}

#[test]
fn stretches_with_heads_of_their_own_may_share_a_number() {
    let text = "
No   Kegiatan          Rencana              Realisasi
                     K         Rp         K         Rp
1    2                   3                    4
1    Rapat          12   2.500.000       11   2.250.000
2    Pameran         3   1.750.000        2   1.000.000
";
    assert_eq!(
        read(text)[2..],
        ["1|2|·|3|·|4", "1|Rapat|12|2.500.000|11|2.250.000", "2|Pameran|3|1.750.000|2|1.000.000"]
    );
}

#[test]
fn two_numbers_side_by_side_are_two_cells() {
    let text = "
 Uraian                   Pria   Wanita   Jumlah
 Sekretariat                 9         3 12
 Bidang Politik              4         3 7
 Bidang Ekonomi              4         0 4
 Jumlah                     17         6 23
";
    assert_eq!(
        read(text)[1..],
        ["Sekretariat|9|3|12", "Bidang Politik|4|3|7", "Bidang Ekonomi|4|0|4", "Jumlah|17|6|23"]
    );
}

#[test]
fn no_unit_follows_an_amount() {
    let text = "
No   Kegiatan            Pagu       Sumber
1    Rapat          42.500.000 APBD
2    Pameran        18.250.000 Hibah
3    Pelatihan      77.000.000 APBD
";
    assert_eq!(read(text)[1..3], ["1|Rapat|42.500.000|APBD", "2|Pameran|18.250.000|Hibah"]);
}

#[test]
fn a_sign_between_words_begins_no_cell() {
    let text = "
No   Kegiatan       Rencana           Pagu
1    Rapat          TW 1 : 20    2.500.000
2    Pameran        TW 2 : 15    1.250.000
3    Pelatihan      TW 3 : 5       750.000
4    Lomba          TW 4 : 40    3.000.000
";
    assert_eq!(read(text)[1..3], ["1|Rapat|TW 1 : 20|2.500.000", "2|Pameran|TW 2 : 15|1.250.000"]);
}

#[test]
fn texts_without_a_head_are_no_column() {
    let text = "
 No.              Unsur                     Nilai
  1   Persyaratan                (U1)        3.50
  2   Waktu pelayanan            (U2)        3.48
  3   Biaya                      (U3)        3.97
";
    assert_eq!(
        read(text)[1..],
        ["1|Persyaratan (U1)|3.50", "2|Waktu pelayanan (U2)|3.48", "3|Biaya (U3)|3.97"]
    );
}

#[test]
fn a_source_or_a_title_ends_a_table() {
    let table = "
No   Kegiatan          Pagu
1    Rapat        2.500.000
2    Pameran      1.250.000
";
    let rows = ["No|Kegiatan|Pagu", "1|Rapat|2.500.000", "2|Pameran|1.250.000"];
    assert_eq!(read(&format!("{table}     Sumber : Sekretariat, 2031\n")), rows);
    let title = "\n            LAMPIRAN KEDUA\n       RENCANA KERJA TAHUN DEPAN\n";
    assert_eq!(read(&format!("{table}{title}")), rows);
}

#[test]
fn remarks_set_far_to_the_right_belong_to_the_table() {
    let remark =
        "rapat ditunda dua kali karena ruang pertemuan dipakai untuk penghitungan suara lalu";
    let indent = " ".repeat(60);
    let text = format!(
        "
No   Kegiatan          Target      Realisasi                Keterangan
1    Rapat                 12             10                {remark}
{indent}{remark}
2    Pameran                3              2                {remark}
"
    );
    assert_eq!(
        read(&text)[1..],
        [format!("1|Rapat|12|10|{remark} {remark}"), format!("2|Pameran|3|2|{remark}")]
    );
}

#[test]
fn heads_below_a_blank_line_begin_a_table_of_other_columns() {
    let text = "
No   Sasaran                 Indikator              Target
1    Ketenteraman            Jumlah konflik        2 kasus

2    Partisipasi             Ormas aktif              70 %

Program          Anggaran                Keterangan

1. Pelayanan     Rp. 641.900.000,-       APBD

2. Sarana        Rp. 224.600.000,-       APBD
";
    assert_eq!(
        read(text)[3..],
        [
            "Program|Anggaran|Keterangan",
            "1. Pelayanan|Rp. 641.900.000,-|APBD",
            "2. Sarana|Rp. 224.600.000,-|APBD"
        ]
    );
}

#[test]
fn stretches_that_lines_fill_both_stay_two_under_one_number() {
    // The line that says `K` and `Rp` stands on the page before.
    let text = "
No   Kegiatan          Rencana              Realisasi
1    2                 3                    4
1    Rapat          12   2.500.000       11   2.250.000
2    Pameran         3   1.750.000        2   1.000.000
3    Pelatihan      24   4.125.000       20   3.980.000
";
    assert_eq!(
        read(text)[2..],
        [
            "1|Rapat|12|2.500.000|11|2.250.000",
            "2|Pameran|3|1.750.000|2|1.000.000",
            "3|Pelatihan|24|4.125.000|20|3.980.000",
        ]
    );
}

#[test]
fn numbers_tell_the_columns_of_a_page_that_ends_below_them() {
    // A word of the head over three columns stands over the gutter between `4` and `5`.
    let text = "
Kode     Urusan               Target dan Realisasi Kinerja Program dan      Catatan
                              Kegiatan Tahun Lalu
                              Target Renja     Realisasi        Tingkat
                                               Renja            Realisasi
                                                                (%)
     1   2                                 3                4   5=(4/3)          6
     7   UNSUR KEWILAYAHAN
";
    let rows = read(text);
    assert_eq!(rows[rows.len() - 2..], ["1|2|3|4|5=(4/3)|6", "7|UNSUR KEWILAYAHAN|·|·|·|·"]);
}

#[test]
fn a_head_at_the_left_has_the_few_numbers_that_end_at_the_right() {
    let text = "
Kode      Kegiatan          Target         Pagu Indikatif   Sumber    Target
1.01      Penunjang                100 %                                     100 %
1.01.2    Perencanaan                          42.500.000   APBD
";
    assert_eq!(
        read(text)[1..],
        ["1.01|Penunjang|100 %|·|·|100 %", "1.01.2|Perencanaan|·|42.500.000|APBD|·"]
    );
}

/// Quantities at the left and percents at the right of their columns, under one `Realisasi` each.
#[test]
fn a_head_between_two_columns_parts_neither() {
    let text = "
NO   INDIKATOR                          2017
                              Realisasi              Capaian (%)
 1   Potensi konflik                      81,25 %                  95,59
 2   Konflik SARA             4 kasus                              66,67
 3   Partisipasi pemilih                  74,90 %                  97,27
 4   Ormas yang aktif         5 ormas                              90,72
";
    assert_eq!(
        read(text)[2..],
        [
            "1|Potensi konflik|81,25 %|95,59",
            "2|Konflik SARA|4 kasus|66,67",
            "3|Partisipasi pemilih|74,90 %|97,27",
            "4|Ormas yang aktif|5 ormas|90,72",
        ]
    );
}
