"""python -m aipm COMMAND …"""

import sys

from aipm.cli import main

sys.exit(main())
