//! Fields and agreements in the reader's language.
use base::Money;
use kit::catalogue::locale;
use kit::format;
use matching::{Feature, Grade, Verdict};

use crate::model::{Customer, CustomerField};
use crate::t;

impl CustomerField {
    /// Its name in the reader's language.
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Name => t::name(),
            Self::Website => t::website(),
            Self::Country => t::country(),
            Self::RegistrationNumber => t::registration_number(),
            Self::Phone => t::phone(),
            Self::City => t::city(),
            Self::PostalCode => t::postal_code(),
            Self::Street => t::street(),
            Self::Sector => t::sector(),
            Self::ParentName => t::parent_name(),
            Self::FoundedYear => t::founded_year(),
            Self::Employees => t::employees(),
            Self::Revenue => t::revenue(),
        }
    }

    /// What a customer states; empty when it states nothing.
    pub(super) fn of(self, customer: &Customer) -> String {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let amount = |money: Money| format::money(money, locale());
        match self {
            Self::Name => customer.name.clone(),
            Self::Website => text(&customer.website),
            Self::Country => text(&customer.country),
            Self::RegistrationNumber => text(&customer.registration_number),
            Self::Phone => text(&customer.phone),
            Self::City => text(&customer.city),
            Self::PostalCode => text(&customer.postal_code),
            Self::Street => text(&customer.street),
            Self::Sector => text(&customer.sector),
            Self::ParentName => text(&customer.parent_name),
            Self::FoundedYear => customer.founded_year.map(|year| year.to_string()).unwrap_or_default(),
            Self::Employees => {
                customer.employees.map(|count| format::number(count, locale())).unwrap_or_default()
            }
            Self::Revenue => customer.revenue.map(amount).unwrap_or_default(),
        }
    }

    /// The features that compare it.
    pub(super) fn is_compared_by(self, feature: Feature) -> bool {
        match self {
            Self::Name => feature.is_name(),
            Self::Website => feature == Feature::Domain,
            Self::Country => feature == Feature::Country,
            Self::RegistrationNumber => feature == Feature::RegistrationNumber,
            Self::Phone => feature == Feature::Phone,
            Self::Street | Self::PostalCode | Self::City => feature == Feature::Address,
            Self::Sector | Self::ParentName | Self::FoundedYear | Self::Employees | Self::Revenue => false,
        }
    }
}

/// A feature in the reader's language.
pub(super) fn feature_words(feature: Feature) -> &'static str {
    match feature {
        Feature::Domain => t::website(),
        Feature::RegistrationNumber => t::registration_number(),
        Feature::Phone => t::phone(),
        Feature::NameSpelling => t::feature_name_spelling(),
        Feature::NameTrigrams => t::feature_name_trigrams(),
        Feature::NameWords => t::feature_name_words(),
        Feature::Address => t::feature_address(),
        Feature::Country => t::country(),
    }
}

/// How far two values agree.
pub(super) fn grade_words(grade: Grade) -> &'static str {
    match grade {
        Grade::Same => t::grade_same(),
        Grade::Near => t::grade_near(),
        Grade::Close => t::grade_close(),
        Grade::Part => t::grade_part(),
        Grade::Different => t::grade_different(),
    }
}

/// What is to be thought of a pair.
pub(super) fn verdict_words(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Match => t::verdict_match(),
        Verdict::Review => t::verdict_review(),
        Verdict::Clear => t::verdict_clear(),
    }
}

pub(super) const fn verdict_tone(verdict: Verdict) -> kit::Tone {
    match verdict {
        Verdict::Match => kit::Tone::Bad,
        Verdict::Review => kit::Tone::Warn,
        Verdict::Clear => kit::Tone::Neutral,
    }
}

/// Bits with their sign, as they are added up.
pub(super) fn bits_words(bits: f64) -> String {
    let rounded = (bits * 10.0).round() / 10.0;
    let figure = format::decimal(rounded.abs(), 1, locale());
    if rounded < 0.0 { format!("−{figure}") } else { format!("+{figure}") }
}
