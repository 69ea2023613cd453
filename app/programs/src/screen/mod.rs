//! Screens: a program with its rules in plain words and its products; the editor of the rules, comparing, files.
mod compare;
mod file;
mod page;
mod parts;
mod products;
mod rules;
mod sentences;

pub use compare::ComparePage;
pub use file::RulesFilePage;
pub use page::ProgramPage;
pub use rules::RulesPage;
pub use sentences::rule_sentence;
