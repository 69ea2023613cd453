//! What the operator decides: flags before environment before file before default.
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use base::files::FilesUrl;
use base::limit::Limits;
use base::mail::{Address, SmtpUrl};
use clap::Args;
use mailing::server::Limits as MailRates;
use serde::Deserialize;

use crate::Failure;

/// Settings as given on the command line or in the environment.
#[derive(Args, Clone, Debug, Default)]
pub(crate) struct Given {
    /// Settings file (TOML) with the same names: addr, data, database_url, base_url, smtp_url,
    /// mail_from, mail_rates, bounces, limits, proxies, dns, files.
    #[arg(long, env = "RIALTO_CONFIG", global = true)]
    config: Option<PathBuf>,
    /// Folder for the embedded database, keys and files [default: ./data].
    #[arg(long, env = "RIALTO_DATA", global = true)]
    data: Option<PathBuf>,
    /// `sqlite://path` or `postgres://…` [default: the embedded database in the data folder].
    #[arg(long, env = "DATABASE_URL", hide_env_values = true, global = true)]
    database_url: Option<String>,
    /// Where people reach the server [default: http://<address>].
    #[arg(long, env = "RIALTO_BASE_URL", global = true)]
    base_url: Option<String>,
    /// Address to listen on [default: 127.0.0.1:3000].
    #[arg(long, env = "RIALTO_ADDR", global = true)]
    addr: Option<SocketAddr>,
    /// Shows pages that only developers need.
    #[arg(long, env = "RIALTO_DEVELOPMENT", global = true)]
    development: bool,
    /// Rate limits that differ from the defaults, as `session=600+240 check=90+60` (a minute, and at once), or `off`.
    #[arg(long, env = "RIALTO_LIMITS", global = true)]
    limits: Option<String>,
    /// Where e-mail is handed over: `smtp://host:port`, `smtps://user:password@host`, or `smtp://…?tls=required`
    /// [default: mails are kept].
    #[arg(long, env = "RIALTO_SMTP_URL", hide_env_values = true, global = true)]
    smtp_url: Option<SmtpUrl>,
    /// Sender of mails whose brand has none: `Name <name@example.com>` [default: Rialto <no-reply@host of base_url>].
    #[arg(long, env = "RIALTO_MAIL_FROM", global = true)]
    mail_from: Option<String>,
    /// How fast mails to many go to each domain, as `*=50+500 gmail.com=20+200` (a second, and at once), or `off`
    /// [default: 20+200 to each of the large mail providers, 50+500 to any other domain].
    #[arg(long, env = "RIALTO_MAIL_RATES", global = true)]
    mail_rates: Option<String>,
    /// Where mails to many come back to when they cannot be delivered: each to an address of its own, made with a plus
    /// sign (`bounces+…@example.com`) [default: the sender of mails].
    #[arg(long, env = "RIALTO_BOUNCES", global = true)]
    bounces: Option<String>,
    /// How many proxies stand in front: who asks is read from `X-Forwarded-For` then [default: 0].
    #[arg(long, env = "RIALTO_PROXIES", global = true)]
    proxies: Option<usize>,
    /// Server of the DNS to ask, as `192.0.2.53:53` [default: as the system is set up].
    #[arg(long, env = "RIALTO_DNS", global = true)]
    dns: Option<SocketAddr>,
    /// Where uploaded files are kept: a folder, or `s3://key:secret@bucket?region=…&endpoint=https://…`; what is left out
    /// is read from `AWS_…` [default: files in the data folder].
    #[arg(long, env = "RIALTO_FILES", hide_env_values = true, global = true)]
    files: Option<FilesUrl>,
}

/// The same in a file.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct InFile {
    data: Option<PathBuf>,
    database_url: Option<String>,
    base_url: Option<String>,
    addr: Option<SocketAddr>,
    development: Option<bool>,
    limits: Option<String>,
    proxies: Option<usize>,
    smtp_url: Option<String>,
    mail_from: Option<String>,
    mail_rates: Option<String>,
    bounces: Option<String>,
    dns: Option<SocketAddr>,
    files: Option<String>,
}

