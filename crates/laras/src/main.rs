//! The command line.

mod cli;

use std::process::ExitCode;

/// Reading makes and drops many small texts and lists; jemalloc hands them out faster than the C
/// library, with about the same peak.
#[cfg(all(feature = "jemalloc", not(target_env = "msvc")))]
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

fn main() -> ExitCode {
    cli::run()
}
