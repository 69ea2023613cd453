//! The laws of taking rows in: what a cell means, when a misspelling may be mended, and why a row is turned back.
mod columns;
mod countries;
mod deals;
mod known;
mod plans;
mod rows;
#[cfg(test)]
mod tests;
mod values;

pub(crate) use columns::{Cells, Columns};
pub(crate) use deals::{DealLine, deal};
pub(crate) use known::{Found, KnownNames};
pub(crate) use plans::{goal, rate};
pub(crate) use rows::{
    Correction, CustomerLine, OpportunityLine, ProductLine, Reason, Verdict, customer, opportunity, partner,
    product, row_key,
};
