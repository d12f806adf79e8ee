//! A deal of one's own, which says only what is different from another, and a question about it: which share of revenue would
//! make up for what is different?

use clauseworth::{Calculator, Error, Goal, Question, Request};

const DEAL: &str = r#"
format = 1
id = "late-agi"
title = "The agreement of 2025, with AGI far away"
base = "microsoft-openai-2025"

[agi]
year = 2045
"#;

fn main() -> Result<(), Error> {
    let before = Calculator::library("microsoft-openai-2025")?.run(&Request::default())?;
    let target = before.metric("lab.npv").unwrap_or_default();

    let mut deal = Calculator::from_toml(DEAL)?;
    let question = Question {
        vary: "clauses.revenue-share.rate".to_owned(),
        goal: Goal::Metric {
            metric: "lab.npv".to_owned(),
            target,
        },
        low: None,
        high: None,
    };
    let answer = deal.solve(&Request::default(), &question)?;
    println!("The lab has {target:.1} bn by the agreement as it is.");
    match answer.roots[..] {
        [] => println!("No share of revenue gives it as much."),
        ref shares => println!("It has as much with a share of {shares:.4?}."),
    }

    // Whatever is wrong with a file is found at once, and says where it is.
    let broken = DEAL.replace("2045", "\"soon\"").replace("[agi]", "[aig]");
    if let Err(error) = Calculator::from_toml(&broken) {
        println!("\nWith two slips:\n{error}");
    }
    Ok(())
}
