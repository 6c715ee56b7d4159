//! The measured promises of laras, one bench a file: `cargo bench -p laras-benches`.
