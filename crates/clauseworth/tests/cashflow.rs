//! XNPV and XIRR against values that other programs computed: spreadsheet documentation, numpy-financial, pyxirr, and
//! polynomial roots at 40 digits.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![allow(
    clippy::excessive_precision,
    reason = "figures stand here as their source gives them"
)]

mod support;

use clauseworth::Day;
use clauseworth::cashflow::{roots, single, xnpv};
use support::{close, here};

/// Dated flows as days from the first.
fn dated(flows: &[(&str, f64)]) -> Vec<(i32, f64)> {
    let day = |text: &str| Day::from_iso(text).unwrap();
    let first = day(flows[0].0);
    flows
        .iter()
        .map(|(date, amount)| (day(date).days_since(first), *amount))
        .collect()
}

/// Flows a year apart: years of exactly 365 days, so that Actual/365 counts whole years.
fn yearly(amounts: &[f64]) -> Vec<(i32, f64)> {
    amounts
        .iter()
        .enumerate()
        .map(|(year, amount)| (365 * year as i32, *amount))
        .collect()
}

fn has_roots(flows: &[(i32, f64)], expected: &[f64], tolerance: f64) {
    let found = roots(flows);
    assert_eq!(found.len(), expected.len(), "{found:?}, not {expected:?}");
    for (root, value) in found.iter().zip(expected) {
        close("root", *root, *value, 0.0, tolerance);
    }
}

#[test]
fn the_example_of_spreadsheet_documentation() {
    // Dates and amounts of the XIRR example in spreadsheet manuals; figures recomputed by mpmath at 40 digits.
    let flows = dated(&[
        ("2008-01-01", -10000.0),
        ("2008-03-01", 2750.0),
        ("2008-10-30", 4250.0),
        ("2009-02-15", 3250.0),
        ("2009-04-01", 2750.0),
    ]);
    has_roots(&flows, &[0.373_362_533_518_831_51], 1e-15);
    close(
        "XNPV at 9 %",
        xnpv(0.09, &flows),
        2_086.647_602_031_536_6,
        1e-14,
        0.0,
    );
}

#[test]
fn a_business_that_grows_into_its_price() {
    // The IRR example of spreadsheet manuals; mpmath polyroots at 40 digits.
    let amounts = [-70000.0, 12000.0, 15000.0, 18000.0, 21000.0, 26000.0];
    has_roots(&yearly(&amounts[..5]), &[-0.021_244_848_273_410_991], 1e-14);
    has_roots(&yearly(&amounts), &[0.086_630_948_036_531_614], 1e-14);
    has_roots(&yearly(&amounts[..3]), &[-0.443_506_941_334_740_54], 1e-14);
}

#[test]
fn series_of_numpy_financials_tests() {
    // numpy-financial, tests of irr; mpmath polyroots at 40 digits.
    let amounts = [-150_000.0, 15000.0, 25000.0, 35000.0, 45000.0, 60000.0];
    has_roots(&yearly(&amounts), &[0.052_432_888_859_414_103], 1e-14);
    has_roots(
        &yearly(&[-100.0, 0.0, 0.0, 74.0]),
        &[-0.095_495_830_348_972_52],
        1e-14,
    );
}

#[test]
fn series_with_several_roots_give_all_of_them() {
    // mpmath polyroots at 40 digits. numpy-financial reports one of each.
    let two = yearly(&[-100.0, 100.0, 0.0, -7.0]);
    has_roots(
        &two,
        &[-0.678_894_373_632_386_52, -0.083_299_666_184_932_686],
        1e-13,
    );
    assert_eq!(
        single(&roots(&two)),
        Some(roots(&two)[1]),
        "one of them is above -0.5"
    );
    let three = yearly(&[-5.0, 10.5, 1.0, -8.0, 1.0]);
    let expected = [
        -0.870_201_247_484_741_18,
        0.088_598_338_527_755_673,
        0.709_559_527_686_183_57,
    ];
    has_roots(&three, &expected, 1e-13);
    assert_eq!(single(&roots(&three)), None, "two of them are above -0.5");
}

#[test]
fn flows_without_a_root_have_none() {
    for amounts in [
        &[][..],
        &[0.0],
        &[-1.0],
        &[1.0, 2.0],
        &[-1.0, 0.0, -3.0],
        &[-1.0, 2.2, -1.3],
    ] {
        assert!(roots(&yearly(amounts)).is_empty(), "{amounts:?}");
    }
    // Roots at -0.995 and at 20 lie outside (-0.99, 10).
    assert!(roots(&yearly(&[-1.0, 0.005])).is_empty());
    assert!(roots(&yearly(&[-1.0, 21.0])).is_empty());
}

#[test]
fn the_order_of_flows_does_not_matter() {
    let mut flows = dated(&[
        ("2020-01-01", -10.0),
        ("2020-07-01", 4.0),
        ("2021-03-01", 9.0),
    ]);
    let ordered = roots(&flows);
    flows.swap(0, 2);
    assert_eq!(roots(&flows), ordered);
}

#[test]
fn fifty_random_series_have_the_rates_that_pyxirr_finds() {
    let text = std::fs::read_to_string(here("tests/data/xirr.json")).unwrap();
    let file: serde_json::Value = serde_json::from_str(&text).unwrap();
    let series = file["series"].as_array().unwrap();
    assert_eq!(series.len(), 50);
    for entry in series {
        let pairs = entry["flows"].as_array().unwrap().iter();
        let flows: Vec<(&str, f64)> = pairs
            .map(|pair| (pair[0].as_str().unwrap(), pair[1].as_f64().unwrap()))
            .collect();
        let flows = dated(&flows);
        let number = |key: &str| entry[key].as_f64().unwrap();
        has_roots(&flows, &[number("root")], 1e-12);
        let size: f64 = flows.iter().map(|(_, amount)| amount.abs()).sum();
        let found = xnpv(number("rate"), &flows);
        close("XNPV", found, number("xnpv_exact"), 1e-12, 1e-14 * size);
        assert!(xnpv(roots(&flows)[0], &flows).abs() <= 1e-9 * size);
    }
}
