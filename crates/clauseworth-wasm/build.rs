//! Turns the deal library into one JSON text, which the browser's own parser reads: the module carries no parser.

use std::path::Path;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    let mut deals = Vec::new();
    for deal in &clauseworth::LIBRARY {
        let tree = clauseworth::Tree::from_toml(deal.text).map_err(io::Error::other)?;
        deals.push((deal.id, tree));
    }
    let text = serde_json::to_string(&deals)?;
    let folder = env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("cargo sets OUT_DIR"))?;
    fs::write(Path::new(&folder).join("library.json"), text)
}
