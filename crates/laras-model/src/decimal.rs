//! Exact decimal numbers: every amount, percent and count in laras.

use std::fmt;
use std::str::FromStr;

use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal as Inner, RoundingStrategy};

/// An exact decimal of at most 28 digits that remembers how many decimals were printed.
///
/// Two values are equal when they are the same number, however they were printed (`57.0` is
/// `57`). Arithmetic is checked: what does not fit is `None`, never wrapped or rounded silently.
///
/// # Printing and parsing
/// `Display`, JSON and CSV give plain digits with `.` and without trailing zeros. `FromStr` takes
/// exactly that form (`-?[0-9]+(\.[0-9]+)?`); numbers as reports print them are read by
/// `laras-number`, never here.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Decimal(Inner);

impl Decimal {
    /// 0
    pub const ZERO: Self = Self(Inner::ZERO);
    /// 1
    pub const ONE: Self = Self(Inner::ONE);
    /// 100
    pub const HUNDRED: Self = Self(Inner::ONE_HUNDRED);

    /// `mantissa × 10^-scale`; `None` past 28 decimals or 96 bits.
    pub fn new(mantissa: i128, scale: u32) -> Option<Self> {
        Inner::try_from_i128_with_scale(mantissa, scale).ok().map(Self)
    }

    /// Number of decimals as printed: 2 for `95.40`.
    pub fn scale(self) -> u32 {
        self.0.scale()
    }

    /// The digits without the point, with the sign: 9540 for `95.40`.
    pub fn mantissa(self) -> i128 {
        self.0.mantissa()
    }

    /// The same number without trailing zeros.
    #[must_use]
    pub fn normalized(self) -> Self {
        Self(self.0.normalize())
    }

    /// Whether this is 0.
    pub fn is_zero(self) -> bool {
        self.0.is_zero()
    }

    /// Whether this is below 0.
    pub fn is_negative(self) -> bool {
        self.0.is_sign_negative() && !self.0.is_zero()
    }

    /// Whether this is a whole number.
    pub fn is_integer(self) -> bool {
        self.0.is_integer()
    }

    /// The value without its sign.
    #[must_use]
    pub fn abs(self) -> Self {
        Self(self.0.abs())
    }

    /// The value with its sign turned.
    #[must_use]
    pub fn negated(self) -> Self {
        Self(-self.0)
    }

    /// `self + other`, or `None` if it does not fit.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }

    /// `self - other`, or `None` if it does not fit.
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        self.0.checked_sub(other.0).map(Self)
    }

    /// `self × other`, or `None` if it does not fit.
    pub fn checked_mul(self, other: Self) -> Option<Self> {
        self.0.checked_mul(other.0).map(Self)
    }

    /// `self / other`, or `None` for a zero divisor or a result that does not fit.
    pub fn checked_div(self, other: Self) -> Option<Self> {
        self.0.checked_div(other.0).map(Self)
    }

    /// Rounded to `decimals`, halves away from zero, as offices round.
    #[must_use]
    pub fn rounded(self, decimals: u32) -> Self {
        Self(self.0.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero))
    }

    /// Cut off (not rounded) after `decimals`.
    #[must_use]
    pub fn truncated(self, decimals: u32) -> Self {
        Self(self.0.trunc_with_scale(decimals))
    }

    /// 100 × `part` / `whole`, or `None` for a zero whole.
    pub fn percent(part: Self, whole: Self) -> Option<Self> {
        part.checked_mul(Self::HUNDRED)?.checked_div(whole)
    }

    /// An approximation, for features and charts only; never for money.
    pub fn to_f64(self) -> f64 {
        self.0.to_f64().unwrap_or(f64::NAN)
    }

    /// The value as an integer if it is one and fits.
    pub fn to_i64(self) -> Option<i64> {
        if self.is_integer() { self.0.to_i64() } else { None }
    }
}

impl From<i64> for Decimal {
    fn from(value: i64) -> Self {
        Self(Inner::from(value))
    }
}

impl std::iter::Sum for Decimal {
    /// Saturates at zero contribution for what does not fit; use `checked_add` where it matters.
    fn sum<I: Iterator<Item = Self>>(iter: I) -> Self {
        iter.fold(Self::ZERO, |sum, value| sum.checked_add(value).unwrap_or(sum))
    }
}

impl Decimal {
    /// Does something with the plain digits, the text of [`to_string`](ToString::to_string), which takes no
    /// room of its own.
    ///
    /// ```
    /// let number: laras_model::Decimal = "-12.50".parse()?;
    /// assert_eq!(number.with_text(str::len), "-12.5".len());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn with_text<T>(self, make: impl FnOnce(&str) -> T) -> T {
        /// What a mantissa is cut into, for small numbers are quick to divide.
        const PART: u128 = 10_u128.pow(18);
        let (mantissa, scale) = (self.mantissa().unsigned_abs(), self.scale());
        let mut parts = match mantissa {
            0..PART => [mantissa as u64, 0],
            _ => [(mantissa % PART) as u64, (mantissa / PART) as u64],
        };
        // 29 digits, a point and a sign, written from the last to the first.
        let mut text = [0; 32];
        let mut at = text.len();
        let end = text.len();
        for place in 0.. {
            if place > scale && parts == [0, 0] {
                break;
            }
            if place == scale && at < end {
                at -= 1;
                text[at] = b'.';
            }
            let part = &mut parts[usize::from(place >= 18)];
            let digit = (*part % 10) as u8;
            *part /= 10;
            // Zeros at the end of the decimals are left out.
            if digit > 0 || place >= scale || at < end {
                at -= 1;
                text[at] = b'0' + digit;
            }
        }
        if self.is_negative() {
            at -= 1;
            text[at] = b'-';
        }
        make(std::str::from_utf8(&text[at..]).unwrap_or_default())
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.with_text(|text| f.pad(text))
    }
}

