//! The same questions asked of pg_trgm, in the same database, and of rapidfuzz.

use super::{Question, line};
use base::OrganizationId;
use base::db::Tx;
use matching::Company;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

/// Questions a rival is asked.
const ASKED: usize = 50;

/// Names by similarity over a trigram index. Questions by the domain alone are left out: it knows names only.
pub async fn pg_trgm(tx: &mut Tx, vendor: OrganizationId, companies: &[Company], questions: &[Question]) {
    const SQL: &str = "
        select name from customer where vendor_id = $1 and lower(name) % $2
        order by similarity(lower(name), $2) desc limit 5";
    if tx.run("create extension if not exists pg_trgm").await.is_err() {
        println!("| {} | pg_trgm is not installed | | | | | |", companies.len());
        return;
    }
    tx.run("create index customer_trigrams on customer using gin (lower(name) gin_trgm_ops)").await.unwrap();
    let (mut times, mut found) = (Vec::new(), 0);
    for question in questions.iter().filter(|question| !question.company.name.is_empty()).take(ASKED) {
        let asked = question.company.name.to_lowercase();
        let begun = Instant::now();
        let best: Vec<String> = ask(tx, SQL, vendor, &asked).await.unwrap();
        times.push(begun.elapsed());
        found += usize::from(best.contains(&companies[question.at].name));
    }
    line(companies.len(), "pg_trgm, GIN", found, &mut times);
}

async fn ask(
    tx: &mut Tx,
    sql: &'static str,
    vendor: OrganizationId,
    asked: &str,
) -> Result<Vec<String>, base::Problem> {
    Ok(base::on!(tx, |conn| sqlx::query_scalar(sql).bind(vendor.0).bind(asked).fetch_all(conn).await)?)
}

/// Every name compared with every question, in C++ from Python.
pub fn rapidfuzz(companies: &[Company], questions: &[Question]) {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let target =
        std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| here.join("../../target"), PathBuf::from);
    let (folder, python) = (target.join("lookup"), target.join("quality/env/bin/python"));
    if !python.exists() {
        println!(
            "| {} | rapidfuzz: run the quality benchmark of matching first | | | | | |",
            companies.len()
        );
        return;
    }
    std::fs::create_dir_all(&folder).unwrap();
    let named = questions.iter().filter(|question| !question.company.name.is_empty()).take(ASKED);
    let asked: Vec<&Question> = named.collect();
    let lines = |names: Vec<&str>| names.join("\n");
    let names = companies.iter().map(|company| company.name.as_str()).collect();
    std::fs::write(folder.join("names.txt"), lines(names)).unwrap();
    let names = asked.iter().map(|question| question.company.name.as_str()).collect();
    std::fs::write(folder.join("asked.txt"), lines(names)).unwrap();
    let run = Command::new(python).arg(here.join("benches/lookup/rapidfuzz_names.py")).arg(&folder).output();
    let text = String::from_utf8(run.unwrap().stdout).unwrap();
    let (mut times, mut found) = (Vec::new(), 0);
    for (answer, question) in text.lines().zip(&asked) {
        let (seconds, best) = answer.split_once('\t').unwrap();
        times.push(Duration::from_secs_f64(seconds.parse().unwrap()));
        found += usize::from(best.split('\t').any(|name| name == companies[question.at].name));
    }
    if !times.is_empty() {
        line(companies.len(), "rapidfuzz, all names", found, &mut times);
    }
}
