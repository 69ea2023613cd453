//! `rialto mail`.
use std::io::Read;

use base::jobs::{MAIL, Tally, revive, tally};
use base::mail::Post;
use base::{Actor, Problem};

use crate::settings::Settings;
use crate::{Failure, assemble};

/// `rialto mail status`.
#[expect(clippy::print_stdout, reason = "a command answers on its standard output")]
pub(crate) async fn status(settings: &Settings) -> Result<(), Failure> {
    let parts = assemble::parts(settings).await?;
    let Tally { waiting, failed } = tally(parts.db(), MAIL).await?;
    let sent = if parts.mailer().post() == Post::Sends {
        "are sent"
    } else {
        "are kept: RIALTO_SMTP_URL is not set"
    };
    println!("mails {sent}; {waiting} to be sent now or later, {failed} given up");
    Ok(())
}

/// `rialto mail return`: a mail that came back, as a mail server's pipe gives it.
#[expect(clippy::print_stdout, reason = "a command answers on its standard output")]
pub(crate) async fn take_in(settings: &Settings) -> Result<(), Failure> {
    let mut raw = Vec::new();
    std::io::stdin().take(1024 * 1024).read_to_end(&mut raw)?;
    let parts = assemble::parts(settings).await?;
    match mailing::server::take_in(&parts, &Actor::system(), &raw).await {
        Ok(what) => println!("{what}"),
        // A pipe that fails makes the mail server send a report of the report.
        Err(Problem::NotFound) => println!("nothing: it is about no message of ours"),
        Err(problem) => return Err(problem.into()),
    }
    Ok(())
}

/// `rialto mail retry`.
#[expect(clippy::print_stdout, reason = "a command answers on its standard output")]
pub(crate) async fn retry(settings: &Settings) -> Result<(), Failure> {
    let parts = assemble::parts(settings).await?;
    let count = revive(&parts, MAIL).await?;
    println!("{count} mails are tried again");
    Ok(())
}
