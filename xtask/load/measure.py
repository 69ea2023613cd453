"""Puts Rialto and a peer under load on this machine and prints what came of it as Markdown tables.

Usage: measure.py --rialto BINARY --k6 PROGRAM --pocketbase PROGRAM --scratch FOLDER
                  [--engine sqlite|postgres]... [--rows N] [--seconds N] [--wrk PROGRAM]
"""

import argparse
import datetime
import json
import os
import re
import shutil
import subprocess
import urllib.request
from pathlib import Path

import fill
import peer
import servers

PASSWORD = "demo-rialto"
WARM_UP_S = 2


class Runner:
    """Sends one kind of request for some seconds and sets it against the server's CPU time."""

    def __init__(self, given: argparse.Namespace):
        self.given = given
        self.rows: list[tuple] = []

    def run(self, name: str, server: servers.Server, path: str, vus: int, headers: dict, **more: str) -> float:
        """Measures, prints and gives CPU milliseconds per request."""
        env = {"URL": server.url + path, "HEADERS": json.dumps(headers), "VUS": str(vus), "KIND": "get"} | more
        self._k6(env | {"SECONDS": str(WARM_UP_S)})
        before, own_before = server.cpu_ms(), os.times()
        metrics = self._k6(env | {"SECONDS": str(self.given.seconds)})
        cpu, own = server.cpu_ms() - before, os.times()
        requests = metrics["http_reqs"]["count"]
        failed = metrics["checks"]["fails"]
        if failed:
            raise SystemExit(f"{name}: {failed} of {requests} requests were not answered with 200 or 201")
        sender = children_ms(own) - children_ms(own_before)
        took, rate = metrics["http_req_duration"], metrics["http_reqs"]["rate"]
        self._note(name, vus, rate, took["med"], took["p(99)"], cpu / requests, sender / requests)
        return cpu / requests

    def wrk(self, name: str, server: servers.Server, path: str, connections: int, headers: dict, more: dict) -> None:
        """The same with a sender that costs next to nothing, for what the server can do at most."""
        before, own_before = server.cpu_ms(), os.times()
        script = Path(__file__).with_name("submit.lua")
        length = ["-t2", f"-c{connections}", f"-d{self.given.seconds}s", "--latency"]
        command = [self.given.wrk, *length, "-s", str(script), server.url + path]
        env = os.environ | more | {"KEY": headers["authorization"]}
        out = subprocess.run(command, env=env, check=True, capture_output=True, text=True).stdout
        cpu, own = server.cpu_ms() - before, os.times()
        if "Non-2xx" in out or "Socket errors" in out:
            raise SystemExit(f"{name}: not every request was answered with 201\n{out}")
        requests = int(re.search(r"(\d+) requests in", out)[1])
        rate = float(re.search(r"Requests/sec:\s+([\d.]+)", out)[1])
        sender = children_ms(own) - children_ms(own_before)
        self._note(name, connections, rate, in_ms(out, "50%"), in_ms(out, "99%"), cpu / requests, sender / requests)

    def _note(self, *row: object) -> None:
        self.rows.append(row)
        print("measured:", *(f"{cell:.2f}" if isinstance(cell, float) else cell for cell in row), flush=True)

    def _k6(self, env: dict[str, str]) -> dict:
        summary = self.given.scratch / "k6.json"
        script = Path(__file__).with_name("request.js")
        command = [self.given.k6, "run", "--quiet", "--no-usage-report", "--summary-export", str(summary), str(script)]
        done = subprocess.run(command, env=os.environ | env, capture_output=True, text=True)
        if done.returncode:
            raise SystemExit(f"k6: {done.stderr[-2000:]}")
        return json.loads(summary.read_text())["metrics"]

    def table(self) -> None:
        """All that was measured, as Markdown."""
        print("\n| request | connections | requests/s | p50 ms | p99 ms | server CPU ms | sender CPU ms |")
        print("|---|---:|---:|---:|---:|---:|---:|")
        for name, vus, rate, median, late, cpu, sender in self.rows:
            print(f"| {name} | {vus} | {rate:,.0f} | {median:.1f} | {late:.1f} | {cpu:.3f} | {sender:.3f} |")


