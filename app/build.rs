//! Turns the shell's message catalogue into functions.
fn main() {
    catalogue::generate("app");
}
