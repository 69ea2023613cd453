//! The independent verifier in Python agrees with ours about receipts of a running server, whole and altered.
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};

use crate::kill::{Counter, made, open};
use crate::running::{Ground, Running, site};
use crate::stage::{claim, company};

fn script() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../end2end/verify_receipt.py")
}

/// Whether the script can run here.
fn has_python() -> bool {
    let tried = Command::new("python3").args(["-c", "import cryptography"]).output();
    tried.is_ok_and(|tried| tried.status.success())
}

/// What the script says of each file.
fn judged(files: &[PathBuf], options: &[&str]) -> BTreeMap<PathBuf, String> {
    let output =
        Command::new("python3").arg(script()).args(options).args(files).output().expect("Python runs");
    let said = String::from_utf8_lossy(&output.stdout);
    let verdicts: BTreeMap<PathBuf, String> = said
        .lines()
        .filter_map(|line| line.split_once(": "))
        .map(|(file, verdict)| (PathBuf::from(file), verdict.to_owned()))
        .collect();
    assert_eq!(verdicts.len(), files.len(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    verdicts
}

fn registered(running: &Running, counter: &Counter, n: u64) -> String {
    let mut deal = claim(counter.program, "GTX Pro", &company(n), true);
    deal["partner"] = json!(counter.partner);
    let id = made(running.addr, &counter.key, "/deals", &deal)["id"].as_str().expect("an id").to_owned();
    let bearer = format!("Bearer {}", counter.key);
    let path = format!("/api/v1/deals/{id}/receipt");
    running.ask("GET", &path, &[("authorization", &bearer)], "").expect("the server answers").body
}

fn log_says(running: &Running, path: &str) -> String {
    let answer = running.ask("GET", &format!("/api/v1/log/{path}"), &[], "").expect("the server answers");
    assert_eq!(answer.status, 200, "{path}: {}", answer.body);
    answer.body
}

fn written(folder: &Path, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, text).expect("a file");
    path
}

/// What `rialto verify` says of a receipt and what is known of the log.
fn our_verdict(ground: &Ground, receipt: &Path, known: &[&Path]) -> bool {
    let receipt = receipt.to_str().expect("a path");
    let mut arguments = vec!["verify", receipt];
    for known in known {
        arguments.extend(["--log", known.to_str().expect("a path")]);
    }
    ground.run(&arguments).status.success()
}

#[test]
fn an_independent_verifier_agrees_about_receipts_of_a_running_server() {
    if !has_python() {
        println!(
            "left out: python3 with the package cryptography is needed to run end2end/verify_receipt.py"
        );
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let (ground, site) = (Ground::embedded(folder.path().join("data")), site(folder.path()));
    let running = Running::start(&ground, &site);
    let counter = open(running.addr);
    let mut receipts: Vec<String> = (0..6).map(|n| registered(&running, &counter, n)).collect();
    let first: Value = serde_json::from_str(&receipts[0]).expect("a receipt");
    let vendor = first["vendor"].as_str().expect("a vendor");
    let kept = log_says(&running, &format!("checkpoint?vendor={vendor}"));
    let kept = written(folder.path(), "kept.json", kept);
    receipts.extend((6..13).map(|n| registered(&running, &counter, n)));
    let files: Vec<PathBuf> = receipts
        .iter()
        .enumerate()
        .map(|(n, receipt)| written(folder.path(), &format!("receipt-{n}.json"), receipt))
        .collect();

    let server = format!("http://{}", running.addr);
    let kept_path = kept.to_str().expect("a path");
    let asked = judged(&files, &["--server", &server, "--checkpoint", kept_path]);
    assert!(asked.values().all(|verdict| verdict == "holds"), "{asked:?}");

    // The same from files, by both.
    let size = serde_json::from_str::<Value>(&receipts[2]).expect("a receipt")["tree_size"].clone();
    let evidence =
        log_says(&running, &format!("evidence?vendor={vendor}&log_index=2&receipt_size={size}&kept_size=6"));
    let entries = log_says(&running, &format!("entries?vendor={vendor}"));
    let evidence = written(folder.path(), "evidence.json", evidence);
    let entries_file = written(folder.path(), "entries.json", &entries);
    let options = |entries: &Path| {
        let entries = entries.to_str().expect("a path").to_owned();
        let evidence = evidence.to_str().expect("a path").to_owned();
        [
            "--evidence".to_owned(),
            evidence,
            "--entries".to_owned(),
            entries,
            "--checkpoint".to_owned(),
            kept_path.to_owned(),
        ]
    };
    let both = |entries: &Path| {
        let options = options(entries);
        let options: Vec<&str> = options.iter().map(String::as_str).collect();
        let theirs = judged(&files[2..3], &options)[&files[2]] == "holds";
        let ours = our_verdict(&ground, &files[2], &[&evidence, entries, &kept]);
        assert_eq!(ours, theirs, "both judge {} the same", entries.display());
        ours
    };
    assert!(both(&entries_file));
    for (name, tampered) in tampered(&entries) {
        assert!(!both(&written(folder.path(), name, tampered)), "{name} is found out");
    }
    altered_bytes(folder.path(), &receipts[4]);
}

/// The log's hashes with one taken out, altered, moved, or the last ones cut off.
fn tampered(entries: &str) -> Vec<(&'static str, String)> {
    let entries: Value = serde_json::from_str(entries).expect("entries");
    let with = |change: &dyn Fn(&mut Vec<Value>)| {
        let mut entries = entries.clone();
        change(entries["hashes"].as_array_mut().expect("hashes"));
        entries.to_string()
    };
    vec![
        ("removed.json", with(&|hashes| drop(hashes.remove(1)))),
        ("altered.json", with(&|hashes| hashes[1] = json!("ab".repeat(32)))),
        ("reordered.json", with(&|hashes| hashes.swap(0, 1))),
        ("cut.json", with(&|hashes| hashes.truncate(5))),
    ]
}

/// Every byte of a receipt replaced by another one: both refuse each of them.
fn altered_bytes(folder: &Path, receipt: &str) {
    let whole = receipt.as_bytes();
    let mut files = Vec::new();
    for at in 0..whole.len() {
        let mut bent = whole.to_vec();
        bent[at] ^= 1 << (at % 7);
        let ours = serde_json::from_slice::<log::Receipt>(&bent);
        assert!(!ours.is_ok_and(|receipt| log::verify(&receipt, &[]).is_ok()), "byte {at} by our code");
        files.push(written(folder, &format!("altered-{at}.json"), bent));
    }
    for (file, verdict) in judged(&files, &[]) {
        assert!(verdict.starts_with("does not hold"), "{}: {verdict}", file.display());
    }
}
