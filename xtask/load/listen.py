"""Thousands of event streams in one process, and somebody who writes at a steady pace in another."""

import array
import gc
import http.client
import json
import multiprocessing
import select
import socket
import threading
import time

PORTS_PER_ADDRESS = 20_000
# Connections that wait for their first message at a time.
OPENING = 100


class Listener:
    """One connection: its request, and what it has heard."""

    __slots__ = ("id", "key", "left", "org", "sock", "tail")

    def __init__(self, org: int, key: str):
        self.org, self.key = org, key
        self.sock: socket.socket | None = None
        self.left, self.tail, self.id = b"", b"", ""


class Crowd:
    """All connections, in one loop. Receipts are kept as three columns: when, by whom, of what."""

    def __init__(self, port: int, listeners: list[Listener], greeting: bytes):
        self.port, self.listeners, self.greeting = port, listeners, greeting
        self.poll = select.epoll()
        self.by_fd: dict[int, int] = {}
        self.names: dict[bytes, int] = {}
        self.at, self.who, self.what = array.array("q"), array.array("i"), array.array("i")
        self.again = self.lost = 0
        self.greeted: set[int] = set()

    def open(self, request) -> float:
        """Opens all and waits for their greeting; gives the seconds that it took."""
        gc.collect()
        gc.freeze()
        started = time.perf_counter()
        self.greeted.clear()
        todo = iter(range(len(self.listeners)))
        opened = 0
        while len(self.greeted) < len(self.listeners):
            while opened - len(self.greeted) < OPENING and (index := next(todo, None)) is not None:
                self._connect(index, request(self.listeners[index]))
                opened += 1
            self.step(1)
            if time.perf_counter() - started > 300:
                raise SystemExit(f"only {len(self.greeted)} of {len(self.listeners)} streams began")
        return time.perf_counter() - started

    def _connect(self, index: int, request: bytes) -> None:
        sock = socket.socket()
        sock.bind((f"127.0.0.{2 + index // PORTS_PER_ADDRESS}", 0))
        sock.connect(("127.0.0.1", self.port))
        sock.sendall(request)
        sock.setblocking(False)
        listener = self.listeners[index]
        listener.sock, listener.left = sock, b""
        self.by_fd[sock.fileno()] = index
        self.poll.register(sock.fileno(), select.EPOLLIN)

    def run(self, seconds: float) -> None:
        """Listens for so long."""
        until = time.perf_counter() + seconds
        while (left := until - time.perf_counter()) > 0:
            self.step(min(left, 0.2))

    def until_quiet(self, most: float) -> None:
        """Listens until nothing has come for three seconds, but not for ever."""
        until = time.perf_counter() + most
        before = -1
        while before != len(self.at) and time.perf_counter() < until:
            before = len(self.at)
            self.run(3)

    def step(self, wait: float) -> None:
        """Takes what has come."""
        now = time.monotonic_ns
        for fd, _ in self.poll.poll(wait, 256):
            index = self.by_fd[fd]
            listener = self.listeners[index]
            try:
                data = listener.sock.recv(65536)
            except BlockingIOError:
                continue
            except OSError:
                data = b""
            at = now()
            if not data:
                self._closed(fd, index)
                continue
            if listener.left:
                data = listener.left + data
            end = data.rfind(b"\n\n")
            if end < 0:
                listener.left = data
                continue
            end += 2
            listener.left = data[end:]
            found = data.find(b'"id":"', 0, end)
            while found >= 0:
                stop = data.find(b'"', found + 6)
                if stop > found + 6:
                    name = data[found + 6 : stop]
                    self.at.append(at)
                    self.who.append(index)
                    self.what.append(self.names.setdefault(name, len(self.names)))
                found = data.find(b'"id":"', stop, end)
            if b"\nid: " in data or data.startswith(b"id: "):
                listener.tail = data[:end]
            if b"stream.again" in data:
                self.again += 1
            if index not in self.greeted and self.greeting in data:
                self.greeted.add(index)
                if not listener.id:
                    listener.id = data.split(b'"clientId":"', 1)[-1].split(b'"', 1)[0].decode(errors="replace")

    def _closed(self, fd: int, index: int) -> None:
        self.poll.unregister(fd)
        self.listeners[index].sock.close()
        del self.by_fd[fd]
        self.lost += 1

    def close(self) -> None:
        """Leaves, all at once."""
        for fd, index in list(self.by_fd.items()):
            self._closed(fd, index)
        gc.unfreeze()

    def bookmark(self, listener: Listener) -> str:
        """The `id:` of the last message."""
        place = listener.tail.rfind(b"id: ")
        return listener.tail[place + 4 :].split(b"\n", 1)[0].strip().decode() if place >= 0 else ""


