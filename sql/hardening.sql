-- Takes from everybody what a question never needs, and gives it back to the product's own roles: functions with side
-- effects, views of other sessions and of settings, DO blocks. Only a superuser can, and other users of the database
-- would feel it, so it is run on the embedded database alone. Safe to run again. A layer behind the others: tenants are
-- kept apart without it.
DO $$
DECLARE
  f record; v text;
  ours CONSTANT text := '{{owner}}, {{security}}, {{product}}, {{audit}}';
BEGIN
  FOR f IN
    SELECT p.oid::regprocedure AS name FROM pg_proc p
    WHERE p.pronamespace = 'pg_catalog'::regnamespace AND p.prokind = 'f'
      -- only what is open to everybody now: nothing is given that was closed before
      AND EXISTS (SELECT FROM aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a WHERE a.grantee = 0 AND a.privilege_type = 'EXECUTE')
      AND ((p.provolatile = 'v'
            AND p.proname NOT IN ('clock_timestamp', 'random', 'random_normal', 'gen_random_uuid', 'uuidv4', 'uuidv7', 'timeofday')
            AND p.prorettype NOT IN ('language_handler'::regtype, 'index_am_handler'::regtype, 'table_am_handler'::regtype))
           OR p.proname ~ '^(table|schema|database|cursor|query)_to_xml'
           OR p.proname ~ '^(pg_stat_get_activity|pg_stat_get_backend|pg_current_xact_id|txid_current|inet_(client|server))'
           OR p.proname IN ('pg_show_all_settings', 'pg_get_functiondef', 'version'))
  LOOP
    EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', f.name);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO %s', f.name, ours);
  END LOOP;

  REVOKE USAGE ON LANGUAGE plpgsql, sql FROM PUBLIC;
  EXECUTE 'GRANT USAGE ON LANGUAGE plpgsql, sql TO ' || ours;

  FOREACH v IN ARRAY ARRAY['pg_settings', 'pg_stat_activity', 'pg_locks', 'pg_roles', 'pg_stats', 'pg_stats_ext', 'pg_stats_ext_exprs',
    'pg_policies', 'pg_prepared_statements', 'pg_cursors', 'pg_stat_all_tables', 'pg_stat_user_tables', 'pg_stat_sys_tables',
    'pg_stat_xact_all_tables', 'pg_stat_xact_user_tables', 'pg_stat_replication', 'pg_stat_ssl'] LOOP
    -- ALL: an UPDATE of pg_settings is set_config by a rule
    EXECUTE format('REVOKE ALL ON pg_catalog.%I FROM PUBLIC', v);
    EXECUTE format('GRANT SELECT ON pg_catalog.%I TO %s', v, ours);
  END LOOP;
END $$;
