//! A mail server for the browser tests: it takes every message and keeps it as a file.

use std::{
    fs,
    io::{BufRead, BufReader, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    path::{Path, PathBuf},
    sync::Arc,
    sync::atomic::{AtomicU32, Ordering},
    thread,
};

use crate::Result;

/// Listens on a free port until the process ends; messages become `0001.eml` and so on in `folder`.
pub(crate) fn sink(folder: &Path) -> Result<SocketAddr> {
    fs::create_dir_all(folder)?;
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = listener.local_addr()?;
    let mailbox = Arc::new(MailBox { folder: folder.to_owned(), count: AtomicU32::new(0) });
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let mailbox = Arc::clone(&mailbox);
            thread::spawn(move || mailbox.serve(stream));
        }
    });
    Ok(address)
}

struct MailBox {
    folder: PathBuf,
    count: AtomicU32,
}

impl MailBox {
    /// One conversation; only DATA and QUIT need an answer of their own (RFC 5321, 4.3.2).
    fn serve(&self, mut stream: TcpStream) -> std::io::Result<()> {
        let mut lines = BufReader::new(stream.try_clone()?);
        stream.write_all(b"220 sink\r\n")?;
        let mut line = String::new();
        while lines.read_line(&mut line)? > 0 {
            let verb = line.trim_end().to_ascii_uppercase();
            if verb == "DATA" {
                stream.write_all(b"354 go on\r\n")?;
                self.keep(&mut lines)?;
            } else if verb == "QUIT" {
                return stream.write_all(b"221 bye\r\n");
            }
            stream.write_all(b"250 ok\r\n")?;
            line.clear();
        }
        Ok(())
    }

    fn keep(&self, lines: &mut impl BufRead) -> std::io::Result<()> {
        let mut message = String::new();
        let mut line = String::new();
        while lines.read_line(&mut line)? > 0 && line != ".\r\n" {
            // A leading dot was doubled by the sender (RFC 5321, 4.5.2).
            message.push_str(line.strip_prefix('.').unwrap_or(&line));
            line.clear();
        }
        let number = self.count.fetch_add(1, Ordering::Relaxed) + 1;
        fs::write(self.folder.join(format!("{number:04}.eml")), message)
    }
}
