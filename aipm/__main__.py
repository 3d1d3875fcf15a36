"""python -m aipm COMMAND …"""

import sys

from aipm.cli import main
from aipm.tables.light import leave_pandas_out

leave_pandas_out()
sys.exit(main())
