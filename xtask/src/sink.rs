//! A mail server for the load test: takes every message, keeps nothing, and counts messages by their `Message-ID`.
use std::{
    collections::HashMap,
    hash::{DefaultHasher, Hash, Hasher},
    io::{BufRead, BufReader, Write},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex, PoisonError},
    thread,
};

use crate::Result;

/// How often each message came.
type Counts = Arc<Mutex<HashMap<u64, u32>>>;

/// Listens on two ports until the process ends: for mail, and for the question how much came. A connection to the second
/// one is told `messages different-ones`; with `reset` as its first line it begins at nought again.
pub(crate) fn sink(args: &[String]) -> Result<()> {
    let [mail, control] = args else { return Err("mail-sink needs two ports".into()) };
    let counts = Counts::default();
    let mail = TcpListener::bind(("127.0.0.1", mail.parse::<u16>()?))?;
    let control = TcpListener::bind(("127.0.0.1", control.parse::<u16>()?))?;
    let counting = Arc::clone(&counts);
    thread::spawn(move || {
        for stream in mail.incoming().flatten() {
            let counts = Arc::clone(&counting);
            thread::spawn(move || serve(stream, &counts));
        }
    });
    for mut stream in control.incoming().flatten() {
        let mut asked = String::new();
        BufReader::new(stream.try_clone()?).read_line(&mut asked)?;
        let mut counts = counts.lock().unwrap_or_else(PoisonError::into_inner);
        if asked.trim() == "reset" {
            counts.clear();
        }
        let all: u64 = counts.values().map(|times| u64::from(*times)).sum();
        stream.write_all(format!("{all} {}\n", counts.len()).as_bytes())?;
    }
    Ok(())
}

/// One conversation; only DATA and QUIT need an answer of their own (RFC 5321, 4.3.2).
fn serve(mut stream: TcpStream, counts: &Counts) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let mut lines = BufReader::with_capacity(64 * 1024, stream.try_clone()?);
    stream.write_all(b"220 sink\r\n")?;
    let mut line = Vec::new();
    while lines.read_until(b'\n', &mut line)? > 0 {
        let verb = line.get(..4).unwrap_or_default().to_ascii_uppercase();
        match verb.as_slice() {
            b"DATA" => {
                stream.write_all(b"354 go on\r\n")?;
                let name = read(&mut lines)?;
                *counts.lock().unwrap_or_else(PoisonError::into_inner).entry(name).or_default() += 1;
            }
            b"EHLO" => {
                stream.write_all(b"250-sink\r\n250-PIPELINING\r\n")?;
            }
            b"QUIT" => return stream.write_all(b"221 bye\r\n"),
            _ => {}
        }
        stream.write_all(b"250 ok\r\n")?;
        line.clear();
    }
    Ok(())
}

/// Reads a message to its end; the hash of its name.
fn read(lines: &mut impl BufRead) -> std::io::Result<u64> {
    let mut hasher = DefaultHasher::new();
    let mut line = Vec::new();
    while lines.read_until(b'\n', &mut line)? > 0 && line != b".\r\n" {
        if line.get(..11).is_some_and(|start| start.eq_ignore_ascii_case(b"message-id:")) {
            line.hash(&mut hasher);
        }
        line.clear();
    }
    Ok(hasher.finish())
}
