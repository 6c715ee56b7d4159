//! Joining the printed lines of a cell or a paragraph: as text, or as a number or code that the
//! narrow column cut in two.
//!
//! The page tells what plain text does not: how much room was left. A word that would not have
//! fitted was wrapped, and a space belongs there; a token that fills its line to the last
//! character was cut; where there was room, the break is the author's and stays a `\n`.

use std::collections::HashMap;

use super::amounts::{cut_amount, is_amount, number_joint};

/// How often each word occurs in a document, in lower case; the evidence for joining cut words.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary(HashMap<String, u32>);

impl Vocabulary {
    /// Counts a word.
    pub fn add(&mut self, word: &str) {
        let word = bare(word);
        if word.chars().count() > 1 && word.chars().all(char::is_alphabetic) {
            *self.0.entry(word).or_default() += 1;
        }
    }

    /// Takes over the counts of another.
    pub fn merge(&mut self, other: Self) {
        let mut words: Vec<_> = other.0.into_iter().collect();
        words.sort();
        for (word, count) in words {
            *self.0.entry(word).or_default() += count;
        }
    }

    /// How often a word was seen.
    pub fn count(&self, word: &str) -> u32 {
        self.0.get(&bare(word)).copied().unwrap_or_default()
    }
}

/// A word in lower case without the marks around it.
fn bare(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}

/// One printed line as far as joining needs it. Widths are in points.
#[derive(Clone, Debug)]
pub struct Printed {
    /// The text.
    pub text: String,
    /// Its width.
    pub width: f32,
    /// Width of its first word.
    pub first_word: f32,
    /// Width of its first character.
    pub first_character: f32,
    /// Size of the type.
    pub size: f32,
}

/// What stands between two printed lines that are joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Joint {
    /// Nothing: a token was cut.
    Nothing,
    /// Nothing, and the hyphen at the end of the line goes too.
    DropHyphen,
    /// A space: words were wrapped.
    Space,
    /// A line break: the author's, or nobody can tell.
    Break,
}

/// Joins printed lines that stood in a space `room` points wide.
pub fn join(lines: &[Printed], room: f32, vocabulary: &Vocabulary) -> String {
    // A minus above the one number of a cell is its sign: accounting formats fill the space
    // between the two with blanks, and the number is wrapped.
    if let [sign, number] = lines
        && matches!(sign.text.as_str(), "-" | "–")
        && number.text.contains('.')
        && is_amount(&number.text)
    {
        return format!("-{}", number.text);
    }
    let mut text = String::new();
    let mut before: Option<&Printed> = None;
    let mut cut_to = 0;
    for (index, line) in lines.iter().enumerate() {
        let inside = index < cut_to;
        if !inside {
            cut_to = index + cut_amount(&lines[index..], room);
        }
        if let Some(before) = before.filter(|_| !inside) {
            match joint(before, line, room, vocabulary) {
                Joint::Nothing => {}
                Joint::DropHyphen => {
                    text.pop();
                }
                Joint::Space => text.push(' '),
                Joint::Break => text.push('\n'),
            }
        }
        text.push_str(&line.text);
        before = Some(line);
    }
    text
}

/// Decides what stands between two printed lines.
pub fn joint(before: &Printed, after: &Printed, room: f32, vocabulary: &Vocabulary) -> Joint {
    let (Some(left), Some(right)) =
        (before.text.split_whitespace().next_back(), after.text.split_whitespace().next())
    else {
        return Joint::Break;
    };
    let free = room - before.width;
    // Widths are sums of rounded ones; half a point more or less is no evidence.
    let wrapped = free < after.first_word + after.size * 0.25 + 0.5;
    let alone = before.text.split_whitespace().count() == 1;
    let full = free < after.first_character + 0.5;
    if matches!(left, "-" | "–" | "(") && before.text == left && wrapped && is_amount(right) {
        // The sign was wrapped away from its number.
        return Joint::Nothing;
    }
    if let Some(joint) = number_joint(left, right, alone && full) {
        return joint;
    }
    if starts_item(&after.text) {
        return Joint::Break;
    }
    if left.ends_with('\u{AD}') {
        return Joint::DropHyphen;
    }
    let next_is_letter = right.starts_with(char::is_alphabetic);
    if let Some(stem) = left.strip_suffix('-')
        && stem.ends_with(char::is_alphabetic)
        && right.starts_with(char::is_lowercase)
    {
        // Indonesian doubles words with a hyphen (`undang-undang`), which stays; a hyphen that
        // was put in at the end of the line goes if the word is known without it.
        let plain = format!("{stem}{right}");
        let doubled = bare(right).starts_with(&bare(stem)) || bare(stem) == bare(right);
        return if !doubled && vocabulary.count(&plain) > 0 {
            Joint::DropHyphen
        } else {
            Joint::Nothing
        };
    }
    if left.ends_with('/') && left.chars().count() > 1 && wrapped && next_is_letter {
        return Joint::Nothing;
    }
    if full && is_cut_word(left, right, alone, vocabulary) {
        return Joint::Nothing;
    }
    if wrapped || continues(left, right) { Joint::Space } else { Joint::Break }
}

/// Whether the second of two words can only go on a sentence.
fn continues(left: &str, right: &str) -> bool {
    right.starts_with(char::is_lowercase) && !left.ends_with(['.', ';', ':'])
}

