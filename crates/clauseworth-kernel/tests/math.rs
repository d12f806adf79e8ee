//! `ln` has no branches, and yet the bits of `libm`'s, which has. So has `exp`, but for three rare kinds of arguments at
//! which libm takes another way and the last bit may differ. Both are tried over all powers of two, where an argument is
//! halfway between two of them, and where results overflow, underflow or do not exist.

use clauseworth_kernel::math;

/// The next number of a generator of test arguments (SplitMix64: S. Vigna, 2015).
fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// Numbers spread evenly over an interval.
fn between(seed: u64, low: f64, high: f64, count: usize) -> impl Iterator<Item = f64> {
    let mut state = seed;
    (0..count).map(move |_| {
        let part = (next(&mut state) >> 11) as f64 / 9_007_199_254_740_992.0;
        low + (high - low) * part
    })
}

/// Numbers of any bits: every power of two and sign alike, among them some that are infinite or not a number.
fn of_any_bits(seed: u64, count: usize) -> impl Iterator<Item = f64> {
    let mut state = seed;
    (0..count).map(move |_| f64::from_bits(next(&mut state)))
}

/// A number and its neighbours, so many on either side.
fn around(centre: f64, neighbours: u64) -> impl Iterator<Item = f64> {
    let first = centre.to_bits().saturating_sub(neighbours);
    (first..=centre.to_bits() + neighbours).map(f64::from_bits)
}

/// Zeros, ends of what is representable, and what is no number.
const SPECIAL: [f64; 18] = [
    0.0,
    -0.0,
    1.0,
    -1.0,
    5e-324,
    -5e-324,
    f64::MIN_POSITIVE,
    -f64::MIN_POSITIVE,
    2.225_073_858_507_201e-308,
    f64::EPSILON,
    -f64::EPSILON,
    f64::MAX,
    f64::MIN,
    f64::INFINITY,
    f64::NEG_INFINITY,
    f64::NAN,
    -f64::NAN,
    std::f64::consts::E,
];

/// By how many units in the last place two results differ; numbers of one sign, and neither a number or both.
#[track_caller]
fn apart(x: f64, ours: f64, theirs: f64) -> u64 {
    if ours.is_nan() && theirs.is_nan() {
        return 0;
    }
    let same =
        ours.is_nan() == theirs.is_nan() && ours.is_sign_negative() == theirs.is_sign_negative();
    assert!(same, "at {x:e}: {ours:e}, libm {theirs:e}");
    ours.to_bits().abs_diff(theirs.to_bits())
}

/// Whether libm takes another way to exp of `x`: it adds 1 to what is below 2^-28, takes what is hardly above half of ln 2
/// as it is, and halfway between two powers of two takes the larger one where we take the even one.
fn exp_has_another_way(x: f64) -> bool {
    let small = x.abs() < 1.0 / 268_435_456.0;
    let half = (0x3fd6_2e42_fefa_39ef..0x3fd6_2e43_0000_0000).contains(&x.abs().to_bits());
    let halfway = (x * std::f64::consts::LOG2_E).fract().abs() == 0.5;
    small || half || halfway
}

/// Asserts that exp has libm's bits, or is the number next to libm's where that takes another way. How many arguments
/// there were, and at how many it differs.
#[track_caller]
fn same_exp(arguments: impl Iterator<Item = f64>) -> (u32, u32) {
    let (mut count, mut differ) = (0, 0);
    for x in arguments {
        let (ours, theirs) = (math::exp(x), libm::exp(x));
        let apart = apart(x, ours, theirs);
        let allowed = u64::from(exp_has_another_way(x));
        let bits = x.to_bits();
        assert!(
            apart <= allowed,
            "at {x:e} ({bits:#018x}): {ours:e}, libm {theirs:e}, {apart} apart"
        );
        count += 1;
        differ += u32::from(apart > 0);
    }
    (count, differ)
}

/// Asserts that ln has libm's bits, and counts the arguments.
#[track_caller]
fn same_ln(arguments: impl Iterator<Item = f64>) -> u32 {
    let mut count = 0;
    for x in arguments {
        let (ours, theirs) = (math::ln(x), libm::log(x));
        let bits = x.to_bits();
        assert!(
            apart(x, ours, theirs) == 0,
            "at {x:e} ({bits:#018x}): {ours:e}, libm {theirs:e}"
        );
        count += 1;
    }
    count
}

