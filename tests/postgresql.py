"""A PostgreSQL server of our own: on loopback, in a temporary directory, gone at the end."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from contextlib import contextmanager, suppress
from pathlib import Path

USER = "aipm"
QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "deadlock_timeout=50ms", "max_connections=120")
"""Settings for tests, which nobody's data depends on."""


def programs():
    """The directory of its programs, the latest version's; None where there are none."""
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda each: int(each.parts[-3]))
    found = str(places[-1]) if places else shutil.which("initdb")
    return Path(found).resolve().parent if found else None


def _owner():
    """Who runs it: it refuses to run as root."""
    if os.geteuid():
        return {}
    for name in ("postgres", "nobody"):
        with suppress(KeyError):
            found = pwd.getpwnam(name)
            return {"user": found.pw_uid, "group": found.pw_gid, "extra_groups": ()}
    raise RuntimeError("no user but root to run it as")


class Server:
    """One that can be started, killed and started again."""

    def __init__(self, place, settings):
        self.place, self.settings, self.owner = place, settings, _owner()
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.process = None
        make = [programs() / "initdb", "-D", place / "data", "-U", USER, "--auth=trust", "--no-sync", "-E", "UTF8"]
        subprocess.run([*make, "--locale=C.UTF-8"], check=True, capture_output=True, cwd="/", **self.owner)

    def url(self, name="postgres", *, user=USER):
        return f"postgresql://{user}@127.0.0.1:{self.port}/{name}"

    def start(self):
        """Start it, and wait until it answers; after a kill it waits for what is left of the one before."""
        import psycopg

        settings = ["listen_addresses=127.0.0.1", "unix_socket_directories=", *self.settings]
        command = [programs() / "postgres", "-D", self.place / "data", "-p", str(self.port)]
        command += [part for each in settings for part in ("-c", each)]
        end = time.monotonic() + 60
        while True:
            if self.process is None or self.process.poll() is not None:
                with (self.place / "log").open("ab") as log:
                    self.process = subprocess.Popen(command, stdout=log, stderr=log, cwd="/", **self.owner)
            try:
                psycopg.connect(self.url(), connect_timeout=5).close()
            except psycopg.OperationalError:
                if time.monotonic() > end:
                    raise RuntimeError((self.place / "log").read_text()[-2000:]) from None
                time.sleep(0.02)
            else:
                return

    def stop(self, how=signal.SIGINT):
        if self.process is not None:
            self.process.send_signal(how)
            self.process.wait()
            self.process = None

    def execute(self, line, *, name="postgres"):
        import psycopg

        with psycopg.connect(self.url(name), autocommit=True) as connection:
            connection.execute(line)


@contextmanager
def server(settings=QUICK):
    with tempfile.TemporaryDirectory(prefix="aipm-postgresql-") as above:
        place = Path(above)
        if owner := _owner():
            os.chown(place, owner["user"], owner["group"])
        held = Server(place, settings)
        try:
            held.start()
            yield held
        finally:
            held.stop()