class Writer:
    """Writes at a steady pace from a process of its own, and keeps (id, organisation, sent, answered)."""

    THREADS = 4
    # A server that cannot keep the pace is given so much longer.
    OVERTIME_S = 10

    def __init__(self, port: int, headers: dict, make, rate: float, seconds: float):
        ours, theirs = multiprocessing.Pipe()
        self.pipe = ours
        self.process = multiprocessing.Process(target=self._work, args=(theirs, port, headers, make, rate, seconds))
        self.process.start()
        theirs.close()

    def _work(self, pipe, port: int, headers: dict, make, rate: float, seconds: float) -> None:
        done: list[tuple] = []
        threads = []
        begin = time.monotonic_ns() + 50_000_000
        for number in range(self.THREADS):
            args = (done, port, headers, make, rate, seconds, number, begin)
            threads.append(threading.Thread(target=self._write, args=args))
            threads[-1].start()
        for thread in threads:
            thread.join()
        pipe.send(done)

    def _write(self, done, port, headers, make, rate, seconds, number, begin) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        for turn in range(number, int(rate * seconds), self.THREADS):
            due = begin + int(turn * 1e9 / rate)
            time.sleep(max(0, (due - time.monotonic_ns()) / 1e9))
            if time.monotonic_ns() > begin + (seconds + self.OVERTIME_S) * 1e9:
                return
            org, path, body = make(turn)
            sent = time.monotonic_ns()
            try:
                connection.request("POST", path, json.dumps(body), headers)
                answer = connection.getresponse()
                text = answer.read()
            except (OSError, http.client.HTTPException):
                return
            answered = time.monotonic_ns()
            if answer.status not in (200, 201):
                raise SystemExit(f"{path}: {answer.status} {text[:300]!r}")
            done.append((json.loads(text)["id"].encode(), org, sent, answered))

    def ends(self) -> list[tuple]:
        """What was written, once it has ended."""
        done = self.pipe.recv()
        self.process.join()
        return done


def percentile(values: list[float], share: float) -> float:
    """Of sorted values."""
    return values[min(len(values) - 1, int(len(values) * share))] if values else float("nan")


def account(crowd: Crowd, written: list[tuple], first: int = 0) -> dict:
    """Sets receipts against what was written: delays in ms, and how many are missing, doubled or not theirs."""
    members: dict[int, list[int]] = {}
    for index, listener in enumerate(crowd.listeners):
        members.setdefault(listener.org, []).append(index)
    known = {crowd.names[id]: row for row in written if (id := row[0]) in crowd.names}
    heard: dict[int, list[int]] = {}
    from_sent, from_answer = [], []
    for at, who, what in zip(crowd.at[first:], crowd.who[first:], crowd.what[first:]):
        row = known.get(what)
        if row is not None:
            heard.setdefault(what, []).append(who)
            from_sent.append((at - row[2]) / 1e6)
            from_answer.append(max(0, at - row[3]) / 1e6)
    missing = doubled = foreign = expected = 0
    for row in written:
        wanted = members.get(0, []) + members.get(row[1], [])
        expected += len(wanted)
        got = heard.get(crowd.names.get(row[0], -1), [])
        once = set(got)
        doubled += len(got) - len(once)
        missing += len(set(wanted) - once)
        foreign += len(once - set(wanted))
    from_sent.sort()
    from_answer.sort()
    return {
        "written": len(written),
        "rate": len(written) / max(0.001, (max(row[3] for row in written) - min(row[2] for row in written)) / 1e9),
        "expected": expected,
        "missing": missing,
        "doubled": doubled,
        "foreign": foreign,
        "sent": from_sent,
        "answer": from_answer,
    }
