//! No bytes make the text reader panic, every token is accounted for, and every block and cell stands
//! in the text.
//!
//! Run: `RUSTC_BOOTSTRAP=1 cargo fuzz run text -- -max_total_time=300 -max_len=4096`.

#![no_main]

use laras_read::text::{TextOptions, read_text};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(content) = read_text(bytes, &TextOptions::default()) else { return };
    assert!(content.tokens.balances(), "{:?}", content.tokens);
    for block in &content.blocks {
        let fragment = block.fragment.map(|index| index as usize);
        assert!(fragment.is_none_or(|index| index < content.fragments.len()));
        assert!((1..=content.lines).contains(&block.place.line), "{:?}", block.place);
        assert!(block.place.line <= block.line_to && block.line_to <= content.lines);
    }
    for cell in content.fragments.iter().flat_map(|f| &f.rows).flat_map(|row| &row.cells) {
        let range = cell.place.from as usize..cell.place.to as usize;
        assert!(bytes.get(range).is_some(), "{:?} of {} bytes", cell.place, bytes.len());
    }
});
