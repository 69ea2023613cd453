"""Schemathesis against a server with the demo: as a partner's sales person, then as the vendor's owner."""

import argparse
import json
import os
import shutil
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "load"))
from servers import rialto  # noqa: E402

# Who asks: the partner first, as what the owner changes may shut partners out.
PEOPLE = ["sam@alpine.example", "olivia@northwind.example"]
# No 5xx, and every answer as the document describes it. What is refused is a rule's matter, not the schema's.
CHECKS = ",".join([
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
])
# A stream does not end; the others end the key that the run asks with.
LEFT_OUT = ["Live", "RevokeApiKey", "EndApiKey"]
LISTS = [
    "organizations", "brands", "programs", "products", "partners", "enrollments", "users", "customers", "opportunities",
    "deals", "imports", "notices", "events",
]
# How often a known record is named instead of one that nobody has.
KNOWN = 0.8


def get(url: str, key: str) -> object:
    """The JSON of an answer; nothing when the person may not ask."""
    request = urllib.request.Request(url, headers={"authorization": f"Bearer {key}"} if key else {})
    try:
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)
    except urllib.error.HTTPError:
        return None


def harvest(value: object, ids: dict[str, list[str]]) -> None:
    """Takes in every id by what it begins with, a handful of each."""
    if isinstance(value, dict):
        for one in value.values():
            harvest(one, ids)
    elif isinstance(value, list):
        for one in value:
            harvest(one, ids)
    elif isinstance(value, str) and len(value.rpartition("_")[2]) == 26 and value.rpartition("_")[0].isalpha():
        known = ids.setdefault(value.rpartition("_")[0], [])
        if value not in known and len(known) < 12:
            known.append(value)


def bindings(operation: dict, ids: dict[str, list[str]]) -> list[str]:
    """Which parameters and fields of an operation name records, as lines of the configuration."""
    fields = [(f"{one['in']}.{one['name']}", one["schema"]) for one in operation.get("parameters", [])]
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
    fields += [(f"body.{name}", schema) for name, schema in body.get("properties", {}).items()]
    lines = []
    for place, schema in fields:
        prefix = schema.get("pattern", "").removeprefix("^").partition("_[0-7]")[0]
        if prefix in ids:
            lines.append(f'"{place}" = {{ dictionary = "{prefix}", probability = {KNOWN} }}')
    return lines


def configuration(document: dict, ids: dict[str, list[str]]) -> str:
    """Schemathesis' configuration: known ids for every operation that takes one."""
    text = [f"[dictionaries.{prefix}]\nvalues = {json.dumps(values)}\n" for prefix, values in ids.items()]
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            lines = bindings(operation, ids)
            if lines:
                name = operation["operationId"]
                text.append(f'[[operations]]\ninclude-operation-id = "{name}"\n[operations.parameters]')
                text.append("\n".join(lines) + "\n")
    return "\n".join(text)


def main() -> int:
    """Runs Schemathesis once for each person; gives 1 when any run found something."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rialto", type=Path, required=True)
    parser.add_argument("--scratch", type=Path, required=True)
    parser.add_argument("--schemathesis", required=True, help="the program, or python and a module")
    ours, theirs = parser.parse_known_args()
    data, site = ours.scratch / "data", ours.scratch / "site"
    shutil.rmtree(data, ignore_errors=True)
    site.mkdir(parents=True, exist_ok=True)
    (site / "manifest.json").write_text('{"js": "/pkg/rialto.js", "wasm": "/pkg/rialto.wasm", "css": "/pkg/rialto.css"}')
    env = {"RIALTO_DATA": str(data), "RIALTO_SITE": str(site)}
    own = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"} | env

    def command(*words: str) -> str:
        return subprocess.run([ours.rialto, *words], env=own, check=True, text=True, capture_output=True).stdout

    command("seed", "demo")
    keys = {email: command("token", "create", "--email", email, "--name", "Fuzzing").strip() for email in PEOPLE}
    found = 0
    with rialto(ours.rialto, env, ours.scratch / "server.log") as server:
        document = get(f"{server.url}/api/openapi.json", "")
        for email, key in keys.items():
            ids: dict[str, list[str]] = {}
            me = get(f"{server.url}/api/v1/session", key)
            for name in LISTS:
                harvest(get(f"{server.url}/api/v1/{name}?limit=12", key), ids)
            # Nobody takes away their own role in the middle of a run.
            ids["user"] = [user for user in ids.get("user", []) if user != me["user"]["id"]]
            ids = {prefix: values for prefix, values in ids.items() if values}
            config = ours.scratch / f"{email.partition('@')[0]}.toml"
            config.write_text(configuration(document, ids))
            print(f"\nSchemathesis as {email}", flush=True)
            call = [*ours.schemathesis.split(), "--config-file", str(config), "run", f"{server.url}/api/openapi.json"]
            call += ["--header", f"Authorization: Bearer {key}", "--checks", CHECKS, "--continue-on-failure"]
            call += ["--phases", "examples,coverage,fuzzing", "--seed", "2026"]
            for name in LEFT_OUT:
                call += ["--exclude-operation-id", name]
            found |= subprocess.run([*call, *theirs], cwd=ours.scratch).returncode
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
