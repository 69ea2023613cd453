"""Sends mails to many into a sink on this machine, and prints what came of it as Markdown tables.

Usage: mails.py --rialto BINARY --sink PROGRAM --scratch FOLDER [--count N] [--connections N] [--kills N]
                [--only plain|signed|kills|nodemailer]...

Recipients, a step of a campaign and its compiled mail are put into the embedded database of a demo; the server takes it
from there. `--sink` is the program of cargo xtask.
"""

import argparse
import datetime
import hashlib
import json
import os
import random
import shutil
import socket
import sqlite3
import subprocess
import time
import urllib.request
from pathlib import Path

import servers
from live import insert, type_id

DOMAINS = 500


class Sink:
    """The mail server, in a process of its own."""

    def __init__(self, program: Path):
        self.port, self.control = servers.free_port(), servers.free_port()
        command = [str(program), "mail-sink", str(self.port), str(self.control)]
        self.process = subprocess.Popen(command)
        for _ in range(200):
            try:
                self.ask("reset")
                return
            except OSError:
                time.sleep(0.02)
        raise SystemExit("the sink does not start")

    def ask(self, word: str = "") -> tuple[int, int]:
        """Messages, and different ones."""
        with socket.create_connection(("127.0.0.1", self.control), 5) as stream:
            stream.sendall(f"{word}\n".encode())
            all_of, different = stream.makefile().readline().split()
        return int(all_of), int(different)

    def cpu_ms(self) -> float:
        """User and system time so far."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) * servers.TICK_MS


def mail() -> dict:
    """A compiled mail of about 20 kB of HTML, as campaigns have."""
    as_is = lambda text: {"as": text}
    filler = '<tr><td style="padding:8px 24px;font-family:sans-serif">Words that are the same for everybody.</td></tr>\n'
    name = {"slot": {"token": ["first_name", "there"]}}
    return {
        "subject": [as_is("Hello "), name],
        "other_subject": None,
        "html": [
            as_is('<!doctype html><html lang="en"><body><table>' + filler * 100 + "<tr><td>Hello "),
            name,
            as_is('</td></tr><tr><td><a href="'),
            {"slot": {"link": 0}},
            as_is('">Look</a></td></tr>' + filler * 80 + '<tr><td><a href="'),
            {"slot": "unsubscribe"},
            as_is('">Unsubscribe</a><img src="'),
            {"slot": "opened"},
            as_is('"></td></tr></table></body></html>'),
        ],
        "text": [as_is("Hello "), name, as_is("\n\nLook: "), {"slot": {"link": 0}}, as_is("\n\nUnsubscribe: "), {"slot": "unsubscribe"}],
        "links": ["https://example.com/l/spring"],
    }


def queue(file: Path, count: int) -> bytes:
    """A step with so many recipients; its id."""
    now = int(time.time() * 1000)
    step = os.urandom(16)
    with sqlite3.connect(file, timeout=60) as db:
        db.row_factory = sqlite3.Row
        program = db.execute("select id, vendor_id, brand_id from program limit 1").fetchone()
        partner = db.execute("select partner_id from enrollment where program_id = ? limit 1", (program["id"],)).fetchone()
        row = {"id": step, "campaign_id": os.urandom(16), "step": 1, "vendor_id": program["vendor_id"]}
        row |= {"brand_id": program["brand_id"], "program_id": program["id"], "partner_id": partner["partner_id"]}
        row |= {"mail": json.dumps(mail()), "from_name": "Load", "reply_to": "", "landing_url": "", "language": "en"}
        row |= {"time_zone": "UTC", "send_at": now, "state": "running", "served_at": 0, "created_at": now, "total": count}
        insert(db, "mailing_step", [row])
        rows = []
        for n in range(count):
            address = f"p{n}@d{n % DOMAINS}.example"
            rows.append(
                {
                    "id": now.to_bytes(6, "big") + bytes([0x70 | random.randrange(16)]) + os.urandom(9),
                    "step_id": step,
                    "recipient_id": os.urandom(16),
                    "address": address,
                    "address_hash": hashlib.sha256(address.encode()).hexdigest(),
                    "domain": f"d{n % DOMAINS}.example",
                    "data": json.dumps({"first_name": f"Pat {n}"}),
                    "variant": "a",
                    "state": "queued",
                    "due_at": now,
                }
            )
        insert(db, "mailing_message", rows)
        db.execute("analyze")
    db.close()
    return step


def stands(file: Path, step: bytes) -> sqlite3.Row:
    """The counts of a step."""
    with sqlite3.connect(file, timeout=60) as db:
        db.row_factory = sqlite3.Row
        row = db.execute("select * from mailing_step where id = ?", (step,)).fetchone()
    db.close()
    return row


def signed(given: argparse.Namespace, env: dict[str, str], file: Path) -> None:
    """Adds a sender domain over the API, and takes it for verified: there is no DNS here."""
    command = [given.rialto, "token", "create", "--email", "olivia@northwind.example", "--name", "load"]
    key = subprocess.run(command, env=os.environ | env, check=True, capture_output=True, text=True).stdout.strip()
    with servers.rialto(given.rialto, env, given.scratch / "mails-key.log") as server:
        headers = {"authorization": f"Bearer {key}", "content-type": "application/json", "accept": "application/json"}
        with sqlite3.connect(file, timeout=60) as db:
            brand = db.execute("select brand_id from program limit 1").fetchone()[0]
        db.close()
        body = json.dumps({"address": "hello@load.example", "brand": type_id("brand", brand)}).encode()
        urllib.request.urlopen(urllib.request.Request(f"{server.url}/api/v1/mailing/senders", body, headers)).close()
    with sqlite3.connect(file, timeout=60) as db:
        db.execute("update sender_domain set state = 'verified', verified_at = 1")
    db.close()


def run(given: argparse.Namespace, sink: Sink, env: dict[str, str], file: Path) -> tuple:
    """Sends to all; gives messages a second, and CPU milliseconds a message of server and sink."""
    step = queue(file, given.count)
    sink.ask("reset")
    with servers.rialto(given.rialto, env, given.scratch / "mails.log") as server:
        while sink.ask()[0] == 0:
            time.sleep(0.002)
        started, cpu, theirs, first = time.perf_counter(), server.cpu_ms(), sink.cpu_ms(), sink.ask()[0]
        while sink.ask()[1] < given.count:
            time.sleep(0.05)
        took = time.perf_counter() - started
        sent = sink.ask()[0] - first
        cpu, theirs = server.cpu_ms() - cpu, sink.cpu_ms() - theirs
        for _ in range(200):
            if stands(file, step)["state"] == "done":
                break
            time.sleep(0.05)
        memory = server.resident_mb()
    row = stands(file, step)
    if (row["sent"], row["repeated"], sink.ask()[0]) != (given.count, 0, given.count):
        raise SystemExit(f"not every mail went out once: {dict(row) | {'mail': ''}}, {sink.ask()}")
    return sent / took, cpu / sent, theirs / sent, memory


def kills(given: argparse.Namespace, sink: Sink, env: dict[str, str], file: Path) -> str:
    """Kills the server again and again while it sends."""
    step = queue(file, given.count)
    sink.ask("reset")
    for number in range(given.kills):
        server = servers.rialto(given.rialto, env, given.scratch / "mails-kills.log")
        wanted = given.count * (number + random.random()) / (given.kills + 1)
        while sink.ask()[1] < wanted:
            time.sleep(0.001)
        server.process.kill()
        server.process.wait()
    with servers.rialto(given.rialto, env, given.scratch / "mails-kills.log"):
        while sink.ask()[1] < given.count or stands(file, step)["state"] != "done":
            time.sleep(0.1)
    row, (all_of, different) = stands(file, step), sink.ask()
    twice = all_of - different
    if different != given.count or row["sent"] != given.count or twice > row["repeated"]:
        raise SystemExit(f"{different} of {given.count}, {twice} twice, on record {row['repeated']}")
    return f"{given.kills} kills: nobody of {given.count:,} left out, {twice} twice, {row['repeated']} on record as perhaps twice"


def nodemailer(given: argparse.Namespace, sink: Sink, signs: bool) -> tuple:
    """The peer: a pool of the same size, the same words."""
    folder = given.scratch / "nodemailer"
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / "node_modules/nodemailer").exists():
        subprocess.run(["npm", "install", "--silent", "--no-audit", "--no-fund", "nodemailer@7"], cwd=folder, check=True)
    shutil.copy(Path(__file__).with_name("nodemailer.js"), folder / "run.js")
    sink.ask("reset")
    count = min(given.count, 20_000)
    (folder / "mail.json").write_text(json.dumps(mail()))
    command = ["node", "run.js", str(sink.port), str(count), str(given.connections), "signed" if signs else "plain"]
    theirs = sink.cpu_ms()
    out = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout
    found = json.loads(out)
    if sink.ask() != (count, count):
        raise SystemExit(f"nodemailer: {sink.ask()} of {count}")
    return count / found["seconds"], found["cpu_ms"] / count, (sink.cpu_ms() - theirs) / count, found["mb"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("rialto", "sink", "scratch"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    for name, value in (("count", 100_000), ("connections", 8), ("kills", 10)):
        parser.add_argument(f"--{name}", type=int, default=value)
    parser.add_argument("--only", action="append", choices=["plain", "signed", "kills", "nodemailer"])
    given = parser.parse_args()
    wants = lambda name: not given.only or name in given.only
    os.environ.pop("DATABASE_URL", None)
    data = given.scratch / "mails-data"
    shutil.rmtree(data, ignore_errors=True)
    data.mkdir(parents=True)
    load = ", ".join(f"{load:.1f}" for load in os.getloadavg())
    print(f"{datetime.date.today()}, {os.cpu_count()} cores, load average before: {load}", flush=True)
    sink = Sink(given.sink)
    env = {"RIALTO_DATA": str(data)}
    file = data / "rialto.db"
    sends = env | {"RIALTO_SMTP_URL": f"smtp://127.0.0.1:{sink.port}?connections={given.connections}", "RIALTO_MAIL_RATES": "off"}
    rows, notes = [], []
    try:
        subprocess.run([given.rialto, "seed", "demo"], env=os.environ | env, check=True, stdout=subprocess.DEVNULL)
        with sqlite3.connect(file) as db:
            # What the demo has to say by mail is not what is measured.
            db.execute("delete from job")
        db.close()
        if wants("plain"):
            rows.append(("Rialto", "no", *run(given, sink, sends, file)))
        if wants("nodemailer"):
            rows.append(("nodemailer", "no", *nodemailer(given, sink, False)))
        if wants("kills"):
            notes.append(kills(given, sink, sends, file))
        if wants("signed"):
            signed(given, env, file)
            rows.append(("Rialto", "RSA 2048", *run(given, sink, sends, file)))
        if wants("nodemailer") and wants("signed"):
            rows.append(("nodemailer", "RSA 2048", *nodemailer(given, sink, True)))
    finally:
        sink.process.terminate()
    print("\n| sender | signature | messages/s | sender CPU ms | sink CPU ms | memory MB |\n|---|---|---:|---:|---:|---:|")
    for name, signature, rate, cpu, theirs, memory in rows:
        print(f"| {name} | {signature} | {rate:,.0f} | {cpu:.3f} | {theirs:.3f} | {memory:.0f} |")
    for note in notes:
        print(f"\n{note}")
    shutil.rmtree(data, ignore_errors=True)


if __name__ == "__main__":
    main()
