//! Laws that hold for every number, not only for those of the case files.

use laras_model::Decimal;
use laras_number::{
    Context, JoinKind, Mentioned, Reading, States, choose, cli_line, codes, criterion, date, find,
    formula, join, nip, ordinal, pieces, quarter, read, terbilang, unit_line, vote,
};
use proptest::prelude::*;
use proptest::test_runner::FileFailurePersistence;

/// Digits with a mark between thousands, decimals behind another.
fn print(whole: u64, decimals: &str, thousands: char, point: char) -> String {
    let digits = whole.to_string();
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(thousands);
        }
        out.push(digit);
    }
    if !decimals.is_empty() {
        out.push(point);
        out.push_str(decimals);
    }
    out
}

fn value(whole: u64, decimals: &str) -> Decimal {
    let mantissa = format!("{whole}{decimals}").parse().expect("digits");
    Decimal::new(mantissa, decimals.len() as u32).expect("17 digits fit")
}

/// What a reader takes from a cell: value, decimals as printed, whether it is damaged.
fn taken(text: &str) -> Option<(Decimal, u32, bool)> {
    let readings = read(text);
    let best = readings.best()?;
    let number = best.number()?;
    (readings.states == States::Number).then(|| (number, number.scale(), best.is_malformed()))
}

const AMOUNT: u64 = 1_000_000_000_000_000;

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: Some(Box::new(FileFailurePersistence::Direct("tests/laws.regressions"))),
        ..ProptestConfig::default()
    })]

    /// An amount printed in either convention is read as itself, undamaged.
    #[test]
    fn printing_then_reading_is_the_identity(
        whole in prop_oneof![0..AMOUNT, 0..1_000_000_u64],
        decimals in prop_oneof![Just(String::new()), "[0-9]", "[0-9]{2}"],
        dress in prop_oneof![Just(("", "")), Just(("Rp. ", "")), Just(("Rp", ",-")), Just(("-", ""))],
    ) {
        for (thousands, point) in [('.', ','), (',', '.')] {
            let text = print(whole, &decimals, thousands, point);
            let text = format!("{}{text}{}", dress.0, if decimals.is_empty() { dress.1 } else { "" });
            let expected = value(whole, &decimals);
            let expected = if dress.0 == "-" { expected.negated() } else { expected };
            prop_assert_eq!(taken(&text), Some((expected, decimals.len() as u32, false)), "{}", text);
        }
    }

    /// No beginning of a printed number is read as that number.
    #[test]
    fn a_proper_prefix_is_refused_or_differs(
        whole in 0..AMOUNT,
        decimals in prop_oneof![Just(String::new()), "[0-9]{1,2}"],
    ) {
        let text = print(whole, &decimals, '.', ',');
        let full = taken(&text);
        for end in 0..text.len() {
            prop_assert_ne!(taken(&text[..end]), full, "{} is the start of {}", &text[..end], text);
        }
    }

    /// A value written in words is read as that value, also run together and in capitals.
    #[test]
    fn words_then_value_is_the_identity(number in prop_oneof![0..=AMOUNT, 0..10_000_u64]) {
        let words = terbilang::write(number).unwrap();
        let expected = Decimal::new(i128::from(number), 0).unwrap();
        let spelled = terbilang::read(&words).unwrap();
        prop_assert_eq!((spelled.value, spelled.well_spelt), (expected, true));
        prop_assert_eq!(terbilang::read(&words.to_uppercase()).map(|s| s.value), Ok(expected));
        if words.len() < 40 {
            let together = words.replace(' ', "");
            prop_assert_eq!(terbilang::read(&together).map(|s| s.value), Ok(expected), "{}", together);
        }
        prop_assert_eq!(taken(&words), Some((expected, 0, false)));
    }

    /// Decimals in words too.
    #[test]
    fn decimals_in_words_are_the_identity(whole in 0..1_000_000_u64, decimals in "[0-9]{0,3}[1-9]") {
        let expected = value(whole, &decimals);
        let words = terbilang::write_decimal(expected).unwrap();
        prop_assert_eq!(terbilang::read(&words).map(|s| s.value), Ok(expected), "{}", words);
    }

    /// Digits and words beside each other agree exactly when they say the same.
    #[test]
    fn words_agree_with_their_digits_only(number in 1..10_000_000_u64, other in 1..10_000_000_u64) {
        let words = terbilang::write(other).unwrap();
        let text = format!("{} ({words}) orang", print(number, "", '.', ','));
        let readings = read(&text);
        let best = readings.best().unwrap();
        prop_assert_eq!(best.words.map(|words| words.agrees), Some(number == other), "{}", text);
    }

    /// An amount cut anywhere is joined to itself again, if it is joined at all; cut inside a
    /// group or at a mark it is.
    #[test]
    fn a_cut_amount_is_joined_again(whole in 1_000_000..AMOUNT, cut in 1..14_usize) {
        let text = print(whole, "00", '.', ',');
        prop_assume!(cut < text.len());
        let (first, second) = text.split_at(cut);
        let joined = join(first, second);
        if joined.is_one() {
            prop_assert_eq!((joined.kind, joined.text.as_str()), (JoinKind::Number, text.as_str()));
        }
        let at_mark = first.ends_with(['.', ',']) || second.starts_with(['.', ',']);
        prop_assert!(joined.is_one() || !at_mark, "{} + {}: {:?}", first, second, joined);
    }

    /// Two whole amounts are never joined.
    #[test]
    fn two_amounts_stay_two(a in 1_000_000..AMOUNT, b in 1_000_000..AMOUNT) {
        let joined = join(&print(a, "", '.', ','), &print(b, "", '.', ','));
        prop_assert!(!joined.is_one(), "{:?}", joined);
    }

    /// The column's convention settles an open number whatever the numbers are.
    #[test]
    fn the_column_settles_an_open_number(open in 1_000..1_000_000_u64, others in prop::collection::vec(1_000_000..AMOUNT, 2..8)) {
        for (thousands, point) in [('.', ','), (',', '.')] {
            let mut context = Context::default();
            for other in &others {
                context.column.merge(&vote(&read(&print(*other, "", thousands, point))));
            }
            let readings = read(&print(open, "", thousands, point));
            let choice = choose(&readings, &context);
            let expected = Decimal::new(i128::from(open), 0);
            prop_assert_eq!(choice.reading(&readings).and_then(Reading::number), expected);
            prop_assert!(!choice.open);
        }
    }

    /// A date printed by the calendar is read as itself, in every form.
    #[test]
    fn dates_are_read_as_printed(year in 1950..2090_i16, month in 1..13_i8, day in 1..29_i8) {
        let names = ["Januari", "Pebruari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus",
            "September", "Oktober", "Nopember", "Desember"];
        let iso = format!("{year}-{month:02}-{day:02}");
        let name = names[month as usize - 1];
        for text in [
            format!("{day} {name} {year}"),
            format!("{day:02}/{month:02}/{year}"),
            format!("{day}-{month}-{year}"),
            format!("{day:02}.{month:02}.{year}"),
            iso.clone(),
        ] {
            // Day and month can only be told apart by their order.
            prop_assert_eq!(date::read(&text).map(|span| span.to_string()), Some(iso.clone()), "{}", text);
            prop_assert_eq!(read(&text).states, States::Date);
        }
    }

    /// A number built by the rules is sound in every dress; a broken rule is said.
    #[test]
    fn nips_are_sound_exactly_when_built_by_the_rules(
        birth in 1955..1998_u32, month in 1..13_u32, day in 1..29_u32,
        age in 19..40_u32, start in 1..13_u32, sex in 1..3_u32, serial in 1..1000_u32,
    ) {
        let build = |month: u32, start: u32, sex: u32, serial: u32| {
            format!("{birth}{month:02}{day:02} {}{start:02} {sex} {serial:03}", birth + age)
        };
        let good = build(month, start, sex, serial);
        for text in [good.clone(), good.replace(' ', ""), format!("NIP. {good}")] {
            let read = nip::read(&text).unwrap();
            prop_assert!(read.is_sound(), "{} {:?}", text, read.problems);
            prop_assert_eq!(read.kind, nip::Kind::Pns);
        }
        for bad in [build(month + 12, start, sex, serial), build(month, start + 12, sex, serial),
            build(month, start, sex + 2, serial), build(month, start, sex, 0)] {
            let read = nip::read(&format!("NIP. {bad}")).unwrap();
            prop_assert!(read.is_invalid() || read.kind == nip::Kind::Pppk, "{}", bad);
        }
    }

    /// Whatever the text: no panic, and every range lies in it.
    #[test]
    fn any_text_is_survived(text in any::<String>()) {
        survive(&text);
    }

    /// The same for texts made of what the grammars look for.
    #[test]
    fn any_mixture_is_survived(parts in prop::collection::vec(prop::sample::select(PARTS), 0..14)) {
        survive(&parts.concat());
    }
}