/// Settings as they hold.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    pub(crate) data: PathBuf,
    pub(crate) database_url: String,
    pub(crate) base_url: String,
    pub(crate) addr: SocketAddr,
    pub(crate) development: bool,
    /// None when nothing is limited.
    pub(crate) limits: Option<Limits>,
    /// None when no e-mail is sent.
    pub(crate) smtp_url: Option<SmtpUrl>,
    pub(crate) mail_from: Address,
    /// How fast mails to many go to each domain.
    pub(crate) mail_rates: MailRates,
    /// Where mails to many come back to; none for the sender of mails.
    pub(crate) bounces: Option<Address>,
    /// None to ask whom the system asks.
    pub(crate) dns: Option<SocketAddr>,
    pub(crate) files: FilesUrl,
}

impl Given {
    /// Puts flags, environment, file and defaults together. Makes the data folder.
    pub(crate) fn settle(self) -> Result<Settings, Failure> {
        let file: InFile = match &self.config {
            Some(path) => toml::from_str(&std::fs::read_to_string(path)?)
                .map_err(|error| format!("{}: {error}", path.display()))?,
            None => InFile::default(),
        };
        let data = self.data.or(file.data).unwrap_or_else(|| PathBuf::from("data"));
        std::fs::create_dir_all(&data)?;
        let embedded = || format!("sqlite://{}", data.join("rialto.db").display());
        let database_url = self.database_url.or(file.database_url).unwrap_or_else(embedded);
        let addr = self.addr.or(file.addr).unwrap_or_else(|| SocketAddr::from(([127, 0, 0, 1], 3000)));
        let base_url = self.base_url.or(file.base_url).unwrap_or_else(|| format!("http://{addr}"));
        let development = self.development || file.development.unwrap_or(false);
        let proxies = self.proxies.or(file.proxies).unwrap_or(0);
        let limits = limits(&self.limits.or(file.limits).unwrap_or_default(), proxies)?;
        let smtp_url = self.smtp_url.or(file.smtp_url.map(SmtpUrl));
        let mail_from = match self.mail_from.or(file.mail_from) {
            Some(text) => Address::parse(&text).ok_or_else(|| format!("{text} is not a sender's address"))?,
            None => Address { name: "Rialto".to_owned(), email: format!("no-reply@{}", host_of(&base_url)) },
        };
        let mail_rates = self.mail_rates.or(file.mail_rates).unwrap_or_default().parse()?;
        let bounces = match self.bounces.or(file.bounces) {
            Some(text) => Some(Address::parse(&text).ok_or_else(|| format!("{text} is not an address"))?),
            None => None,
        };
        let dns = self.dns.or(file.dns);
        let own = || FilesUrl(data.join("files").display().to_string());
        let files = self.files.or(file.files.map(FilesUrl)).unwrap_or_else(own);
        Ok(Settings {
            data,
            database_url,
            base_url,
            addr,
            development,
            limits,
            smtp_url,
            mail_from,
            mail_rates,
            bounces,
            dns,
            files,
        })
    }
}

/// The host of an address: `https://partners.example:8443/` is of `partners.example`.
pub(crate) fn host_of(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split('/').next().unwrap_or_default();
    let host = host
        .rsplit_once(':')
        .filter(|(_, port)| port.bytes().all(|b| b.is_ascii_digit()))
        .map_or(host, |(host, _)| host);
    if host.is_empty() { "localhost" } else { host }
}

fn limits(text: &str, proxies: usize) -> Result<Option<Limits>, Failure> {
    if text.trim() == "off" {
        return Ok(None);
    }
    let mut limits: Limits = text.parse()?;
    limits.proxies = proxies;
    Ok(Some(limits))
}

/// The Ed25519 secret that signs receipts: made on first start, readable by its owner only.
pub(crate) fn signing_seed(data: &Path) -> Result<[u8; 32], Failure> {
    use base::clock::{Chance, SystemChance};
    use std::io::Write;
    use std::os::unix::fs::OpenOptionsExt;

    let path = data.join("signing.key");
    if let Ok(bytes) = std::fs::read(&path) {
        return bytes.try_into().map_err(|_| format!("{} is not a key of 32 bytes", path.display()).into());
    }
    let mut seed = [0; 32];
    SystemChance.fill(&mut seed);
    let mut file = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path)?;
    file.write_all(&seed)?;
    file.sync_all()?;
    Ok(seed)
}
