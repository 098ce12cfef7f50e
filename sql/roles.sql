-- Limits of the analyst login, for every database of the server; safe to run again. Roles are made before, in
-- adapters/postgres/setup/roles.ts. One statement a block; one marked superuser is left out where it is refused, and the
-- doctor then reports it.

ALTER ROLE {{analyst}} SET default_transaction_read_only = on;

-- pg_temp last, else it is searched first
ALTER ROLE {{analyst}} SET search_path = pg_catalog, app, pg_temp;

ALTER ROLE {{analyst}} SET statement_timeout = '8s';

ALTER ROLE {{analyst}} SET lock_timeout = '1s';

ALTER ROLE {{analyst}} SET idle_in_transaction_session_timeout = '10s';

ALTER ROLE {{analyst}} SET client_connection_check_interval = '1s';

ALTER ROLE {{analyst}} SET work_mem = '16MB';

ALTER ROLE {{analyst}} SET max_parallel_workers_per_gather = 0;

ALTER ROLE {{analyst}} SET jit = off;

-- from 170000
ALTER ROLE {{analyst}} SET transaction_timeout = '20s';

-- superuser
ALTER ROLE {{analyst}} SET temp_file_limit = '128MB';

-- superuser
ALTER ROLE {{analyst}} SET track_activities = off;
