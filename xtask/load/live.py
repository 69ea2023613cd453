"""Holds thousands of live streams open on Rialto and on a peer, while things happen, and prints Markdown tables.

Usage: live.py --rialto BINARY --pocketbase PROGRAM --scratch FOLDER [--streams N] [--vendor-people N]
               [--partners N] [--rate N] [--seconds N] [--without-peer]

One vendor's people hear of every event, a partner's only of their own: each event is a message on a deal of one
partner, written by the vendor over the API.
"""

import argparse
import contextlib
import datetime
import hashlib
import http.client
import json
import os
import resource
import secrets
import shutil
import sqlite3
import string
import subprocess
import time
from pathlib import Path

import listen
import peer
import servers

SETTLE_S = 5
LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"


def type_id(prefix: str, raw: bytes) -> str:
    """An id as the API writes it."""
    value, text = int.from_bytes(raw, "big"), ""
    for _ in range(26):
        text, value = LETTERS[value & 31] + text, value >> 5
    return f"{prefix}_{text}"


def insert(db: sqlite3.Connection, table: str, rows: list[dict]) -> None:
    """Rows with the same columns."""
    columns = list(rows[0])
    marks = ", ".join("?" * len(columns))
    values = [[row[column] for column in columns] for row in rows]
    db.executemany(f"insert into {table} ({', '.join(columns)}) values ({marks})", values)


def people(given: argparse.Namespace) -> list[int]:
    """The organisation of each stream: 0 is the vendor, the others partners, in turn."""
    rest = given.streams - given.vendor_people
    return [0] * given.vendor_people + [1 + n % given.partners for n in range(rest)]


def populate(file: Path, given: argparse.Namespace) -> tuple[list[listen.Listener], list[str]]:
    """Partners with a deal each, people with a session each; gives the listeners and the deals' ids."""
    now, year = int(time.time() * 1000), 365 * 86_400_000
    with sqlite3.connect(file) as db:
        db.row_factory = sqlite3.Row
        deal = dict(db.execute("select * from deal where status = 'in_review' limit 1").fetchone())
        vendor = deal["vendor_id"]
        member = "select * from enrollment where program_id = ? and partner_id = ?"
        enrollment = dict(db.execute(member, (deal["program_id"], deal["partner_id"])).fetchone())
        orgs, deals, enrollments, ids = [vendor], [], [], []
        partners = []
        for n in range(given.partners):
            org, id = os.urandom(16), os.urandom(16)
            orgs.append(org)
            ids.append(type_id("deal", id))
            name = {"side": "partner", "name": f"Listener {n}", "slug": f"listener-{n}"}
            partners.append({"id": org, **name, "created_at": now})
            enrollments.append(enrollment | {"id": os.urandom(16), "partner_id": org})
            deals.append(deal | {"id": id, "partner_id": org, "number": f"DR-{80_000_000 + n}", "created_by": None})
        persons, memberships, sessions, listeners = [], [], [], []
        for n, org in enumerate(people(given)):
            user, token = os.urandom(16), secrets.token_urlsafe(32)
            place = {"user_id": user, "organization_id": orgs[org]}
            persons.append({"id": user, "email": f"p{n}@listener.example", "name": f"Person {n}", "created_at": now})
            memberships.append(place | {"role": "sales" if org else "analyst", "created_at": now})
            hashed = hashlib.sha256(token.encode()).digest()
            sessions.append(
                {"token_hash": hashed} | place | {"created_at": now, "expires_at": now + year, "seen_at": now}
            )
            listeners.append(listen.Listener(org, token))
        rows = {"organization": partners, "enrollment": enrollments, "deal": deals, "person": persons}
        for table, all_rows in (rows | {"membership": memberships, "session": sessions}).items():
            insert(db, table, all_rows)
        db.execute("analyze")
    db.close()
    return listeners, ids


class Subject:
    """A server under test, with what is measured of it."""

    def __init__(self, name: str, server: servers.Server, crowd: listen.Crowd):
        self.name, self.server, self.crowd = name, server, crowd
        self.row: dict = {}

    def open(self, request) -> None:
        """All streams; and what they cost in memory."""
        before = self.server.resident_mb()
        took = self.crowd.open(request)
        self.crowd.run(SETTLE_S)
        self.row |= {"opened_s": took, "before": before, "open": self.server.resident_mb()}

    def measure(self, writer: listen.Writer, seconds: float) -> None:
        """Listens while the writer writes."""
        first, cpu, own = len(self.crowd.at), self.server.cpu_ms(), time.process_time()
        started = time.perf_counter()
        self.crowd.run(seconds + 2)
        while writer.process.is_alive() and not writer.pipe.poll():
            self.crowd.run(1)
        took = time.perf_counter() - started
        written = writer.ends()
        self.crowd.until_quiet(60)
        found = listen.account(self.crowd, written, first)
        cores = lambda ms: ms / 1000 / took
        loaded = {"cpu": cores(self.server.cpu_ms() - cpu), "own": (time.process_time() - own) / took}
        self.row |= found | loaded | {"after": self.server.resident_mb(), "took": took, "lost": self.crowd.lost}
        sent = found["sent"]
        print(f"{self.name}: p99 {listen.percentile(sent, 0.99):.0f} ms of {len(sent)} receipts", flush=True)

    def per_stream_kb(self, when: str) -> float:
        """Resident memory for each stream."""
        return (self.row[when] - self.row["before"]) * 1000 / len(self.crowd.listeners)


