//! The closed vocabularies of an observation: row kind, measure, period, variant, budget stage.

words! {
    /// What a number measures.
    pub enum Measure {
        /// Budget planned.
        Pagu = "pagu",
        /// Money spent.
        RealisasiAnggaran = "realisasi_anggaran",
        /// Money spent as a percentage of the budget.
        Serapan = "serapan",
        /// Performance target.
        Target = "target",
        /// Performance realised.
        Realisasi = "realisasi",
        /// Performance realised as a percentage of the target.
        Capaian = "capaian",
        /// A plain count.
        Jumlah = "jumlah",
        /// A score or grade that was given.
        Nilai = "nilai",
        /// A change between periods or plans.
        Perubahan = "perubahan",
    }
}

impl Measure {
    /// Whether this is about money: such rows carry no indicator.
    pub fn is_money(self) -> bool {
        matches!(self, Self::Pagu | Self::RealisasiAnggaran | Self::Serapan)
    }
}

words! {
    /// What a row's subject is.
    pub enum RowKind {
        /// A program of the nomenclature, or a local one.
        Program = "program",
        /// A kegiatan.
        Kegiatan = "kegiatan",
        /// A sub kegiatan.
        SubKegiatan = "sub_kegiatan",
        /// A sasaran (objective).
        Sasaran = "sasaran",
        /// A performance indicator.
        Indikator = "indikator",
        /// A group of expenditure.
        Belanja = "belanja",
        /// A source of funds.
        SumberDana = "sumber_dana",
        /// Anything else that is counted.
        Kategori = "kategori",
        /// A sum over part of the table.
        Subtotal = "subtotal",
        /// A sum over the table.
        Total = "total",
    }
}

words! {
    /// The part of the year, or the span, that a value refers to; the whole year has none.
    pub enum Period {
        /// First quarter.
        Tw1 = "TW1",
        /// Second quarter.
        Tw2 = "TW2",
        /// Third quarter.
        Tw3 = "TW3",
        /// Fourth quarter.
        Tw4 = "TW4",
        /// Cumulative to the first quarter.
        SdTw1 = "sd_TW1",
        /// Cumulative to the second quarter.
        SdTw2 = "sd_TW2",
        /// Cumulative to the third quarter.
        SdTw3 = "sd_TW3",
        /// Cumulative to the fourth quarter.
        SdTw4 = "sd_TW4",
        /// Cumulative to last year.
        SdLalu = "sd_lalu",
        /// Cumulative to this year.
        SdIni = "sd_ini",
        /// End of the strategic plan's period.
        AkhirRenstra = "akhir_renstra",
    }
}

impl Period {
    /// The single quarter `1..=4`.
    pub fn quarter(number: u8) -> Option<Self> {
        [Self::Tw1, Self::Tw2, Self::Tw3, Self::Tw4]
            .get(usize::from(number).checked_sub(1)?)
            .copied()
    }

    /// Cumulative to quarter `1..=4`.
    pub fn through_quarter(number: u8) -> Option<Self> {
        [Self::SdTw1, Self::SdTw2, Self::SdTw3, Self::SdTw4]
            .get(usize::from(number).checked_sub(1)?)
            .copied()
    }
}

words! {
    /// Which of two plans that stand side by side a value belongs to.
    pub enum Variant {
        /// The original plan or budget.
        Murni = "murni",
        /// The revised plan or budget.
        Perubahan = "perubahan",
        /// First draft of the RKPD.
        AwalRkpd = "awal_rkpd",
        /// First draft of the revised RKPD.
        AwalPerubahanRkpd = "awal_perubahan_rkpd",
        /// Outcome of the needs analysis.
        HasilAnalisis = "hasil_analisis",
    }
}

words! {
    /// Budget stage of a pagu.
    pub enum Tahap {
        /// Indicative.
        Indikatif = "indikatif",
        /// As needed.
        Kebutuhan = "kebutuhan",
        /// As in the DPA.
        Dpa = "dpa",
        /// After a shift between items.
        Pergeseran = "pergeseran",
        /// As in the revised DPA.
        Dppa = "dppa",
    }
}
