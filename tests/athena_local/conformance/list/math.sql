math-001 | SELECT 1 + 2
math-002 | SELECT 1 + 2.5
math-003 | SELECT 1 + 2e0
math-004 | SELECT 2147483647 + 1
math-005 | SELECT BIGINT '9223372036854775807' + 1
math-006 | SELECT TINYINT '127' + TINYINT '1'
math-007 | SELECT SMALLINT '1' + TINYINT '1'
math-008 | SELECT INTEGER '-2147483648' - 1
math-009 | SELECT 5 - 7
math-010 | SELECT 5 * 7
math-011 | SELECT 2147483647 * 2
math-012 | SELECT 3000000000 * 4
math-013 | SELECT BIGINT '9223372036854775807' * 2
math-014 | SELECT 7 / 2
math-015 | SELECT -7 / 2
math-016 | SELECT 7 / -2
math-017 | SELECT 7 / 0
math-018 | SELECT 7e0 / 0
math-019 | SELECT 0e0 / 0
math-020 | SELECT 7.0 / 0
math-021 | SELECT 7 / 2.0
math-022 | SELECT 7.00 / 3
math-023 | SELECT 1.0 / 3
math-024 | SELECT 10 / 4e0
math-025 | SELECT REAL '1' / 3
math-026 | SELECT 7 % 3
math-027 | SELECT -7 % 3
math-028 | SELECT 7 % -3
math-029 | SELECT 7 % 0
math-030 | SELECT 7.5 % 2
math-031 | SELECT 7.5e0 % 2
math-032 | SELECT - 5
math-033 | SELECT -(-5)
math-034 | SELECT + 5
math-035 | SELECT - (INTEGER '-2147483648')
math-036 | SELECT - REAL '1.5'
math-037 | SELECT DECIMAL '1.10' + DECIMAL '2.2'
math-038 | SELECT DECIMAL '1.10' * DECIMAL '2.20'
math-039 | SELECT DECIMAL '1.10' - 1
math-040 | SELECT DECIMAL '10' / DECIMAL '3'
math-041 | SELECT DECIMAL '99999999999999999999999999999999999999' + 1
math-042 | SELECT DECIMAL '99999999999999999999999999999999999999' * 10
math-043 | SELECT DECIMAL '0.1' + 0.2e0
math-044 | SELECT 0.1 + 0.2
math-045 | SELECT 0.1e0 + 0.2e0
math-046 | SELECT REAL '0.1' + REAL '0.2'
math-047 | SELECT REAL '0.1' + 0.2e0
math-048 | SELECT 1e308 * 10
math-049 | SELECT -1e308 * 10
math-050 | SELECT abs(-5)
math-051 | SELECT abs(-5.5)
math-052 | SELECT abs(-5e0)
math-053 | SELECT abs(INTEGER '-2147483648')
math-054 | SELECT abs(BIGINT '-9223372036854775808')
math-055 | SELECT abs(TINYINT '-128')
math-056 | SELECT abs(NULL)
math-057 | SELECT acos(1)
math-058 | SELECT acos(2)
math-059 | SELECT asin(0.5)
math-060 | SELECT asin(2e0)
math-061 | SELECT atan(1)
math-062 | SELECT atan2(1, -1)
math-063 | SELECT atan2(0, 0)
math-064 | SELECT beta_cdf(2, 3, 0.2)
math-065 | SELECT beta_cdf(0, 3, 0.2)
math-066 | SELECT cbrt(27)
math-067 | SELECT cbrt(-8)
math-068 | SELECT ceil(1.2)
math-069 | SELECT ceil(-1.2)
math-070 | SELECT ceil(1.2e0)
math-071 | SELECT ceil(5)
math-072 | SELECT ceiling(-0.5e0)
math-073 | SELECT ceil(REAL '1.5')
math-074 | SELECT typeof(ceil(1.2))
math-075 | SELECT cos(0)
math-076 | SELECT cosh(1)
math-077 | SELECT cosine_similarity(MAP(ARRAY['a'], ARRAY[1.0e0]), MAP(ARRAY['a'], ARRAY[2.0e0]))
math-078 | SELECT cosine_similarity(MAP(ARRAY['a', 'b'], ARRAY[1e0, 2e0]), MAP(ARRAY['b', 'c'], ARRAY[2e0, 3e0]))
math-079 | SELECT degrees(pi())
math-080 | SELECT degrees(1)
math-081 | SELECT e()
math-082 | SELECT exp(1)
math-083 | SELECT exp(1000)
math-084 | SELECT exp(NULL)
math-085 | SELECT floor(1.8)
math-086 | SELECT floor(-1.2)
math-087 | SELECT floor(-1.2e0)
math-088 | SELECT floor(5)
math-089 | SELECT from_base('ff', 16)
math-090 | SELECT from_base('-101', 2)
math-091 | SELECT from_base('zz', 36)
math-092 | SELECT from_base('2', 2)
math-093 | SELECT from_base('1', 1)
math-094 | SELECT from_base('', 10)
math-095 | SELECT infinity()
math-096 | SELECT -infinity()
math-097 | SELECT inverse_beta_cdf(2, 5, 0.5)
math-098 | SELECT inverse_beta_cdf(2, 5, 2)
math-099 | SELECT inverse_normal_cdf(0, 1, 0.5)
math-100 | SELECT inverse_normal_cdf(0, 1, 0.975)
math-101 | SELECT inverse_normal_cdf(0, 1, 1)
math-102 | SELECT is_finite(1e0)
math-103 | SELECT is_finite(infinity())
math-104 | SELECT is_finite(nan())
math-105 | SELECT is_infinite(infinity())
math-106 | SELECT is_infinite(1)
math-107 | SELECT is_nan(nan())
math-108 | SELECT is_nan(1e0)
math-109 | SELECT is_nan(NULL)
math-110 | SELECT is_nan('a')
math-111 | SELECT ln(e())
math-112 | SELECT ln(0)
math-113 | SELECT ln(-1)
math-114 | SELECT log(2, 8)
math-115 | SELECT log(10, 0)
math-116 | SELECT log(0, 1)
math-117 | SELECT log10(100)
math-118 | SELECT log10(0)
math-119 | SELECT log2(8)
math-120 | SELECT log2(-8)
math-121 | SELECT log(8)
math-122 | SELECT mod(7, 3)
math-123 | SELECT mod(-7, 3)
math-124 | SELECT mod(7.5, 2)
math-125 | SELECT mod(7, 0)
math-126 | SELECT nan()
math-127 | SELECT nan() = nan()
math-128 | SELECT nan() <> nan()
math-129 | SELECT nan() > 1
math-130 | SELECT nan() IS DISTINCT FROM nan()
math-131 | SELECT normal_cdf(0, 1, 1.96)
math-132 | SELECT normal_cdf(0, 0, 1)
math-133 | SELECT t_cdf(1.0, 5)
math-134 | SELECT t_pdf(1.0, 5)
math-135 | SELECT pi()
math-136 | SELECT pow(2, 10)
math-137 | SELECT power(2, 0.5)
math-138 | SELECT power(2, -1)
math-139 | SELECT power(0, 0)
math-140 | SELECT power(0, -1)
math-141 | SELECT power(-8, 1e0 / 3)
math-142 | SELECT radians(180)
math-143 | SELECT rand() < 1
math-144 | SELECT random() >= 0
math-145 | SELECT random(10) < 10
math-146 | SELECT random(5, 6)
math-147 | SELECT random(5, 5)
math-148 | SELECT random(0)
math-149 | SELECT typeof(random(10))
math-150 | SELECT typeof(rand())
math-151 | SELECT round(2.5)
math-152 | SELECT round(3.5)
math-153 | SELECT round(-2.5)
math-154 | SELECT round(2.5e0)
math-155 | SELECT round(-2.5e0)
math-156 | SELECT round(0.5e0)
math-157 | SELECT round(2.4999999999999996e0)
math-158 | SELECT round(1.005e0, 2)
math-159 | SELECT round(1.567, 2)
math-160 | SELECT round(1.567, 0)
math-161 | SELECT round(1234, -2)
math-162 | SELECT round(1250, -2)
math-163 | SELECT round(1234.567e0, -2)
math-164 | SELECT round(1234.567, -2)
math-165 | SELECT round(5)
math-166 | SELECT round(nan())
math-167 | SELECT round(infinity(), 2)
math-168 | SELECT round(REAL '2.345', 2)
math-169 | SELECT round(NULL, 2)
math-170 | SELECT round(DECIMAL '9.99', 1)
math-171 | SELECT round(DECIMAL '99.5')
math-172 | SELECT typeof(round(2.55, 1))
math-173 | SELECT typeof(round(5))
math-174 | SELECT typeof(round(2.5))
math-175 | SELECT sign(-3)
math-176 | SELECT sign(0)
math-177 | SELECT sign(-2.5)
math-178 | SELECT sign(-2.5e0)
math-179 | SELECT sign(nan())
math-180 | SELECT typeof(sign(2.5))
math-181 | SELECT sin(0)
math-182 | SELECT sinh(1)
math-183 | SELECT sqrt(16)
math-184 | SELECT sqrt(2)
math-185 | SELECT sqrt(-1)
math-186 | SELECT sqrt(NULL)
math-187 | SELECT tan(0.5)
math-188 | SELECT tanh(0.5)
math-189 | SELECT to_base(255, 16)
math-190 | SELECT to_base(-255, 16)
math-191 | SELECT to_base(5, 2)
math-192 | SELECT to_base(35, 36)
math-193 | SELECT to_base(5, 1)
math-194 | SELECT to_base(0, 2)
math-195 | SELECT truncate(1.9)
math-196 | SELECT truncate(-1.9)
math-197 | SELECT truncate(1.9e0)
math-198 | SELECT truncate(-1.9e0)
math-199 | SELECT truncate(123.456, 1)
math-200 | SELECT truncate(123.456, -1)
math-201 | SELECT truncate(123.456e0, 1)
math-202 | SELECT typeof(truncate(1.95))
math-203 | SELECT typeof(truncate(1.95, 1))
math-204 | SELECT width_bucket(3.5, 0, 10, 5)
math-205 | SELECT width_bucket(-1, 0, 10, 5)
math-206 | SELECT width_bucket(11, 0, 10, 5)
math-207 | SELECT width_bucket(10, 0, 10, 5)
math-208 | SELECT width_bucket(5, 10, 0, 5)
math-209 | SELECT width_bucket(5, 0, 10, 0)
math-210 | SELECT width_bucket(5e0, ARRAY[0e0, 2e0, 6e0])
math-211 | SELECT width_bucket(9e0, ARRAY[0e0, 2e0, 6e0])
math-212 | SELECT width_bucket(5e0, ARRAY[])
math-213 | SELECT wilson_interval_lower(47, 60, 1.96e0)
math-214 | SELECT wilson_interval_upper(47, 60, 1.96e0)
math-215 | SELECT wilson_interval_lower(5, 3, 1.96e0)
math-216 | SELECT 1e0 / 3
math-217 | SELECT 2e0 / 3
math-218 | SELECT 1e7
math-219 | SELECT 1e6
math-220 | SELECT 1e-3
math-221 | SELECT 1e-4
math-222 | SELECT 123456789.123e0
math-223 | SELECT 0.1e0 + 0.7e0
math-224 | SELECT 1e0
math-225 | SELECT -0e0
math-226 | SELECT 0e0
math-227 | SELECT 100000000e0
math-228 | SELECT 1.7976931348623157E308
math-229 | SELECT 4.9E-324
math-230 | SELECT REAL '3.14159'
math-231 | SELECT REAL '1e10'
math-232 | SELECT CAST(1e0 / 3 AS real)
math-233 | SELECT 0xFF
math-234 | SELECT 0b101
math-235 | SELECT 0o17
math-236 | SELECT 1_000_000
math-237 | SELECT 1_000.5
math-238 | SELECT .5
math-239 | SELECT 5.
math-240 | SELECT 007
math-241 | SELECT 9223372036854775807
math-242 | SELECT 9223372036854775808
math-243 | SELECT -9223372036854775808
math-244 | SELECT -2147483648
math-245 | SELECT 2147483648
math-246 | SELECT 12345678901234567890
math-247 | SELECT 1.0
math-248 | SELECT 1.
math-249 | SELECT 1.10
math-250 | SELECT typeof(1)
math-251 | SELECT typeof(3000000000)
math-252 | SELECT typeof(1.5)
math-253 | SELECT typeof(0.05)
math-254 | SELECT typeof(1e0)
math-255 | SELECT typeof(1 + 1)
math-256 | SELECT typeof(1 + BIGINT '1')
math-257 | SELECT typeof(1 / 2)
math-258 | SELECT typeof(1 + 1.5)
math-259 | SELECT typeof(1.5 * 1.5)
math-260 | SELECT typeof(1.5 / 3)
math-261 | SELECT typeof(7.00 / 3.000)
math-262 | SELECT typeof(7.5 % 2)
math-263 | SELECT typeof(1.5 + 1e0)
math-264 | SELECT typeof(REAL '1' + 1)
math-265 | SELECT typeof(REAL '1' * 1e0)
math-266 | SELECT typeof(- 5)
math-267 | SELECT typeof(TINYINT '1' + TINYINT '1')
math-268 | SELECT typeof(abs(-1.5))
math-269 | SELECT typeof(power(2, 3))
math-270 | SELECT typeof(mod(7, 3))
math-271 | SELECT typeof(mod(7.5, 2))
math-272 | SELECT typeof(greatest(1, 2.5))
math-273 | SELECT typeof(0xFF)
math-274 | SELECT typeof(123456789012)
