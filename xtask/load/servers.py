"""The servers under load: started on this machine, measured through /proc, stopped at the end."""

import contextlib
import os
import pwd
import shutil
import signal
import socket
import statistics
import subprocess
import time
from pathlib import Path

TICK_MS = 1000 / os.sysconf("SC_CLK_TCK")


def free_port() -> int:
    """A port that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """A process that answers HTTP on a port of 127.0.0.1."""

    def __init__(self, command: list[str], port: int, env: dict[str, str], log: Path, ready: str):
        self.port = port
        self.url = f"http://127.0.0.1:{port}"
        started = time.perf_counter()
        with log.open("wb") as out:
            self.process = subprocess.Popen(command, env=os.environ | env, stdout=out, stderr=out)
        try:
            self._wait(ready, started, log)
        except BaseException:
            self.stop()
            raise
        self.first_answer_ms = (time.perf_counter() - started) * 1000

    def _wait(self, path: str, started: float, log: Path) -> None:
        ask = f"GET {path} HTTP/1.1\r\nhost: 127.0.0.1:{self.port}\r\nconnection: close\r\n\r\n".encode()
        while time.perf_counter() - started < 60:
            if self.process.poll() is not None:
                break
            try:
                with socket.create_connection(("127.0.0.1", self.port), 5) as stream:
                    stream.sendall(ask)
                    if stream.recv(12).endswith(b" 200"):
                        return
            except OSError:
                pass
            time.sleep(0.002)
        raise SystemExit(f"the server did not start:\n{log.read_text()[-2000:]}")

    def cpu_ms(self) -> float:
        """User and system time of the whole process so far."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) * TICK_MS

    def resident_mb(self) -> float:
        """Resident memory now."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        kilobytes = next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS"))
        return int(kilobytes) * 1024 / 1e6

    def stop(self) -> None:
        """Asks it to end, and insists after twelve seconds."""
        self.process.terminate()
        try:
            self.process.wait(12)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def __enter__(self) -> "Server":
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


def rialto(binary: Path, env: dict[str, str], log: Path) -> Server:
    """`rialto serve` on a free port, without rate limits: one sender asks for all."""
    port = free_port()
    own = {"RIALTO_ADDR": f"127.0.0.1:{port}", "RIALTO_LIMITS": "off"}
    return Server([str(binary), "serve"], port, env | own, log, "/readyz")


def start_to_first_answer(binary: Path, env: dict[str, str], log: Path) -> float:
    """Milliseconds from the start of the process to its first 200, the median of seven starts."""
    times = []
    for _ in range(7):
        with rialto(binary, env, log) as server:
            times.append(server.first_answer_ms)
    return statistics.median(times)


@contextlib.contextmanager
def postgres(folder: Path):
    """A cluster with the durable settings that PostgreSQL ships with; gives the URL of its database."""
    bins = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    if not bins:
        raise SystemExit("PostgreSQL is missing: cargo xtask setup brings it")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    folder.parent.chmod(0o755)
    as_user: list[str] = []
    if os.getuid() == 0:
        user = pwd.getpwnam("postgres")
        os.chown(folder, user.pw_uid, user.pw_gid)
        as_user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", "--"]
    initdb = [*as_user, str(bins[-1] / "initdb"), "-D", str(folder), "-U", "rialto", "-A", "trust"]
    subprocess.run([*initdb, "-E", "UTF8", "--locale=C"], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    port = free_port()
    command = [*as_user, str(bins[-1] / "postgres"), "-D", str(folder), "-p", str(port)]
    command += ["-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "shared_buffers=256MB"]
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        ask = [str(bins[-1] / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(port), "-U", "rialto"]
        for _ in range(300):
            if subprocess.run(ask).returncode == 0:
                break
            time.sleep(0.1)
        yield f"postgres://rialto@127.0.0.1:{port}/postgres"
    finally:
        process.send_signal(signal.SIGINT)
        process.wait()
        shutil.rmtree(folder, ignore_errors=True)
