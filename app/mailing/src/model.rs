//! Nouns: what became of mails, whom nobody writes to, and domains that mails come from.
use base::{BrandId, OrganizationId, Timestamp, id, words};
use serde::{Deserialize, Serialize};

id!(/// One mail of a campaign, to all its recipients.
    StepId, "mst");
id!(/// An address that is not written to.
    SuppressedId, "sup");
id!(/// A domain that mails come from.
    SenderId, "snd");

/// Local hours of the recipient in which nobody is written to: from the first on, until the other begins. Over midnight
/// when the first is the later one; the same twice is no rest at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct QuietHours {
    /// 0 to 23.
    #[garde(range(max = 23))]
    pub from: u8,
    /// 0 to 23.
    #[garde(range(max = 23))]
    pub until: u8,
}

/// What was taken in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Queued {
    /// Will be written to.
    pub queued: u64,
    /// Wants, or can get, no mail.
    pub suppressed: u64,
    /// Was in already, or has the address of somebody who was; or has no address that could be written to.
    pub doubled: u64,
}

words! {
    /// Which of two subjects a message has.
    Variant {
        A = "a",
        /// The other subject.
        B = "b",
    }
}

/// What became of mails, as far as it is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct Tally {
    /// Still to go.
    pub queued: u64,
    /// Taken by the mail server; those that came back later among them.
    pub sent: u64,
    /// Refused by the mail server for good, or given up.
    pub failed: u64,
    /// Came back after they were sent.
    pub bounced: u64,
    /// Whose reader called them spam.
    pub complained: u64,
    /// Whose reader wants no more.
    pub unsubscribed: u64,
    /// Not sent, for their reader wants or can get none.
    pub suppressed: u64,
    /// Left out because the campaign was cancelled.
    pub cancelled: u64,
    /// Opened by a mail program of a person's. Not all programs tell.
    pub opened: u64,
    /// Loaded by a service that loads pictures whether somebody reads or not, and by nobody else: says little.
    pub opened_by_proxy: u64,
    /// In which a link was followed.
    pub clicked: u64,
    /// That may have gone out twice, after a crash or a line that broke.
    pub repeated: u64,
    /// The same for the two subjects; without another subject all are of the first.
    pub by_variant: [VariantTally; 2],
}

/// What became of the mails with one of two subjects.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct VariantTally {
    pub sent: u64,
    pub opened: u64,
    pub clicked: u64,
    pub unsubscribed: u64,
}

words! {
    /// For whom an address is not written to.
    SuppressionScope {
        /// For all of a vendor.
        Global = "global",
        Brand = "brand",
        Partner = "partner",
    }
}

words! {
    /// Why an address is not written to.
    SuppressionReason {
        Unsubscribed = "unsubscribed",
        /// There is no such mailbox.
        HardBounce = "hard_bounce",
        /// Its owner called a mail spam.
        Complaint = "complaint",
        /// Somebody put it on the list.
        Manual = "manual",
    }
}

/// An address that is not written to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct Suppressed {
    pub id: SuppressedId,
    /// The vendor reads of a partner's contacts no more than `j…@example.com`.
    pub address: String,
    pub scope: SuppressionScope,
    pub reason: SuppressionReason,
    pub at: Timestamp,
    /// Who put it there; empty when nobody did by hand.
    pub by_name: String,
}

words! {
    /// Where a sender domain stands.
    SenderState {
        /// Its record was not found yet.
        Pending = "pending",
        /// Mails go out in its name.
        Verified = "verified",
        /// The record was gone for days: mails go out in the shared name again.
        Lost = "lost",
    }
}

words! {
    /// What a look at one record of the DNS found.
    RecordFinding {
        /// Nobody has looked yet.
        Unknown = "unknown",
        /// As it must be.
        Found = "found",
        Missing = "missing",
        /// There is one, and it says something else.
        Other = "other",
        /// The DNS does not answer.
        Unanswered = "unanswered",
    }
}

/// A domain that mails come from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct SenderDomain {
    pub id: SenderId,
    /// Whose it is: a partner's, or a brand's.
    pub partner: Option<OrganizationId>,
    pub brand: Option<BrandId>,
    pub domain: String,
    /// The sender's address: `hello@example.com`.
    pub address: String,
    pub state: SenderState,
    /// The record (`TXT`) that shows that the domain is theirs, and by which mails are known for genuine.
    pub record_name: String,
    pub record_value: String,
    /// What was found of that record (DKIM).
    pub dkim: RecordFinding,
    /// Whether the domain says who may send for it (SPF). Good to have; not needed.
    pub spf: RecordFinding,
    /// Whether the domain says what becomes of forgeries (DMARC). Large mail providers ask for it.
    pub dmarc: RecordFinding,
    pub checked_at: Option<Timestamp>,
    pub verified_at: Option<Timestamp>,
    /// Since when a verified domain's record has not been found any more.
    pub failing_since: Option<Timestamp>,
    pub added_at: Timestamp,
    pub added_by_name: String,
    /// Counts changes; the `ETag`.
    pub version: u32,
}

impl Tally {
    /// Both together.
    #[must_use]
    pub fn plus(&self, other: &Self) -> Self {
        let variant = |at: usize| VariantTally {
            sent: self.by_variant[at].sent + other.by_variant[at].sent,
            opened: self.by_variant[at].opened + other.by_variant[at].opened,
            clicked: self.by_variant[at].clicked + other.by_variant[at].clicked,
            unsubscribed: self.by_variant[at].unsubscribed + other.by_variant[at].unsubscribed,
        };
        Self {
            queued: self.queued + other.queued,
            sent: self.sent + other.sent,
            failed: self.failed + other.failed,
            bounced: self.bounced + other.bounced,
            complained: self.complained + other.complained,
            unsubscribed: self.unsubscribed + other.unsubscribed,
            suppressed: self.suppressed + other.suppressed,
            cancelled: self.cancelled + other.cancelled,
            opened: self.opened + other.opened,
            opened_by_proxy: self.opened_by_proxy + other.opened_by_proxy,
            clicked: self.clicked + other.clicked,
            repeated: self.repeated + other.repeated,
            by_variant: [variant(0), variant(1)],
        }
    }
}
