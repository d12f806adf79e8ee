//! Agreements side by side (Model 12.4) against plain runs and against deal files put together by hand.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use clauseworth::FaultKind::{Conflict, Range, Unknown};
use clauseworth::{
    Calculator, ClausePrices, Comparison, Difference, Price, Request, Setting, Sides, Tree, compare,
};
use support::{close, deal, deal_text, here, less, open, replaced, setting, without};

type Deals = Vec<(Calculator, Request)>;

/// Deals as their files have them.
fn base(names: &[&str]) -> Deals {
    names
        .iter()
        .map(|name| (support::random::opened(name), Request::default()))
        .collect()
}

fn compared(deals: &mut Deals, world: Option<usize>) -> Comparison {
    compare(deals, world).unwrap_or_else(|error| panic!("{error}"))
}

/// Asserts that a deal of a comparison is a deal run alone, to the bit.
#[track_caller]
fn is_alone(comparison: &Comparison, place: usize, calculator: &mut Calculator, request: &Request) {
    let found = &comparison.deals[place];
    let run = calculator.run(request).unwrap();
    let metrics: Vec<(String, Option<f64>)> = run
        .metrics()
        .map(|(name, value)| (name.to_owned(), value))
        .collect();
    assert_eq!(found.metrics, metrics);
    assert_eq!(found.clauses, calculator.clauses(request).unwrap());
}

/// The text of a deal up to its first clause, without the mention of a source, which stands after it.
fn world_of(name: &str) -> String {
    let text = deal_text(name).replace(", source = \"report\"", "");
    text[..text.find("[[clauses]]").unwrap()].to_owned()
}

/// The text of a deal's clauses.
fn clauses_of(name: &str) -> String {
    let text = deal_text(name);
    let clauses = &text[text.find("[[clauses]]").unwrap()..];
    let end = clauses.find("[[correlations]]").unwrap_or(clauses.len());
    clauses[..end].to_owned()
}

/// A difference as numbers: metrics and prices, those that are none left out.
fn numbers(difference: &Difference) -> Vec<(String, f64)> {
    let metrics = difference
        .metrics
        .iter()
        .filter_map(|(name, value)| Some((name.clone(), (*value)?)));
    let prices = difference.clauses.iter().flat_map(|unit| {
        let Sides { backer, lab } = unit.price;
        [("backer", backer), ("lab", lab)]
            .into_iter()
            .flat_map(|(side, price)| {
                let id = &unit.id;
                let shapley = price
                    .shapley
                    .map(|value| (format!("{id} {side} shapley"), value));
                [(format!("{id} {side} removal"), price.removal)]
                    .into_iter()
                    .chain(shapley)
            })
    });
    metrics.chain(prices).collect()
}

// ---- Differences

#[test]
fn a_deal_compared_with_itself_differs_in_nothing() {
    for name in ["all-kinds", "example", "microsoft-openai-2026"] {
        for world in [None, Some(0), Some(1)] {
            let comparison = compared(&mut base(&[name, name]), world);
            let [difference] = &comparison.differences[..] else {
                panic!()
            };
            assert_eq!((difference.from, difference.to), (0, 1));
            for (name, value) in &difference.metrics {
                let exists = comparison.deals[0]
                    .metrics
                    .iter()
                    .any(|(known, value)| known == name && value.is_some());
                assert_eq!(*value, exists.then_some(0.0), "{name}");
            }
            assert!(numbers(difference).iter().all(|(_, value)| *value == 0.0));
            assert_eq!(
                difference.clauses.len(),
                comparison.deals[0].clauses.units.len()
            );
        }
    }
}

#[test]
fn differences_are_those_of_neighbours_and_add_up() {
    let ids = [
        "microsoft-openai-2023",
        "microsoft-openai-2025",
        "microsoft-openai-2026",
    ];
    let three = compared(&mut base(&ids), Some(0));
    let two = compared(&mut base(&[ids[0], ids[2]]), Some(0));
    assert_eq!(
        (
            three.deals.len(),
            three.differences.len(),
            two.differences.len()
        ),
        (3, 2, 1)
    );
    let [first, second] = [&three.differences[0], &three.differences[1]].map(numbers);
    let find = |numbers: &[(String, f64)], name: &str| {
        numbers
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| *value)
    };
    let mut checked = 0;
    for (name, whole) in numbers(&two.differences[0]) {
        // A metric that exists at both ends of the way need not exist in between.
        let (Some(a), Some(b)) = (find(&first, &name), find(&second, &name)) else {
            continue;
        };
        close(&name, a + b, whole, 1e-12, 1e-10);
        checked += 1;
    }
    assert!(checked > 50, "only {checked} numbers");
    for (at, difference) in three.differences.iter().enumerate() {
        for (name, value) in &difference.metrics {
            let of = |place: usize| {
                let deal = &three.deals[place];
                let found = deal.metrics.iter().find(|(known, _)| known == name);
                found.map_or(Some(0.0), |(_, value)| *value)
            };
            let expected = of(at + 1).zip(of(at)).map(|(after, before)| after - before);
            assert_eq!(*value, expected, "{name}");
            assert_eq!(difference.metric(name), expected);
        }
    }
}

