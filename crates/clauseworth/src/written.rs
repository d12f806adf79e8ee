//! Numbers in messages. The standard library's printing of floating-point numbers costs a reader of the page more bytes
//! than all messages together, and twelve digits are all that a person ever wrote into a deal file.

use std::fmt;

/// A number as a message shows it: at most twelve significant digits, no trailing zeros.
pub(crate) struct Written(pub(crate) f64);

impl fmt::Display for Written {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let value = self.0;
        if value.is_nan() {
            return f.write_str("nan");
        }
        if value < 0.0 {
            f.write_str("-")?;
        }
        let mut rest = value.abs();
        if rest.is_infinite() {
            return f.write_str("inf");
        }
        // The power of ten of the first digit, and the digits as a whole number.
        let mut exponent = 0;
        while rest >= 10.0 {
            rest /= 10.0;
            exponent += 1;
        }
        while rest != 0.0 && rest < 1.0 {
            rest *= 10.0;
            exponent -= 1;
        }
        let mut digits = (rest * 1e11 + 0.5) as u64;
        if digits >= 1_000_000_000_000 {
            digits /= 10;
            exponent += 1;
        }
        let scale: i32 = 11;
        if !(-6..15).contains(&exponent) {
            write_decimal(f, digits, scale)?;
            return write!(f, "e{exponent}");
        }
        write_decimal(f, digits, scale - exponent)
    }
}

/// Writes `digits` / 10^`places`.
fn write_decimal(f: &mut fmt::Formatter<'_>, mut digits: u64, mut places: i32) -> fmt::Result {
    while places > 0 && digits.is_multiple_of(10) {
        digits /= 10;
        places -= 1;
    }
    if places <= 0 {
        write!(f, "{digits}")?;
        for _ in places..0 {
            f.write_str("0")?;
        }
        return Ok(());
    }
    let mut unit: u64 = 1;
    let mut zeros = 0;
    for _ in 0..places {
        match unit.checked_mul(10) {
            Some(next) => unit = next,
            None => zeros += 1,
        }
    }
    write!(f, "{}.", digits / unit)?;
    let mut fraction = digits % unit;
    let mut place = unit / 10;
    for _ in 0..zeros {
        f.write_str("0")?;
    }
    while place > 0 {
        write!(f, "{}", fraction / place)?;
        fraction %= place;
        place /= 10;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::Written;

    #[test]
    fn a_number_is_written_as_a_person_would() {
        for (value, text) in [
            (0.0, "0"),
            (1.0, "1"),
            (-3.0, "-3"),
            (0.2, "0.2"),
            (0.1 + 0.2, "0.3"),
            (0.05, "0.05"),
            (1.5, "1.5"),
            (2025.75, "2025.75"),
            (2025.8233695652175, "2025.82336957"),
            (1e9, "1000000000"),
            (123456.789, "123456.789"),
            (0.000001, "0.000001"),
            (1e-7, "1e-7"),
            (2.5e20, "2.5e20"),
            (9.999999999999, "10"),
            (f64::INFINITY, "inf"),
            (f64::NEG_INFINITY, "-inf"),
            (f64::NAN, "nan"),
        ] {
            assert_eq!(Written(value).to_string(), text);
        }
    }

    #[test]
    fn what_is_written_is_the_number_to_eleven_digits() {
        let mut value = 1.234567890123e-6;
        while value < 1e15 {
            let back: f64 = Written(value).to_string().parse().unwrap();
            assert!(
                (back - value).abs() <= 1e-11 * value,
                "{value} became {back}"
            );
            value *= 3.7;
        }
    }
}
