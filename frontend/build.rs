//! Makes the linker leave what was where in the module, by which it is taken apart into areas.
fn main() {
    if std::env::var("CARGO_CFG_TARGET_FAMILY").is_ok_and(|family| family == "wasm") {
        println!("cargo:rustc-cdylib-link-arg=--emit-relocs");
    }
    println!("cargo:rerun-if-changed=build.rs");
}
