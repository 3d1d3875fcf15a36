"""python -m aipm COMMAND …"""

import os
import sys

from aipm.cli import main
from aipm.tables.light import leave_out

if sys.argv[1:2] not in (["prep"], ["profile"]):  # the commands that work with it
    leave_out("pandas")
status = main()
sys.stderr.flush()  # what is on standard output has been flushed
os._exit(status)  # the interpreter would take its time to tidy up
