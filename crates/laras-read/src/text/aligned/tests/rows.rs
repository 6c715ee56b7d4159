//! Which printed lines are one row.

use super::read;

#[test]
fn a_dash_at_the_left_of_its_column_is_the_sign_of_the_number_below() {
    let text = "
No   Kegiatan           Pagu          Kebutuhan             Selisih
     Penyediaan                                         -
1    peralatan     51.000.000        23.624.466          27.375.534
     kantor
     Penyediaan
2    bahan         45.000.000       154.920.000         109.920.000
     bacaan
     Pengadaan                                          -
3    mebel         50.000.000        20.000.000          30.000.000
     kantor
     Penyediaan
4    jasa          45.000.000       154.920.000         109.920.000
     listrik
";
    assert_eq!(
        read(text)[1..],
        [
            "1|Penyediaan peralatan kantor|51.000.000|23.624.466|- 27.375.534",
            "2|Penyediaan bahan bacaan|45.000.000|154.920.000|109.920.000",
            "3|Pengadaan mebel kantor|50.000.000|20.000.000|- 30.000.000",
            "4|Penyediaan jasa listrik|45.000.000|154.920.000|109.920.000",
        ]
    );
}

#[test]
fn capitals_and_small_letters_are_two_names() {
    let text = "
     Program/Kegiatan            Pagu        Realisasi
     PROGRAM
     PENUNJANG URUSAN       10.994.702       9.883.576
     DAERAH
     Administrasi            4.541.500       4.412.000
     Keuangan
     PROGRAM PENGUATAN
     IDEOLOGI               32.420.000      31.104.000
     PANCASILA
";
    assert_eq!(
        read(text)[1..],
        [
            "PROGRAM PENUNJANG URUSAN DAERAH|10.994.702|9.883.576",
            "Administrasi Keuangan|4.541.500|4.412.000",
            "PROGRAM PENGUATAN IDEOLOGI PANCASILA|32.420.000|31.104.000",
        ]
    );
}

#[test]
fn values_in_the_upper_of_two_middle_lines() {
    let text = "
Kode      Kegiatan                      Pagu      Realisasi
          Penyediaan Jasa
7.01.1    Komunikasi dan          12.500.000     11.250.000
          Listrik
7.01.2    Penyusunan Laporan       4.250.000      4.000.000
          Keuangan
          Pemeliharaan
7.01.3    Gedung Kantor           33.000.000     30.500.000
          Kecamatan
7.01.4    Penyelenggaraan          8.750.000      8.500.000
          Pelatihan
";
    assert_eq!(
        read(text)[1..],
        [
            "7.01.1|Penyediaan Jasa Komunikasi dan Listrik|12.500.000|11.250.000",
            "7.01.2|Penyusunan Laporan Keuangan|4.250.000|4.000.000",
            "7.01.3|Pemeliharaan Gedung Kantor Kecamatan|33.000.000|30.500.000",
            "7.01.4|Penyelenggaraan Pelatihan|8.750.000|8.500.000",
        ]
    );
}

#[test]
fn second_lines_that_begin_alike_open_no_rows() {
    let text = "
Kode      Kegiatan                Pagu
7.01.1    Penyusunan Laporan     1.000.000
          Perangkat Daerah
7.01.2    Penyusunan Dokumen     2.000.000
          Perangkat Daerah
7.01.3    Penyusunan Anggaran    3.000.000
          Perangkat Daerah
7.01.4    Penyusunan Rencana     4.000.000
          Perangkat Daerah
";
    assert_eq!(
        read(text)[1..3],
        [
            "7.01.1|Penyusunan Laporan Perangkat Daerah|1.000.000",
            "7.01.2|Penyusunan Dokumen Perangkat Daerah|2.000.000",
        ]
    );
}

#[test]
fn counted_things_on_lines_of_one_cell_stay_apart() {
    let text = "
No   Nama Barang       Jumlah    Keterangan
1    Meja kerja             4    Baik
2    Lemari besi                 2 Baik
                           12    10 Rusak Berat
3    Kursi rapat            7    Rusak
4    Papan tulis                 1 Baik
                            3    2 Rusak Berat
5    Jam dinding            2    Baik
6    Kipas angin            5    Rusak
";
    let rows = read(text);
    assert_eq!(rows[2], "2|Lemari besi|12|2 Baik\n10 Rusak Berat");
    assert_eq!(rows[4], "4|Papan tulis|3|1 Baik\n2 Rusak Berat");
}

#[test]
fn a_total_with_few_values_is_no_part_of_the_row_above() {
    let text = "
Kegiatan          Target           Pagu      TW 1         TW 2       TW 3       TW 4    Jumlah
Rapat                 12     12.500.000         3            3          3          3        12
bulanan
Pameran                4      8.250.000         1            1          1          1         4
daerah
                             20.750.000
";
    assert_eq!(
        read(text)[1..],
        [
            "Rapat bulanan|12|12.500.000|3|3|3|3|12",
            "Pameran daerah|4|8.250.000|1|1|1|1|4",
            "·|·|20.750.000|·|·|·|·|·",
        ]
    );
}

#[test]
fn amounts_that_stand_above_already_are_a_total() {
    let text = "
Kode       Kegiatan                 Target           Pagu
1.01       Program Ideologi          100 %    374.600.000
           dan Karakter
1.01.1     Pembinaan warga       300 Orang    374.600.000
           di kecamatan,
           kelurahan
           serta desa
                                              374.600.000
1.02       Program Kewaspadaan        95 %
           Daerah
1.02.1     Pemantauan wilayah    240 Orang    318.900.000
           dan orang
           asing
";
    assert_eq!(
        read(text)[1..],
        [
            "1.01|Program Ideologi dan Karakter|100 %|374.600.000",
            "1.01.1|Pembinaan warga di kecamatan, kelurahan serta desa|300 Orang|374.600.000",
            "·|·|·|374.600.000",
            "1.02|Program Kewaspadaan Daerah|95 %|·",
            "1.02.1|Pemantauan wilayah dan orang asing|240 Orang|318.900.000",
        ]
    );
}