def children_ms(times: os.times_result) -> float:
    """CPU time of the senders so far."""
    return (times.children_user + times.children_system) * 1000


def in_ms(out: str, name: str) -> float:
    """A percentile in wrk's report."""
    number, unit = re.search(rf"{name}\s+([\d.]+)(us|ms|s)\b", out).groups()
    return float(number) * {"us": 0.001, "ms": 1, "s": 1000}[unit]


def api(server: servers.Server, key: str, path: str, body: dict | None = None) -> dict:
    """Asks Rialto for JSON."""
    headers = {"authorization": f"Bearer {key}", "content-type": "application/json", "accept": "application/json"}
    data = json.dumps(body).encode() if body else None
    with urllib.request.urlopen(urllib.request.Request(f"{server.url}/api/v1{path}", data, headers)) as answer:
        return json.load(answer)


def cookie(server: servers.Server, email: str) -> str:
    """Signs in as a browser does."""
    body = json.dumps({"email": email, "password": PASSWORD}).encode()
    headers = {"content-type": "application/json", "accept": "application/json"}
    with urllib.request.urlopen(urllib.request.Request(f"{server.url}/api/v1/session", body, headers)) as answer:
        return answer.headers["set-cookie"].split(";")[0]


def open_the_gate(server: servers.Server, owner: str, program: str) -> dict:
    """Lets a partner hold as many registrations open as the rules can say; gives the program."""
    found = api(server, owner, f"/programs/{program}")
    flat = found | found.get("program", {}) if isinstance(found.get("program"), dict) else found
    rules = found.get("engagement") or found["rules"]["engagement"]
    ask = {"engagement": rules | {"max_open_registrations": 100_000}, "version": flat.get("version")}
    api(server, owner, f"/programs/{program}/versions", ask)
    return flat


def rialto(runner: Runner, engine: str, env: dict[str, str]) -> float:
    """All requests on one engine; gives what the list costs."""
    given = runner.given

    def key(email: str) -> str:
        command = [given.rialto, "token", "create", "--email", email, "--name", "load"]
        return subprocess.run(command, env=os.environ | env, check=True, capture_output=True, text=True).stdout.strip()

    owner, manager, seller = (key(f"{name}.example") for name in ("olivia@northwind", "carlos@northwind", "sam@alpine"))
    with servers.rialto(given.rialto, env, given.scratch / f"rialto-{engine}.log") as server:
        program = open_the_gate(server, owner, api(server, seller, "/programs")["items"][0]["id"])
        product = api(server, seller, f"/products?program={program['id']}")["items"][0]
        known = [
            {"name": item["name"], "website": item.get("website"), "country": item.get("country")}
            for item in api(server, manager, "/customers?limit=200")["items"]
        ]
        today = datetime.date.today()
        claim = {
            "PROGRAM": program["id"],
            "PRODUCT": product["sku"],
            "CURRENCY": program["currency"],
            "CLOSE": str(today + datetime.timedelta(days=60)),
            "MET": str(today - datetime.timedelta(days=3)),
            "KNOWN": json.dumps(known),
        }
        json_both = {"content-type": "application/json", "accept": "application/json"}
        bearer = lambda key: json_both | {"authorization": f"Bearer {key}"}
        page = lambda email: {"cookie": cookie(server, email), "accept": "text/html"}
        of = lambda what: f"{what}, {engine}"
        cost = runner.run(of("list, 50 of 100,000, API key"), server, "/api/v1/deals?limit=50", 16, bearer(manager))
        session = {"cookie": cookie(server, "carlos@northwind.example"), "accept": "application/json"}
        runner.run(of("list, 50 of 100,000, session"), server, "/api/v1/deals?limit=50", 16, session)
        runner.run(of("check while typing"), server, "/api/v1/deals/check", 16, bearer(seller), KIND="check", **claim)
        runner.run(of("home page of a partner"), server, "/", 16, page("sam@alpine.example"))
        runner.run(of("home page of a vendor"), server, "/", 16, page("carlos@northwind.example"))
        runner.run(of("submit"), server, "/api/v1/deals", 64, bearer(seller), KIND="submit", **claim)
        if given.wrk:
            runner.wrk(of("submit, sent by wrk"), server, "/api/v1/deals", 64, bearer(seller), claim)
        print(f"resident after the load, {engine}: {server.resident_mb():.0f} MB", flush=True)
    return cost