const PARTS: &[&str] = &[
    "1",
    "12",
    "345",
    "000",
    "2020",
    "19780214",
    ".",
    ",",
    "-",
    "–",
    " ",
    "\n",
    "(",
    ")",
    "%",
    "Rp",
    "Rp. ",
    ",-",
    "TW ",
    "IV",
    "s.d. ",
    "Juli ",
    "Senin, ",
    "NIP. ",
    "orang",
    "/",
    ":",
    "=",
    "x",
    "100%",
    "juta ",
    "tiga ",
    "puluh ",
    "koma ",
    "Nomor ",
    "Tahun ",
    "≥",
    "<",
    ">",
    "½",
    "O",
    "l",
    "X.XX",
    "BAB ",
    "$",
    "\\leq",
    "\\frac{",
    "}",
    "**",
    "<br>",
    "é",
    "中",
    "\u{a0}",
    "Baik ",
    "B",
    "minimal ",
    "dan ",
    "dari ",
    "M",
    "|",
    "'",
    "999999999999999999999999999999",
];

fn survive(text: &str) {
    let readings = read(text);
    assert!(
        readings
            .readings
            .windows(2)
            .all(|two| two[0].piece < two[1].piece || two[0].cost <= two[1].cost)
    );
    let choice = choose(&readings, &Context::default());
    assert!(choice.best.is_none_or(|best| best < readings.readings.len()));
    vote(&readings);
    serde_json::to_string(&cli_line(text)).expect("a line is JSON");
    let mut end = 0;
    for piece in pieces(text) {
        assert!(piece.range.start >= end && text.get(piece.range.clone()).is_some());
        end = piece.range.end;
    }
    let mut end = 0;
    for mention in find(text) {
        assert!(mention.range.start >= end && text.get(mention.range.clone()).is_some());
        assert!(!mention.range.is_empty());
        if let Mentioned::Amount(reading) = &mention.what {
            assert!(reading.number().is_some());
        }
        end = mention.range.end;
    }
    let half = (0..=text.len() / 2).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
    let (first, second) = text.split_at(half);
    join(first, second);
    let _ =
        (terbilang::read(text), criterion::read(text), date::read(text), date::read_signed(text));
    let _ = (formula::read(text), formula::read_column(text), nip::read(text), ordinal::read(text));
    let _ = (quarter::read(text), codes::read(text), unit_line::read(text));
    assert!(unit_line::find(text).is_none_or(|(_, range)| text.get(range).is_some()));
    assert!(ordinal::leading(text).is_none_or(|leading| text.get(leading.rest..).is_some()));
    assert!(codes::leading(text).is_none_or(|(_, rest)| text.get(rest..).is_some()));
}

/// A megabyte of digits is refused at once, and prose of a megabyte takes linear time.
#[test]
fn large_texts_are_bounded() {
    let digits = "1".repeat(1 << 20);
    let line = cli_line(&digits);
    assert_eq!((line.states, line.refused), (States::Text, Some("too long")));
    for unit in
        ["1", "1.", "(", "Rp 1.", "tiga ", "1 Juli ", "NIP. 1978 ", "9.992 ", ">", "Nomor 1/"]
    {
        let long = unit.repeat((1 << 18) / unit.len());
        find(&long);
        pieces(&long);
    }
    assert_eq!(read(&"9".repeat(28)).refusal.map(laras_number::Refusal::reason), Some("too large"));
}
