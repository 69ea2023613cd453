//! One binary of tests over the whole product: every slice together, over HTTP, on both engines.
mod access;
mod ask;
mod http;
mod kill;
mod leaks;
mod openapi;
mod races;
mod records;
mod running;
mod schema;
mod stage;
mod tidy;
