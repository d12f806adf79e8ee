//! Questions that have no answer, and what is said of them; and that a question, answered or not, changes nothing.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use std::fmt::Write as _;

use clauseworth::FaultKind::{Order, Range, Type, Undefined, Unknown};
use clauseworth::{Calculator, Error, FaultKind, Question, Request, Setting};
use support::ask::{fair, metric_of, within};
use support::{deal, setting};

fn refused(request: &Request, question: &Question) -> Error {
    match deal("all-kinds").solve(request, question) {
        Ok(answer) => panic!("{question:?} is answered: {answer:?}"),
        Err(error) => error,
    }
}

/// The question with an end of its interval given as a text.
fn from(question: Question, low: Setting) -> Question {
    Question {
        low: Some(low),
        ..question
    }
}

fn text(text: &str) -> Setting {
    Setting::Text(text.to_owned())
}

#[test]
fn questions_that_cannot_be_asked() {
    let npv = |vary: &str| metric_of(vary, "backer.npv", 10.0);
    let rate = "clauses.revenue-share.rate.0";
    let cases: [(Question, FaultKind, &str, Option<&str>); 27] = [
        // What is varied.
        (
            npv("clauses.revenue-share.rat.0"),
            Unknown,
            "clauses.revenue-share.rat.0",
            Some(rate),
        ),
        (npv("lab.csah"), Unknown, "lab.csah", Some("lab.cash")),
        (npv("nothing.like.it"), Unknown, "nothing.like.it", None),
        (npv(""), Unknown, "", None),
        (npv("agi.trigger"), Type, "agi.trigger", None),
        (npv("clauses.hosting"), Type, "clauses.hosting", None),
        (
            npv("clauses.capital.enabled"),
            Type,
            "clauses.capital.enabled",
            None,
        ),
        (npv("lab"), Type, "lab", None),
        (npv("demand.lines"), Type, "demand.lines", None),
        (npv("effective"), Type, "effective", None),
        (npv("title"), Type, "title", None),
        // What is wanted of it.
        (
            metric_of(rate, "backer.nvp", 1.0),
            Unknown,
            "metric",
            Some("backer.npv"),
        ),
        (metric_of(rate, "lab.revenue", 1.0), Unknown, "metric", None),
        (
            metric_of(rate, "backer.npv.hostings", 1.0),
            Unknown,
            "metric",
            Some("backer.npv.hosting"),
        ),
        (metric_of(rate, "", 1.0), Unknown, "metric", None),
        (
            metric_of(rate, "backer.npv", f64::NAN),
            Range,
            "target",
            None,
        ),
        (
            metric_of(rate, "backer.npv", f64::INFINITY),
            Range,
            "target",
            None,
        ),
        (fair(rate, 1.5), Range, "share", None),
        (fair(rate, -0.1), Range, "share", None),
        (fair(rate, f64::NAN), Range, "share", None),
        (fair("lab.cash", 0.5), Range, "lab.cash", None),
        // Where it is looked for.
        (within(npv(rate), 0.3, 0.2), Order, "low", None),
        (within(npv(rate), 0.2, 0.2), Order, "low", None),
        (within(npv(rate), -0.1, 0.2), Range, "low", None),
        (within(npv(rate), 0.1, f64::NAN), Range, "high", None),
        (from(npv("agi.year"), text("never")), Range, "low", None),
        (from(npv(rate), text("2028-01-01")), Type, "low", None),
    ];
    let mut out = String::new();
    for (question, kind, path, suggestion) in cases {
        let error = refused(&Request::default(), &question);
        let fault = error.first();
        assert_eq!(
            (fault.kind, fault.path.as_str()),
            (kind, path),
            "{question:?}: {error}"
        );
        assert_eq!(
            fault.suggestion.as_deref(),
            suggestion,
            "{question:?}: {error}"
        );
        assert_eq!(error.faults().len(), 1);
        writeln!(out, "{error}").unwrap();
    }
    insta::assert_snapshot!(out);
}

#[test]
fn an_amount_of_nothing_has_no_interval_of_its_own() {
    let path = "clauses.second-capital.tranches.0";
    let nothing = setting(&[(path, 0.0)]);
    let error = refused(&nothing, &metric_of(path, "backer.npv", 60.0));
    assert_eq!(
        (error.first().kind, error.first().path.as_str()),
        (Range, "low")
    );
    insta::assert_snapshot!(error, @"low: expected an end of the interval, since clauses.second-capital.tranches.0 has none of its own, found nothing");
    // With one it is answered.
    let question = within(
        metric_of(path, "backer.npv.second-capital", -2.0),
        0.0,
        10.0,
    );
    assert_eq!(
        deal("all-kinds")
            .solve(&nothing, &question)
            .unwrap()
            .roots
            .len(),
        1
    );
}

#[test]
fn a_clause_that_is_left_out_has_no_metric() {
    let request = support::without(&["hosting"]);
    let error = refused(&request, &metric_of("lab.cash", "backer.npv.hosting", 1.0));
    assert_eq!(
        (error.first().kind, error.first().path.as_str()),
        (Unknown, "metric")
    );
}

