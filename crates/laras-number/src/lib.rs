//! Every number an Indonesian government report can print: readings, not guesses.
//!
//! A cell's text goes in, every defensible reading comes out, best first, each with what had to be
//! repaired and how much speaks against it. What the cell alone cannot tell stays open until its
//! column, its table or the arithmetic decides.
//!
//! ```
//! use laras_number::{Context, choose, read};
//!
//! // One separator and three digits: thousands or decimals?
//! let cell = read("1.234");
//! assert_eq!(cell.readings.len(), 2);
//!
//! // The other cells of its column know.
//! let mut context = Context::default();
//! context.column.add(&read("1.665.000,00"));
//! let choice = choose(&cell, &context);
//! assert!(!choice.open);
//! assert_eq!(choice.reading(&cell).unwrap().number().unwrap().to_string(), "1234");
//!
//! // Damage is repaired at a cost, and said.
//! let damaged = read("896.154.528,00,00");
//! let best = damaged.best().unwrap();
//! assert_eq!(best.number().unwrap().to_string(), "896154528");
//! assert!(best.flags.contains(laras_model::Flag::NumberMalformed));
//! ```
//!
//! | to | use |
//! |---|---|
//! | read a cell | [`read`], or a [`Reader`] for all of a document; [`pieces`] where it may hold several numbers |
//! | choose among its readings | [`choose`] with a [`Context`] of [`Votes`] and [`Constraint`]s |
//! | read running text | [`find`] |
//! | rejoin what a wrap cut | [`join`] |
//! | strip numbering and codes from names | [`ordinal::leading`], [`codes::leading`] |
//! | read one kind of thing | [`terbilang`], [`date`], [`nip`], [`quarter`], [`formula`], [`criterion`], [`unit_line`], [`unit`](mod@unit), [`codes`], [`ordinal`] |
//!
//! Words (units, months, grades, misspellings …) are tidy files in `data/`; to teach a new one is
//! to add a line.
//!
//! # What this crate refuses to know
//! Tables, pages, columns, and which office wrote them. It never rounds, never uses a float, and
//! never picks a value where two stand equally well without saying so.

mod amount;
mod assemble;
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
mod gaps;
mod interpret;
mod join;
mod kinds;
mod letters;
mod lex;
mod lexicon;
pub mod nip;
pub mod ordinal;
mod pieces;
mod plain;
pub mod quarter;
mod quick;
mod read;
mod reader;
mod reading;
mod repair;
mod scored;
pub mod terbilang;
pub mod unit;
pub mod unit_line;
mod units;
mod values;
mod votes;

pub use choose::{Choice, Constraint, Context, Kind, choose};
pub use cli::{Line, LineReading, LineWords, cli_line};
pub use find::{Mention, Mentioned, find};
pub use join::{Join, JoinKind, join};
pub use laras_model::Decimal;
pub use pieces::{Piece, pieces};
pub use read::{MAX_CELL, read};
pub use reader::Reader;
pub use reading::{InWords, Payload, Reading, Readings, States, Word};
pub use repair::{Convention, Refusal, Repair, Repairs};
pub use votes::{Votes, vote};