@contextlib.contextmanager
def stopped(subject: Subject):
    """Stops whatever server there is in the end."""
    try:
        yield
    finally:
        if subject.server.process.poll() is None:
            subject.server.stop()


def rialto(given: argparse.Namespace, data: Path) -> tuple[Subject, dict]:
    """Measures Rialto, kills it, and counts what its streams are told afterwards."""
    env = {"RIALTO_DATA": str(data)}
    subprocess.run([given.rialto, "seed", "demo"], env=os.environ | env, check=True, stdout=subprocess.DEVNULL)
    listeners, deals = populate(data / "rialto.db", given)
    command = [given.rialto, "token", "create", "--email", "olivia@northwind.example", "--name", "load"]
    key = subprocess.run(command, env=os.environ | env, check=True, capture_output=True, text=True).stdout.strip()
    headers = {"authorization": f"Bearer {key}", "content-type": "application/json", "accept": "application/json"}
    log = given.scratch / "live-rialto.log"
    server = servers.rialto(given.rialto, env, log)
    port = server.port
    crowd = listen.Crowd(port, listeners, b"stream.connected")
    subject = Subject("Rialto", server, crowd)

    def request(listener: listen.Listener) -> bytes:
        last = crowd.bookmark(listener)
        resume = f"last-event-id: {last}\r\n" if last else ""
        head = f"GET /api/v1/live HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\naccept: text/event-stream\r\n"
        return f"{head}accept-encoding: gzip, br\r\ncookie: rialto_session={listener.key}\r\n{resume}\r\n".encode()

    def message(turn: int) -> tuple:
        place = turn * 7919 % len(deals)
        return place + 1, f"/api/v1/deals/{deals[place]}/messages", {"text": f"Message {turn}"}

    write = lambda seconds: listen.Writer(port, headers, message, given.rate, seconds)
    with stopped(subject):
        write(2).ends()
        subject.open(request)
        subject.measure(write(given.seconds), given.seconds)
        # Killed in the middle of writing.
        writer, first = write(4), len(crowd.at)
        crowd.run(2)
        subject.server.process.kill()
        subject.server.process.wait()
        written = writer.ends()
        while crowd.by_fd:
            crowd.step(0.2)
        env |= {"RIALTO_ADDR": f"127.0.0.1:{port}", "RIALTO_LIMITS": "off"}
        subject.server = servers.Server([str(given.rialto), "serve"], port, env, log, "/readyz")
        # Nobody listens to the first of these, and all have to be told of them.
        writer = write(3)
        written += writer.ends()
        missed = len(written)
        writer = write(8)
        again = crowd.open(request)
        crowd.run(8)
        written += writer.ends()
        crowd.run(4)
        back = listen.account(crowd, written, first)
        back |= {"reopened_s": again, "away": missed, "told_to_read_again": crowd.again}
        back |= {"started_ms": subject.server.first_answer_ms}
        crowd.close()
    return subject, back


