"""Every Python function of the engine."""

from athena_local.udf.addresses import ADDRESS_FUNCTIONS
from athena_local.udf.array_functions import ARRAY_FUNCTIONS
from athena_local.udf.beta_functions import BETA_FUNCTIONS
from athena_local.udf.binary_functions import BINARY_FUNCTIONS
from athena_local.udf.checksums import CHECKSUM_FUNCTIONS
from athena_local.udf.joda import JODA_FUNCTIONS
from athena_local.udf.json_casts import JSON_CAST_FUNCTIONS
from athena_local.udf.json_functions import JSON_FUNCTIONS
from athena_local.udf.printf import FORMAT_FUNCTIONS
from athena_local.udf.python_functions import Functions
from athena_local.udf.regexp_functions import REGEXP_FUNCTIONS
from athena_local.udf.shape_functions import SHAPE_FUNCTIONS
from athena_local.udf.sql_json_functions import SQL_JSON_FUNCTIONS
from athena_local.udf.text_functions import TEXT_FUNCTIONS

PYTHON_FUNCTIONS: Functions = {
    **TEXT_FUNCTIONS,
    **REGEXP_FUNCTIONS,
    **FORMAT_FUNCTIONS,
    **JSON_FUNCTIONS,
    **JSON_CAST_FUNCTIONS,
    **SQL_JSON_FUNCTIONS,
    **BINARY_FUNCTIONS,
    **SHAPE_FUNCTIONS,
    **ADDRESS_FUNCTIONS,
    **BETA_FUNCTIONS,
    **ARRAY_FUNCTIONS,
    **CHECKSUM_FUNCTIONS,
    **JODA_FUNCTIONS,
}
