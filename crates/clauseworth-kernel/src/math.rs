//! The only place that calls exp, ln or pow, so that native code and WebAssembly get the same bits: the standard library's
//! differ between the two in about one result of ten. They come from `libm`, but for exp and ln, which have no branches, so
//! that a loop over many numbers becomes vector instructions. This ln has libm's results to the bit; so has exp, but for
//! rare arguments at which libm takes another way and the last bit may differ: those below 2^-28, and some halfway between
//! two powers of two.

const LN2_HIGH: f64 = 0.6931471803691238;
const LN2_LOW: f64 = 1.9082149292705877e-10;

/// e to the power of `x`, below 1 unit in the last place (FreeBSD's msun, e_exp.c, without its branches).
#[inline(always)]
#[must_use]
pub fn exp(x: f64) -> f64 {
    /// Added and taken off again it rounds to a whole number, which the lowest bits of the sum hold in between.
    const ROUND: f64 = 6_755_399_441_055_744.0;
    const P1: f64 = 0.16666666666666602;
    const P2: f64 = -0.0027777777777015593;
    const P3: f64 = 6.613756321437934e-05;
    const P4: f64 = -1.6533902205465252e-06;
    const P5: f64 = 4.1381367970572385e-08;
    // Beyond these the result is 0 or infinite, and so it is at them.
    let within = if x > 710.0 { 710.0 } else { x };
    let within = if within < -746.0 { -746.0 } else { within };
    let sum = within * std::f64::consts::LOG2_E + ROUND;
    let whole = sum - ROUND;
    let high = within - whole * LN2_HIGH;
    let low = whole * LN2_LOW;
    let r = high - low;
    let t = r * r;
    let c = r - t * (P1 + t * (P2 + t * (P3 + t * (P4 + t * P5))));
    let y = 1.0 + (r * c / (2.0 - c) - low + high);
    // In two steps, since the result may be below the smallest normal number. 2048 keeps the power positive.
    let power = sum.to_bits().wrapping_sub(ROUND.to_bits() - 2048);
    let first = power >> 1;
    let second = power.wrapping_sub(first);
    let scale = |power: u64| f64::from_bits(power.wrapping_sub(1) << 52);
    let scaled = y * scale(first) * scale(second);
    if x.is_nan() { x } else { scaled }
}

/// Natural logarithm, below 1 unit in the last place (FreeBSD's msun, e_log.c, without its branches).
#[inline(always)]
#[must_use]
pub fn ln(x: f64) -> f64 {
    const LG1: f64 = 0.6666666666666735;
    const LG2: f64 = 0.3999999999940942;
    const LG3: f64 = 0.2857142874366239;
    const LG4: f64 = 0.22222198432149784;
    const LG5: f64 = 0.1818357216161805;
    const LG6: f64 = 0.15313837699209373;
    const LG7: f64 = 0.14798198605116586;
    /// The bits of the square root of a half, from which a mantissa is counted.
    const FROM: u64 = 0x3fe6_a09e_0000_0000;
    const TWO_52: f64 = 4_503_599_627_370_496.0;
    let tiny = x < f64::MIN_POSITIVE;
    let normal = if tiny {
        x * 18_014_398_509_481_984.0
    } else {
        x
    };
    let bits = normal.to_bits().wrapping_sub(FROM);
    // The power of two, made a number through the lowest bits of 2^52.
    let power = f64::from_bits(((bits >> 52).wrapping_add(1022) & 0xfff) | TWO_52.to_bits());
    let offset = if tiny { 1022.0 + 54.0 } else { 1022.0 };
    let power = power - (TWO_52 + offset);
    let mantissa = f64::from_bits((bits & 0x000f_ffff_ffff_ffff).wrapping_add(FROM));
    let f = mantissa - 1.0;
    let half_square = 0.5 * f * f;
    let s = f / (2.0 + f);
    let z = s * s;
    let w = z * z;
    let even = w * (LG2 + w * (LG4 + w * LG6));
    let odd = z * (LG1 + w * (LG3 + w * (LG5 + w * LG7)));
    let rest = odd + even;
    let y = s * (half_square + rest) + power * LN2_LOW - half_square + f + power * LN2_HIGH;
    let y = if x == f64::INFINITY { x } else { y };
    let y = if x == 0.0 { f64::NEG_INFINITY } else { y };
    if x < 0.0 || x.is_nan() { f64::NAN } else { y }
}

/// Natural logarithm of 1 + `x`, exact for small `x`.
#[inline]
#[must_use]
pub fn ln_1p(x: f64) -> f64 {
    libm::log1p(x)
}

/// e to the power of `x`, less 1, exact for small `x`.
#[inline]
#[must_use]
pub fn exp_m1(x: f64) -> f64 {
    libm::expm1(x)
}

/// `base` to the power of `exponent`.
#[inline]
#[must_use]
pub fn pow(base: f64, exponent: f64) -> f64 {
    libm::pow(base, exponent)
}

/// Complementary error function, 2/sqrt(pi) times the integral of exp(-t^2) from `x` up.
#[inline]
#[must_use]
pub fn erfc(x: f64) -> f64 {
    libm::erfc(x)
}
