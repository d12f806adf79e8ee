//! The engine on one core, for the benchmarks: each line of the input asks for a deal, a number of paths and a seed, or
//! for the base case where the seed is null, and is answered with a line that says how long it took and what came out.
//!
//! ```text
//! {"deal":"microsoft-openai-2025","paths":16384,"seed":1,"sampler":"sobol","bands":false}
//! ```

use std::error::Error;
use std::io::{self, BufRead as _, Write as _};
use std::time::Instant;
use std::{env, fs};

use clauseworth::{Calculator, Request, Sampler, Sampling};
use serde_json::{Map, Value, json};

/// Opens a deal of the library, or a file.
fn open(deal: &str) -> Result<Calculator, Box<dyn Error>> {
    if deal.ends_with(".json") {
        Ok(Calculator::from_json(&fs::read_to_string(deal)?)?)
    } else {
        Ok(Calculator::library(deal)?)
    }
}

/// Both sides' NPV in the base case.
fn base(deal: &mut Calculator) -> Result<Value, Box<dyn Error>> {
    let result = serde_json::to_value(deal.run(&Request::default())?)?;
    let mut metrics = Map::new();
    for name in ["backer.npv", "lab.npv"] {
        metrics.insert(name.to_owned(), json!({ "mean": result["metrics"][name] }));
    }
    Ok(Value::Object(metrics))
}

/// Draws the deal, and says what is asked of a distribution.
fn drawn(deal: &mut Calculator, asked: &Value, seed: u64) -> Result<Value, Box<dyn Error>> {
    let sampling = Sampling {
        paths: asked["paths"].as_u64().ok_or("a number of paths")?,
        seed,
        sampler: match asked["sampler"].as_str() {
            Some("random") => Sampler::Random,
            _ => Sampler::Sobol,
        },
        series: (asked["bands"] != json!(true)).then(Vec::new),
    };
    let start = Instant::now();
    let simulated = deal.simulator(&Request::default(), &sampling)?.run()?;
    let milliseconds = start.elapsed().as_secs_f64() * 1e3;
    let mut metrics = Map::new();
    for name in ["backer.npv", "lab.npv"] {
        let found = simulated.metric(name).ok_or("the deal has an NPV")?;
        metrics.insert(
            name.to_owned(),
            json!({ "mean": found.mean, "sd": found.sd, "p5": found.p5, "p50": found.p50 }),
        );
    }
    Ok(json!({ "milliseconds": milliseconds, "metrics": metrics }))
}

fn main() -> Result<(), Box<dyn Error>> {
    println!("{}", json!({ "name": env::consts::ARCH }));
    let mut opened: Vec<(String, Calculator)> = Vec::new();
    for line in io::stdin().lock().lines() {
        let asked: Value = serde_json::from_str(&line?)?;
        let name = asked["deal"].as_str().ok_or("a deal")?;
        if !opened.iter().any(|(known, _)| known == name) {
            opened.push((name.to_owned(), open(name)?));
        }
        let found = opened.iter_mut().find(|(known, _)| known == name);
        let (_, deal) = found.ok_or("a deal that is open")?;
        let answer = match asked["seed"].as_u64() {
            Some(seed) => drawn(deal, &asked, seed)?,
            None => json!({ "metrics": base(deal)? }),
        };
        println!("{answer}");
        io::stdout().flush()?;
    }
    Ok(())
}
