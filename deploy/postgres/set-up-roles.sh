#!/bin/bash
# The roles and their passwords, as a superuser whom PGUSER and PGPASSWORD name. Passwords come from the environment and
# go over standard input: the arguments of a process can be seen by everybody. May be run again, with other passwords too.
set -euo pipefail
psql --quiet --no-psqlrc --set=ON_ERROR_STOP=1 --file="${OHT50_ROLES:-/roles.sql}"
psql --quiet --no-psqlrc --set=ON_ERROR_STOP=1 <<'SQL'
\getenv owner OHT50_POSTGRES_OWNER_PASSWORD
\getenv writer OHT50_POSTGRES_PASSWORD
\getenv analyst OHT50_POSTGRES_ANALYST_PASSWORD
-- Not in the server's log, whatever it logs.
SET log_statement = 'none';
SET log_min_duration_statement = -1;
SET log_min_error_statement = 'panic';
ALTER ROLE oht50_owner PASSWORD :'owner';
ALTER ROLE oht50_writer PASSWORD :'writer';
ALTER ROLE oht50_analyst PASSWORD :'analyst';
SQL
