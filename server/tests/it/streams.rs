//! A live stream over a real connection: it takes over one that has answered before, hears what happens, and ends
//! when the server is asked to.
use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::Command;
use std::time::{Duration, Instant};

use serde_json::json;

use crate::kill::{made, open};
use crate::running::{Ground, Running, site};
use crate::stage::{claim, company};

/// Reads until a text has come; everything that came until then.
fn until(stream: &mut TcpStream, text: &str) -> String {
    let (mut all, mut room) = (String::new(), [0; 4096]);
    while !all.contains(text) {
        let read = stream.read(&mut room).expect("the server goes on");
        assert!(read > 0, "it ended before {text}: {all}");
        all.push_str(&String::from_utf8_lossy(&room[..read]));
    }
    all
}

#[test]
fn a_stream_takes_over_its_connection_and_ends_with_the_server() {
    let folder = tempfile::tempdir().expect("a folder");
    let running = Running::start(&Ground::embedded(folder.path().join("data")), &site(folder.path()));
    let counter = open(running.addr);
    let ask = |stream: &mut TcpStream, path: &str, more: &str| {
        let head = format!("GET {path} HTTP/1.1\r\nhost: {}\r\naccept-encoding: br\r\n", running.addr);
        let key = format!("authorization: Bearer {}\r\n", counter.key);
        stream.write_all(format!("{head}{key}{more}\r\n").as_bytes()).expect("it takes the request");
    };
    let mut stream = TcpStream::connect(running.addr).expect("it listens");
    stream.set_read_timeout(Some(Duration::from_secs(30))).expect("a limit");
    ask(&mut stream, "/healthz", "");
    assert!(until(&mut stream, "\r\n\r\n").starts_with("HTTP/1.1 200 "));
    ask(&mut stream, "/api/v1/live", "");
    let begun = until(&mut stream, "stream.connected");
    for part in ["HTTP/1.1 200 OK\r\n", "content-type: text/event-stream\r\n", "x-request-id: ", "\ndate: "] {
        assert!(begun.contains(part), "{part} is missing: {begun}");
    }

    let mut deal = claim(counter.program, "GTX Pro", &company(1), true);
    deal["partner"] = json!(counter.partner);
    let id = made(running.addr, &counter.key, "/deals", &deal)["id"].as_str().expect("an id").to_owned();
    let told = until(&mut stream, "deal.submitted");
    assert!(told.contains(&id), "{told}");
    let place = told.lines().rev().find_map(|line| line.strip_prefix("id: ")).expect("a bookmark").to_owned();

    // Who comes back hears the rest.
    drop(stream);
    made(running.addr, &counter.key, &format!("/deals/{id}/messages"), &json!({ "text": "Meanwhile." }));
    let mut stream = TcpStream::connect(running.addr).expect("it listens");
    ask(&mut stream, "/api/v1/live", &format!("last-event-id: {place}\r\n"));
    assert!(!until(&mut stream, "deal.message_to_partner").contains("stream.again"));

    let refused = running.ask("GET", "/api/v1/live", &[], "").expect("it answers");
    assert_eq!(refused.status, 401, "{}", refused.body);

    let asked = Instant::now();
    let stopped = Command::new("kill").args(["-TERM", &running.pid().to_string()]).status();
    assert!(stopped.is_ok_and(|status| status.success()));
    let mut rest = Vec::new();
    stream.read_to_end(&mut rest).expect("the stream ends");
    assert!(asked.elapsed() < Duration::from_secs(5), "a server that stops does not wait for its streams");
}
