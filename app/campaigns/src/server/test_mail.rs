//! Performs the mails that somebody sends to themselves, to look at.
use base::db::Tx;
use base::http::Perform;
use base::jobs::{Job, enqueue};
use base::limit::Class;
use base::mail::{Address, Mail, hand_over};
use base::{Actor, Parts, Problem};
use creative::draw::{self, Personal};
use creative::{AssetKind, Token, Values};
use serde::{Deserialize, Serialize};

use super::case::Case;
use super::{check, drawing, launch, store};
use crate::access::Do;
use crate::model::TestSent;
use crate::t;
use crate::verbs::TestCampaign;

impl Perform for TestCampaign {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<TestSent, Problem> {
        Do::Make.by(actor, None)?;
        let needed = || Problem::forbidden("person", "Only a person can be sent a test.");
        let user = actor.user.ok_or_else(needed)?;
        let sender = format!("campaign test {user}");
        parts.limiter().take(Class::Fetch, &sender, parts.clock().now())?;
        let (parts_, actor_) = (parts.clone(), actor.clone());
        let work = async move |tx: &mut Tx| {
            let case = Case::open(tx, &actor_, Do::Make, (self.id, None)).await?;
            let campaign = case.campaign;
            let version = check::version_of(tx, &campaign).await?;
            let (name, email) = store::person(tx, user).await?.ok_or(Problem::NotFound)?;
            let locale = access::server::locale_of(tx, user).await?;
            let (first, last) = name.split_once(' ').unwrap_or((&name, ""));
            let values: Values = [
                (Token::FirstName, first.to_owned()),
                (Token::LastName, last.to_owned()),
                (Token::Company, campaign.partner_name.clone()),
            ]
            .into();
            let wanted = |key: &str| self.asset.as_deref().is_none_or(|asset| asset == key);
            let mails =
                version.assets.iter().filter(|asset| asset.kind == AssetKind::Email && wanted(&asset.key));
            let mut count = 0;
            for asset in mails {
                let Some((content, setting)) = drawing::drawn(tx, &parts_, &campaign, asset).await? else {
                    continue;
                };
                let mail = draw::mail(&content, &setting);
                let link = |place: u16| mail.links.get(usize::from(place)).cloned().unwrap_or_default();
                let landing = drawing::landing_url(&parts_, &campaign);
                let personal = Personal { values: &values, link: &link, unsubscribe: &landing, opened: "" };
                let subject = mail.subject.fill(&personal, false);
                let subject = kit::catalogue::speaking_to(locale, "UTC", || t::test_subject(&subject));
                let test = MailTest {
                    id: format!("test-{}", base::encode_suffix(parts_.id(parts_.clock().now()))),
                    name: name.clone(),
                    email: email.clone(),
                    from_name: launch::sender(&campaign),
                    reply_to: campaign.card.email.clone(),
                    subject,
                    text: mail.text.fill(&personal, false),
                    html: mail.html.fill(&personal, true),
                };
                enqueue(tx, &parts_, &test, parts_.clock().now(), None).await?;
                count += 1;
            }
            if count == 0 {
                return Err(Problem::field("asset", "unknown", "This campaign has no such mail."));
            }
            Ok(TestSent { to: email, mails: count })
        };
        parts.db().write(work).await
    }
}

/// One mail of a campaign to the person who makes it.
#[derive(Serialize, Deserialize)]
pub(super) struct MailTest {
    id: String,
    name: String,
    email: String,
    from_name: String,
    reply_to: String,
    subject: String,
    text: String,
    html: String,
}

impl Job for MailTest {
    const NAME: &'static str = "mail.campaign_test";
    async fn run(self, parts: &Parts) -> Result<(), Problem> {
        let reply_to = (!self.reply_to.is_empty())
            .then(|| Address { name: self.from_name.clone(), email: self.reply_to });
        let mail = Mail {
            id: self.id,
            to: Address { name: self.name, email: self.email },
            from: Some(Address { name: self.from_name, email: String::new() }),
            reply_to,
            subject: self.subject,
            text: self.text,
            html: self.html,
            files: Vec::new(),
            unsubscribe: None,
            at: parts.clock().now(),
        };
        hand_over(parts.mailer(), &mail).await.map(drop)
    }
}