#[test]
fn a_request_that_is_wrong_is_refused_before_the_question() {
    let question = metric_of("lab.cash", "backer.npv", 1.0);
    for (request, path) in [
        (setting(&[("lab.pool", 2.0)]), "lab.pool"),
        (support::without(&["gift"]), "clauses.gift"),
        (
            Request {
                scenario: Some("early".to_owned()),
                ..Request::default()
            },
            "scenarios",
        ),
    ] {
        let mut calculator = deal("all-kinds");
        let found: [Error; 6] = [
            calculator.solve(&request, &question).unwrap_err(),
            calculator.break_even(&request, "backer.npv").unwrap_err(),
            calculator.tornado(&request, "backer.npv").unwrap_err(),
            calculator.gradient(&request, "backer.npv").unwrap_err(),
            calculator.clauses(&request).unwrap_err(),
            calculator.agi_curve(&request).unwrap_err(),
        ];
        for error in found {
            assert_eq!(error.first().path, path, "{error}");
        }
    }
}

#[test]
fn sensitivities_of_no_metric_are_refused() {
    let mut calculator = deal("all-kinds");
    let request = Request::default();
    let found = [
        calculator.break_even(&request, "lab.nvp").unwrap_err(),
        calculator.tornado(&request, "lab.nvp").unwrap_err(),
        calculator.gradient(&request, "lab.nvp").unwrap_err(),
    ];
    for error in found {
        assert_eq!(
            (error.first().kind, error.first().path.as_str()),
            (Unknown, "metric")
        );
        assert_eq!(error.first().suggestion.as_deref(), Some("lab.npv"));
    }
}

#[test]
fn a_deal_without_an_answer_has_none_for_questions() {
    // A first quarter in which goods cost more than they bring leaves no multiple to value the lab by.
    let mut calculator = deal("all-kinds");
    let request = setting(&[
        ("devices.unit_cost", 1e6),
        ("devices.launch", 2026.0),
        ("devices.p", 50.0),
    ]);
    assert_eq!(
        calculator.run(&request).unwrap_err().first().kind,
        Undefined
    );
    for error in [
        calculator.clauses(&request).unwrap_err(),
        calculator.agi_curve(&request).unwrap_err(),
        calculator.gradient(&request, "lab.npv").unwrap_err(),
        calculator.tornado(&request, "lab.npv").unwrap_err(),
        calculator
            .solve(&request, &metric_of("lab.cash", "lab.npv", 1.0))
            .unwrap_err(),
    ] {
        assert_eq!(error.first().path, "lab.valuation", "{error}");
    }
}

/// What is left in a calculator after something has been asked of it: the bits of a run.
fn state(calculator: &mut Calculator, request: &Request) -> String {
    serde_json::to_string(&calculator.run(request).unwrap()).unwrap()
}

#[test]
fn a_question_leaves_the_deal_as_it_was() {
    let requests = [
        Request::default(),
        Request {
            scenario: Some("late".to_owned()),
            ..setting(&[("lab.pool", 0.03)])
        },
        support::without(&["hosting", "capital"]),
    ];
    for request in requests {
        let fresh = state(&mut deal("all-kinds"), &request);
        let mut calculator = deal("all-kinds");
        let ask = |calculator: &mut Calculator, question: Question| {
            calculator.solve(&request, &question).map(|_| ())
        };
        type Asked<'a> = (
            &'static str,
            Box<dyn Fn(&mut Calculator) -> Result<(), Error> + 'a>,
        );
        let asked: [Asked<'_>; 12] = [
            ("clauses", Box::new(|c| c.clauses(&request).map(|_| ()))),
            ("AGI curve", Box::new(|c| c.agi_curve(&request).map(|_| ()))),
            (
                "tornado",
                Box::new(|c| c.tornado(&request, "lab.npv").map(|_| ())),
            ),
            (
                "gradient",
                Box::new(|c| c.gradient(&request, "backer.irr").map(|_| ())),
            ),
            (
                "break-even",
                Box::new(|c| c.break_even(&request, "lab.npv").map(|_| ())),
            ),
            (
                "a root",
                Box::new(|c| ask(c, metric_of("lab.cash", "lab.npv", 200.0))),
            ),
            (
                "a date",
                Box::new(|c| ask(c, metric_of("agi.year", "backer.moic", 1.0))),
            ),
            (
                "fair terms",
                Box::new(|c| ask(c, fair("clauses.equity.fraction", 0.5))),
            ),
            (
                "a part that is not allowed",
                Box::new(|c| ask(c, within(metric_of("lab.cash", "lab.npv", 1.0), 0.0, 1e3))),
            ),
            (
                "nothing that is allowed",
                Box::new(|c| ask(c, within(metric_of("lab.cash", "lab.npv", 1.0), 500.0, 1e3))),
            ),
            (
                "no metric",
                Box::new(|c| ask(c, metric_of("lab.cash", "lab.pnv", 1.0))),
            ),
            (
                "no quantity",
                Box::new(|c| ask(c, metric_of("lab.chas", "lab.npv", 1.0))),
            ),
        ];
        for (number, (what, question)) in asked.iter().enumerate() {
            assert_eq!(question(&mut calculator).is_ok(), number < 9, "{what}");
            assert!(
                state(&mut calculator, &request) == fresh,
                "a run after {what} differs"
            );
        }
        assert!(
            state(&mut calculator, &Request::default())
                == state(&mut deal("all-kinds"), &Request::default())
        );
    }
}