impl fmt::Debug for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Text that is not a plain decimal of at most 28 digits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseDecimalError {
    /// The text that was found.
    pub found: String,
}

impl fmt::Display for ParseDecimalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "'{}' is not a plain decimal such as 1234 or -95.42", self.found)
    }
}

impl std::error::Error for ParseDecimalError {}

impl FromStr for Decimal {
    type Err = ParseDecimalError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let refuse = || ParseDecimalError { found: text.chars().take(60).collect() };
        let digits = text.strip_prefix('-').unwrap_or(text);
        let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
        let plain = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty()
            || !plain(whole)
            || !plain(decimals)
            || (digits.contains('.') && decimals.is_empty())
            || whole.len() + decimals.len() > 28
        {
            return Err(refuse());
        }
        let mut mantissa: i128 = 0;
        for digit in whole.bytes().chain(decimals.bytes()) {
            mantissa = mantissa * 10 + i128::from(digit - b'0');
        }
        let mantissa = if text.starts_with('-') { -mantissa } else { mantissa };
        Self::new(mantissa, decimals.len() as u32).ok_or_else(refuse)
    }
}

impl serde::Serialize for Decimal {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.with_text(|text| serializer.serialize_str(text))
    }
}

impl<'de> serde::Deserialize<'de> for Decimal {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

impl schemars::JsonSchema for Decimal {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Decimal".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "pattern": r"^-?[0-9]+(\.[0-9]+)?$",
            "description": "An exact decimal in plain digits, as a string so that no reader rounds it."
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_only_the_plain_form() {
        for good in ["0", "-3", "95.42", "12345678901234567890.12345678"] {
            assert_eq!(good.parse::<Decimal>().map(|d| d.to_string()), Ok(good.to_owned()));
        }
        for bad in [
            "",
            "-",
            ".5",
            "5.",
            "1,5",
            "1e5",
            "1_000",
            " 1",
            "1.2.3",
            "99999999999999999999999999999",
        ] {
            assert!(bad.parse::<Decimal>().is_err(), "{bad:?} was taken for a decimal");
        }
    }

    #[test]
    fn printed_decimals_are_remembered_but_do_not_matter_for_equality() {
        let (a, b): (Decimal, Decimal) =
            ("57.00".parse().expect("a decimal"), "57".parse().expect("a decimal"));
        assert_eq!(a, b);
        assert_eq!((a.scale(), b.scale()), (2, 0));
        assert_eq!(a.to_string(), "57");
    }

    #[test]
    fn digits_are_plain_whatever_their_number() {
        for plain in [
            "0",
            "-1",
            "10",
            "0.05",
            "-0.5",
            "1000000000000000000",
            "999999999999999999",
            "1.000000000000000001",
            "79228162514264337593543950335",
            "-7.9228162514264337593543950335",
            "0.0000000000000000000000000001",
        ] {
            let inner: Inner = plain.parse().expect("a decimal");
            assert_eq!(Decimal(inner).to_string(), plain);
        }
        for (mantissa, scale, plain) in [(0, 5, "0"), (1_250_500, 3, "1250.5"), (-300, 2, "-3")] {
            assert_eq!(Decimal::new(mantissa, scale).expect("it fits").to_string(), plain);
        }
        assert_eq!(format!("{:>6}|{:<4}|", Decimal::HUNDRED, Decimal::ONE), "   100|1   |");
    }

    #[test]
    fn arithmetic_is_exact_and_checked() {
        let d = |s: &str| s.parse::<Decimal>().expect("a decimal");
        assert_eq!(d("0.1").checked_add(d("0.2")), Some(d("0.3")));
        assert_eq!(Decimal::percent(d("1"), Decimal::ZERO), None);
        assert_eq!(d("117.647").rounded(2), d("117.65"));
        assert_eq!(d("117.65").truncated(0), d("117"));
        assert_eq!(d("-2.5").rounded(0), d("-3"));
        let huge = Decimal::new(79_228_162_514_264_337_593_543_950_335, 0).expect("the largest");
        assert_eq!(huge.checked_mul(d("10")), None);
    }

    #[test]
    fn json_is_a_string() {
        let json = serde_json::to_string(&"1250.50".parse::<Decimal>().expect("a decimal"))
            .expect("a decimal has JSON");
        assert_eq!(json, "\"1250.5\"");
        assert!(serde_json::from_str::<Decimal>("1250.5").is_err());
    }
}