#[test]
fn a_clause_that_one_of_them_lacks_counts_as_nothing() {
    let comparison = compared(&mut base(&["margin-serving", "capital-equity"]), Some(0));
    let (before, after) = (&comparison.deals[0], &comparison.deals[1]);
    let value = |deal: &clauseworth::Compared, name: &str| {
        deal.metrics
            .iter()
            .find(|(known, _)| known == name)
            .unwrap()
            .1
            .unwrap()
    };
    let difference = &comparison.differences[0];
    for clause in ["hosting", "revenue-share"] {
        let name = format!("backer.npv.{clause}");
        assert_eq!(difference.metric(&name), Some(-value(before, &name)));
    }
    for clause in ["capital", "equity"] {
        let name = format!("backer.npv.{clause}");
        assert_eq!(difference.metric(&name), Some(value(after, &name)));
    }
    let units: Vec<&str> = difference
        .clauses
        .iter()
        .map(|unit| unit.id.as_str())
        .collect();
    assert_eq!(units, ["hosting", "revenue-share", "capital", "equity"]);
    let negative = |price: Price| Price {
        removal: -price.removal,
        shapley: price.shapley.map(|value| -value),
    };
    for unit in &difference.clauses {
        let expected = match (
            before.clauses.price(&unit.id),
            after.clauses.price(&unit.id),
        ) {
            (Some(gone), None) => Sides {
                backer: negative(gone.backer),
                lab: negative(gone.lab),
            },
            (None, Some(new)) => new,
            both => panic!("{}: {both:?}", unit.id),
        };
        assert_eq!(unit.price, expected, "{}", unit.id);
    }
    // What a deal has but cannot be told is none, not nothing.
    assert_eq!(difference.metric("backer.stake_npv_over_market"), None);
}

#[test]
fn many_clauses_are_compared_by_what_goes_with_them() {
    let mut deals = base(&["all-kinds", "all-kinds"]);
    deals[1].1 = without(&["hosting"]);
    let comparison = compared(&mut deals, Some(0));
    let prices: Vec<&ClausePrices> = comparison.deals.iter().map(|deal| &deal.clauses).collect();
    assert_eq!((prices[0].units.len(), prices[1].units.len()), (13, 12));
    for unit in &comparison.differences[0].clauses {
        let [before, after] = [0, 1].map(|at| {
            prices[at]
                .price(&unit.id)
                .map_or(0.0, |price| price.backer.removal)
        });
        assert_eq!(
            unit.price.backer,
            Price {
                removal: after - before,
                shapley: None
            },
            "{}",
            unit.id
        );
    }
}

// ---- Worlds

#[test]
fn in_their_own_worlds_deals_are_as_they_are() {
    let ids = ["example", "microsoft-openai-2023", "all-kinds"];
    let mut deals = base(&ids);
    deals[0].1 = Request {
        scenario: Some("bust".to_owned()),
        ..Request::default()
    };
    deals[1].1 = setting(&[("lab.cash", 30.0), ("clauses.revenue-share.rate", 0.1)]);
    deals[2].1 = without(&["ip-rights", "hosting"]);
    let comparison = compared(&mut deals, None);
    for (place, (calculator, request)) in deals.iter_mut().enumerate() {
        is_alone(&comparison, place, calculator, request);
        let found = &comparison.deals[place];
        assert_eq!(
            (&found.id, &found.title),
            (
                &calculator.deal().tables.id.0,
                &calculator.deal().tables.title
            )
        );
        assert_eq!(found.scenario, request.scenario);
    }
}

#[test]
fn a_deal_in_anothers_world_is_the_file_with_its_clauses() {
    for (world, guest) in [
        ("all-kinds", "example"),
        ("margin-serving", "capital-equity"),
        ("example", "margin-serving"),
    ] {
        for at in [0, 1] {
            let mut deals = base(
                if at == 0 {
                    [world, guest]
                } else {
                    [guest, world]
                }
                .as_slice(),
            );
            let comparison = compared(&mut deals, Some(at));
            let mut by_hand = open(&format!("{}{}", world_of(world), clauses_of(guest)));
            is_alone(&comparison, 1 - at, &mut by_hand, &Request::default());
            is_alone(&comparison, at, &mut deal(world), &Request::default());
            let own = deal(guest);
            let found = &comparison.deals[1 - at];
            assert_eq!(
                (&found.id, &found.title),
                (&own.deal().tables.id.0, &own.deal().tables.title)
            );
        }
    }
}

