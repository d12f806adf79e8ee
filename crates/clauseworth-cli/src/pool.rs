//! Batches on all cores, with a bar that shows how far they are.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use clauseworth::Error;
use indicatif::{ProgressBar, ProgressFinish, ProgressStyle};

/// Computes batches, numbered from 0, on so many threads, or one for each core, and hands them over as they come.
///
/// Each thread makes a `room` to work in. The first batch that fails ends it all, and its fault is told, whichever thread
/// was faster: batches are begun in order, so those before it are under way and are waited for.
pub(crate) fn each_batch<R, B: Send>(
    batches: u64,
    threads: Option<u16>,
    bar: &ProgressBar,
    room: impl Fn() -> R + Sync,
    compute: impl Fn(u64, &mut R) -> Result<B, Error> + Sync,
    mut take: impl FnMut(B) -> Result<(), Error>,
) -> Result<(), Error> {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let threads = threads.map_or(cores, usize::from);
    let threads = threads.min(batches.max(1) as usize);
    let next = AtomicU64::new(0);
    let fault = thread::scope(|scope| {
        let (sender, receiver) = mpsc::sync_channel(threads);
        for _ in 0..threads {
            let (sender, next, room, compute) = (sender.clone(), &next, &room, &compute);
            scope.spawn(move || {
                let mut room = room();
                loop {
                    let batch = next.fetch_add(1, Ordering::Relaxed);
                    if batch >= batches {
                        break;
                    }
                    let computed = compute(batch, &mut room);
                    if sender.send((batch, computed)).is_err() {
                        break;
                    }
                }
            });
        }
        drop(sender);
        let mut fault: Option<(u64, Error)> = None;
        for (batch, computed) in receiver {
            let failed = computed.and_then(&mut take).err();
            if let Some(error) = failed {
                next.store(batches, Ordering::Relaxed);
                if fault.as_ref().is_none_or(|(first, _)| batch < *first) {
                    fault = Some((batch, error));
                }
            }
            bar.inc(1);
        }
        fault
    });
    fault.map_or(Ok(()), |(_, error)| Err(error))
}

/// A bar on the terminal, none where the output is none.
pub(crate) fn progress(batches: u64) -> ProgressBar {
    shown(
        ProgressBar::new(batches),
        "{bar:40} {percent:>3} %  {eta} left",
    )
}

/// The same where it is not known how many batches it takes.
pub(crate) fn counter() -> ProgressBar {
    shown(
        ProgressBar::no_length(),
        "{spinner} {pos} batches of 1,024 paths, {elapsed}",
    )
}

fn shown(bar: ProgressBar, template: &str) -> ProgressBar {
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(200));
    // Whoever lets go of it clears it.
    bar.with_finish(ProgressFinish::AndClear)
}
