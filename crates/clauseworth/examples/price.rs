//! What an agreement is worth to both sides, and what each of its clauses is.
//!
//! ```text
//! cargo run --example price [DEAL] [SCENARIO]
//! ```

use std::env;

use clauseworth::{Calculator, Error, Request};

fn main() -> Result<(), Error> {
    let mut arguments = env::args().skip(1);
    let id = arguments.next();
    let id = id.as_deref().unwrap_or("microsoft-openai-2025");
    let request = Request {
        scenario: arguments.next(),
        ..Request::default()
    };

    let mut deal = Calculator::library(id)?;
    let run = deal.run(&request)?;
    for side in ["backer", "lab"] {
        if let Some(npv) = run.metric(&format!("{side}.npv")) {
            println!("{side:<24}{npv:>10.1} bn");
        }
    }

    let prices = deal.clauses(&request)?;
    println!("\n{:<24}{:>10}{:>10}", "", "backer", "lab");
    for unit in &prices.units {
        // Above a dozen clauses there are no Shapley values; what is lost by removal there always is.
        let value = |price: clauseworth::Price| price.shapley.unwrap_or(price.removal);
        let (backer, lab) = (value(unit.price.backer), value(unit.price.lab));
        println!("{:<24}{backer:>10.1}{lab:>10.1}", unit.id);
    }
    Ok(())
}
