//! Turns the design system's message catalogue into functions.
fn main() {
    catalogue::generate("kit");
}
