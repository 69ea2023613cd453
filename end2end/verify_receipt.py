#!/usr/bin/env python3
"""Verifies receipts of Rialto without any of Rialto's code: only Python's standard library and `cryptography`.

    verify_receipt.py receipt.json …                          what the receipt says of itself
    verify_receipt.py receipt.json --server https://…         and what the log says of it now
    verify_receipt.py receipt.json --evidence evidence.json   the same, from a file (GET /api/v1/log/evidence)
          --checkpoint kept.json    a checkpoint from earlier: the log must continue it
          --entries entries.json    the log's hashes (GET /api/v1/log/entries): the tree is built again from them
          --keys keys.json          the keys to trust (GET /api/v1/log/keys), instead of those that the log names

Prints a line for each receipt and ends with 0 when all of them hold. The formats are those of docs/security.md; hashes
and proofs are RFC 6962, signatures RFC 8032, canonical JSON is RFC 8785 (only integers occur).
"""

import argparse
import base64
import hashlib
import json
import re
import sys
import urllib.parse
import urllib.request

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

RECEIPT, CHECKPOINT, KEY = "rialto receipt 1", "rialto checkpoint 1", "rialto key 1"
FIELDS = {
    "format": str, "vendor": str, "deal": str, "claim": object, "claim_hash": str, "priority_at": str, "seq": int,
    "log_index": int, "prev_hash": str, "entry_hash": str, "tree_size": int, "root": str, "inclusion": list,
    "key_id": str, "public_key": str, "signature": str,
}
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")
HASH = re.compile(r"[0-9a-f]{64}")


class Broken(Exception):
    """Why something does not hold."""


def require(holds, why):
    if not holds:
        raise Broken(why)


# Reading and writing JSON


def unique(pairs):
    fields = dict(pairs)
    require(len(fields) == len(pairs), "a field stands twice")
    return fields


def parse(text):
    """JSON without fractions, doubled fields and the numbers that JSON does not have."""

    def refuse(_):
        raise Broken("a number that receipts do not have")

    try:
        return json.loads(text, object_pairs_hook=unique, parse_float=refuse, parse_constant=refuse)
    except (ValueError, RecursionError) as error:
        raise Broken("not JSON") from error


def canonical(value):
    if isinstance(value, dict):
        names = sorted(value, key=lambda name: name.encode("utf-16-be"))
        return "{" + ",".join(f"{canonical(name)}:{canonical(value[name])}" for name in names) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def read(path):
    """A file as text; of a PDF, the receipt that is attached to it."""
    with open(path, "rb") as file:
        data = file.read()
    if data.startswith(b"%PDF-"):
        start = data.find(b'{"format":"' + RECEIPT.encode() + b'"')
        require(start >= 0, "no receipt is attached")
        text = data[start:].decode("utf-8", "replace")
        return text[: json.JSONDecoder().raw_decode(text)[1]]
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Broken("not UTF-8") from error


# Hashes and proofs, by the recursive definitions of RFC 6962, section 2.1


def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def leaf(entry):
    return sha256(b"\0", entry)


def node(left, right):
    return sha256(b"\1", left, right)


def split(count):
    """The largest power of two below a count."""
    return 1 << (count - 1).bit_length() - 1


def unhex(text):
    require(isinstance(text, str) and HASH.fullmatch(text), "not a hash")
    return bytes.fromhex(text)


def inclusion_root(entry, index, size, path):
    require(0 <= index < size, "the place is not in the tree")
    if size == 1:
        require(not path, "the proof is too long")
        return entry
    require(path, "the proof is too short")
    middle = split(size)
    if index < middle:
        return node(inclusion_root(entry, index, middle, path[:-1]), path[-1])
    return node(path[-1], inclusion_root(entry, index - middle, size - middle, path[:-1]))


def consistency_roots(old, new, path, old_root, whole=True):
    """The heads that a consistency proof leads to, of the older and the newer tree."""
    require(0 < old <= new, "the older tree is empty or larger")
    if old == new:
        require(len(path) == (0 if whole else 1), "the proof has another length")
        head = old_root if whole else path[0]
        return head, head
    require(path, "the proof is too short")
    middle = split(new)
    if old <= middle:
        was, now = consistency_roots(old, middle, path[:-1], old_root, whole)
        return was, node(now, path[-1])
    was, now = consistency_roots(old - middle, new - middle, path[:-1], old_root, False)
    return node(path[-1], was), node(path[-1], now)


