//! Reports found in a file, and who they are of.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Confidence, Place};

words! {
    /// Type of a report.
    pub enum ReportType {
        /// Laporan Akuntabilitas Kinerja Instansi Pemerintah.
        Lakip = "lakip",
        /// Laporan Kinerja Instansi Pemerintah.
        Lkip = "lkip",
        /// Laporan Kinerja.
        Lkj = "lkj",
        /// Rencana Kerja.
        Renja = "renja",
        /// Rencana Kinerja Tahunan.
        Rkt = "rkt",
        /// Rencana Aksi.
        RencanaAksi = "rencana_aksi",
        /// Rencana Strategis.
        Renstra = "renstra",
        /// Rencana Kerja Pemerintah Daerah.
        Rkpd = "rkpd",
        /// Perjanjian Kinerja.
        PerjanjianKinerja = "perjanjian_kinerja",
        /// Indikator Kinerja Utama.
        Iku = "iku",
        /// Laporan Realisasi Anggaran.
        Lra = "lra",
        /// Dokumen Pelaksanaan Anggaran.
        Dpa = "dpa",
        /// Rencana Kerja dan Anggaran.
        Rka = "rka",
        /// Lembar Kerja Evaluasi.
        Lke = "lke",
        /// Laporan Keterangan Pertanggungjawaban.
        Lkpj = "lkpj",
        /// Laporan Penyelenggaraan Pemerintahan Daerah.
        Lppd = "lppd",
        /// Pengukuran Kinerja.
        PengukuranKinerja = "pengukuran_kinerja",
        /// Surat Keputusan.
        Sk = "sk",
        /// Standar Operasional Prosedur.
        Sop = "sop",
        /// None of these, or unknown.
        Other = "other",
    }
}

words! {
    /// Whether a whole report is of the original or the revised plan.
    pub enum PlanVariant {
        /// Original.
        Murni = "murni",
        /// Revised.
        Perubahan = "perubahan",
    }
}

words! {
    /// Kind of an agency.
    pub enum AgencyKind {
        /// Kantor.
        Kantor = "kantor",
        /// Badan.
        Badan = "badan",
        /// Dinas.
        Dinas = "dinas",
        /// Bagian of a secretariat.
        Bagian = "bagian",
        /// Sekretariat.
        Sekretariat = "sekretariat",
        /// Inspektorat.
        Inspektorat = "inspektorat",
        /// Satuan (Polisi Pamong Praja …).
        Satuan = "satuan",
        /// Kecamatan.
        Kecamatan = "kecamatan",
        /// Kelurahan.
        Kelurahan = "kelurahan",
        /// Rumah sakit.
        RumahSakit = "rumah_sakit",
        /// Anything else.
        Lain = "lain",
    }
}

words! {
    /// Kind of a region.
    pub enum RegionKind {
        /// Provinsi.
        Provinsi = "provinsi",
        /// Kabupaten.
        Kabupaten = "kabupaten",
        /// Kota.
        Kota = "kota",
    }
}

/// The region a report is of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Region {
    /// Name without Kabupaten or Kota.
    pub name: String,
    /// Kind.
    pub kind: RegionKind,
    /// Kemendagri code (`73.24`).
    pub code: String,
    /// Province it lies in.
    pub province: String,
}

/// Someone who signed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Signatory {
    /// Name as printed.
    pub name: String,
    /// Role as printed.
    pub role: String,
    /// Rank as printed.
    pub rank: String,
    /// NIP, digits only; empty where none is printed.
    pub nip: String,
    /// Place of signing.
    pub signed_place: String,
    /// Date of signing, as exact as printed (`2020-07-31`, `2021-01`).
    pub signed_date: String,
    /// Where the name stands.
    pub place: Place,
}

/// Why something about a report is believed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Evidence {
    /// What it speaks for (`type`, `year`, `region`, `agency`, `scope`, `variant`).
    pub field: String,
    /// The value it speaks for.
    pub value: String,
    /// The text that says so.
    pub text: String,
    /// Where that stands (line, or page in paged sources).
    pub at: u32,
    /// How much it weighs.
    pub weight: f64,
}

/// One report found in a file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Part {
    /// 1-based number in the file.
    pub part: u32,
    /// Type of the report.
    #[serde(rename = "type")]
    pub report_type: ReportType,
    /// Original or revised plan; absent when not said.
    pub variant: Option<PlanVariant>,
    /// `office`, or the name of the section it is of.
    pub scope: String,
    /// Fiscal year; absent when unknown.
    pub year: Option<u16>,
    /// Agency as printed.
    pub agency: String,
    /// Canonical kind of the agency; absent when unknown.
    pub agency_kind: Option<AgencyKind>,
    /// Region; absent when unknown.
    pub region: Option<Region>,
    /// First line.
    pub line_from: u32,
    /// Last line.
    pub line_to: u32,
    /// First page; 0 where the source has none.
    pub page_from: u32,
    /// Last page; 0 where the source has none.
    pub page_to: u32,
    /// Place of signing.
    pub signed_place: String,
    /// Date of signing, as exact as printed.
    pub signed_date: String,
    /// Who signed.
    pub signatories: Vec<Signatory>,
    /// Probability that type, agency, region and year are right.
    pub confidence: Confidence,
    /// What speaks for it.
    pub evidence: Vec<Evidence>,
}
