//! No bytes make the PDF reader panic, and what it reads balances.
//!
//! Seeds: `tests/pdf/odd`. Run: `cargo +nightly fuzz run pdf -- -max_len=200000 -timeout=10`.

#![no_main]

use laras_read::pdf::{PdfOptions, read_pdf};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let options = PdfOptions {
        max_pages: 50,
        max_glyphs_per_page: 20_000,
        max_paths_per_page: 20_000,
        time: Some(std::time::Duration::from_secs(5)),
        ..PdfOptions::default()
    };
    if let Ok(content) = read_pdf(bytes, &options) {
        for block in &content.blocks {
            let fragment = block.fragment.map(|index| index as usize);
            assert!(fragment.is_none_or(|index| index < content.fragments.len()));
            assert!(block.place.page >= 1 && block.place.page <= content.pages);
        }
    }
});
