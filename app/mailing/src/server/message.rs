//! A message as it travels (RFC 5322): headers that nothing from outside can add to, a text and an HTML part, and the ways
//! out that mail programs look for.
use std::time::{Duration, SystemTime};

use base::mail::Address;
use base::{MessageId, Timestamp};
use lettre::Message;
use lettre::address::Envelope;
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};

/// Everything that a message says.
pub(super) struct Outgoing<'a> {
    pub(super) id: MessageId,
    /// The installation's own host: right half of `Message-ID` and `List-Id`.
    pub(super) host: &'a str,
    pub(super) from: &'a Address,
    /// Where mails come back to.
    pub(super) returns: &'a str,
    pub(super) reply_to: &'a str,
    pub(super) to: &'a str,
    pub(super) subject: &'a str,
    pub(super) html: String,
    pub(super) text: String,
    pub(super) unsubscribe: &'a str,
    /// What stands in `List-Id`: ids only.
    pub(super) list: &'a str,
    /// Campaign and partner, for statistics of mail providers: ids only.
    pub(super) feedback: &'a str,
    pub(super) at: Timestamp,
}

/// The envelope and the message.
///
/// # Errors
/// What is wrong with an address.
pub(super) fn compose(outgoing: Outgoing<'_>) -> Result<(Envelope, Vec<u8>), String> {
    let of = &outgoing;
    let to: lettre::Address = of.to.parse().map_err(|_| "not an e-mail address".to_owned())?;
    let returns = of.returns.parse().map_err(|_| "not an address for returns".to_owned())?;
    let mut builder = Message::builder()
        .from(mailbox(of.from)?)
        .to(Mailbox::new(None, to.clone()))
        .subject(of.subject)
        .message_id(Some(format!("<{}@{}>", of.id, of.host)))
        .date(SystemTime::UNIX_EPOCH + Duration::from_millis(of.at.0.max(0) as u64));
    // An address for answers that is none is left out: the mail need not fail for it.
    if let Ok(reply_to) = of.reply_to.parse() {
        builder = builder.reply_to(Mailbox::new(None, reply_to));
    }
    let own = [
        ("List-Id", format!("<{}.{}>", of.list, of.host)),
        ("List-Unsubscribe", format!("<{}>", of.unsubscribe)),
        ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click".to_owned()),
        ("Feedback-ID", format!("{}:rialto", of.feedback)),
    ];
    for (name, value) in own {
        builder = builder.raw_header(HeaderValue::new(HeaderName::new_from_ascii_str(name), value));
    }
    let body = MultiPart::alternative_plain_html(outgoing.text, outgoing.html);
    let message = builder.multipart(body).map_err(|error| error.to_string())?.formatted();
    let envelope = Envelope::new(Some(returns), vec![to]).map_err(|error| error.to_string())?;
    Ok((envelope, message))
}

fn mailbox(address: &Address) -> Result<Mailbox, String> {
    let email = address.email.parse().map_err(|_| "not a sender's address".to_owned())?;
    // A line end in a name is refused by the builder in a way that ends the program.
    let name: String = address.name.chars().map(|one| if one.is_control() { ' ' } else { one }).collect();
    Ok(Mailbox::new(Some(name).filter(|name| !name.trim().is_empty()), email))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn outgoing<'a>(subject: &'a str, from: &'a Address, to: &'a str, reply_to: &'a str) -> Outgoing<'a> {
        Outgoing {
            id: MessageId(Default::default()),
            host: "p.example",
            from,
            returns: "no-reply@p.example",
            reply_to,
            to,
            subject,
            html: "<p>Hello, Zoë</p>".into(),
            text: "Hello, Zoë\n.\nfrom a line with a dot".into(),
            unsubscribe: "https://p.example/m/u/token",
            list: "brand_1",
            feedback: "cmp_1:org_1",
            at: Timestamp(1_793_610_000_000),
        }
    }

    /// Names of all headers, folded lines left out.
    fn names(message: &[u8]) -> Vec<String> {
        let text = String::from_utf8(message.to_vec()).unwrap();
        let (head, _) = text.split_once("\r\n\r\n").unwrap();
        let lines = head.split("\r\n").filter(|line| !line.starts_with([' ', '\t']));
        lines.map(|line| line.split_once(':').unwrap().0.to_owned()).collect()
    }

    const ALL: [&str; 12] = [
        "From",
        "To",
        "Subject",
        "Message-ID",
        "Date",
        "Reply-To",
        "List-Id",
        "List-Unsubscribe",
        "List-Unsubscribe-Post",
        "Feedback-ID",
        "MIME-Version",
        "Content-Type",
    ];

    #[test]
    fn a_message_says_who_sends_it_and_how_to_get_out() {
        let from = Address { name: "Alpine, Systems".into(), email: "hello@alpine.example".into() };
        let (envelope, message) =
            compose(outgoing("Grüße", &from, "Zoe@b.example", "team@alpine.example")).unwrap();
        assert_eq!(envelope.from().unwrap().to_string(), "no-reply@p.example");
        assert_eq!(envelope.to()[0].to_string(), "Zoe@b.example");
        let mut found = names(&message);
        found.sort_unstable();
        let mut all = ALL.map(str::to_owned);
        all.sort_unstable();
        assert_eq!(found, all);
        let text = String::from_utf8(message).unwrap();
        for wanted in [
            "From: =?utf-8?b?QWxwaW5lLCBTeXN0ZW1z?= <hello@alpine.example>",
            "To: Zoe@b.example",
            "Reply-To: team@alpine.example",
            "List-Unsubscribe: <https://p.example/m/u/token>",
            "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
            "List-Id: <brand_1.p.example>",
            "Feedback-ID: cmp_1:org_1:rialto",
            "@p.example>",
            "multipart/alternative",
            "text/plain; charset=utf-8",
            "text/html; charset=utf-8",
        ] {
            assert!(text.contains(wanted), "{wanted} in\n{text}");
        }
        assert!(text.is_ascii() && text.lines().all(|line| line.len() <= 998), "{text}");
        for odd in ["", "x", "a@b@c", "a@b\r\nBcc: c@d"] {
            assert!(compose(outgoing("x", &from, odd, "")).is_err(), "{odd}");
        }
        let (_, message) = compose(outgoing("x", &from, "a@b.example", "no address")).unwrap();
        assert!(!names(&message).contains(&"Reply-To".to_owned()));
    }

    proptest! {
        #[test]
        fn nothing_adds_a_header(subject in "(\\PC|\r\n|\n|\r|\t){0,80}", name in "(\\PC|\r\n|\n|\r){0,40}") {
            let from = Address { name, email: "hello@alpine.example".into() };
            let (_, message) = compose(outgoing(&subject, &from, "a@b.example", "x@y.example")).unwrap();
            let mut found = names(&message);
            found.sort_unstable();
            let mut all = ALL.map(str::to_owned);
            all.sort_unstable();
            prop_assert_eq!(found, all);
        }
    }
}
