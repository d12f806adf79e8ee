//! A deal of one's own, which says only what is different from another, and a question about it: which share of revenue gives
//! the backer 300 bn?

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
    let mut deal = Calculator::from_toml(DEAL)?;
    let question = Question {
        vary: "clauses.revenue-share.rate".to_owned(),
        goal: Goal::Metric {
            metric: "backer.npv".to_owned(),
            target: 300.0,
        },
        low: None,
        high: None,
    };
    let answer = deal.solve(&Request::default(), &question)?;
    match answer.roots[..] {
        [] => println!("No share of revenue gives the backer 300 bn."),
        ref shares => println!("The backer has 300 bn with a share of {shares:.4?}."),
    }

    // Whatever is wrong with a file is found at once, and says where it is.
    let broken = DEAL.replace("2045", "\"soon\"").replace("title", "titel");
    if let Err(error) = Calculator::from_toml(&broken) {
        println!("\nWith two slips:\n{error}");
    }
    Ok(())
}
