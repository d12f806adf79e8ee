//! Pseudo-random draws at any place: Philox4x32-10, which turns a counter of 128 bits and a key of 64 into four random
//! words by ten rounds of two multiplications (J. K. Salmon, M. A. Moraes, R. O. Dror and D. E. Shaw, Parallel random
//! numbers: as easy as 1, 2, 3, SC'11).
//!
//! It has no state, which is what point i of any dimension at once asks for. The rounds are those of the crate
//! rand_philox, which fills blocks in vector instructions, in WebAssembly too; what is ours is which counter is whose.
//!
//! ```
//! use clauseworth_kernel::sample::philox::Philox;
//! assert_eq!(Philox::new(0).words([0; 4])[0], 0x6627_e8d5);
//! ```

use rand_philox::philox4x32_10;

use super::unit;

/// The generator under a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Philox {
    key: [u32; 2],
}

/// Words that are made at once.
const WORDS: usize = 128;

impl Philox {
    /// The key is the seed, its lower half first.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self {
            key: [seed as u32, (seed >> 32) as u32],
        }
    }

    /// The four random words of a counter.
    #[must_use]
    pub fn words(&self, counter: [u32; 4]) -> [u32; 4] {
        philox4x32_10(counter, self.key)
    }

    /// The draws of a dimension of a stream for consecutive paths from path `first` on.
    ///
    /// Path i has word i mod 4 of the counter (i / 4, its lower and upper half; dimension; stream). As is usual, a counter
    /// for four dimensions of one path, three words of four would be thrown away, since paths are computed block after
    /// block of one dimension.
    pub(super) fn draws(&self, dimension: u32, stream: u32, first: u64, out: &mut [f64]) {
        let counter =
            u128::from(stream) << 96 | u128::from(dimension) << 64 | u128::from(first / 4);
        let mut generator = rand_philox::Philox::new(self.key, counter);
        for _ in 0..first % 4 {
            generator.next_u32();
        }
        let mut words = [0; WORDS];
        for out in out.chunks_mut(WORDS) {
            let words = &mut words[..out.len()];
            generator.fill_u32(words);
            for (out, word) in out.iter_mut().zip(words) {
                *out = unit(*word);
            }
        }
    }
}
