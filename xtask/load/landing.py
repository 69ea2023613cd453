"""Puts a landing page and a click under load on this machine, beside nginx and an empty handler, and prints Markdown.

Usage: landing.py --rialto BINARY --empty BINARY --scratch FOLDER [--seconds N] [--wrk PROGRAM] [--nginx PROGRAM]
"""

import argparse
import contextlib
import email
import email.policy
import json
import os
import re
import shutil
import socketserver
import subprocess
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

import servers
from measure import api, in_ms, seed

CONNECTIONS = 32
# What a campaign must reach of what it is held against.
PAGE_BAR, CLICK_BAR, LATE_MS = 0.4, 0.5, 20


class Sink(socketserver.StreamRequestHandler):
    """A mail server that keeps what it is given and sends nothing."""

    kept: list[bytes] = []

    def handle(self) -> None:
        self.say("220 sink")
        while line := self.rfile.readline():
            word = line[:4].upper().strip()
            if word == b"EHLO":
                self.say("250-sink")
                self.say("250 8BITMIME")
            elif word == b"DATA":
                self.say("354 go on")
                lines = []
                while (line := self.rfile.readline()) not in (b".\r\n", b""):
                    lines.append(line[1:] if line.startswith(b"..") else line)
                self.kept.append(b"".join(lines))
                self.say("250 kept")
            elif word == b"QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 fine")

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


