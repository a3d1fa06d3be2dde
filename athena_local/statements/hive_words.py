"""The words of Hive's statements."""

import re
from typing import Any, ClassVar

from sqlglot import TokenType
from sqlglot.dialects.hive import Hive

# Words that name nothing in a statement of Hive's unless they are in backticks. TIME and TIMESTAMP do, on Athena.
RESERVED = frozenset(
    """
    ALL ALTER AND ARRAY AS AUTHORIZATION BETWEEN BIGINT BINARY BOOLEAN BOTH BY CASE CASHE CAST CHAR COLUMN CONF
    CONSTRAINT COMMIT CREATE CROSS CUBE CURRENT CURRENT_DATE CURRENT_TIMESTAMP CURSOR DATABASE DATE DAYOFWEEK DECIMAL
    DELETE DESCRIBE DISTINCT DIV DOUBLE DROP ELSE END EXCHANGE EXISTS EXTENDED EXTERNAL EXTRACT FALSE FETCH FLOAT FLOOR
    FOLLOWING FOR FOREIGN FROM FULL FUNCTION GRANT GROUP GROUPING HAVING IF IMPORT IN INNER INSERT INT INTEGER INTERSECT
    INTERVAL INTO IS JOIN LATERAL LEFT LESS LIKE LOCAL MACRO MAP MORE NONE NOT NULL NUMERIC OF ON ONLY OR ORDER OUT
    OUTER OVER PARTIALSCAN PARTITION PERCENT PRECEDING PRECISION PRESERVE PRIMARY PROCEDURE RANGE READS REDUCE REGEXP
    REFERENCES REVOKE RIGHT RLIKE ROLLBACK ROLLUP ROW ROWS SELECT SET SMALLINT START TABLE TABLESAMPLE THEN
    TO TRANSFORM TRIGGER TRUE TRUNCATE UNBOUNDED UNION UNIQUEJOIN UPDATE USER USING UTC_TIMESTAMP VALUES
    VARCHAR VIEWS WHEN WHERE WINDOW WITH
    """.split()  # noqa: SIM905
)


class _Tokenizer(Hive.Tokenizer):
    """Without keywords: every word is one token."""

    KEYWORDS: ClassVar = {sign: kind for sign, kind in Hive.Tokenizer.KEYWORDS.items() if not re.search(r"\w", sign)}
    COMMANDS: ClassVar = set()


class Words(Hive):
    """Hive's SQL, of which every word is one token."""

    Tokenizer = _Tokenizer


def is_word(token: Any, word: str) -> bool:
    """Tell whether a token is this word or sign, without quotes."""
    return token.token_type not in (TokenType.STRING, TokenType.IDENTIFIER) and token.text.upper() == word


def wordlike(text: str) -> bool:
    """Tell whether a text is a word."""
    return text.replace("_", "a").isalnum() and not text.isdecimal() and not text.startswith("_")