def root(hashes):
    if len(hashes) == 1:
        return hashes[0]
    middle = split(len(hashes))
    return node(root(hashes[:middle]), root(hashes[middle:]))


# Signatures


def unbase64(text):
    require(isinstance(text, str) and re.fullmatch(r"[A-Za-z0-9_-]*", text), "not base64url")
    data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    require(base64.urlsafe_b64encode(data).rstrip(b"=").decode() == text, "not base64url as it is written")
    return data


def check_signature(public_key, usage, fields, signature, what):
    try:
        key = Ed25519PublicKey.from_public_bytes(unbase64(public_key))
        key.verify(unbase64(signature), f"{usage}\n{canonical(fields)}".encode())
    except (InvalidSignature, ValueError) as error:
        raise Broken(f"the signature of the {what} does not hold") from error


def key_id(public_key):
    return sha256(unbase64(public_key))[:8].hex()


def by_id(keys):
    known = {}
    for key in keys:
        require(key["key_id"] == key_id(key["public_key"]), "a key has another's id")
        known[key["key_id"]] = key
    return known


def leads_to(keys, old, new):
    """Whether the older key vouches for the newer one, directly or through keys between them."""
    for _ in keys:
        if new == old:
            return True
        key = keys.get(new, {})
        before = keys.get(key.get("endorsed_by"))
        if before is None:
            return False
        text = {name: key.get(name) for name in ("endorsed_by", "key_id", "public_key", "since")}
        check_signature(before["public_key"], KEY, text, key.get("endorsement"), "key")
        new = before["key_id"]
    return False


# What is verified


def check_receipt(receipt):
    require(isinstance(receipt, dict) and set(receipt) == set(FIELDS), "not the fields of a receipt")
    for name, kind in FIELDS.items():
        require(isinstance(receipt[name], kind) and not isinstance(receipt[name], bool), f"{name} is no such thing")
    require(receipt["format"] == RECEIPT, "another format")
    require(TIME.fullmatch(receipt["priority_at"]), "not a time")
    claim_hash = sha256(canonical(receipt["claim"]).encode()).hex()
    require(receipt["claim_hash"] == claim_hash, "the claim is not the one that was hashed")
    names = ("claim_hash", "deal", "log_index", "prev_hash", "priority_at", "seq", "vendor")
    entry = leaf(canonical({name: receipt[name] for name in names}).encode())
    require(receipt["entry_hash"] == entry.hex(), "the entry is another one")
    path = [unhex(text) for text in receipt["inclusion"]]
    head = inclusion_root(entry, receipt["log_index"], receipt["tree_size"], path)
    require(receipt["root"] == head.hex(), "the entry is not in its tree")
    require(receipt["key_id"] == key_id(receipt["public_key"]), "the key has another id")
    signed = {name: value for name, value in receipt.items() if name != "signature"}
    check_signature(receipt["public_key"], RECEIPT, signed, receipt["signature"], "receipt")


def check_checkpoint(checkpoint, keys, vendor):
    require(checkpoint["format"] == CHECKPOINT and checkpoint["vendor"] == vendor, "a checkpoint of another log")
    require(checkpoint["key_id"] in keys, "the checkpoint's key is not published")
    signed = {name: value for name, value in checkpoint.items() if name != "signature"}
    public_key = keys[checkpoint["key_id"]]["public_key"]
    check_signature(public_key, CHECKPOINT, signed, checkpoint["signature"], "checkpoint")


def check_growth(proof, old_size, old_root, now, what):
    require(proof is not None and (proof["from"], proof["to"]) == (old_size, now["tree_size"]), f"no proof for {what}")
    path = [unhex(text) for text in proof["path"]]
    was, is_now = consistency_roots(old_size, now["tree_size"], path, unhex(old_root))
    require(was == unhex(old_root) and is_now == unhex(now["root"]), f"the log does not continue {what}")


