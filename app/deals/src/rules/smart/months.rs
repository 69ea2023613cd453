//! Months: their names, and the days at which they end.
use base::{Date, Datelike};

const MONTHS: [&[&str]; 12] = [
    &["january", "jan", "januar", "jaenner", "janvier"],
    &["february", "feb", "februar", "fevrier"],
    &["march", "mar", "maerz", "mrz", "mars"],
    &["april", "apr", "avril"],
    &["may", "mai"],
    &["june", "jun", "juni", "juin"],
    &["july", "jul", "juli", "juillet"],
    &["august", "aug", "aout"],
    &["september", "sep", "sept", "septembre"],
    &["october", "oct", "oktober", "okt", "octobre"],
    &["november", "nov", "novembre"],
    &["december", "dec", "dezember", "dez", "decembre"],
];

pub(super) fn month_of(text: &str) -> Option<u32> {
    let text = text.trim_end_matches(['.', ',']);
    MONTHS.iter().position(|names| names.contains(&text)).map(|at| at as u32 + 1)
}

/// The year in which a month comes next, this month included.
pub(super) fn coming(today: Date, month: u32) -> i32 {
    today.year() + i32::from(month < today.month())
}

pub(super) fn coming_day(today: Date, month: u32, day: u32) -> i32 {
    today.year() + i32::from((month, day) <= (today.month(), today.day()))
}

pub(super) fn end_of(year: i32, month: u32) -> Option<Date> {
    clipped(year, month, 31)
}

/// A day of a month, or its last one.
pub(super) fn clipped(year: i32, month: u32, day: u32) -> Option<Date> {
    (1..=day.min(31)).rev().find_map(|day| Date::from_ymd_opt(year, month, day))
}