def pocketbase(given: argparse.Namespace) -> Subject:
    """The same number of realtime subscriptions: one user for each organisation, the rule as in ours."""
    # Beside its data it writes what was changed in it, to be changed again at the next start.
    home, log = given.scratch / "pocketbase-live", given.scratch / "live-pocketbase.log"
    shutil.rmtree(home, ignore_errors=True)
    box = home / "data"
    create = [str(given.pocketbase), "superuser", "upsert", peer.ADMIN, peer.PASSWORD, f"--dir={box}"]
    subprocess.run(create, check=True, stdout=subprocess.DEVNULL)
    names = ["vendor", *(f"partner{n}" for n in range(1, given.partners + 1))]
    letters = string.ascii_lowercase + string.digits
    ids = ["".join(secrets.choice(letters) for _ in range(15)) for _ in names]
    with peer.start(given.pocketbase, box, log) as server:
        admin = peer.signed_in(server.url, "_superusers", peer.ADMIN)
        fields = [{"name": name, "type": "text"} for name in ("vendor", "partner", "number", "note")]
        rule = "vendor = @request.auth.name || partner = @request.auth.name"
        deals = {"name": "deals", "type": "base", "fields": fields, "listRule": rule, "viewRule": rule}
        peer.ask(f"{server.url}/api/collections", deals, admin)
        member = {"email": peer.MEMBER, "password": peer.PASSWORD, "passwordConfirm": peer.PASSWORD, "name": "x"}
        peer.ask(f"{server.url}/api/collections/users/records", member, admin)
    with sqlite3.connect(box / "data.db") as db:
        db.row_factory = sqlite3.Row
        user = dict(db.execute("select * from users").fetchone())
        rows = [
            user | {"id": id, "name": name, "email": f"{name}@peer.example", "tokenKey": secrets.token_urlsafe(40)}
            for id, name in zip(ids, names)
        ]
        insert(db, "users", rows)
    db.close()
    with peer.start(given.pocketbase, box, log) as server:
        admin = peer.signed_in(server.url, "_superusers", peer.ADMIN)
        path = f"{server.url}/api/collections/users/impersonate/"
        tokens = [peer.ask(path + id, {"duration": 86_400}, admin)["token"] for id in ids]
        listeners = [listen.Listener(org, tokens[org]) for org in people(given)]
        crowd = listen.Crowd(server.port, listeners, b"PB_CONNECT")
        subject = Subject("PocketBase", server, crowd)
        head = f"GET /api/realtime HTTP/1.1\r\nhost: 127.0.0.1:{server.port}\r\naccept: text/event-stream\r\n"
        before = server.resident_mb()
        took = crowd.open(lambda _: f"{head}\r\n".encode())
        # A stream's subscription is taken from the stream's address alone.
        kept: dict[str, http.client.HTTPConnection] = {}
        for listener in listeners:
            here, there = listener.sock.getsockname()[0], ("127.0.0.1", server.port)
            line = kept.setdefault(here, http.client.HTTPConnection(*there, source_address=(here, 0)))
            subscribe(line, listener.key, {"clientId": listener.id, "subscriptions": ["deals/*"]})
        crowd.run(SETTLE_S)
        subject.row = {"opened_s": took, "before": before, "open": server.resident_mb()}
        headers = {"authorization": admin, "content-type": "application/json"}

        def record(turn: int) -> tuple:
            org = 1 + turn * 7919 % given.partners
            body = {"vendor": "vendor", "partner": names[org], "number": f"DR-{turn}", "note": f"Message {turn}"}
            return org, "/api/collections/deals/records", body

        write = listen.Writer(server.port, headers, record, given.rate, given.seconds)
        subject.measure(write, given.seconds)
        crowd.close()
    shutil.rmtree(home, ignore_errors=True)
    return subject


def subscribe(line: http.client.HTTPConnection, token: str, body: dict) -> None:
    """Says what a stream is to hear."""
    headers = {"authorization": token, "content-type": "application/json"}
    line.request("POST", "/api/realtime", json.dumps(body), headers)
    answer = line.getresponse()
    text = answer.read()
    if answer.status != 204:
        raise SystemExit(f"PocketBase does not take a subscription: {answer.status} {text!r}")


def tables(subjects: list[Subject], back: dict, given: argparse.Namespace) -> None:
    """What was measured, as Markdown."""
    print(
        "\n| server | streams | events/s | receipts | p50 ms | p99 ms | max ms | p99 after the answer | missed |"
        " doubled | foreign | kB a stream, open | kB after | server cores | reader cores |"
    )
    print("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|")
    for subject in subjects:
        row, sent = subject.row, subject.row["sent"]
        late = [listen.percentile(sent, share) for share in (0.5, 0.99, 1)]
        cells = [subject.name, f"{len(subject.crowd.listeners):,}", f"{row['rate']:.0f}"]
        cells += [f"{len(sent):,}", *(f"{value:.1f}" for value in late)]
        cells += [f"{listen.percentile(row['answer'], 0.99):.1f}", row["missing"], row["doubled"], row["foreign"]]
        cells += [f"{subject.per_stream_kb(when):.1f}" for when in ("open", "after")]
        cells += [f"{row['cpu']:.2f}", f"{row['own']:.2f}"]
        print("|", " | ".join(map(str, cells)), "|")
    print(
        f"\nkilled and restarted: first answer after {back['started_ms']:.0f} ms, all {given.streams:,} streams open"
        f" again in {back['reopened_s']:.1f} s; {back['written']} events around it, of which {back['away']} were"
        f" before anybody came back: {back['expected']:,} receipts expected, {back['missing']} missing,"
        f" {back['doubled']} doubled, {back['foreign']} foreign, {back['told_to_read_again']} told to read again"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("rialto", "pocketbase", "scratch"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    for name, value in (("streams", 10_000), ("vendor-people", 500), ("partners", 2_000), ("rate", 50)):
        parser.add_argument(f"--{name}", type=int, default=value)
    parser.add_argument("--seconds", type=int, default=20)
    parser.add_argument("--without-peer", action="store_true")
    given = parser.parse_args()
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    if most < given.streams + 1000:
        raise SystemExit(f"this system lets a process open {most} files: too few for {given.streams} streams")
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    os.environ.pop("DATABASE_URL", None)
    data = given.scratch / "live-data"
    shutil.rmtree(data, ignore_errors=True)
    data.mkdir(parents=True)
    load = ", ".join(f"{load:.1f}" for load in os.getloadavg())
    print(f"{datetime.date.today()}, {os.cpu_count()} cores, load average before: {load}", flush=True)
    ours, back = rialto(given, data)
    subjects = [ours] if given.without_peer else [ours, pocketbase(given)]
    shutil.rmtree(data, ignore_errors=True)
    tables(subjects, back, given)


if __name__ == "__main__":
    main()
