"""`python -m wenpan …` is `wenpan …`."""

import sys

from wenpan.cli import main

sys.exit(main())
