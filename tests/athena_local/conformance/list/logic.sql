logic-001 | SELECT NULL AND false
logic-002 | SELECT NULL AND true
logic-003 | SELECT NULL OR true
logic-004 | SELECT NULL OR false
logic-005 | SELECT NOT NULL
logic-006 | SELECT NOT true
logic-007 | SELECT true AND NOT false
logic-008 | SELECT true = NULL
logic-009 | SELECT NULL = NULL
logic-010 | SELECT NULL IS NULL
logic-011 | SELECT NULL IS NOT NULL
logic-012 | SELECT 1 IS NULL
logic-013 | SELECT 1 = 1
logic-014 | SELECT 1 <> 2
logic-015 | SELECT 1 != 1
logic-016 | SELECT 1 < NULL
logic-017 | SELECT 1 = 1.0
logic-018 | SELECT 1 = 1e0
logic-019 | SELECT 0.1 = 0.1e0
logic-020 | SELECT REAL '0.1' = 0.1e0
logic-021 | SELECT REAL '0.1' = REAL '0.1'
logic-022 | SELECT 'a' = NULL
logic-023 | SELECT 1 IS DISTINCT FROM NULL
logic-024 | SELECT NULL IS DISTINCT FROM NULL
logic-025 | SELECT 1 IS NOT DISTINCT FROM 1
logic-026 | SELECT NULL IS NOT DISTINCT FROM 1
logic-027 | SELECT 2 BETWEEN 1 AND 3
logic-028 | SELECT 2 BETWEEN 3 AND 1
logic-029 | SELECT 2 NOT BETWEEN 1 AND 3
logic-030 | SELECT NULL BETWEEN 1 AND 3
logic-031 | SELECT 2 BETWEEN NULL AND 1
logic-032 | SELECT 2 BETWEEN SYMMETRIC 3 AND 1
logic-033 | SELECT 'b' BETWEEN 'a' AND 'c'
logic-034 | SELECT 1 IN (1, 2)
logic-035 | SELECT 1 IN (2, NULL)
logic-036 | SELECT 1 NOT IN (2, NULL)
logic-037 | SELECT 1 IN (1, NULL)
logic-038 | SELECT NULL IN (1)
logic-039 | SELECT 1 IN (1.0, 2e0)
logic-040 | SELECT 1 NOT IN (2, 3)
logic-041 | SELECT 'a' IN ('A', 'b')
logic-042 | SELECT (1, 2) IN ((1, 2), (3, 4))
logic-043 | SELECT (1, NULL) IN ((1, 2))
logic-044 | SELECT 1 IN ()
logic-045 | SELECT 1 IN ('1')
logic-046 | SELECT greatest(1, 3, 2)
logic-047 | SELECT greatest(1, NULL)
logic-048 | SELECT greatest('a', 'b', 'B')
logic-049 | SELECT greatest(1, 2.5)
logic-050 | SELECT greatest(DATE '2024-01-01', DATE '2023-01-01')
logic-051 | SELECT greatest(1e0, nan())
logic-052 | SELECT greatest(1, 'a')
logic-053 | SELECT greatest()
logic-054 | SELECT greatest(TIMESTAMP '2024-01-01 00:00:00', DATE '2024-01-02')
logic-055 | SELECT least(1, 3, 2)
logic-056 | SELECT least(1, NULL)
logic-057 | SELECT least(1e0, nan())
logic-058 | SELECT least('b', 'a')
logic-059 | SELECT least(ARRAY[1], ARRAY[0])
logic-060 | SELECT least(true, false)
logic-061 | SELECT CASE WHEN true THEN 'a' END
logic-062 | SELECT CASE WHEN false THEN 'a' END
logic-063 | SELECT CASE WHEN NULL THEN 'a' ELSE 'b' END
logic-064 | SELECT CASE 1 WHEN 1 THEN 'one' WHEN 2 THEN 'two' ELSE 'many' END
logic-065 | SELECT CASE NULL WHEN NULL THEN 'null' ELSE 'else' END
logic-066 | SELECT CASE 1 WHEN 1.0 THEN 'y' END
logic-067 | SELECT CASE WHEN true THEN 1 ELSE 2.5 END
logic-068 | SELECT CASE WHEN true THEN 1 ELSE 'a' END
logic-069 | SELECT CASE WHEN 1 THEN 'a' END
logic-070 | SELECT CASE 'a' WHEN 1 THEN 2 END
logic-071 | SELECT CASE WHEN true THEN 1 ELSE 1 / 0 END
logic-072 | SELECT CASE WHEN false THEN 1 / 0 ELSE 2 END
logic-073 | SELECT IF(true, 1, 2)
logic-074 | SELECT IF(false, 1)
logic-075 | SELECT IF(NULL, 1, 2)
logic-076 | SELECT IF(true, 1, 2.5)
logic-077 | SELECT IF(1, 2, 3)
logic-078 | SELECT IF(true, 'a', 1)
logic-079 | SELECT COALESCE(NULL, 2, 3)
logic-080 | SELECT COALESCE(NULL, NULL)
logic-081 | SELECT COALESCE(1, 2.5)
logic-082 | SELECT COALESCE('a', 1)
logic-083 | SELECT COALESCE(1, 1 / 0)
logic-084 | SELECT COALESCE(1)
logic-085 | SELECT NULLIF(1, 1)
logic-086 | SELECT NULLIF(1, 2)
logic-087 | SELECT NULLIF(NULL, 1)
logic-088 | SELECT NULLIF(1, NULL)
logic-089 | SELECT NULLIF('a', 'A')
logic-090 | SELECT NULLIF(1, 1.0)
logic-091 | SELECT NULLIF(1, 'a')
logic-092 | SELECT typeof(CASE WHEN true THEN 1 ELSE 2.5 END)
logic-093 | SELECT typeof(COALESCE(NULL, 1))
logic-094 | SELECT typeof(NULLIF(1, 2.5))
logic-095 | SELECT typeof(IF(false, 1))
logic-096 | SELECT typeof(greatest(DATE '2024-01-01', TIMESTAMP '2024-01-01 00:00:00'))
logic-097 | SELECT 5 > ALL (VALUES 1, 2)
logic-098 | SELECT 5 > ANY (VALUES 1, 9)
logic-099 | SELECT 5 = SOME (VALUES 5, NULL)
logic-100 | SELECT 5 <> ALL (VALUES 1, NULL)
logic-101 | SELECT 5 > ALL (SELECT x FROM (VALUES 1) AS t (x) WHERE false)
logic-102 | SELECT 5 > ANY (SELECT x FROM (VALUES 1) AS t (x) WHERE false)
logic-103 | SELECT 5 = ALL (VALUES 5, 5)
logic-104 | SELECT 5 >= ALL (VALUES 5, NULL)
logic-105 | SELECT 5 IN (SELECT x FROM (VALUES 5) AS t (x))
logic-106 | SELECT 5 NOT IN (SELECT x FROM (VALUES 6, NULL) AS t (x))
logic-107 | SELECT EXISTS (SELECT 1)
logic-108 | SELECT EXISTS (SELECT 1 WHERE false)
logic-109 | SELECT NOT EXISTS (VALUES 1)
logic-110 | SELECT true AND 1
logic-111 | SELECT NOT 1
logic-112 | SELECT 1 AND 1
logic-113 | SELECT 'true' = true
logic-114 | SELECT true > false
logic-115 | SELECT 1 = true
logic-116 | SELECT 1 = '1'
logic-117 | SELECT 'a' LIKE 1
logic-118 | SELECT 1 LIKE '1'
logic-119 | SELECT DATE '2024-01-01' > 5
logic-120 | SELECT (1, 2) = (1, 2)
logic-121 | SELECT (1, 2) < (1, 3)
logic-122 | SELECT (1, NULL) = (1, 2)
logic-123 | SELECT (1, NULL) = (2, NULL)
logic-124 | SELECT ROW(1) = ROW('a')
logic-125 | SELECT (1, 2) = (1, 2, 3)
logic-126 | SELECT (1, NULL) IS NULL
logic-127 | SELECT ROW(NULL, NULL) IS NULL
logic-128 | SELECT IF(x > 1, 'big', 'small') FROM (VALUES 1, 2) AS t (x) ORDER BY x
logic-129 | SELECT CASE x WHEN 1 THEN 'a' WHEN 2 THEN 'b' END FROM (VALUES 1, 2, 3) AS t (x) ORDER BY x
