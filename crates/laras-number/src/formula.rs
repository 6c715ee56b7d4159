//! Column numbers and formulas over them: `4`, `(4)`, `13= 6 + 12`, `(6)=(5)/(4)x100%`.
//!
//! ```text
//! cell    = [result "="] sum / result "(" sum ")" / "=" sum
//! result  = column
//! sum     = product *( ("+" / "-") product )
//! product = factor *( ("x" / "*" / "×" / "/" / ":" / "÷") factor )
//! factor  = "(" sum ")" / "100" ["%"] / column
//! column  = 1*2DIGIT / letter            ; a single letter stands for its place in the alphabet
//! ```
//!
//! A percent is counted in percent units, so `x100%` is a factor of 100.
//!
//! ```
//! use laras_model::Decimal;
//! use laras_number::formula;
//!
//! let formula = formula::read("14 = 13/5 x100%").unwrap();
//! assert_eq!(formula.result, Some(14));
//! assert_eq!(formula.columns(), [13, 5]);
//! let value = formula.eval(|column| Some(Decimal::from(if column == 13 { 3 } else { 4 })));
//! assert_eq!(value, Some(Decimal::from(75)));
//! ```

use std::fmt;

use laras_model::Decimal;
use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::{tag, tag_no_case};
use nom::character::complete::{char, one_of, satisfy};
use nom::combinator::{map, map_opt, not, opt, peek, value};
use nom::sequence::{delimited, preceded, terminated};

use crate::lex::{Parsed, blanks, integer, whole};

/// Longest formula that is read, in bytes.
const MAX: usize = 96;
/// Deepest nesting of brackets.
const DEPTH: u8 = 8;

/// An operation between two expressions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Operation {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `x`, `*`
    Multiply,
    /// `/`, `:`
    Divide,
}

/// An expression over the numbers of columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expression {
    /// The column of this number.
    Column(u16),
    /// A constant: the 100 of `x100%`.
    Constant(Decimal),
    /// Two expressions and what is done with them.
    Operation(Operation, Box<Expression>, Box<Expression>),
}

/// A formula, or a column number alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Formula {
    /// The column that is computed, or the column's own number; `None` where only the right side
    /// is printed.
    pub result: Option<u16>,
    /// How it is computed; `None` for a column number alone.
    pub expression: Option<Expression>,
}

impl Formula {
    /// A column number alone.
    pub const fn column(number: u16) -> Self {
        Self { result: Some(number), expression: None }
    }

    /// The columns it is computed from, in printed order, each once.
    pub fn columns(&self) -> Vec<u16> {
        let mut columns = Vec::new();
        if let Some(expression) = &self.expression {
            expression.collect(&mut columns);
        }
        columns
    }

    /// Its value, given the value of each column; `None` where a column has none, a divisor is
    /// zero, the result does not fit, or there is nothing to compute.
    pub fn eval(&self, value: impl Fn(u16) -> Option<Decimal>) -> Option<Decimal> {
        self.expression.as_ref()?.eval(&value)
    }
}

impl fmt::Display for Formula {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.result, &self.expression) {
            (Some(result), None) => write!(f, "{result}"),
            (Some(result), Some(expression)) => write!(f, "{result} = {expression}"),
            (None, Some(expression)) => write!(f, "{expression}"),
            (None, None) => Ok(()),
        }
    }
}

impl Expression {
    fn collect(&self, columns: &mut Vec<u16>) {
        match self {
            Self::Column(column) if !columns.contains(column) => columns.push(*column),
            Self::Operation(_, left, right) => {
                left.collect(columns);
                right.collect(columns);
            }
            _ => {}
        }
    }

    fn eval(&self, value: &impl Fn(u16) -> Option<Decimal>) -> Option<Decimal> {
        match self {
            Self::Column(column) => value(*column),
            Self::Constant(constant) => Some(*constant),
            Self::Operation(operation, left, right) => {
                let (left, right) = (left.eval(value)?, right.eval(value)?);
                match operation {
                    Operation::Add => left.checked_add(right),
                    Operation::Subtract => left.checked_sub(right),
                    Operation::Multiply => left.checked_mul(right),
                    Operation::Divide => left.checked_div(right),
                }
            }
        }
    }

