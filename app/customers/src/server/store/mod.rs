//! The tables of customers, opportunities and match keys; nothing else writes them.
pub mod aliases;
pub mod choices;
pub mod customers;
mod filter;
pub mod keys;
pub mod merges;
pub mod moved;
pub mod opportunities;
pub mod pairs;
pub mod weights;
