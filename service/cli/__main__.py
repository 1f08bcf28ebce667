"""`python -m service.cli` is `rasoat`."""

import sys

from service.cli import main

sys.exit(main())