    fn operations(&self) -> usize {
        match self {
            Self::Operation(_, left, right) => 1 + left.operations() + right.operations(),
            _ => 0,
        }
    }
}

impl fmt::Display for Expression {
    /// With every bracket that is needed and none that is not: `13 / 5 * 100`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rank = |expression: &Self| match expression {
            Self::Operation(Operation::Add | Operation::Subtract, ..) => 1,
            Self::Operation(..) => 2,
            _ => 3,
        };
        match self {
            Self::Column(column) => write!(f, "{column}"),
            Self::Constant(constant) => write!(f, "{constant}"),
            Self::Operation(operation, left, right) => {
                let own = rank(self);
                let side = |f: &mut fmt::Formatter<'_>, side: &Self, least: i32| {
                    if rank(side) < least { write!(f, "({side})") } else { write!(f, "{side}") }
                };
                side(f, left, own)?;
                f.write_str(match operation {
                    Operation::Add => " + ",
                    Operation::Subtract => " - ",
                    Operation::Multiply => " * ",
                    Operation::Divide => " / ",
                })?;
                side(f, right, own + 1)
            }
        }
    }
}

fn number(input: &str) -> Parsed<'_, u16> {
    map_opt(integer(1, 2), |column| u16::try_from(column).ok().filter(|&column| column > 0))
        .parse(input)
}

fn letter(input: &str) -> Parsed<'_, u16> {
    let lone = satisfy(|c| c.is_ascii_lowercase() && c != 'x' && c != 'o');
    map(terminated(lone, not(peek(satisfy(char::is_alphanumeric)))), |c: char| {
        u16::from(c as u8 - b'a' + 1)
    })
    .parse(input)
}

fn column(input: &str) -> Parsed<'_, u16> {
    alt((number, letter)).parse(input)
}

fn bracketed(input: &str) -> Parsed<'_, u16> {
    let round = delimited((char('('), blanks), column, (blanks, char(')')));
    let square = delimited((char('['), blanks), column, (blanks, char(']')));
    alt((round, square, column)).parse(input)
}

fn hundred(input: &str) -> Parsed<'_, Expression> {
    let percent = opt(preceded(blanks, char('%')));
    value(Expression::Constant(Decimal::HUNDRED), (tag("100"), percent)).parse(input)
}

fn factor(depth: u8) -> impl FnMut(&str) -> Parsed<'_, Expression> {
    move |input| {
        if depth == 0 {
            return Err(nom::Err::Error(nom::error::Error::new(
                input,
                nom::error::ErrorKind::TooLarge,
            )));
        }
        let open = terminated(one_of("(["), blanks);
        let group = delimited(open, sum(depth - 1), preceded(blanks, one_of(")]")));
        alt((group, hundred, map(column, Expression::Column))).parse(input)
    }
}

/// Operands with operations between them, taken from the left.
fn chain<'t>(
    input: &'t str,
    mut operand: impl FnMut(&'t str) -> Parsed<'t, Expression>,
    operation: impl Fn(&'t str) -> Parsed<'t, Operation>,
) -> Parsed<'t, Expression> {
    let (mut input, mut left) = operand(input)?;
    loop {
        let Ok((rest, operation)) = delimited(blanks, &operation, blanks).parse(input) else {
            return Ok((input, left));
        };
        let Ok((rest, right)) = operand(rest) else { return Ok((input, left)) };
        left = Expression::Operation(operation, Box::new(left), Box::new(right));
        input = rest;
    }
}

fn product(depth: u8) -> impl FnMut(&str) -> Parsed<'_, Expression> {
    move |input| {
        chain(input, factor(depth), |input| {
            alt((
                value(Operation::Multiply, alt((tag_no_case("x"), tag("*"), tag("×")))),
                value(Operation::Divide, alt((tag("/"), tag(":"), tag("÷")))),
            ))
            .parse(input)
        })
    }
}

fn sum(depth: u8) -> impl FnMut(&str) -> Parsed<'_, Expression> {
    move |input| {
        chain(input, product(depth), |input| {
            alt((
                value(Operation::Add, char('+')),
                value(Operation::Subtract, alt((tag("-"), tag("–")))),
            ))
            .parse(input)
        })
    }
}

