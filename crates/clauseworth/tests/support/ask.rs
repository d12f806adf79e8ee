//! Questions as tests ask them, and what is said of their answers.

use clauseworth::{Answer, Calculator, Goal, Outcome, Question, Request, Setting};

use super::also;

/// For which value of a quantity does a metric take a value?
pub(crate) fn metric_of(vary: &str, name: &str, target: f64) -> Question {
    Question {
        vary: vary.to_owned(),
        goal: Goal::Metric {
            metric: name.to_owned(),
            target,
        },
        low: None,
        high: None,
    }
}

/// For which value of a quantity does the backer get a part of the surplus?
pub(crate) fn fair(vary: &str, share: f64) -> Question {
    Question {
        goal: Goal::Share(share),
        ..metric_of(vary, "", 0.0)
    }
}

/// The same in an interval of its own.
pub(crate) fn within(question: Question, low: f64, high: f64) -> Question {
    Question {
        low: Some(Setting::Number(low)),
        high: Some(Setting::Number(high)),
        ..question
    }
}

pub(crate) fn ask(calculator: &mut Calculator, request: &Request, question: &Question) -> Answer {
    let answer = calculator.solve(request, question);
    answer.unwrap_or_else(|error| panic!("{question:?}: {error}"))
}

/// Asserts that an answer is some roots, to a tolerance, and nothing else.
#[track_caller]
pub(crate) fn roots(answer: &Answer, expected: &[f64], tolerance: f64) {
    let near = |(a, b): (&f64, &f64)| (a - b).abs() <= tolerance;
    assert!(
        answer.roots.len() == expected.len() && answer.roots.iter().zip(expected).all(near),
        "{} = {:?}, not {expected:?}",
        answer.path,
        answer.roots
    );
    assert_eq!((&*answer.jumps, &*answer.ranges), (&[][..], &[][..]));
    let status = match expected.len() {
        0 => Outcome::None,
        1 => Outcome::One,
        _ => Outcome::Several,
    };
    assert_eq!(answer.status, status);
}

/// A metric of the run with a quantity set.
pub(crate) fn forwards(
    calculator: &mut Calculator,
    request: &Request,
    path: &str,
    value: f64,
    name: &str,
) -> Option<f64> {
    calculator
        .run(&also(request, path, value))
        .unwrap()
        .metric(name)
}
