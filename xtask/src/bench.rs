//! `bench`: the micro-benchmarks of all slices, one after another so that none disturbs its neighbour.

use crate::{Result, sh, workspace::Workspace};

pub(crate) fn bench(ws: &Workspace, filter: &[String]) -> Result<()> {
    let benches = ws.benches();
    if benches.is_empty() {
        return Err("no slice has a bench".into());
    }
    for (package, bench) in benches {
        let mut cargo = sh::cargo(ws);
        cargo.args(["bench", "--package", &package, "--bench", &bench, "--"]).args(filter);
        sh::run(&mut cargo)?;
    }
    Ok(())
}
