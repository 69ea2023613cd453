//! Why nothing was fetched.
use std::fmt;

/// Why nothing was fetched. The code is stable; the words are for people, and tell nothing of the network around us.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It is not an address of the web, or one with a user name or password in it.
    NotAnAddress,
    /// Another port than the web's.
    Port,
    /// No such host in the DNS.
    NoSuchHost,
    /// The host is not on the public network.
    Private,
    /// No connection, or none that TLS would trust.
    Unreachable,
    /// It led on too often.
    TooManyRedirects,
    /// It answered with this status.
    Status(u16),
    /// It is of another type than was wanted.
    WrongType,
    /// It is larger than what is taken.
    TooLarge,
    /// It took too long.
    TooSlow,
    /// It broke off, or is not what it says it is.
    Unreadable,
}

impl Refusal {
    /// Stable and `snake_case`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotAnAddress => "not_an_address",
            Self::Port => "port",
            Self::NoSuchHost => "no_such_host",
            Self::Private => "private_address",
            Self::Unreachable => "unreachable",
            Self::TooManyRedirects => "too_many_redirects",
            Self::Status(_) => "status",
            Self::WrongType => "wrong_type",
            Self::TooLarge => "too_large",
            Self::TooSlow => "too_slow",
            Self::Unreadable => "unreadable",
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words = match self {
            Self::NotAnAddress => {
                "Write an address like https://www.example.com, without user name and password."
            }
            Self::Port => "Only the usual ports of the web are asked, 80 and 443.",
            Self::NoSuchHost => "There is no such host.",
            Self::Private => "This address is not on the public network.",
            Self::Unreachable => "There is no connection to this address.",
            Self::TooManyRedirects => "This address leads on too often.",
            Self::Status(status) => return write!(f, "This address answers with status {status}."),
            Self::WrongType => "What is there is of another kind.",
            Self::TooLarge => "What is there is too large.",
            Self::TooSlow => "It took too long to answer.",
            Self::Unreadable => "What is there cannot be read.",
        };
        f.write_str(words)
    }
}

impl std::error::Error for Refusal {}
