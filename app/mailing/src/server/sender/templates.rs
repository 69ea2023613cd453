//! What all messages of a step have in common, read once: the compiled mail, the sender, the key that signs.
use std::collections::HashMap;
use std::sync::Arc;

use base::mail::Address;
use base::{Parts, Problem, Span, Timestamp};
use creative::Values;
use creative::draw::{Mail, Personal};
use lettre::address::Envelope;

use super::super::dkim::{self, Signing};
use super::super::leave::circle;
use super::super::message::{Outgoing, compose};
use super::super::smtp::Posting;
use super::super::store::{self, Kept};
use super::super::store_claim::Claimed;
use super::super::store_senders;
use super::super::store_suppression::Circle;
use super::super::token::{Purpose, Signer};
use crate::model::{StepId, Variant};

/// How long a step's mail and sender are believed: so late a new sender domain is used.
const BELIEVED: Span = Span::minutes(1);
/// How many steps are kept at hand.
const KEPT: usize = 50;

pub(super) struct Templates {
    parts: Parts,
    signer: Signer,
    posting: Arc<Posting>,
    ready: HashMap<StepId, (Timestamp, Option<Arc<Ready>>)>,
}

/// Everything that messages of a step need beside their recipient.
pub(super) struct Ready {
    pub(super) kept: Kept,
    pub(super) circle: Circle,
    mail: Mail,
    from: Address,
    signing: Option<Signing>,
    posting: Arc<Posting>,
    signer: Signer,
    base_url: String,
    list: String,
    feedback: String,
}

impl Templates {
    pub(super) fn new(parts: &Parts, posting: Arc<Posting>) -> Self {
        Self { parts: parts.clone(), signer: Signer::new(parts), posting, ready: HashMap::new() }
    }

    /// Of a step; none when its mail cannot be read.
    pub(super) async fn of(&mut self, step: StepId, now: Timestamp) -> Result<Option<Arc<Ready>>, Problem> {
        if let Some((at, ready)) = self.ready.get(&step)
            && now < *at + BELIEVED
        {
            return Ok(ready.clone());
        }
        let ready = self.read(step).await?.map(Arc::new);
        if self.ready.len() >= KEPT {
            self.ready.clear();
        }
        self.ready.insert(step, (now, ready.clone()));
        Ok(ready)
    }

    async fn read(&self, step: StepId) -> Result<Option<Ready>, Problem> {
        let mut tx = self.parts.db().read().await?;
        let Some(kept) = store::find(&mut tx, step).await? else { return Ok(None) };
        let Some(mail) = store::mail_of(&mut tx, step).await? else { return Ok(None) };
        let Ok(mail) = serde_json::from_str::<Mail>(&mail) else {
            tracing::error!(%step, "a mail that was stored cannot be read");
            return Ok(None);
        };
        let keyed = store_senders::of_mails(&mut tx, kept.partner, kept.brand).await?;
        let brand = programs::server::brand(&mut tx, kept.brand).await?;
        drop(tx);
        let own = &self.posting.own;
        let (email, signing) = match keyed {
            Some(keyed) => match dkim::open(&keyed.sealed_key, self.parts.signing_seed()) {
                Ok(key) => {
                    let signing =
                        Signing { domain: keyed.shown.domain.clone(), selector: keyed.selector, key };
                    (keyed.shown.address, Some(signing))
                }
                Err(why) => {
                    tracing::error!(domain = keyed.shown.domain, why, "mails go out in the shared name");
                    (own.email.clone(), None)
                }
            },
            // A brand's own address is good for mails when it is of the installation's domain.
            None => {
                let of_brand = brand.as_ref().and_then(|brand| brand.sender_email.clone());
                let fits = of_brand.filter(|email| domain(email) == domain(&own.email));
                (fits.unwrap_or_else(|| own.email.clone()), None)
            }
        };
        let name = if kept.from_name.trim().is_empty() { own.name.clone() } else { kept.from_name.clone() };
        Ok(Some(Ready {
            circle: circle(&kept),
            mail,
            from: Address { name, email },
            signing,
            posting: Arc::clone(&self.posting),
            signer: self.signer.clone(),
            base_url: self.parts.settings().base_url.trim_end_matches('/').to_owned(),
            list: format!("{}.{}", kept.partner, kept.brand).replace('_', "-"),
            feedback: format!("{}:{}:{}", kept.campaign, kept.partner, kept.brand),
            kept,
        }))
    }
}

fn domain(email: &str) -> String {
    email.rsplit('@').next().unwrap_or_default().to_ascii_lowercase()
}

impl Ready {
    /// The message for one recipient, signed where there is a key.
    pub(super) fn compose(&self, claimed: &Claimed, now: Timestamp) -> Result<(Envelope, Vec<u8>), String> {
        let values: Values = serde_json::from_str(&claimed.data).map_err(|error| error.to_string())?;
        let (message, step) = (claimed.id, claimed.step);
        let at = |path: &str, purpose| format!("{}/m/{path}/{}", self.base_url, self.signer.sign(purpose));
        let unsubscribe = at("u", Purpose::Unsubscribe { message });
        let opened = at("o", Purpose::Open { message, step });
        let link = |link: u16| at("c", Purpose::Click { message, step, link });
        let personal = Personal { values: &values, link: &link, unsubscribe: &unsubscribe, opened: &opened };
        let subject = match (claimed.variant, &self.mail.other_subject) {
            (Variant::B, Some(other)) => other,
            _ => &self.mail.subject,
        };
        let returns = match &self.posting.returns {
            Some(returns) => {
                let (local, domain) = returns.email.rsplit_once('@').unwrap_or((&returns.email, ""));
                format!("{local}+{message}@{domain}")
            }
            None => self.posting.own.email.clone(),
        };
        let outgoing = Outgoing {
            id: message,
            host: &self.posting.host,
            from: &self.from,
            returns: &returns,
            reply_to: &self.kept.reply_to,
            to: &claimed.address,
            subject: &subject.fill(&personal, false),
            html: self.mail.html.fill(&personal, true),
            text: self.mail.text.fill(&personal, false),
            unsubscribe: &unsubscribe,
            list: &self.list,
            feedback: &self.feedback,
            at: now,
        };
        let (envelope, mut message) = compose(outgoing)?;
        if let Some(signing) = &self.signing {
            let line = signing.sign(&message, now.0 / 1_000)?;
            message.splice(0..0, line.into_bytes());
        }
        Ok((envelope, message))
    }
}