def seed(given: argparse.Namespace, env: dict[str, str]) -> None:
    """The demo, into an empty database."""
    command = [given.rialto, "seed", "demo"]
    subprocess.run(command, env=os.environ | env, check=True, stdout=subprocess.DEVNULL)


def demo(given: argparse.Namespace, env: dict[str, str]) -> None:
    """Start-up time and memory on the demo as it is seeded."""
    first = servers.start_to_first_answer(given.rialto, env, given.scratch / "start.log")
    with servers.rialto(given.rialto, env, given.scratch / "demo.log") as server:
        fresh = server.resident_mb()
        headers = {"cookie": cookie(server, "carlos@northwind.example"), "accept": "text/html"}
        signed_in = server.resident_mb()
        for path in ["/", "/overview", "/queue", "/deals", "/partners", "/activity"] * 20:
            urllib.request.urlopen(urllib.request.Request(server.url + path, headers=headers)).read()
        used = server.resident_mb()
    print(f"start to first answer: {first:.0f} ms (median of 7)")
    resident = f"{fresh:.0f} MB started, {signed_in:.0f} MB after a sign-in, {used:.0f} MB after 120 pages"
    print(f"resident on the demo: {resident}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("rialto", "k6", "pocketbase", "scratch"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--wrk", default=shutil.which("wrk"))
    parser.add_argument("--engine", action="append", choices=["sqlite", "postgres"])
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--seconds", type=int, default=8)
    given = parser.parse_args()
    engines = given.engine or ["sqlite", "postgres"]
    data = given.scratch / "data"
    shutil.rmtree(data, ignore_errors=True)
    data.mkdir(parents=True)
    env = {"RIALTO_DATA": str(data)}
    os.environ.pop("DATABASE_URL", None)
    runner, load = Runner(given), ", ".join(f"{load:.1f}" for load in os.getloadavg())
    print(f"{datetime.date.today()}, {os.cpu_count()} cores, load average before: {load}", flush=True)

    seed(given, env)
    demo(given, env)
    fill.sqlite(data / "rialto.db", given.rows)
    if "sqlite" in engines:
        box = given.scratch / "pocketbase"
        shutil.rmtree(box, ignore_errors=True)
        peer.prepare(given.pocketbase, box, given.scratch / "pocketbase.log", data / "rialto.db")
        ours = rialto(runner, "SQLite", env)
        with peer.start(given.pocketbase, box, given.scratch / "pocketbase.log") as server:
            token = {"authorization": peer.signed_in(server.url, "users", peer.MEMBER)}
            path = "/api/collections/deals/records?perPage=50&sort=-created"
            theirs = runner.run("list, 50 of 100,000, PocketBase", server, path, 16, token)
            bare = runner.run("the same without a total, PocketBase", server, f"{path}&skipTotal=1", 16, token)
        print(f"list, ours to PocketBase's: {ours / theirs:.2f} of its CPU ({ours / bare:.2f} when it counts no total)")
        shutil.rmtree(box, ignore_errors=True)
    if "postgres" in engines:
        with servers.postgres(Path("/tmp/rialto-load") / str(os.getpid())) as url:
            env = {"RIALTO_DATA": str(data), "DATABASE_URL": url}
            seed(given, env)
            fill.postgres(url, given.rows)
            rialto(runner, "PostgreSQL", env)
    shutil.rmtree(data, ignore_errors=True)
    runner.table()


if __name__ == "__main__":
    main()
