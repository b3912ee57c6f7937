-- The history's months are made, and dropped by the owner's policy, without anybody having to think of it.

CREATE TABLE rollup_history_policy (
  only_row    boolean     PRIMARY KEY DEFAULT true,
  keep        interval    CONSTRAINT rollup_history_policy_keeps_a_day CHECK (keep >= interval '1 day'),
  last_run_at timestamptz,
  CONSTRAINT rollup_history_policy_is_one_row CHECK (only_row)
);
INSERT INTO rollup_history_policy DEFAULT VALUES;
COMMENT ON TABLE rollup_history_policy IS 'How long the history of corrections is kept. One row, which the owner changes.';
COMMENT ON COLUMN rollup_history_policy.only_row IS 'Always true: there is one row.';
COMMENT ON COLUMN rollup_history_policy.keep IS 'Months of rollup_history that ended longer ago are dropped; NULL, as it is at first: none ever is.';
COMMENT ON COLUMN rollup_history_policy.last_run_at IS 'When maintain_rollup_history last did its work; NULL when it never has.';
COMMENT ON CONSTRAINT rollup_history_policy_keeps_a_day ON rollup_history_policy IS 'A day at least.';
COMMENT ON CONSTRAINT rollup_history_policy_is_one_row ON rollup_history_policy IS 'One row at most.';

-- Who writes cannot choose how much is dropped: that is the owner's policy.
CREATE FUNCTION maintain_rollup_history() RETURNS SETOF text
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  policy public.rollup_history_policy;
BEGIN
  UPDATE public.rollup_history_policy SET last_run_at = now()
  WHERE last_run_at IS NULL OR last_run_at <= now() - interval '1 day' OR last_run_at > now()
  RETURNING * INTO policy;
  IF FOUND THEN
    RETURN QUERY SELECT public.keep_rollup_history(coalesce(policy.keep, interval '1000 years'));
  END IF;
END $$;
COMMENT ON FUNCTION maintain_rollup_history() IS
  'Once a day keep_rollup_history with the interval of rollup_history_policy; else nothing. The job calls it.';

REVOKE ALL ON FUNCTION maintain_rollup_history() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION maintain_rollup_history() TO oht50_writer;
GRANT SELECT ON rollup_history_policy TO oht50_analyst;
