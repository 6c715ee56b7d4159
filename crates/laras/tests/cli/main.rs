//! The command line as a person or a script meets it: the binary, its files, its sentences, its
//! exit statuses.

mod bad_input;
mod determinism;
mod inputs;
mod kit;
mod limits;
mod names;
mod number;
mod output;
mod pdf;
mod schema;
mod score;
mod show;
