//! One binary of tests over the whole product: every slice together, over HTTP, on both engines.
mod access;
mod ask;
mod http;
mod independent;
mod kill;
mod leaks;
mod limits;
mod openapi;
mod overview;
mod races;
mod records;
mod running;
mod schema;
mod stage;
mod streams;
mod tidy;
mod told;
