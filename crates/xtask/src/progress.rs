//! What the caller sees while something takes long: a heading, and how long it took.

use std::time::{Duration, Instant};

use anyhow::Result;

/// Announces a piece of work, does it, and says how long it took.
pub(crate) fn step<T>(title: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    println!("==> {title}");
    let start = Instant::now();
    let result = work()?;
    println!("    done in {}", words(start.elapsed()));
    Ok(result)
}

/// A duration as a person says it.
pub(crate) fn words(duration: Duration) -> String {
    let seconds = duration.as_secs();
    match seconds {
        0..10 => format!("{:.1} s", duration.as_secs_f64()),
        10..60 => format!("{seconds} s"),
        _ => format!("{} min {:02} s", seconds / 60, seconds % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_read_well() {
        assert_eq!(words(Duration::from_millis(340)), "0.3 s");
        assert_eq!(words(Duration::from_millis(12_900)), "12 s");
        assert_eq!(words(Duration::from_secs(247)), "4 min 07 s");
    }
}