#[test]
fn the_world_is_the_one_that_its_request_has() {
    let mut deals = base(&["all-kinds", "example"]);
    deals[0].1 = Request {
        scenario: Some("late".to_owned()),
        ..setting(&[("lab.cash", 9.0)])
    };
    deals[1].1 = less(
        &setting(&[
            ("clauses.revenue-share.rate", 0.1),
            ("clauses.hosting.premium", 0.05),
        ]),
        &["ip-rights"],
    );
    let comparison = compared(&mut deals, Some(0));
    let by_hand = format!("{}{}", world_of("all-kinds"), clauses_of("example"));
    let request = Request {
        set: [
            ("lab.cash", Setting::Number(9.0)),
            ("agi.year", Setting::Text("never".to_owned())),
            ("regulation.acts", Setting::Number(0.0)),
            ("clauses.revenue-share.rate", Setting::Number(0.1)),
            ("clauses.hosting.premium", Setting::Number(0.05)),
        ]
        .map(|(path, value)| (path.to_owned(), value))
        .to_vec(),
        ..without(&["ip-rights"])
    };
    is_alone(&comparison, 1, &mut open(&by_hand), &request);
    let (calculator, request) = &mut deals[0];
    is_alone(&comparison, 0, calculator, request);
    assert_eq!(comparison.deals[0].scenario.as_deref(), Some("late"));
    // Switches of a guest's clauses can be set as well.
    let off = ("clauses.hosting.enabled".to_owned(), Setting::Bool(false));
    deals[1].1.set.push(off);
    let changed = compared(&mut deals, Some(0));
    assert!(comparison.deals[1].clauses.price("hosting").is_some());
    assert!(changed.deals[1].clauses.price("hosting").is_none());
}

/// The tree of a library deal's own file.
fn tree(id: &str) -> serde_json::Value {
    let text = std::fs::read_to_string(here("library").join(format!("{id}.toml"))).unwrap();
    serde_json::to_value(Tree::from_toml(&text).unwrap()).unwrap()
}

#[test]
fn the_agreements_of_the_library_meet_in_one_world() {
    let ids = [
        "microsoft-openai-2023",
        "microsoft-openai-2025",
        "microsoft-openai-2026",
    ];
    let comparison = compared(&mut base(&ids), Some(1));
    is_alone(
        &comparison,
        1,
        &mut Calculator::library(ids[1]).unwrap(),
        &Request::default(),
    );
    for (place, id) in [(0, ids[0]), (2, ids[2])] {
        // The file of 2025 with the clauses of another, and the sources that those cite.
        let (mut file, mut guest) = (tree(ids[1]), tree(id));
        let world = file.as_object_mut().unwrap();
        world.remove("scenarios");
        world.remove("references");
        world.insert("clauses".to_owned(), guest["clauses"].take());
        if let Some(more) = guest["sources"].as_array() {
            let sources = world["sources"].as_array_mut().unwrap();
            let new = more
                .iter()
                .filter(|source| !sources.iter().any(|known| known["id"] == source["id"]));
            let new: Vec<serde_json::Value> = new.cloned().collect();
            sources.extend(new);
        }
        let mut by_hand =
            Calculator::from_json(&file.to_string()).unwrap_or_else(|error| panic!("{error}"));
        is_alone(&comparison, place, &mut by_hand, &Request::default());
        assert_eq!(comparison.deals[place].id, id);
    }
}

#[test]
fn correlations_that_lose_an_end_are_dropped() {
    let with = |name: &str, ends: [&str; 2]| {
        format!(
            "{}\n[[correlations]]\nbetween = [\"{}\", \"{}\"]\nrho = 0.5\n",
            deal_text(name),
            ends[0],
            ends[1]
        )
    };
    let uncertain = |text: &str, key: &str, low: &str, high: &str| {
        let value = key.split(" = ").nth(1).unwrap();
        let name = key.split(" = ").next().unwrap();
        replaced(
            text,
            &format!("\n{key}\n"),
            &format!("\n{name} = {{ value = {value}, low = {low}, high = {high} }}\n"),
        )
    };
    // Of the world's correlations one has an end in a clause; the guest's, one in its own world.
    let world = with(
        "margin-serving",
        ["clauses.hosting.premium", "demand.lines.api.growth"],
    );
    let world = uncertain(
        &uncertain(&world, "premium = 0.05", "0.0", "0.1"),
        "growth = 0.5",
        "0.3",
        "0.8",
    );
    let guest = with(
        "capital-equity",
        ["clauses.equity.discount", "demand.lines.app.growth"],
    );
    let guest = uncertain(
        &uncertain(&guest, "discount = 0.05", "0.0", "0.1"),
        "growth = 0.4",
        "0.3",
        "0.8",
    );
    let mut deals = vec![
        (open(&world), Request::default()),
        (open(&guest), Request::default()),
    ];
    let comparison = compared(&mut deals, Some(0));
    let by_hand = format!(
        "{}{}",
        world_of("margin-serving"),
        clauses_of("capital-equity")
    );
    is_alone(&comparison, 1, &mut open(&by_hand), &Request::default());
}

