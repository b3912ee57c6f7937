-- The three roles, and what of the database is theirs. To be run by a superuser in the database, before the
-- first migration and as often as one likes; objects that another role owns are handed over to oht50_owner.
-- Nobody can log in before a password is set: ALTER ROLE ... PASSWORD, or \password in psql.

DO $$
DECLARE
  missing text;
BEGIN
  FOR missing IN
    SELECT wanted
    FROM unnest(ARRAY['oht50_owner', 'oht50_writer', 'oht50_analyst']) AS wanted
    WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted)
  LOOP
    EXECUTE format('CREATE ROLE %I', missing);
  END LOOP;
END $$;

ALTER ROLE oht50_owner LOGIN;
ALTER ROLE oht50_writer LOGIN;
-- So many at most, so that questions cannot keep the job out.
ALTER ROLE oht50_analyst LOGIN CONNECTION LIMIT 20;
-- A default that a session may change: what holds is what is not granted.
ALTER ROLE oht50_analyst SET default_transaction_read_only = on;
-- A forgotten transaction would keep dead rows from being removed.
ALTER ROLE oht50_analyst SET idle_in_transaction_session_timeout = '15min';

COMMENT ON ROLE oht50_owner IS 'Owns the database and all objects in it; migrates.';
COMMENT ON ROLE oht50_writer IS 'The job: the statements it writes with, and no others.';
COMMENT ON ROLE oht50_analyst IS 'People and dashboards: reads; changes and creates nothing.';

DO $$
DECLARE
  item record;
BEGIN
  EXECUTE format('ALTER DATABASE %I OWNER TO oht50_owner', current_database());
  -- Temporary tables too: one with the name of ours would be found first.
  EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
  EXECUTE format(
    'GRANT CONNECT ON DATABASE %I TO oht50_writer, oht50_analyst', current_database());

  FOR item IN
    SELECT c.oid::regclass AS name
    FROM pg_class c
    WHERE c.relnamespace IN (SELECT n.oid FROM pg_namespace n WHERE n.nspname IN ('public', 'kpi'))
      AND c.relkind IN ('r', 'p', 'v', 'm', 'S')
      AND c.relowner <> 'oht50_owner'::regrole
      -- what belongs to an extension, or a sequence that belongs to its column
      AND NOT EXISTS (
        SELECT FROM pg_depend d
        WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid
          AND (d.deptype = 'e' OR c.relkind = 'S' AND d.deptype IN ('a', 'i')))
  LOOP
    EXECUTE format('ALTER TABLE %s OWNER TO oht50_owner', item.name);
  END LOOP;
  FOR item IN
    SELECT p.oid::regprocedure AS name
    FROM pg_proc p
    WHERE p.pronamespace IN (SELECT n.oid FROM pg_namespace n WHERE n.nspname IN ('public', 'kpi'))
      AND p.proowner <> 'oht50_owner'::regrole
      AND NOT EXISTS (
        SELECT FROM pg_depend d
        WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e')
  LOOP
    EXECUTE format('ALTER ROUTINE %s OWNER TO oht50_owner', item.name);
  END LOOP;
END $$;

-- A cluster that was made before PostgreSQL 15 lets everybody create objects here.
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