#[test]
fn exp_has_the_bits_of_libm() {
    let exact = |arguments: &mut dyn Iterator<Item = f64>| {
        let (count, differ) = same_exp(arguments.filter(|x| !exp_has_another_way(*x)));
        assert_eq!(differ, 0);
        count
    };
    let mut count = exact(&mut SPECIAL.into_iter());
    count += exact(&mut of_any_bits(1, 300_000));
    // Where results are numbers, where they are subnormal, and what a deal asks for.
    count += exact(&mut between(2, -746.0, 711.0, 400_000));
    count += exact(&mut between(3, -745.2, -708.0, 200_000));
    count += exact(&mut between(4, -2.0, 2.0, 400_000));
    count += exact(&mut between(5, -1e-7, 1e-7, 50_000));
    assert!(count > 1_150_000, "{count}");
}

#[test]
fn exp_differs_from_libm_by_one_in_the_last_place_at_most() {
    let largest = 1.0 / 268_435_456.0;
    let (count, differ) = same_exp(between(10, -largest, largest, 200_000));
    assert!(count == 200_000 && differ < 4_000, "{differ} of {count}");
    // Half of ln 2, and up to where the upper half of the bits goes up by one.
    let mut state = 11;
    let above = (0..200_000).map(|_| 0x3fd6_2e42_fefa_39ef + next(&mut state) % 0x0105_c611);
    let (count, differ) = same_exp(above.map(f64::from_bits));
    assert!(count == 200_000 && differ < 20_000, "{differ} of {count}");
    // Halfway between all powers of two.
    let (mut count, mut differ) = (0, 0);
    for power in 0..1076 {
        let halfway = (f64::from(power) + 0.5) * std::f64::consts::LN_2;
        for sign in [1.0, -1.0] {
            let (some, of_them) = same_exp(around(halfway, 40).map(|x| sign * x));
            count += some;
            differ += of_them;
        }
    }
    assert!(
        count == 2 * 1076 * 81 && differ < 200,
        "{differ} of {count}"
    );
}

#[test]
fn exp_has_the_bits_of_libm_where_it_ends() {
    // The last argument with a finite result, the last with a normal one, the last above 0.
    let [highest, normal, lowest] = [
        709.782_712_893_384,
        -708.396_418_532_264_1,
        -745.133_219_101_941_1,
    ];
    for end in [highest, normal, lowest] {
        same_exp(around(end, 2000));
    }
    assert!(math::exp(highest).is_finite());
    assert_eq!(math::exp(highest + 1e-9), f64::INFINITY);
    assert_eq!(math::exp(lowest), 5e-324);
    assert_eq!(math::exp(lowest - 1e-9).to_bits(), 0);
    assert_eq!(math::exp(-1e300).to_bits(), 0);
    assert!(math::exp(f64::NAN).is_nan());
}

#[test]
fn ln_has_the_bits_of_libm() {
    let mut count = same_ln(SPECIAL.into_iter());
    count += same_ln(of_any_bits(6, 300_000));
    count += same_ln(of_any_bits(7, 400_000).map(f64::abs));
    count += same_ln(between(8, 0.25, 4.0, 400_000));
    // Subnormal numbers of every size.
    let mut state = 9;
    count += same_ln((0..200_000).map(|shift| {
        let mantissa = next(&mut state) >> 12;
        f64::from_bits(mantissa >> (shift % 52))
    }));
    assert!(count > 1_300_000);
}

#[test]
fn ln_has_the_bits_of_libm_where_its_power_of_two_changes() {
    let mut count = 0;
    for power in -1074..1024 {
        for centre in [1.0, std::f64::consts::FRAC_1_SQRT_2] {
            let at = libm::scalbn(centre, power);
            count += same_ln(around(at, 20));
            // A mantissa is counted from the upper half of the bits of the root.
            let bits = at.to_bits() & 0xffff_ffff_0000_0000;
            count += same_ln(around(f64::from_bits(bits), 20));
        }
    }
    assert!(count > 300_000);
    same_ln(around(1.0, 20_000));
    assert_eq!(math::ln(1.0).to_bits(), 0);
    assert_eq!(
        (math::ln(0.0), math::ln(-0.0)),
        (f64::NEG_INFINITY, f64::NEG_INFINITY)
    );
    assert!(math::ln(-1e-320).is_nan() && math::ln(f64::NAN).is_nan());
}
