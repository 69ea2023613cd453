//! A mail server for tests: takes what it is given, counts it, and is unwell when told to.
use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// What a server says to a recipient or to a message: nothing for "yes".
type Answer = fn(&str) -> Option<&'static str>;

#[derive(Clone)]
pub(super) struct Sink(Arc<Inside>);

struct Inside {
    port: u16,
    state: Mutex<State>,
}

struct State {
    /// Whole messages, in the order in which they came.
    messages: Vec<String>,
    /// How often each recipient got one.
    recipients: HashMap<String, usize>,
    delay: Duration,
    recipient: Answer,
    sender: Answer,
    /// Hangs up without an answer after so many more messages have been heard.
    hangs_up_after: Option<usize>,
}

impl Sink {
    pub(super) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let state = State {
            messages: Vec::new(),
            recipients: HashMap::new(),
            delay: Duration::ZERO,
            recipient: |_| None,
            sender: |_| None,
            hangs_up_after: None,
        };
        let port = listener.local_addr().unwrap().port();
        let sink = Self(Arc::new(Inside { port, state: Mutex::new(state) }));
        let serving = sink.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let _ = stream.set_nodelay(true);
                let sink = serving.clone();
                tokio::spawn(async move { sink.serve(stream).await });
            }
        });
        sink
    }

    pub(super) fn url(&self, connections: usize) -> String {
        format!("smtp://127.0.0.1:{}?connections={connections}", self.0.port)
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.0.state.lock().unwrap()
    }

    pub(super) fn count(&self) -> usize {
        self.state().messages.len()
    }

    pub(super) fn messages(&self) -> Vec<String> {
        self.state().messages.clone()
    }

    pub(super) fn recipients(&self) -> HashMap<String, usize> {
        self.state().recipients.clone()
    }

    pub(super) fn take_time(&self, delay: Duration) {
        self.state().delay = delay;
    }

    pub(super) fn answer_recipients(&self, answer: Answer) {
        self.state().recipient = answer;
    }

    pub(super) fn answer_senders(&self, answer: Answer) {
        self.state().sender = answer;
    }

    pub(super) fn hang_up_after(&self, messages: usize) {
        self.state().hangs_up_after = Some(messages);
    }

    async fn serve(&self, stream: TcpStream) -> std::io::Result<()> {
        let (read, mut write) = stream.into_split();
        let mut lines = BufReader::new(read);
        write.write_all(b"220 sink\r\n").await?;
        let (mut line, mut to) = (String::new(), String::new());
        loop {
            line.clear();
            if lines.read_line(&mut line).await? == 0 {
                return Ok(());
            }
            let command = line.trim_end().to_owned();
            let verb = command.to_ascii_uppercase();
            let (recipient, sender, delay) = {
                let state = self.state();
                (state.recipient, state.sender, state.delay)
            };
            let refused = if verb.starts_with("RCPT TO:") {
                to = command[8..].trim_matches(['<', '>', ' ']).to_owned();
                recipient(&to)
            } else if verb.starts_with("MAIL FROM:") {
                sender(&command)
            } else {
                None
            };
            if let Some(answer) = refused {
                write.write_all(format!("{answer}\r\n").as_bytes()).await?;
            } else if verb == "DATA" {
                write.write_all(b"354 go on\r\n").await?;
                let mut message = String::new();
                loop {
                    line.clear();
                    if lines.read_line(&mut line).await? == 0 {
                        return Ok(());
                    }
                    if line == ".\r\n" {
                        break;
                    }
                    message.push_str(line.strip_prefix('.').unwrap_or(&line));
                }
                tokio::time::sleep(delay).await;
                let hangs_up = {
                    let mut state = self.state();
                    state.messages.push(message);
                    *state.recipients.entry(to.clone()).or_default() += 1;
                    match &mut state.hangs_up_after {
                        Some(0) => {
                            state.hangs_up_after = None;
                            true
                        }
                        Some(left) => {
                            *left -= 1;
                            false
                        }
                        None => false,
                    }
                };
                if hangs_up {
                    return Ok(());
                }
                write.write_all(b"250 2.0.0 taken\r\n").await?;
            } else if verb.starts_with("EHLO") {
                write.write_all(b"250-sink\r\n250 8BITMIME\r\n").await?;
            } else if verb == "QUIT" {
                return write.write_all(b"221 bye\r\n").await;
            } else {
                write.write_all(b"250 ok\r\n").await?;
            }
        }
    }
}

/// The value of a header of a message, unfolded.
pub(super) fn header(message: &str, name: &str) -> Option<String> {
    let (head, _) = message.split_once("\r\n\r\n")?;
    let unfolded = head.replace("\r\n ", " ").replace("\r\n\t", " ");
    let line = unfolded
        .split("\r\n")
        .find(|line| line.split_once(':').is_some_and(|(known, _)| known.eq_ignore_ascii_case(name)))?;
    Some(line.split_once(':')?.1.trim().to_owned())
}
