//! The matcher against brute force with a compiled fuzzy matcher, in one run over one list.
//!
//! `cargo bench -p laras-benches --bench names`. Times are for the same queries on the same
//! machine in the same run; what counts are the ratios.

fn main() {}
