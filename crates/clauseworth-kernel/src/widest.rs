//! The widest vectors that the processor has. A program for x86-64 runs on all of them, so it is compiled for what they have
//! in common; what draws many paths is compiled for AVX2 as well, and the processor is asked whether it has that. Both give
//! the same bits, since no multiplication is fused with an addition. A WebAssembly module cannot ask: the page loads
//! another.
//!
//! Only what is inlined into a part is compiled anew with it; the rest stays as it is, slower and no less right. So parts,
//! and what they call, are marked to be inlined on x86-64. They are called by [`apart`], and one calls another in the same
//! way: all in one function they are slower than without, since that is more than the optimiser goes through.

/// Runs a part of the kernel.
#[cfg_attr(
    target_arch = "x86_64",
    multiversion::multiversion(
        targets("x86_64+avx+avx2+bmi1+bmi2+f16c+fma+lzcnt+movbe+popcnt+xsave"),
        dispatcher = "direct"
    )
)]
#[cfg_attr(not(target_arch = "x86_64"), inline(always))]
pub(crate) fn widest<T>(part: impl FnOnce() -> T) -> T {
    part()
}

/// A call of a part of the kernel, compiled for the widest vectors where numbers of type `$real` are such.
macro_rules! apart {
    ($real:ty, $call:expr) => {
        <$real as crate::real::Real>::apart(
            #[inline(always)]
            || $call,
        )
    };
}
pub(crate) use apart;
