//! Every number an Indonesian government report can print: readings, not guesses.

mod amount;
mod cell;
mod choose;
mod clean;
mod cli;
pub mod codes;
pub mod criterion;
pub mod date;
mod dress;
mod find;
pub mod formula;
mod interpret;
mod join;
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
mod votes;

pub use choose::{Choice, Constraint, Context, Kind, choose};
pub use cli::{Line, LineReading, LineWords, cli_line};
pub use find::{Mention, Mentioned, find};
pub use join::{Join, JoinKind, join};
pub use pieces::{Piece, pieces};
pub use read::{MAX_CELL, read};
pub use reading::{
    Convention, InWords, Payload, Reading, Readings, Refusal, Repair, Repairs, States, Word,
};
pub use votes::{Votes, vote};
