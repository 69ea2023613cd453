"""PocketBase with a collection of the same rows, asked for the same list by somebody who is signed in."""

import datetime
import json
import secrets
import sqlite3
import string
import subprocess
import urllib.request
from pathlib import Path

import fill
import servers

TEXTS = ["number", "status", "customer", "country", "products", "currency", "partner", "program", "by", "vendor"]
NUMBERS = ["value", "priority_at", "expires_at"]
ADMIN, MEMBER, PASSWORD = "admin@peer.example", "carlos@peer.example", "peer-password-1"


def ask(url: str, body: dict | None = None, token: str = "", method: str | None = None) -> dict:
    """JSON over HTTP."""
    headers = {"content-type": "application/json", "authorization": token}
    request = urllib.request.Request(url, json.dumps(body).encode() if body else None, headers, method=method)
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


def signed_in(url: str, collection: str, name: str) -> str:
    """A token."""
    path = f"{url}/api/collections/{collection}/auth-with-password"
    return ask(path, {"identity": name, "password": PASSWORD})["token"]


def start(program: Path, folder: Path, log: Path) -> servers.Server:
    """`pocketbase serve` on a free port."""
    port = servers.free_port()
    command = [str(program), "serve", f"--http=127.0.0.1:{port}", f"--dir={folder}"]
    return servers.Server(command, port, {}, log, "/api/health")


def prepare(program: Path, folder: Path, log: Path, rialto: Path) -> None:
    """Declares the collection through the API, then fills its table."""
    create = [str(program), "superuser", "upsert", ADMIN, PASSWORD, f"--dir={folder}"]
    subprocess.run(create, check=True, stdout=subprocess.DEVNULL)
    with start(program, folder, log) as server:
        admin = signed_in(server.url, "_superusers", ADMIN)
        fields: list[dict] = [{"name": name, "type": "text"} for name in TEXTS]
        fields += [{"name": name, "type": "number"} for name in NUMBERS]
        fields += [{"name": "created", "type": "autodate", "onCreate": True}]
        collection = {
            "name": "deals",
            "type": "base",
            "fields": fields,
            "listRule": "vendor = @request.auth.name",
            # One for each way in which it may look for the rows.
            "indexes": [
                "create index idx_deals_list on deals (vendor, created)",
                "create index idx_deals_created on deals (created)",
            ],
        }
        ask(f"{server.url}/api/collections", collection, admin)
        member = {"email": MEMBER, "password": PASSWORD, "passwordConfirm": PASSWORD, "name": "northwind"}
        ask(f"{server.url}/api/collections/users/records", member, admin)
    letters = string.ascii_lowercase + string.digits
    names = ["id", "number", "status", "customer", "country", "products", "value", "currency", "partner"]
    names += ["program", "priority_at", "expires_at", "by", "created", "vendor"]
    rows = []
    for row in fill.deals(rialto):
        *shown, created = (value if value is not None else "" for value in row)
        at = datetime.datetime.fromtimestamp(created / 1000, datetime.UTC)
        id = "".join(secrets.choice(letters) for _ in range(15))
        rows.append((id, *shown, at.strftime("%Y-%m-%d %H:%M:%S.%f")[:-3] + "Z", "northwind"))
    with sqlite3.connect(folder / "data.db") as db:
        marks = ", ".join("?" * len(names))
        columns = ", ".join(f'"{name}"' for name in names)
        db.executemany(f"insert into deals ({columns}) values ({marks})", rows)
        db.execute("analyze")
    db.close()
