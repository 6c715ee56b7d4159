//! Whatever the bytes, the pipeline does not panic, says the same twice, and loses no token.

use laras::{ExtractError, Options, extract};
use laras_tests::{Damage, Gold, Recipe, Style, write_variant};
use proptest::prelude::*;

/// Extracts twice; the JSON, or the error.
fn twice(bytes: &[u8]) -> Result<String, ExtractError> {
    let read = || {
        extract(bytes, &Options::named("any")).map(|extraction| {
            assert!(extraction.tokens.balances(), "{:?}", extraction.tokens);
            for (number, observation) in extraction.observations.iter().enumerate() {
                assert!(!observation.id.is_empty() && !observation.raw.is_empty());
                let same = |other: &laras_model::Observation| other.id == observation.id;
                let twin = extraction.observations[..number].iter().find(|other| same(other));
                assert!(twin.is_none(), "two observations are {}", observation.id);
                let at = observation.place.from as usize..observation.place.to as usize;
                assert!(bytes.get(at.clone()).is_some(), "{at:?} is not in the file");
            }
            serde_json::to_string(&extraction).expect("it is JSON")
        })
    };
    let (once, again) = (read(), read());
    match (&once, &again) {
        (Ok(a), Ok(b)) => assert_eq!(a, b),
        (Err(a), Err(b)) => assert_eq!(a.to_string(), b.to_string()),
        _ => panic!("read once and refused once"),
    }
    once
}

/// Pieces that reports are made of, so that random texts reach the later stages.
const PIECES: [&str; 44] = [
    "\n",
    "\n",
    "\n\n",
    "\t",
    "\t",
    "\t",
    " | ",
    "| ",
    "|\n",
    "| --- | --- |\n",
    "<table>",
    "</table>",
    "<tr>",
    "<td>",
    "<td colspan=\"3\">",
    "<th rowspan=\"2\">",
    "<br>",
    "  ",
    "     ",
    "\x0c",
    ";",
    ",",
    "No",
    "Program Pelayanan Administrasi",
    "Kegiatan",
    "Pagu (Rp)",
    "Realisasi",
    "%",
    "Tabel 3.1",
    "BAB II",
    "JUMLAH",
    "TW 1 : 85",
    "1.250.000,00",
    "95,42",
    "-",
    "1",
    "2",
    "3",
    "4 = 2 + 3",
    "2020",
    "LAPORAN KINERJA TAHUN 2021",
    "Kepala Dinas,",
    "NIP. 197502302001121000",
    "é≥–",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = twice(&bytes);
    }

    #[test]
    fn any_text_is_read_or_empty(text in "\\PC{0,200}") {
        match twice(text.as_bytes()) {
            Ok(_) => {}
            Err(error) => prop_assert!(error.is_empty(), "{text:?}: {error}"),
        }
    }

    #[test]
    fn any_mixture_of_the_pieces_of_reports_is_read(
        pieces in prop::collection::vec(prop::sample::select(&PIECES[..]), 1..160),
    ) {
        let text = pieces.concat();
        match twice(text.as_bytes()) {
            Ok(_) => {}
            Err(error) => prop_assert!(error.is_empty(), "{text:?}: {error}"),
        }
    }

    /// Random tables in every style and damaged.
    #[test]
    fn any_table_is_read_in_every_style(
        rows in prop::collection::vec(
            prop::collection::vec("(|-|[1-9]|[1-9][.][0-9]{3}[.]000|[A-Z][a-z]{2,8}( [a-z]{2,9}){0,4})", 1..8),
            1..24,
        ),
        style in 0..Style::ALL.len(),
        damage in 0..Damage::ALL.len(),
        seed in any::<u64>(),
    ) {
        let rows: Vec<String> = rows.iter().map(|cells| cells.join("\t")).collect();
        let text = format!("Tabel 1\n\nNo\tProgram\tPagu\n{}\n", rows.join("\n"));
        let recipe = Recipe::new(Style::ALL[style], seed).with(Damage::ALL[damage]);
        let variant = write_variant(&text, &Gold::default(), &recipe);
        prop_assert!(twice(&variant.bytes).is_ok());
    }
}
