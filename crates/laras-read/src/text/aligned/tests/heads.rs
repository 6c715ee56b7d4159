//! What heads stand over.

use super::read;

#[test]
fn triples_of_heads_say_where_the_head_above_ends() {
    let text = "
No   Indikator                 Tahun 2030                    Tahun 2031
                           T        R        %           T        R        %
1    Akta kelahiran      92,00    92,74   100,80       94,00    94,66   100,70
2    Kartu identitas     25,00    18,20    72,80       35,00    30,05    85,86
";
    assert_eq!(read(text)[..2], ["No|Indikator|Tahun 2030×3|Tahun 2031×3", "·|·|T|R|%|T|R|%"]);
}

#[test]
fn no_head_reaches_from_under_one_head_to_under_another() {
    let text = "
             Rancangan Awal                          Hasil Analisis
No                Lokasi        Pagu                       Lokasi        Dana
     Kegiatan                Indikatif      Kegiatan                  Dibutuhkan
1    Rapat        Kota       2.500.000      Rapat          Kota        2.250.000
2    Pameran      Desa       1.250.000      Pameran        Desa          950.000
";
    assert_eq!(
        read(text)[..2],
        [
            "No|Rancangan Awal×3|Hasil Analisis×3",
            "·|Kegiatan|Lokasi|Pagu Indikatif|Kegiatan|Lokasi|Dana Dibutuhkan",
        ]
    );
}

#[test]
fn a_taller_cell_stands_beside_a_head_and_not_under_it() {
    let text = "
                               Target dan Realisasi Kinerja
                  Realisasi                                        Target
     Kegiatan       sampai              Tahun Lalu                  Tahun
No                Tahun 2030                                        Depan

                               Target     Realisasi    Tingkat
1    Rapat              12          6             6     100,00          8
2    Pameran             3          2             1      50,00          4
";
    assert_eq!(
        read(text)[..2],
        [
            "No|Kegiatan|Realisasi sampai Tahun 2030|Target dan Realisasi Kinerja Tahun Lalu×3|Target Tahun Depan",
            "·|·|·|Target|Realisasi|Tingkat|·",
        ]
    );
}

#[test]
fn lowest_heads_that_touch_stand_over_the_columns_of_the_body() {
    let text = "
No   Kegiatan          Target    Realisas Tingkat    Catatan
                       Renja      i Renja Capaian
1    Rapat                12          9      75,00    lancar
2    Pameran               3          3     100,00    lancar
";
    assert_eq!(read(text)[0], "No|Kegiatan|Target Renja|Realisas i Renja|Tingkat Capaian|Catatan");
}

#[test]
fn lines_of_a_head_that_begin_at_one_place_are_of_one_column() {
    // Of the lines over `25` only the longest reaches it.
    let text = "
No   Kegiatan      Target        Realisasi
                   Capaian       Tahun
                   Tahun 2023    Berjalan
1    Rapat                 25           20
2    Pameran               15           12
";
    assert_eq!(read(text)[0], "No|Kegiatan|Target Capaian Tahun 2023|Realisasi Tahun Berjalan");
}
