//! Of what people can be sent mails, and how: the types of messages they choose by.
use base::Side;
use serde::{Deserialize, Serialize};

use crate::rules::{Audience, audience};

/// A type of message that mails are chosen by. A new kind of event belongs to one without being listed: see
/// [`Topic::of`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    /// The vendor decided about something of the partner's.
    Decisions,
    /// Something is wanted from the partner.
    Questions,
    /// Leads that were handed over, and what becomes of them.
    Leads,
    /// Goals: what is proposed and answered, and how they stand.
    Goals,
    /// What else happens to the partner's deals.
    Course,
    /// A case waits for the vendor's decision.
    Cases,
    /// An answer of the vendor's is late.
    Overdue,
    /// What else happens, at the vendor.
    News,
}

impl Topic {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Decisions,
        Self::Questions,
        Self::Leads,
        Self::Goals,
        Self::Course,
        Self::Cases,
        Self::Overdue,
        Self::News,
    ];

    /// The wire and storage form.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Decisions => "decisions",
            Self::Questions => "questions",
            Self::Leads => "leads",
            Self::Goals => "goals",
            Self::Course => "course",
            Self::Cases => "cases",
            Self::Overdue => "overdue",
            Self::News => "news",
        }
    }

    /// Reads the storage form.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|topic| topic.as_str() == text)
    }

    /// The topic of an event's type.
    #[must_use]
    pub fn of(kind: &str) -> Self {
        match kind {
            "deal.approved"
            | "deal.rejected"
            | "deal.ruled"
            | "deal.shared"
            | "deal.extended"
            | "deal.extension_denied"
            | "deal.cancelled"
            | "campaign.approved" => Self::Decisions,
            "deal.returned"
            | "deal.message_to_partner"
            | "deal.activity_due"
            | "deal.offered"
            | "campaign.sent_back"
            | "campaign.recalled" => Self::Questions,
            "deal.submitted"
            | "deal.resubmitted"
            | "deal.disputed"
            | "deal.extension_requested"
            | "campaign.approval_asked" => Self::Cases,
            "deal.escalated" => Self::Overdue,
            "campaign.answered" => Self::Leads,
            _ if kind.starts_with("lead.") => Self::Leads,
            _ if kind.starts_with("goal.") => Self::Goals,
            _ if audience(kind) == Some(Audience::Partner) => Self::Course,
            _ => Self::News,
        }
    }

    /// Those that concern a side.
    #[must_use]
    pub const fn of_side(side: Side) -> &'static [Self] {
        match side {
            Side::Partner => &[Self::Decisions, Self::Questions, Self::Leads, Self::Goals, Self::Course],
            Side::Vendor => &[Self::Cases, Self::Overdue, Self::Leads, Self::Goals, Self::News],
        }
    }

    /// How it is sent to whoever has not chosen: at once where somebody waits, or time runs; else once a day.
    #[must_use]
    pub const fn usual(self) -> Way {
        match self {
            Self::Decisions | Self::Questions | Self::Leads | Self::Overdue => Way::Instant,
            Self::Goals | Self::Course | Self::Cases | Self::News => Way::Daily,
        }
    }
}

/// How messages of a topic are sent by e-mail. The inbox has them all in any case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// Each by itself, at once.
    Instant,
    /// In the daily summary, unless it was read before.
    Daily,
    Never,
}

impl Way {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Instant, Self::Daily, Self::Never];

    /// The wire and storage form.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Instant => "instant",
            Self::Daily => "daily",
            Self::Never => "never",
        }
    }

    /// Reads the storage form.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.as_str() == text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::TOLD;

    #[test]
    fn every_kind_that_is_told_has_a_topic_of_the_side_that_hears_it() {
        for (kind, audience) in TOLD {
            let side = if *audience == Audience::Partner { Side::Partner } else { Side::Vendor };
            assert!(Topic::of_side(side).contains(&Topic::of(kind)), "{kind}");
        }
    }

    #[test]
    fn topics_and_ways_are_read_back_from_their_texts() {
        for topic in Topic::ALL {
            assert_eq!(Topic::parse(topic.as_str()), Some(topic));
            assert_eq!(serde_json::to_value(topic).unwrap(), topic.as_str());
        }
        for way in Way::ALL {
            assert_eq!(Way::parse(way.as_str()), Some(way));
            assert_eq!(serde_json::to_value(way).unwrap(), way.as_str());
        }
    }

    #[test]
    fn decisions_and_questions_come_at_once_and_the_rest_once_a_day() {
        assert_eq!(Topic::of("deal.approved").usual(), Way::Instant);
        assert_eq!(Topic::of("deal.returned").usual(), Way::Instant);
        assert_eq!(Topic::of("lead.assigned").usual(), Way::Instant);
        assert_eq!(Topic::of("deal.submitted").usual(), Way::Daily);
        assert_eq!(Topic::of("deal.won").usual(), Way::Daily);
    }
}
