-- Turns and the words of messages in parts, one for each year: see docs/scaling.md.
-- PostgreSQL 15 or later, after parley migrate, with every gateway stopped:
--
--   psql "$PARLEY_DATABASE_URL" -v ON_ERROR_STOP=1 --single-transaction -f docs/partitions.sql
--
-- What is there already becomes the first part, as it is: no row is copied. Run
-- it again each year, also while gateways run: it adds the years to come.
--
-- The parts go by the ids, which begin with the millisecond in which they were
-- made (RFC 9562 section 5.7): so every query that names a conversation or a
-- message looks into one part. What has another kind of id goes into the last.

-- The id before all those of a year.
CREATE OR REPLACE FUNCTION pg_temp.first_id(year INTEGER) RETURNS TEXT LANGUAGE sql AS $$
    SELECT substr(hex, 1, 8) || '-' || substr(hex, 9) FROM (
        SELECT lpad(to_hex((extract(epoch FROM make_timestamptz(year, 1, 1, 0, 0, 0, 'UTC')) * 1000)::BIGINT), 12, '0')) AS made(hex)
$$;

DO $$
DECLARE
    growing RECORD;
    present INTEGER := extract(year FROM now() AT TIME ZONE 'UTC');
BEGIN
    FOR growing IN SELECT * FROM (VALUES ('turns', 'conversation'), ('message_words', 'message')) AS tables(name, id) LOOP
        IF (SELECT relkind = 'r' FROM pg_class WHERE oid = growing.name::regclass) THEN
            EXECUTE format('ALTER TABLE %I RENAME TO %I', growing.name, growing.name || '_before');
            EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING ALL) PARTITION BY RANGE (%I)', growing.name, growing.name || '_before', growing.id);
            EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I FOR VALUES FROM (MINVALUE) TO (%L)',
                growing.name, growing.name || '_before', pg_temp.first_id(present + 1));
            EXECUTE format('CREATE TABLE %I PARTITION OF %I DEFAULT', growing.name || '_others', growing.name);
        END IF;
        FOR year IN present + 1 .. present + 3 LOOP
            EXECUTE format('CREATE TABLE IF NOT EXISTS %I PARTITION OF %I FOR VALUES FROM (%L) TO (%L)',
                growing.name || '_' || year, growing.name, pg_temp.first_id(year), pg_temp.first_id(year + 1));
        END LOOP;
    END LOOP;
END $$;
