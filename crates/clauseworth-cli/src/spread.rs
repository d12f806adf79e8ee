//! Answers over many draws as a person reads them: a goal seek on a probability, the spread of differences.

use std::fmt::Write as _;

use clauseworth::{ChanceAnswer, Comparison, Deal, DrawnDifferences, Outcome, Request, Statistics};
use serde::Serialize;

use crate::answers::{self, change, compared_name, distributions, plain, signed};
use crate::report::{DIM, RESET, Unit, counted, figure, heading, title, written};

/// A comparison, with the spread of its differences if it was drawn.
#[derive(Serialize)]
pub(crate) struct Compared<'a> {
    #[serde(flatten)]
    pub(crate) comparison: &'a Comparison,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) spread: Option<&'a DrawnDifferences>,
}

fn percent(part: f64) -> String {
    written(Some(part), &Unit::Percent)
}

/// How a goal seek on a probability ended, in a line or more.
fn verdict(answer: &ChanceAnswer) -> Vec<String> {
    let path = &answer.path;
    let span = format!(
        "{} to {}",
        plain(Some(answer.low)),
        plain(Some(answer.high))
    );
    let mut lines = Vec::new();
    match answer.status {
        Outcome::One => {}
        Outcome::None => lines.push(format!("no {path} from {span} does this")),
        Outcome::Several => lines.push(format!("several {path} from {span} do this:")),
    }
    for (root, error) in answer.roots.iter().zip(&answer.root_errors) {
        // The first two digits of the error are all that is known of it.
        let error: f64 = format!("{error:.1e}").parse().unwrap_or(*error);
        let (root, error) = (plain(Some(*root)), plain(Some(error)));
        lines.push(format!("{path} = {root} ± {error}"));
    }
    for range in &answer.ranges {
        let (from, to) = (plain(Some(range.from)), plain(Some(range.to)));
        lines.push(format!("{path} from {from} to {to}, all along"));
    }
    for jump in &answer.jumps {
        lines.push(format!(
            "at {path} = {} it jumps from {} to {}",
            plain(Some(jump.at)),
            percent(jump.before),
            percent(jump.after)
        ));
    }
    if answer.status == Outcome::None
        && let Some(reach) = &answer.reach
    {
        lines.push(format!(
            "it goes from {} (at {}) to {} (at {})",
            percent(reach.lowest.value),
            plain(Some(reach.lowest.at)),
            percent(reach.highest.value),
            plain(Some(reach.highest.at))
        ));
    }
    if let Some(exists) = answer.exists {
        lines.push(format!(
            "the metric exists on {} of the paths where it does on fewest; on the others it is not above",
            percent(exists)
        ));
    }
    if let Some(refused) = &answer.refused {
        lines.push(format!("a part of it is not allowed: {refused}"));
    }
    lines
}

/// The answer to a question for a chance.
pub(crate) fn chance(deal: &Deal, request: &Request, answer: &ChanceAnswer) -> String {
    let mut out = title(deal, request);
    let (words, unit) = figure(&answer.metric);
    let threshold = written(Some(answer.above), unit);
    let asked = format!(
        "{} chance of {words} above {threshold}",
        percent(answer.chance)
    );
    heading(&mut out, &asked);
    for line in verdict(answer) {
        let _ = writeln!(out, " {line}");
    }
    let _ = writeln!(
        out,
        " {DIM}now {} = {}: {} ± {}, by {}{RESET}",
        answer.path,
        plain(answer.value),
        percent(answer.now),
        percent(answer.now_error),
        counted(answer.paths, "path")
    );
    if let Some(value) = answer.at_never {
        let _ = writeln!(out, " {DIM}if it is never: {}{RESET}", percent(value));
    }
    out
}

/// Deals side by side, and the spread of what changed from each to the next.
pub(crate) fn comparison(first: &Deal, world: Option<usize>, compared: &Compared<'_>) -> String {
    let mut out = answers::comparison(first, world, compared.comparison);
    let Some(spread) = compared.spread else {
        return out;
    };
    for difference in &spread.differences {
        let [from, to] =
            [difference.from, difference.to].map(|place| compared_name(compared.comparison, place));
        let paths = counted(spread.paths, "path");
        let words = format!("{to} less {from}, on {paths} drawn alike");
        heading(&mut out, &words);
        let own = |s: &Statistics, _: &Unit| [percent(s.above_zero), percent(s.below_zero)];
        let metrics = &difference.metrics;
        let heads = ["higher", "lower"];
        distributions(
            &mut out,
            spread.paths,
            metrics,
            [signed, change],
            heads,
            own,
        );
    }
    out
}
