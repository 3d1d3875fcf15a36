"""Scripts run as a person runs them: in a Python of its own, which cannot find this project."""

import json
import os
import subprocess
import sys
from contextlib import contextmanager

WORKER = """
import io, json, sys, contextlib, traceback
for line in sys.stdin:
    asked = json.loads(line)
    namespace = {"__name__": "prepared_by_script"}
    try:
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            exec(compile(open(asked["script"], encoding="utf-8").read(), "prepare.py", "exec"), namespace)
            namespace["main"](asked["arguments"])
        said = "done"
    except Exception:
        said = traceback.format_exc()
    found = sorted(name for name in sys.modules if name.split(".")[0] == "aipm")
    print(json.dumps({"said": said, "ours": found}), flush=True)
"""
SECRET = "a secret of more than sixteen"  # noqa: S105 - of nobody's


@contextmanager
def interpreter(folder):
    """Gives a function that runs a script in a process of its own, one process for many scripts."""
    # Warnings are as for a person who runs it: shown, not raised.
    environment = {
        **{key: value for key, value in os.environ.items() if not key.startswith("PYTHON")},
        "AIPM_SALT": SECRET,
    }
    with subprocess.Popen(
        [sys.executable, "-I", "-c", WORKER],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=folder,
        env=environment,
    ) as process:

        def call(script, *arguments):
            process.stdin.write(
                json.dumps({"script": str(script), "arguments": [str(each) for each in arguments]}) + "\n"
            )
            process.stdin.flush()
            answer = json.loads(process.stdout.readline())
            assert answer["ours"] == []
            assert answer["said"] == "done", answer["said"]

        yield call
        process.stdin.close()
