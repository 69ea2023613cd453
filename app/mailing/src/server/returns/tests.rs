//! Reports as servers write them, and as people who want to do harm do.
use base::MessageId;
use proptest::prelude::*;
use sqlx::types::Uuid;

use super::dsn::{Kind, MOST, read};

fn id() -> MessageId {
    MessageId(Uuid::from_u128(0x0193_0000_0000_7000_8000_0000_0000_0042))
}

/// A report by the standard, with these fields about the recipient.
fn report(fields: &str) -> String {
    with_parts(
        fields,
        &format!("Content-Type: message/rfc822\n\nFrom: a@b.example\nMessage-ID: <{}@p.example>\n\nHi", id()),
    )
}

fn with_parts(fields: &str, original: &str) -> String {
    format!(
        "Return-Path: <>\nFrom: MAILER-DAEMON@mx.example\nTo: no-reply@p.example\nAuto-Submitted: auto-replied\n\
         Content-Type: multipart/report; report-type=delivery-status;\n\tboundary=\"=_b1\"\n\nThis is MIME.\n--=_b1\n\n\
         Your message could not be delivered.\n--=_b1\nContent-Type: message/delivery-status\n\n\
         Reporting-MTA: dns; mx.example\nArrival-Date: Mon, 2 Nov 2026 09:00:00 +0000\n\n{fields}\n\n--=_b1\n{original}\n--=_b1--\n"
    )
}

fn arf(kind: &str) -> String {
    format!(
        "From: <abuse@isp.example>\r\nTo: <fbl@p.example>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/report; \
         report-type=feedback-report; boundary=\"part1\"\r\n\r\n--part1\r\nContent-Type: text/plain\r\n\r\nA complaint.\r\n\
         --part1\r\nContent-Type: message/feedback-report\r\n\r\nFeedback-Type: {kind}\r\nUser-Agent: SomeGenerator/1.0\r\n\
         Version: 1\r\n\r\n--part1\r\nContent-Type: message/rfc822\r\n\r\nFrom: <a@b.example>\r\nMessage-ID:\r\n \
         <{}@p.example>\r\n\r\nSpam\r\n--part1--\r\n",
        id()
    )
}

fn plain(from: &str, text: &str) -> String {
    format!(
        "Return-Path: <>\nFrom: {from}\nTo: no-reply@p.example\nSubject: failure notice\n\n{text}\nMessage-ID: <{}@p.example>\n",
        id()
    )
}

#[test]
fn reports_are_read_as_servers_write_them() {
    let failed = |status: &str, code: &str| {
        report(&format!(
            "Final-Recipient: rfc822; x@y.example\nAction: failed\nStatus: {status}\nDiagnostic-Code: smtp; {code}"
        ))
    };
    let base64 = {
        use base64::Engine as _;
        let headers = format!("Message-ID: <{}@p.example>\nSubject: x\n", id());
        base64::engine::general_purpose::STANDARD.encode(headers)
    };
    let samples: Vec<(String, Kind, &str)> = vec![
        // Postfix, Sendmail, Exim, Gmail, Exchange, and what stands in their codes.
        (
            failed("5.1.1", "550 5.1.1 <x@y.example>: Recipient address rejected: User unknown"),
            Kind::Hard,
            "5.1.1 smtp; 550",
        ),
        (failed("5.1.2", "host not found"), Kind::Hard, "5.1.2"),
        (failed("5.2.1", "550-5.2.1 The email account is disabled"), Kind::Hard, "5.2.1"),
        (failed("5.4.4", "unable to route"), Kind::Hard, "5.4.4"),
        (failed("5.0.0", "550 5.1.10 RESOLVER.ADR.RecipientNotFound"), Kind::Hard, "5.1.10"),
        (failed("5.0.0", "550 unknown"), Kind::Hard, "5.0.0"),
        (failed("5.2.2", "552 5.2.2 mailbox full"), Kind::Soft, "5.2.2"),
        (failed("5.7.1", "554 5.7.1 Message rejected as spam"), Kind::Soft, "5.7.1"),
        (failed("5.3.4", "message too large"), Kind::Soft, "5.3.4"),
        (failed("4.4.7", "delivery time expired"), Kind::Soft, "4.4.7"),
        (failed("", "smtp; 550 no code at all"), Kind::Soft, "smtp;"),
        (report("Final-Recipient: rfc822; x@y\nAction: delayed\nStatus: 4.4.1"), Kind::Nothing, "4.4.1"),
        (report("Final-Recipient: rfc822; x@y\nAction: delivered\nStatus: 2.1.5"), Kind::Nothing, "2.1.5"),
        (report("Final-Recipient: rfc822; x@y\nAction: relayed\nStatus: 2.1.9"), Kind::Nothing, "2.1.9"),
        (report("ACTION: Failed\nSTATUS: 5.1.1\n"), Kind::Hard, "5.1.1"),
        // The headers alone, plain and packed.
        (
            with_parts(
                "Action: failed\nStatus: 5.1.1",
                &format!("Content-Type: text/rfc822-headers\n\nSubject: x\nMessage-Id: <{}@p>\n", id()),
            ),
            Kind::Hard,
            "5.1.1",
        ),
        (
            with_parts(
                "Action: failed\nStatus: 5.1.1",
                &format!("Content-Type: text/rfc822-headers\nContent-Transfer-Encoding: base64\n\n{base64}"),
            ),
            Kind::Hard,
            "5.1.1",
        ),
        (
            with_parts(
                "Action: failed\nStatus: 5.1.1",
                &format!(
                    "Content-Type: message/rfc822\nContent-Transfer-Encoding: quoted-printable\n\nMessage-ID: =3C{}@p=3E\n",
                    id()
                ),
            ),
            Kind::Hard,
            "5.1.1",
        ),
        // By the address that it came back to (VERP).
        (
            with_parts("Action: failed\nStatus: 5.1.1", "Content-Type: text/plain\n\nnothing")
                .replace("no-reply@", &format!("bounces+{}@", id())),
            Kind::Hard,
            "5.1.1",
        ),
        (arf("abuse"), Kind::Complaint, "complaint"),
        (arf("Fraud"), Kind::Complaint, "complaint"),
        (arf("not-spam"), Kind::Nothing, "complaint"),
        (arf("auth-failure"), Kind::Nothing, "complaint"),
        // No standard: qmail, an old Exim, somebody's own.
        (
            plain(
                "MAILER-DAEMON@q.example",
                "Hi. This is qmail.\n<x@y>:\nSorry, no mailbox here by that name. (#5.1.1)",
            ),
            Kind::Hard,
            "sorry, no mailbox",
        ),
        (
            plain(
                "Mail Delivery System <Mailer-Daemon@e.example>",
                "The following address failed:\n x@y: 550 User unknown",
            ),
            Kind::Hard,
            "x@y: 550 user unknown",
        ),
        (plain("postmaster@z.example", "The recipient's mailbox is over its quota"), Kind::Soft, ""),
        (plain("postmaster@z.example", "Something went wrong."), Kind::Soft, ""),
    ];
    assert!(samples.len() >= 20);
    for (raw, kind, status) in samples {
        for raw in [raw.clone(), raw.replace("\r\n", "\n").replace('\n', "\r\n")] {
            let found = read(raw.as_bytes()).unwrap_or_else(|| panic!("nothing in\n{raw}"));
            assert_eq!((found.message, found.kind), (id(), kind), "{raw}");
            assert!(found.status.starts_with(status), "{} for {status}", found.status);
        }
    }
}