@contextlib.contextmanager
def sink():
    """Gives the port of a mail server."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Sink) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()


@contextlib.contextmanager
def nginx(program: str, folder: Path, page: bytes):
    """nginx with one file, as its package is set up: as many workers as there are processors, no log of requests."""
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "site").mkdir(parents=True)
    (folder / "site/page.html").write_bytes(page)
    port = servers.free_port()
    temporary = "".join(f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    user = "user root;" if os.getuid() == 0 else ""
    (folder / "nginx.conf").write_text(
        f"{user} worker_processes auto; pid {folder}/pid; error_log {folder}/error.log; daemon off;\n"
        f"events {{ worker_connections 1024; }}\n"
        f"http {{ {temporary} access_log off; sendfile on; tcp_nopush on; keepalive_requests 100000000; types {{ text/html html; }}\n"
        f"open_file_cache max=10; server {{ listen 127.0.0.1:{port}; root {folder}/site; }} }}\n"
    )
    command = [program, "-p", str(folder), "-c", str(folder / "nginx.conf")]
    with servers.Server(command, port, {}, folder / "out.log", "/page.html") as server:
        yield server


def wrk(given: argparse.Namespace, url: str) -> tuple[float, float, float]:
    """Requests a second, and the time within which half and 99 of 100 were answered, in milliseconds."""
    command = [given.wrk, "-t2", f"-c{CONNECTIONS}", "--latency"]
    subprocess.run([*command, "-d2s", url], check=True, capture_output=True)
    out = subprocess.run([*command, f"-d{given.seconds}s", url], check=True, capture_output=True, text=True).stdout
    if "Socket errors" in out or "Non-2xx" in out:
        raise SystemExit(f"{url}: not every request was answered\n{out}")
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", out)[1])
    return rate, in_ms(out, "50%"), in_ms(out, "99%")


def key(given: argparse.Namespace, env: dict[str, str], name: str) -> str:
    """An API key of somebody in the demo."""
    command = [given.rialto, "token", "create", "--email", f"{name}.example", "--name", "load"]
    return subprocess.run(command, env=os.environ | env, check=True, capture_output=True, text=True).stdout.strip()


def send(server: servers.Server, key: str, method: str, path: str, body: dict) -> dict:
    """Asks Rialto for JSON, by any method."""
    headers = {"authorization": f"Bearer {key}", "content-type": "application/json", "accept": "application/json"}
    url = f"{server.url}/api/v1{path}"
    request = urllib.request.Request(url, json.dumps(body).encode(), headers, method=method)
    try:
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as error:
        raise SystemExit(f"{method} {path}: {error.code} {error.read().decode()[:2000]}") from error


def launch(server: servers.Server, owner: str, seller: str) -> dict:
    """A campaign with a mail and a page, launched to one person; gives it when its mails are out."""
    program = api(server, seller, "/programs")["items"][0]["id"]
    ready = next(one for one in api(server, owner, "/kits/ready")["items"] if one["key"])
    kit = api(server, owner, "/kits", {"program": program, "ready": ready["key"]})
    content = kit["content"]
    content["rules"] |= {"logo_needed": False, "approval_needed": False, "legal_line": ""}
    send(server, owner, "PUT", f"/kits/{kit['id']}/draft", {"content": content})
    api(server, owner, f"/kits/{kit['id']}/publish", {"note": "Load"})
    audience = api(server, seller, "/audiences", {"name": "Load"})["id"]
    person = {"email": "reader@reader.example", "first_name": "Ada", "source": "form", "on": "2026-01-05", "wording": "Yes"}
    api(server, seller, f"/audiences/{audience}/contacts", person)
    card = api(server, seller, "/partner-card")["card"]
    card |= {"name": "Alpine", "address": "Seestrasse 1\nZurich", "email": "hello@alpine.example", "website": "https://alpine.example"}
    send(server, seller, "PUT", "/partner-card", {"card": card})
    made = api(server, seller, "/campaigns", {"kit": kit["id"], "name": "Load"})
    send(server, seller, "PATCH", f"/campaigns/{made['id']}", {"audience": audience, "quiet": False})
    if api(server, seller, f"/campaigns/{made['id']}/launch", {"_": 0})["state"] == "awaiting_approval":
        api(server, owner, f"/campaigns/{made['id']}/approve", {"_": 0})
    for _ in range(120):
        campaign = api(server, seller, f"/campaigns/{made['id']}")
        if campaign["state"] in ("sending", "sent") and Sink.kept:
            return campaign
        time.sleep(0.5)
    raise SystemExit(f"the campaign did not go out: {campaign['state']}, {len(Sink.kept)} mails")


def click() -> str:
    """Where the first link of the mail leads, as a path."""
    for message in Sink.kept:
        parsed = email.message_from_bytes(message, policy=email.policy.default)
        for part in parsed.walk():
            if part.get_content_maintype() == "text":
                found = re.search(r"/m/c/[\w.~-]+", part.get_content())
                if found:
                    return found[0]
    raise SystemExit("no mail has a link that is counted")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("rialto", "empty", "scratch"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--wrk", default=shutil.which("wrk"))
    parser.add_argument("--nginx", default=shutil.which("nginx") or "/usr/sbin/nginx")
    parser.add_argument("--seconds", type=int, default=8)
    given = parser.parse_args()
    data = given.scratch / "data-landing"
    shutil.rmtree(data, ignore_errors=True)
    data.mkdir(parents=True)
    os.environ.pop("DATABASE_URL", None)
    rows = []
    with sink() as mail:
        env = {"RIALTO_DATA": str(data), "RIALTO_SMTP_URL": f"smtp://127.0.0.1:{mail}"}
        seed(given, env)
        owner, seller = key(given, env, "olivia@northwind"), key(given, env, "sam@alpine")
        with servers.rialto(given.rialto, env, given.scratch / "landing.log") as server:
            campaign = launch(server, owner, seller)
            path = f"/l/{campaign['slug']}"
            with urllib.request.urlopen(server.url + path) as answer:
                page = answer.read()
            request = urllib.request.Request(server.url + path, headers={"accept-encoding": "br"})
            with urllib.request.urlopen(request) as answer:
                small = answer.read()
            print(f"the page: {len(page):,} bytes, {len(small):,} with Brotli", flush=True)
            with nginx(given.nginx, given.scratch / "nginx", page) as static:
                # In turn, so that what else the machine does falls on both.
                for _ in range(3):
                    rows.append(("nginx, the same bytes", *wrk(given, f"{static.url}/page.html")))
                    rows.append(("landing page", *wrk(given, server.url + path)))
            port = servers.free_port()
            with servers.Server([str(given.empty), f"127.0.0.1:{port}"], port, {}, given.scratch / "empty.log", "/") as empty:
                for _ in range(3):
                    rows.append(("empty handler", *wrk(given, empty.url)))
                    rows.append(("click", *wrk(given, server.url + click())))
    shutil.rmtree(data, ignore_errors=True)
    best = {}
    print("\n| request | requests/s | p50 ms | p99 ms |\n|---|---:|---:|---:|")
    for name, rate, median, late in rows:
        print(f"| {name} | {rate:,.0f} | {median:.2f} | {late:.2f} |")
        best.setdefault(name, []).append((rate, late))
    middle = {name: sorted(all)[len(all) // 2] for name, all in best.items()}
    page = middle["landing page"][0] / middle["nginx, the same bytes"][0]
    clicks = middle["click"][0] / middle["empty handler"][0]
    late = middle["landing page"][1]
    print(f"\nlanding page: {page:.2f} of nginx (bar {PAGE_BAR}), p99 {late:.1f} ms (bar {LATE_MS})")
    print(f"click: {clicks:.2f} of an empty handler (bar {CLICK_BAR})")
    if page < PAGE_BAR or clicks < CLICK_BAR or late > LATE_MS:
        raise SystemExit("a bar was missed")


if __name__ == "__main__":
    main()
