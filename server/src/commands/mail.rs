//! `rialto mail`.
use base::jobs::{MAIL, Tally, revive, tally};
use base::mail::Post;

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

/// `rialto mail retry`.
#[expect(clippy::print_stdout, reason = "a command answers on its standard output")]
pub(crate) async fn retry(settings: &Settings) -> Result<(), Failure> {
    let parts = assemble::parts(settings).await?;
    let count = revive(&parts, MAIL).await?;
    println!("{count} mails are tried again");
    Ok(())
}