#[test]
fn what_is_no_report_of_ours_is_none() {
    let holiday = format!(
        "From: zoe@b.example\nTo: no-reply@p.example\nAuto-Submitted: auto-replied\nIn-Reply-To: <{}@p.example>\n\nI am away.",
        id()
    );
    let reply = format!(
        "From: zoe@b.example\nTo: x@p.example\nIn-Reply-To: <{}@p.example>\n\nUser unknown to me.",
        id()
    );
    let foreign = report("Action: failed\nStatus: 5.1.1").replace(&id().to_string(), "other");
    for raw in [holiday, reply, foreign, String::new(), "\n\n".into(), "msg_".into()] {
        assert_eq!(read(raw.as_bytes()), None, "{raw}");
    }
}

#[test]
fn hostile_messages_end() {
    let nested = (0..2_000).fold(String::new(), |inner, at| {
        format!("Content-Type: multipart/mixed; boundary=b{at}\n\n--b{at}\n{inner}\n--b{at}--\n")
    });
    let many = format!("Content-Type: multipart/report; boundary=b\n\n{}", "--b\n\nx\n".repeat(20_000));
    let unended =
        format!("From: mailer-daemon@x\nContent-Type: multipart/report; boundary=\"b\n\n--b\n{}", id());
    let blocks = report(&"\n\n".repeat(50_000));
    let headers = format!("{}\n\nmsg_", "a: b\n".repeat(100_000));
    let one_line = "x".repeat(2 * MOST);
    let ids = format!("From: mailer-daemon@x\n\n{}", "msg_".repeat(200_000));
    let letters = format!("From: mailer-daemon@x\n\nmsg_{}", "ä".repeat(100));
    for raw in [nested, many, unended, blocks, headers, one_line, ids, letters] {
        let _ = read(raw.as_bytes());
    }
    let _ = read(&[0xFF; 5_000]);
    let _ = read(b"Content-Type: multipart/mixed; boundary=\n\n--\n--\n--");
}

proptest! {
    #[test]
    fn any_bytes_are_read(bytes in proptest::collection::vec(any::<u8>(), 0..2_000)) {
        let _ = read(&bytes);
    }

    #[test]
    fn any_cut_report_is_read(at in 0usize..1_200) {
        let whole = report("Final-Recipient: rfc822; x@y\nAction: failed\nStatus: 5.1.1");
        let _ = read(&whole.as_bytes()[..at.min(whole.len())]);
    }
}
