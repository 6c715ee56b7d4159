//! Every number an Indonesian government report can print: readings, not guesses.

mod amount;
mod cell;
mod clean;
mod cli;
pub mod codes;
pub mod criterion;
pub mod date;
mod dress;
pub mod formula;
mod interpret;
mod letters;
mod lex;
mod lexicon;
pub mod nip;
pub mod ordinal;
mod pieces;
pub mod quarter;
mod read;
mod reading;
pub mod terbilang;
pub mod unit_line;
mod units;

pub use cli::{Line, LineReading, LineWords, cli_line};
pub use pieces::{Piece, pieces};
pub use read::{MAX_CELL, read};
pub use reading::{
    Convention, InWords, Payload, Reading, Readings, Refusal, Repair, Repairs, States, Word,
};
