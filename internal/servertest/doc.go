// Package servertest finds or starts the real servers that tests run against:
// Redis, PostgreSQL, Postfix, clamd and a Chromium to drive. Each server listens on a
// free loopback port, keeps its data in a directory of its own and ends with
// the test process, however that ends.
//
// Redis and Postgres give a URL and are what most tests want. StartRedis and
// StartPostgres give a Server of the test's own, which the test may stop,
// crash, pause and start again on the same port; so does StartPostfix.
//
// Settings, all optional:
//
//	PARLEY_TEST_REDIS_URL     use this Redis instead of starting one
//	PARLEY_TEST_DATABASE_URL  use this PostgreSQL server instead of starting one
//	PARLEY_TEST_ALL=1         fail, rather than skip, where a server is lacking
//	PARLEY_TEST_SKIPS         file that gets one line for each test skipped
//	PARLEY_TEST_SCREENSHOTS   folder for the pictures that browser tests take
//
// It needs a Unix; pausing PostgreSQL needs Linux. Only tests import it. What
// is done with a server is left to them: it creates no schema and no keys.
package servertest
