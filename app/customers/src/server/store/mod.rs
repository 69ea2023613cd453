//! The tables of customers, opportunities and match keys; nothing else writes them.
pub mod choices;
pub mod customers;
mod filter;
pub mod keys;
pub mod opportunities;