def check_evidence(receipt, evidence, trusted, kept):
    keys = by_id(evidence["keys"] if trusted is None else trusted)
    require(receipt["key_id"] in keys, "the receipt's key is not published")
    now = evidence["checkpoint"]
    check_checkpoint(now, keys, receipt["vendor"])
    inclusion = evidence["inclusion"]
    require(inclusion is not None, "the entry is not in the log")
    path = [unhex(text) for text in inclusion["path"]]
    head = inclusion_root(unhex(receipt["entry_hash"]), receipt["log_index"], now["tree_size"], path)
    require(head == unhex(now["root"]), "the entry is not in the log")
    check_growth(evidence["since_receipt"], receipt["tree_size"], receipt["root"], now, "the receipt's tree")
    if kept is not None:
        check_checkpoint(kept, keys, receipt["vendor"])
        require(leads_to(keys, kept["key_id"], now["key_id"]), "the kept checkpoint's key does not vouch for the present")
        check_growth(evidence["since_kept"], kept["tree_size"], kept["root"], now, "the kept checkpoint")


def check_entries(receipt, entries, heads):
    """Builds the tree again and compares every head that is known."""
    require(entries["vendor"] == receipt["vendor"] and entries["from"] == 0, "entries of another log, or not all")
    hashes = [unhex(text) for text in entries["hashes"]]
    for size, head in [(receipt["tree_size"], receipt["root"]), *heads]:
        require(0 < size <= len(hashes), "the log is shorter than it was")
        require(root(hashes[:size]) == unhex(head), f"the first {size} entries are not those that were signed")
    require(hashes[receipt["log_index"]] == unhex(receipt["entry_hash"]), "the log has another entry at this place")


def fetch(server, path, **query):
    query = urllib.parse.urlencode({name: value for name, value in query.items() if value is not None})
    with urllib.request.urlopen(f"{server.rstrip('/')}/api/v1/log/{path}?{query}", timeout=30) as answer:
        return parse(answer.read().decode())


def ask(server, receipt, kept):
    return fetch(
        server,
        "evidence",
        vendor=receipt["vendor"],
        log_index=receipt["log_index"],
        receipt_size=receipt["tree_size"],
        kept_size=None if kept is None else kept["tree_size"],
    )


def fetch_entries(server, vendor):
    entries = fetch(server, "entries", vendor=vendor)
    following = entries["next"]
    while following is not None:
        more = fetch(server, "entries", vendor=vendor, **{"from": following})
        entries["hashes"] += more["hashes"]
        following = more["next"]
    return entries


def verify(path, given):
    receipt = parse(read(path))
    check_receipt(receipt)
    keys, kept, evidence, entries = given["keys"], given["checkpoint"], given["evidence"], given["entries"]
    if keys is not None:
        require(receipt["key_id"] in by_id(keys), "the key is not one that is trusted")
    if given["server"]:
        evidence = ask(given["server"], receipt, kept)
        entries = fetch_entries(given["server"], receipt["vendor"])
    if evidence is not None:
        check_evidence(receipt, evidence, keys, kept)
    if entries is not None:
        known = [head for head in (kept, evidence and evidence["checkpoint"]) if head is not None]
        check_entries(receipt, entries, [(head["tree_size"], head["root"]) for head in known])


def main():
    arguments = argparse.ArgumentParser(description="Verifies receipts of Rialto without any of Rialto's code.")
    arguments.add_argument("receipts", nargs="+", metavar="receipt.json")
    arguments.add_argument("--server", help="address of the portal, to ask its log")
    for name in ("keys", "checkpoint", "evidence", "entries"):
        arguments.add_argument(f"--{name}", metavar="FILE")
    asked = vars(arguments.parse_args())
    receipts = asked.pop("receipts")
    given = {
        name: value if name == "server" or value is None else parse(read(value)) for name, value in asked.items()
    }
    if isinstance(given["keys"], dict):
        given["keys"] = given["keys"]["keys"]
    broken = 0
    for path in receipts:
        try:
            verify(path, given)
            print(f"{path}: holds")
        except (Broken, KeyError, TypeError) as why:
            broken += 1
            print(f"{path}: does not hold: {why}")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
