//! A PostgreSQL cluster for the tests: made in a folder of its own, on a free port, stopped and removed at the end.
#![expect(clippy::print_stdout, reason = "says what it sets up")]

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{self, Child, Command, Stdio},
    thread,
    time::Duration,
};

use crate::{Result, apt, server, sh, workspace::Workspace};

/// PostgreSQL refuses to run as root; Debian's package brings this user.
const USER: &str = "postgres";

/// A cluster that is stopped and removed when this value is dropped.
pub(crate) struct Cluster {
    child: Child,
    folder: PathBuf,
    /// Connects as a superuser, so that each test can make its own database.
    pub(crate) url: String,
}

/// The folder of `initdb` and `postgres`; installs them when missing.
pub(crate) fn binaries() -> Result<PathBuf> {
    if let Some(folder) = installed() {
        return Ok(folder);
    }
    apt::install(&["postgresql"], "PostgreSQL for the tests")?;
    installed().ok_or_else(|| "PostgreSQL was installed, but its initdb is not to be found".into())
}

/// Debian keeps server programs out of the search path, in a folder for each version; the newest is taken.
fn installed() -> Option<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let newest = versions.map(|entry| entry.path().join("bin")).filter(|bin| bin.join("initdb").exists());
    let number = |bin: &PathBuf| bin.parent()?.file_name()?.to_str()?.parse::<u32>().ok();
    newest.max_by_key(number).or_else(|| {
        let initdb = fs::canonicalize(sh::found("initdb")?).ok()?;
        let folder = initdb.parent()?.to_owned();
        folder.join("postgres").exists().then_some(folder)
    })
}

impl Cluster {
    pub(crate) fn start(ws: &Workspace) -> Result<Self> {
        let bin = binaries()?;
        let folder = place(ws)?.join(format!("cluster-{}", process::id()));
        fs::create_dir_all(&folder)?;
        if sh::we_are_root() {
            sh::run(Command::new("chown").arg(USER).arg(&folder))?;
        }
        let mut initdb = unprivileged(&bin.join("initdb"), None);
        initdb.arg("-D").arg(&folder).args(["-U", "rialto", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"]);
        sh::output(initdb.current_dir(&folder))?;

        let port = server::free_address()?.port();
        let mut postgres = unprivileged(&bin.join("postgres"), Some("INT"));
        postgres.current_dir(&folder).arg("-D").arg(&folder).args(["-p", &port.to_string()]);
        for setting in SETTINGS {
            postgres.args(["-c", setting]);
        }
        let log = fs::File::create(ws.scratch("logs")?.join("postgres.log"))?;
        let child = postgres.stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log).spawn()?;
        let mut cluster = Self { child, folder, url: format!("postgres://rialto@127.0.0.1:{port}/postgres") };
        cluster.wait(&bin, port)?;
        println!("xtask: PostgreSQL on port {port}");
        Ok(cluster)
    }

    /// Says how tests find the cluster and waits until it, or this tool, is told to stop.
    pub(crate) fn stay(mut self) -> Result<()> {
        println!("export RIALTO_TEST_POSTGRES={}", self.url);
        self.child.wait()?;
        Ok(())
    }

    fn wait(&mut self, bin: &Path, port: u16) -> Result<()> {
        for _ in 0..300 {
            if let Some(status) = self.child.try_wait()? {
                return Err(format!("PostgreSQL ended at once ({status}); see logs/postgres.log").into());
            }
            let mut ask = Command::new(bin.join("pg_isready"));
            ask.args(["-q", "-h", "127.0.0.1", "-U", "rialto", "-p", &port.to_string()]);
            if sh::succeeds(&mut ask)? {
                return Ok(());
            }
            thread::sleep(Duration::from_millis(100));
        }
        Err("PostgreSQL did not answer within 30 seconds".into())
    }
}

/// The cluster lives for one run, so nothing has to survive a power cut; tests open many pools at once.
const SETTINGS: [&str; 6] = [
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    "max_connections=300",
    "fsync=off",
    "full_page_writes=off",
    "synchronous_commit=off",
];

impl Drop for Cluster {
    /// INT is PostgreSQL's fast shutdown: it ends sessions instead of waiting for them.
    fn drop(&mut self) {
        let _ = Command::new("kill").args(["-INT", &self.child.id().to_string()]).status();
        let _ = self.child.wait();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// A folder that the cluster's user can reach: below the target folder, or else in the system's temporary one.
fn place(ws: &Workspace) -> Result<PathBuf> {
    let near = ws.scratch("postgres")?;
    let folder = if reachable(&near) { near } else { env::temp_dir().join("rialto-postgres") };
    fs::create_dir_all(&folder)?;
    for entry in fs::read_dir(&folder)?.flatten() {
        // What a run left that was killed.
        let name = entry.file_name().to_string_lossy().into_owned();
        let owner = name.strip_prefix("cluster-").unwrap_or_default();
        if !owner.is_empty() && !Path::new("/proc").join(owner).exists() {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
    Ok(folder)
}

fn reachable(folder: &Path) -> bool {
    let mut test = unprivileged(Path::new("/usr/bin/test"), None);
    sh::succeeds(test.arg("-x").arg(folder)).unwrap_or(false)
}

/// A command as a user that is not root, told to end with this tool when `signal` is given.
fn unprivileged(program: &Path, signal: Option<&str>) -> Command {
    if !sh::we_are_root() {
        return signal.map_or_else(|| Command::new(program), |signal| sh::leashed(program, signal));
    }
    let mut command = Command::new("setpriv");
    command.args(["--reuid", USER, "--regid", USER, "--init-groups"]);
    if let Some(signal) = signal {
        command.args(["--pdeathsig", signal]);
    }
    command.arg("--").arg(program);
    command
}