/// A word seen this often is whole.
const KNOWN: u32 = 2;

/// Whether the word at the end of a full line was cut before `right`. A word that shares its line
/// with others would have been wrapped as a whole, so there the whole must be known.
fn is_cut_word(left: &str, right: &str, alone: bool, vocabulary: &Vocabulary) -> bool {
    let head: String = {
        let mut letters: Vec<char> = left.chars().rev().take_while(|c| c.is_alphabetic()).collect();
        letters.reverse();
        letters.into_iter().collect()
    };
    let tail: String = right.chars().take_while(|c| c.is_alphabetic()).collect();
    let (Some(end), Some(start)) = (head.chars().next_back(), tail.chars().next()) else {
        return false;
    };
    if start.is_uppercase() && !end.is_uppercase() {
        return false;
    }
    let whole = vocabulary.count(&format!("{head}{tail}"));
    let (first, second) = (vocabulary.count(&head), vocabulary.count(&tail));
    let halves = first.min(second);
    // `s/d` is short for words of its own.
    let short_form = tail.len() <= 2 && right[tail.len()..].starts_with(['/', '.']);
    if short_form {
        return false;
    }
    if alone {
        let known = whole == 0 && first >= KNOWN;
        return !known && (halves == 0 || whole > halves);
    }
    // A stump of one or two letters that is no word was cut off one.
    let stump = (head.len() <= 2 && first == 0) || (tail.len() <= 2 && second == 0);
    halves == 0 && (whole > 0 || stump && first.max(second) == 0)
}

/// Whether a line begins a list item.
pub fn starts_item(line: &str) -> bool {
    let Some(first) = line.split_whitespace().next() else { return false };
    if line.split_whitespace().nth(1).is_none() {
        return false;
    }
    if matches!(first, "-" | "–" | "•" | "▪" | "*" | "·" | "o" | "" | "✓" | "➢") {
        return true;
    }
    let body = first.trim_start_matches('(');
    let Some(number) = body.strip_suffix(['.', ')']) else { return false };
    let length = number.chars().count();
    (1..=3).contains(&length)
        && (number.chars().all(|c| c.is_ascii_digit())
            || (length == 1 && number.chars().all(|c| c.is_ascii_alphabetic()))
            || number.chars().all(|c| "ivxIVX".contains(c)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(text: &str) -> Printed {
        let width = |text: &str| text.chars().count() as f32 * 5.0;
        Printed {
            text: text.to_owned(),
            width: width(text),
            first_word: width(text.split_whitespace().next().unwrap_or_default()),
            first_character: 5.0,
            size: 10.0,
        }
    }

    #[track_caller]
    fn check(lines: &[&str], room: usize, expected: &str) {
        let mut vocabulary = Vocabulary::default();
        for word in "keterangan program kegiatan undang undangan dan politik".split(' ') {
            vocabulary.add(word);
        }
        let lines: Vec<Printed> = lines.iter().map(|line| printed(line)).collect();
        assert_eq!(join(&lines, room as f32 * 5.0, &vocabulary), expected);
    }

    #[test]
    fn numbers_and_codes_are_joined_without_a_space() {
        check(&["9.992.176.7", "20"], 11, "9.992.176.720");
        check(&["145.199.080", ".053"], 11, "145.199.080.053");
        check(&["8.01.02.2.", "01"], 12, "8.01.02.2.01");
        check(&["1.234.567,", "00"], 12, "1.234.567,00");
        check(&["2020-", "2024"], 6, "2020-2024");
        check(&["19671005198903", "1008"], 14, "196710051989031008");
        check(&["0", "5"], 1, "05");
        check(&["9.85", "0.000"], 5, "9.850.000");
        check(&["3.60", "0.00", "0.00", "0"], 4, "3.600.000.000");
        // The last digits stand on the next page.
        check(&["2,9", "50,"], 4, "2,950,");
        check(&["60,0", "00,0"], 4, "60,000,0");
        check(&["12,5", "12,5"], 4, "12,5\n12,5");
    }

    #[test]
    fn two_numbers_under_each_other_stay_two() {
        check(&["1.250.000", "3.000.000"], 20, "1.250.000\n3.000.000");
        check(&["12", "15"], 10, "12\n15");
        check(&["1", "2"], 1, "1\n2");
        check(&["1.250", "3.000"], 5, "1.250\n3.000");
        check(&["5", "1.250"], 5, "5\n1.250");
        check(&["1.25", "0.500"], 8, "1.25\n0.500");
    }

    #[test]
    fn wrapped_words_get_a_space_and_the_authors_break_stays() {
        check(&["Program Pembinaan", "Wawasan"], 20, "Program Pembinaan Wawasan");
        check(&["Program", "Kegiatan"], 30, "Program\nKegiatan");
        check(&["a. satu", "b. dua"], 9, "a. satu\nb. dua");
    }

    #[test]
    fn whole_words_are_not_joined_with_the_next() {
        check(&["Realisasi", "s/d 2021"], 9, "Realisasi s/d 2021");
    }

    #[test]
    fn words_cut_by_a_narrow_column_are_joined() {
        check(&["Keteranga", "n"], 9, "Keterangan");
        check(&["Program", "dan politik"], 7, "Program dan politik");
        check(&["undang-", "undangan"], 9, "undang-undangan");
        check(&["kegi-", "atan"], 6, "kegiatan");
    }
}
