//! A generated validator asks for no memory while an instance is valid.

#![expect(unsafe_code, reason = "an allocator that counts is an unsafe trait's implementation")]

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

use handfast::Validate;
use serde_json::{Value, json};

mod orbit {
    handfast::contract!("../schemas/orbit/asyncapi.yaml");
}

handfast::schema!(pub Frugal = "tests/allocation/frugal.schema.json");

thread_local! {
    static N_ALLOCATIONS: Cell<usize> = const { Cell::new(0) };
}

/// The system's allocator, with a count of what this thread asks for.
struct Counting;

// SAFETY: every call is the system allocator's own.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        N_ALLOCATIONS.with(|count| count.set(count.get() + 1));
        // SAFETY: the caller keeps the contract of `alloc`.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        // SAFETY: `pointer` is from `System.alloc`.
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// How often `test` asks for memory, once what is made on first use is there.
fn n_allocations(test: impl Fn() -> bool) -> usize {
    assert!(test(), "the instance is valid");
    let before = N_ALLOCATIONS.get();
    assert!(test());
    N_ALLOCATIONS.get() - before
}

#[track_caller]
fn check<T: Validate>(value: &Value) {
    assert_eq!(n_allocations(|| T::is_valid(value)), 0, "{value}");
}

#[test]
fn the_count_counts() {
    assert_eq!(n_allocations(|| !json!(["one", "two"]).is_null()), 3);
}

#[test]
fn an_event() {
    check::<orbit::TaskCompleted>(&json!({
        "id": "0197a3c4-5d1e-7b42-9f60-000000000004",
        "type": "task.completed",
        "timestamp": "2025-11-13T09:21:05Z",
        "payload": { "task_id": "5f0c2b7e-3a19-4c8d-8e21-6b1d4f9a7c30", "status": "succeeded", "result": null }
    }));
}

#[test]
fn every_kind_of_test() {
    check::<Frugal>(&json!({
        "names": { "ab": 1, "cd": 2 },
        "closed": { "x-a": "1", "b": 2 },
        "union": { "kind": "b", "value": 1.5 },
        "by-type": [1, "two", null],
        "unique": [1, 2.0, "1", [], {}],
        "many": (0..100).map(|n| json!({ "n": n, "of": [n] })).collect::<Vec<_>>(),
        "contains": [1, 2, "three"],
        "constant": { "a": [1, 2] },
        "listed": null,
        "numbers": 12,
        "fractions": [0.07, 1.5, 3, 1e300, 12345678.91],
        "text": "añb",
        "unevaluated": { "a": 1, "b": 2 },
        "formats": ["2025-11-13", "a@example.org", "192.0.2.1", "::1", "https://example.org/a?b#c", "P1D", "/a~0b"]
    }));
}
