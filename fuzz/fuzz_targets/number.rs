//! Any bytes as cells and as prose: no panic, every range inside the text, lines that are JSON.

#![no_main]

use laras_number::{
    Context, choose, cli_line, codes, criterion, date, find, formula, join, nip, ordinal, pieces,
    quarter, read, terbilang, unit_line, vote,
};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let text = text.as_ref();

    let readings = read(text);
    vote(&readings);
    let choice = choose(&readings, &Context::default());
    assert!(choice.best.is_none_or(|best| best < readings.readings.len()));
    serde_json::to_string(&cli_line(text)).expect("a line is JSON");

    for piece in pieces(text) {
        assert!(text.get(piece.range).is_some());
    }
    let mut end = 0;
    for mention in find(text) {
        assert!(mention.range.start >= end && text.get(mention.range.clone()).is_some());
        end = mention.range.end;
    }
    let half = (0..=text.len() / 2).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
    let (first, second) = text.split_at(half);
    join(first, second);

    let _ = (terbilang::read(text), criterion::read(text), codes::read(text), nip::read(text));
    let _ = (date::read(text), date::read_signed(text), quarter::read(text), ordinal::read(text));
    if let Some(formula) = formula::read(text) {
        let _ = formula.eval(|column| Some(laras_number::Decimal::from(i64::from(column))));
    }
    assert!(unit_line::find(text).is_none_or(|(_, range)| text.get(range).is_some()));
    assert!(ordinal::leading(text).is_none_or(|leading| text.get(leading.rest..).is_some()));
    assert!(codes::leading(text).is_none_or(|(_, rest)| text.get(rest..).is_some()));
});
