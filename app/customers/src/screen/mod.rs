//! Screens: opportunities; customers, one of them, and which of them are one company.
mod aliases;
mod compare;
mod customer;
mod customers;
mod duplicates;
mod filters;
mod list;
mod merges;
mod words;

pub use compare::ComparePage;
pub use customer::CustomerPage;
pub use customers::CustomersPage;
pub use duplicates::DuplicatesPage;
pub use list::OpportunitiesPage;
