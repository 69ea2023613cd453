//! The command line.
mod backup;
mod data;
mod keys;
mod mail;
mod people;
mod serve;
mod verify;

use std::path::PathBuf;

use clap::{Parser, Subcommand};

use crate::Failure;
use crate::assemble;
use crate::settings::Given;

/// Rialto, the partner ecosystem platform.
#[derive(Parser)]
#[command(name = "rialto", version, about)]
pub(crate) struct CommandLine {
    #[command(flatten)]
    given: Given,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serves the portal and the API until stopped.
    Serve,
    /// Brings the database to the newest shape.
    Migrate,
    /// Fills an empty database.
    Seed {
        #[command(subcommand)]
        what: Seed,
    },
    /// Imports a CSV file, like `POST /imports`.
    Import {
        /// customers, products, partners or opportunities.
        #[arg(long)]
        kind: String,
        /// Program: its id or its name.
        #[arg(long)]
        program: String,
        /// The file.
        file: PathBuf,
    },
    /// Manages people.
    User {
        #[command(subcommand)]
        what: User,
    },
    /// Manages API keys.
    Token {
        #[command(subcommand)]
        what: Token,
    },
    /// Looks after e-mail.
    Mail {
        #[command(subcommand)]
        what: Mail,
    },
    /// Copies the embedded database, keys and uploaded files to a folder, while the server runs.
    Backup {
        /// A folder that does not exist yet.
        to: PathBuf,
    },
    /// Puts a backup into an empty data folder.
    Restore {
        /// The folder that `backup` made.
        from: PathBuf,
    },
    /// Verifies a receipt file offline, or, without one, every vendor's log.
    Verify {
        /// `receipt.json`, or the receipt's PDF.
        receipt: Option<PathBuf>,
        /// The vendor's published keys: what `GET /api/v1/log/keys` answers, or its list `keys`.
        #[arg(long)]
        keys: Option<PathBuf>,
        /// What is known of the log, any of: a checkpoint, evidence (`GET /api/v1/log/evidence`) or entries (`GET
        /// /api/v1/log/entries`). May be given several times.
        #[arg(long)]
        log: Vec<PathBuf>,
    },
    /// Makes a new key for receipts and checkpoints; the old one vouches for it. Start the server again afterwards.
    RotateKey,
    /// Computes all dashboard figures anew from the records and says whether they had been right.
    RebuildRollups,
    /// Writes the short keys under which companies are found anew: needed once after an update that says so.
    RebuildKeys,
    /// Prints the OpenAPI document.
    Openapi,
}

#[derive(Subcommand)]
enum Seed {
    /// One vendor, two brands, three programs, 40 partners and 18 months of history; always the same.
    Demo,
}

#[derive(Subcommand)]
enum User {
    /// Adds a person to an organisation; prints a password to change.
    Add {
        #[arg(long)]
        email: String,
        #[arg(long)]
        name: String,
        /// Slug of the organisation.
        #[arg(long)]
        organization: String,
        /// vendor_owner, channel_manager, partner_owner, sales …
        #[arg(long)]
        role: String,
    },
    /// Gives a person a new password and ends their sessions; prints it.
    Reset {
        #[arg(long)]
        email: String,
    },
}

#[derive(Subcommand)]
enum Mail {
    /// Says how many mails wait and how many were given up.
    Status,
    /// Tries again what was given up; a running server sends it.
    Retry,
    /// Takes in a mail that came back, from standard input: for the pipe of a mail server.
    Return,
}

#[derive(Subcommand)]
enum Token {
    /// Prints a new API key for a person.
    Create {
        #[arg(long)]
        email: String,
        #[arg(long)]
        name: String,
    },
}

/// Runs a command.
#[expect(clippy::print_stdout, reason = "a command answers on its standard output")]
pub(crate) async fn run(line: CommandLine) -> Result<(), Failure> {
    if let Command::Openapi = line.command {
        println!("{}", serde_json::to_string_pretty(&assemble::openapi())?);
        return Ok(());
    }
    if let Command::Verify { receipt: Some(path), keys, log } = &line.command {
        return verify::receipt(path, keys.as_deref(), log);
    }
    let settings = line.given.settle()?;
    match line.command {
        Command::Serve => serve::serve(settings).await,
        Command::Migrate => assemble::parts(&settings).await.map(drop),
        Command::Seed { what: Seed::Demo } => data::seed_demo(&settings).await,
        Command::Import { kind, program, file } => data::import(&settings, &kind, &program, &file).await,
        Command::User { what: User::Add { email, name, organization, role } } => {
            people::add(&settings, &email, &name, &organization, &role).await
        }
        Command::User { what: User::Reset { email } } => people::reset(&settings, &email).await,
        Command::Token { what: Token::Create { email, name } } => {
            people::token(&settings, &email, &name).await
        }
        Command::Mail { what: Mail::Status } => mail::status(&settings).await,
        Command::Mail { what: Mail::Retry } => mail::retry(&settings).await,
        Command::Mail { what: Mail::Return } => mail::take_in(&settings).await,
        Command::Backup { to } => backup::backup(&settings, &to).await,
        Command::Restore { from } => backup::restore(&settings, &from),
        Command::Verify { .. } => verify::logs(&settings).await,
        Command::RotateKey => keys::rotate(&settings).await,
        Command::RebuildKeys => data::rebuild_keys(&settings).await,
        Command::RebuildRollups => data::rebuild_rollups(&settings).await,
        Command::Openapi => Ok(()),
    }
}
