"""A plugin of pytest: leads pyarrow's file system to the emulator, which no setting of PyAthena or pyarrow does."""

import os
from functools import partial

from pyarrow import fs

vars(fs)["S3FileSystem"] = partial(fs.S3FileSystem, endpoint_override=os.environ["AWS_ENDPOINT_URL"])
