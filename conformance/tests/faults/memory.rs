//! How much memory is in use, and how much there ever was: of the process, and so of whoever has the machine alone.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering};

static N_BYTES: AtomicUsize = AtomicUsize::new(0);
static MOST_BYTES: AtomicUsize = AtomicUsize::new(0);

/// The system's allocator, with a count of what is in use.
struct Counting;

// SAFETY: every call is the system allocator's own.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let n_bytes = N_BYTES.fetch_add(layout.size(), Ordering::Relaxed) + layout.size();
        MOST_BYTES.fetch_max(n_bytes, Ordering::Relaxed);
        // SAFETY: the caller keeps the contract of `alloc`.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        N_BYTES.fetch_sub(layout.size(), Ordering::Relaxed);
        // SAFETY: `pointer` is from `System.alloc`.
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// What is in use from now on.
#[derive(Debug)]
pub struct Watch {
    before: usize,
}

impl Watch {
    /// Begins to watch.
    pub fn begin() -> Self {
        let before = N_BYTES.load(Ordering::Relaxed);
        MOST_BYTES.store(before, Ordering::Relaxed);
        Self { before }
    }

    /// By how many bytes it grew at most.
    pub fn most(&self) -> usize {
        MOST_BYTES.load(Ordering::Relaxed).saturating_sub(self.before)
    }
}