fn equation(input: &str) -> Parsed<'_, Formula> {
    let equals = |input| delimited(blanks, char('='), blanks).parse(input);
    let left = map((bracketed, equals, sum(DEPTH)), |(result, _, right)| (Some(result), right));
    let right = map(preceded(equals, sum(DEPTH)), |right| (None, right));
    // `11(7+8+9+10)` and `11 (7+8)`
    let tail = delimited((blanks, char('(')), sum(DEPTH), (blanks, char(')')));
    let called = map((number, tail), |(result, right)| (Some(result), right));
    let bare = map(sum(DEPTH), |right| (None, right));
    map(alt((left, right, called, bare)), |(result, expression)| Formula {
        result,
        expression: Some(expression),
    })
    .parse(input)
}

/// Reads a formula over column numbers. A column number alone is not one; see [`read_column`].
///
/// Without `=` a text is only taken for a formula where it can be nothing else: `5/4x100%`, or
/// in brackets (`(8+9)`), not `5/4` or `10-20`.
pub fn read(text: &str) -> Option<Formula> {
    let text = text.trim();
    let has_operation = || text.contains(['+', '-', '–', 'x', 'X', '*', '×', '/', ':', '÷']);
    if text.len() > MAX
        || !text.contains(['=', '(', '[', '+', '%', 'x', 'X', '*'])
        || !has_operation()
    {
        return None;
    }
    let inner = text.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')).unwrap_or(text);
    let formula = whole(delimited(blanks, equation, blanks), text)
        .or_else(|| whole(delimited(blanks, equation, blanks), inner))?;
    let expression = formula.expression.as_ref()?;
    if formula.columns().is_empty() || expression.operations() == 0 {
        return None;
    }
    // `80 - 100%` is a range, `5/4x100%` a percent.
    let has_constant = text.contains("100") && text.contains(['x', 'X', '*', '×']);
    let sure = formula.result.is_some()
        || text.starts_with('=')
        || has_constant
        || (inner.len() < text.len() && expression.operations() > 0)
        || text.contains('+');
    sure.then_some(formula)
}

/// Reads a column number: `4`, `(4)`, `[4]`, up to 99.
pub fn read_column(text: &str) -> Option<u16> {
    let text = text.trim();
    let round = delimited((char('('), blanks), number, (blanks, char(')')));
    let square = delimited((char('['), blanks), number, (blanks, char(']')));
    whole(alt((round, square, number)), text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let found = read(text).map_or("no".to_owned(), |formula| formula.to_string());
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn formulas_of_many_offices() {
        check("13= 6 + 12", "13 = 6 + 12");
        check("14 = 13/5 x100%", "14 = 13 / 5 * 100");
        check("(6)=(5)/(4)x100", "6 = 5 / 4 * 100");
        check("8=(7/6)", "8 = 7 / 6");
        check("7=(4+5+6)", "7 = 4 + 5 + 6");
        check("(6=5/4)", "6 = 5 / 4");
        check("5 = 4:3 x 100 %", "5 = 4 / 3 * 100");
        check("11(7+8+9+10)", "11 = 7 + 8 + 9 + 10");
        check("(5)-(4)=", "no");
        check("=(5/4)*100", "5 / 4 * 100");
        check("5/4x100%", "5 / 4 * 100");
        check("9 = 8 - (6 + 7)", "9 = 8 - (6 + 7)");
        check("c = b/a x 100%", "3 = 2 / 1 * 100");
        check("(8-7)", "8 - 7");
    }

    #[test]
    fn other_texts_are_no_formulas() {
        for text in [
            "5/4",
            "10-20",
            "80-100%",
            "(4)",
            "100%",
            "= 80",
            "4",
            "a",
            "x",
            "12x",
            "((((((((((1+2))))))))))",
        ] {
            check(text, "no");
        }
    }

    #[test]
    fn division_by_zero_has_no_value() {
        let formula = read("6 = 5/4").expect("a formula");
        assert_eq!(formula.eval(|_| Some(Decimal::ZERO)), None);
        assert_eq!(formula.eval(|_| None), None);
    }

    #[test]
    fn column_numbers() {
        assert_eq!(read_column("(4)"), Some(4));
        assert_eq!(read_column("17"), Some(17));
        assert_eq!(read_column("0"), None);
        assert_eq!(read_column("117"), None);
    }
}
