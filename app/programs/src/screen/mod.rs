//! Screens: a program with its rules in plain words and its products.
mod page;
mod products;
mod sentences;

pub use page::ProgramPage;
pub use sentences::rule_sentence;
