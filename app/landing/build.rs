//! Turns this slice's message catalogue into functions.
fn main() {
    catalogue::generate(env!("CARGO_PKG_NAME"));
}
