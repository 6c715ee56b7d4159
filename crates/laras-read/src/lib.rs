//! From the bytes of a report to blocks and table rows, each with its place.

pub mod pdf;