// ---- What cannot be compared

#[test]
fn a_guest_may_not_set_the_world() {
    let mut deals = base(&["all-kinds", "example"]);
    deals[1].1 = setting(&[
        ("lab.cash", 9.0),
        ("clauses.hosting.premium", 0.1),
        ("agi.year", 2030.0),
    ]);
    let error = compare(&mut deals, Some(0)).unwrap_err();
    let found: Vec<(clauseworth::FaultKind, &str)> = error
        .faults()
        .iter()
        .map(|fault| (fault.kind, fault.path.as_str()))
        .collect();
    assert_eq!(
        found,
        [
            (Conflict, "hyperscaler-lab-2025.lab.cash"),
            (Conflict, "hyperscaler-lab-2025.agi.year")
        ]
    );
    // In worlds of their own, and where it is the world, it may.
    assert!(compare(&mut deals, None).is_ok());
    assert!(
        compare(&mut deals, Some(1))
            .is_err_and(|error| error.first().path.starts_with("all-kinds."))
    );
}

#[test]
fn a_deal_that_does_not_fit_into_the_world_is_named() {
    // Clauses of one sell lines that the other does not have, and hold warrants on a backer that has no value there.
    let error = compare(&mut base(&["margin-serving", "all-kinds"]), Some(0)).unwrap_err();
    assert!(
        error
            .faults()
            .iter()
            .all(|fault| fault.path.starts_with("all-kinds.")),
        "{error}"
    );
    let unknown = error
        .faults()
        .iter()
        .find(|fault| fault.path.contains("revenue-share.lines"));
    assert_eq!(unknown.unwrap().kind, Unknown, "{error}");
    insta::assert_snapshot!(error);
}

#[test]
fn faults_of_requests_name_the_deal() {
    for (request, path) in [
        (
            setting(&[("clauses.hosting.premum", 0.1)]),
            "hyperscaler-lab-2025.clauses.hosting.premum",
        ),
        (
            setting(&[("clauses.hosting.premium", -2.0)]),
            "hyperscaler-lab-2025.clauses.hosting.premium",
        ),
        (without(&["gift"]), "hyperscaler-lab-2025.clauses.gift"),
        (
            Request {
                scenario: Some("boost".to_owned()),
                ..Request::default()
            },
            "hyperscaler-lab-2025.scenarios",
        ),
    ] {
        for world in [None, Some(0), Some(1)] {
            let mut deals = base(&["margin-serving", "example"]);
            deals[1].1 = request.clone();
            let error = compare(&mut deals, world).unwrap_err();
            // Where the faulty deal is the world, the other is not to blame.
            assert_eq!(error.first().path, path, "in the world {world:?}");
        }
    }
}

#[test]
fn the_world_is_the_place_of_a_deal() {
    let error = compare(&mut base(&["example", "example"]), Some(2)).unwrap_err();
    assert_eq!(
        (error.first().kind, error.first().path.as_str()),
        (Range, "world")
    );
    insta::assert_snapshot!(error, @"world: expected the place of one of 2 deals, from 0, found 2");
    // One deal has nothing to differ from.
    let one = compared(&mut base(&["capital-equity"]), Some(0));
    assert_eq!((one.deals.len(), one.differences.len()), (1, 0));
    for world in [None, Some(0)] {
        let error = compare(&mut [], world).unwrap_err();
        assert_eq!(
            error.to_string(),
            "deals: expected at least one deal, found none"
        );
    }
}

#[test]
fn comparing_leaves_the_deals_as_they_were() {
    let mut deals = base(&["all-kinds", "example"]);
    deals[1].1 = setting(&[("clauses.hosting.premium", 0.1)]);
    let first = compared(&mut deals, Some(0));
    assert_eq!(compared(&mut deals, Some(0)), first);
    for (place, name) in ["all-kinds", "example"].into_iter().enumerate() {
        let run = deals[place].0.run(&Request::default()).unwrap();
        let fresh = deal(name).run(&Request::default()).unwrap();
        assert_eq!(
            serde_json::to_string(&run).unwrap(),
            serde_json::to_string(&fresh).unwrap()
        );
    }
}
