//! What a pasted text says about a deal: a website, an e-mail address, a signature, a whole thread of mails, a row of a
//! table. Rules of our own, pure: nothing leaves the browser, the same text gives the same guesses, and each guess knows
//! the place in the text that it was taken from.
mod amounts;
mod articles;
mod companies;
mod days;
mod hosts;
mod lines;
mod months;
mod people;
mod phones;
mod places;
mod prose;
mod row;
mod tender;
#[cfg(test)]
mod tests;
mod words;

use std::ops::Range;

use base::{Currency, Date};

/// Bytes of a paste that are read: a long thread's newest mails.
const MOST: usize = 24_000;

/// What can be picked out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// The customer's name.
    Name,
    /// Host without `www.`.
    Website,
    /// ISO 3166-1 alpha-2.
    Country,
    ContactName,
    ContactTitle,
    ContactEmail,
    /// As it is written.
    ContactPhone,
    /// Id of a product of the program's.
    Product,
    /// Whole pieces.
    Quantity,
    /// As [`base::Money`] is displayed: `48000.00 EUR`.
    Value,
    /// ISO 8601: `2031-06-30`.
    Close,
    /// Reference of a public tender.
    Tender,
}

impl Field {
    /// All of them, in the order of the form.
    pub const ALL: [Self; 12] = [
        Self::Name,
        Self::Website,
        Self::Country,
        Self::ContactName,
        Self::ContactTitle,
        Self::ContactEmail,
        Self::ContactPhone,
        Self::Product,
        Self::Quantity,
        Self::Value,
        Self::Close,
        Self::Tender,
    ];

    /// A name for records of measurements and for element ids.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Website => "website",
            Self::Country => "country",
            Self::ContactName => "contact_name",
            Self::ContactTitle => "contact_title",
            Self::ContactEmail => "contact_email",
            Self::ContactPhone => "contact_phone",
            Self::Product => "product",
            Self::Quantity => "quantity",
            Self::Value => "value",
            Self::Close => "close",
            Self::Tender => "tender",
        }
    }
}

/// One thing that was picked out; at most one a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guess {
    pub field: Field,
    /// What the field is given.
    pub value: String,
    /// Where it stands in the text, in bytes; always on letters' borders.
    pub span: Range<usize>,
    /// Whether the text says it outright; otherwise it was inferred, as a country from a host's ending.
    pub said: bool,
}

/// A product that can be meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Article {
    /// What the form is given.
    pub id: String,
    pub name: String,
    /// May be empty.
    pub sku: String,
}

/// What is known without the text.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    pub today: Date,
    /// Of an amount without one.
    pub currency: Currency,
    pub articles: &'a [Article],
    /// Hosts of the reader's own side: whoever writes from there is not the customer.
    pub own: &'a [&'a str],
}

/// Picks out what a text says, in the order of the form. Never fails; what is not understood is left alone.
#[must_use]
pub fn read(text: &str, known: &Known<'_>) -> Vec<Guess> {
    let mut end = text.len().min(MOST);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let text = &text[..end];
    let mut guesses = match row::table(text) {
        Some(table) => row::read(&table, known),
        None => prose::read(text, known),
    };
    guesses.sort_by_key(|guess| guess.field);
    guesses.dedup_by_key(|guess| guess.field);
    guesses
}
