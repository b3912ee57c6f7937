-- The history in partitions, so that retention drops months; and what the writer and the analyst may do.

ALTER TABLE rollup_history RENAME TO rollup_history_before;
ALTER INDEX rollup_history_pkey RENAME TO rollup_history_before_pkey;

CREATE TABLE rollup_history (
  series_id     bigint           NOT NULL,
  "interval"    text COLLATE "C" NOT NULL,
  window_start  timestamptz      NOT NULL,
  window_end    timestamptz      NOT NULL,
  count         bigint           NOT NULL,
  sum           double precision NOT NULL,
  min           double precision NOT NULL,
  max           double precision NOT NULL,
  first         double precision NOT NULL,
  last          double precision NOT NULL,
  is_final      boolean          NOT NULL,
  revision      integer          NOT NULL,
  cause         text COLLATE "C" NOT NULL,
  incarnation   bigint           NOT NULL,
  epoch         bigint           NOT NULL,
  seq           bigint           NOT NULL,
  updated_at    timestamptz      NOT NULL,
  visible_from  timestamptz      NOT NULL,
  visible_until timestamptz      NOT NULL,
  PRIMARY KEY (series_id, "interval", window_start, revision, visible_until)
) PARTITION BY RANGE (visible_until);
CREATE INDEX rollup_history_by_correction ON rollup_history (visible_until);

COMMENT ON TABLE rollup_history IS 'Final rows of rollups that a correction has replaced, by the UTC month of the correction.';
COMMENT ON COLUMN rollup_history.series_id IS 'As in rollups.';
COMMENT ON COLUMN rollup_history."interval" IS 'As in rollups.';
COMMENT ON COLUMN rollup_history.window_start IS 'As in rollups.';
COMMENT ON COLUMN rollup_history.window_end IS 'As in rollups.';
COMMENT ON COLUMN rollup_history.count IS 'As in rollups: number of samples.';
COMMENT ON COLUMN rollup_history.sum IS 'As in rollups, in the metric''s own unit.';
COMMENT ON COLUMN rollup_history.min IS 'As in rollups, in the metric''s own unit.';
COMMENT ON COLUMN rollup_history.max IS 'As in rollups, in the metric''s own unit.';
COMMENT ON COLUMN rollup_history.first IS 'As in rollups, in the metric''s own unit.';
COMMENT ON COLUMN rollup_history.last IS 'As in rollups, in the metric''s own unit.';
COMMENT ON COLUMN rollup_history.is_final IS 'Always true: early rows leave no history.';
COMMENT ON COLUMN rollup_history.revision IS 'Revision of the replaced row.';
COMMENT ON COLUMN rollup_history.cause IS 'Cause of the replaced row.';
COMMENT ON COLUMN rollup_history.incarnation IS 'As in rollups.';
COMMENT ON COLUMN rollup_history.epoch IS 'As in rollups.';
COMMENT ON COLUMN rollup_history.seq IS 'As in rollups.';
COMMENT ON COLUMN rollup_history.updated_at IS 'As in rollups.';
COMMENT ON COLUMN rollup_history.visible_from IS 'Since when a reader saw the row.';
COMMENT ON COLUMN rollup_history.visible_until IS 'First instant at which a reader saw its correction.';
COMMENT ON INDEX rollup_history_by_correction IS 'Corrections of a span of time.';

-- Months without a partition of their own: a correction is never refused because nobody has made one.
CREATE TABLE rollup_history_other (LIKE rollup_history INCLUDING ALL);
ALTER TABLE rollup_history ATTACH PARTITION rollup_history_other DEFAULT;
COMMENT ON TABLE rollup_history_other IS 'Partition of rollup_history: the months that have none of their own yet.';

INSERT INTO rollup_history (
  series_id, "interval", window_start, window_end, count, sum, min, max, first, last, is_final,
  revision, cause, incarnation, epoch, seq, updated_at, visible_from, visible_until)
SELECT
  series_id, "interval", window_start, window_end, count, sum, min, max, first, last, is_final,
  revision, cause, incarnation, epoch, seq, updated_at, visible_from, visible_until
FROM rollup_history_before;
DROP TABLE rollup_history_before;

CREATE TABLE rollup_history_start (
  only_row   boolean     PRIMARY KEY DEFAULT true,
  kept_since timestamptz NOT NULL,
  CONSTRAINT rollup_history_start_is_one_row CHECK (only_row)
);
COMMENT ON TABLE rollup_history_start IS 'Since when the history is complete; no row while nothing has been dropped from it.';
COMMENT ON COLUMN rollup_history_start.only_row IS 'Always true: there is one row at most.';
COMMENT ON COLUMN rollup_history_start.kept_since IS 'First instant of which it is still known what a reader saw.';
COMMENT ON CONSTRAINT rollup_history_start_is_one_row ON rollup_history_start IS 'One row at most.';

-- SECURITY DEFINER: who writes rollups can add nothing to the history by himself. The time never runs
-- backwards in a row, whatever the clock does: otherwise two revisions would have been visible at once.
CREATE OR REPLACE FUNCTION revise_rollup() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  NEW.revision := OLD.revision + 1;
  NEW.updated_at := greatest(clock_timestamp(), OLD.updated_at);
  IF NEW.cause = 'on_time' THEN
    NEW.cause := 'replay';
  END IF;
  INSERT INTO public.rollup_history (
    series_id, "interval", window_start, window_end, count, sum, min, max, first, last, is_final,
    revision, cause, incarnation, epoch, seq, updated_at, visible_from, visible_until)
  VALUES (
    OLD.series_id, OLD."interval", OLD.window_start, OLD.window_end, OLD.count, OLD.sum, OLD.min,
    OLD.max, OLD.first, OLD.last, OLD.is_final, OLD.revision, OLD.cause, OLD.incarnation, OLD.epoch,
    OLD.seq, OLD.updated_at, OLD.updated_at, NEW.updated_at);
  RETURN NEW;
END $$;

CREATE FUNCTION keep_rollup_history(keep interval) RETURNS SETOF text
  LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC'
  -- Whoever reads for long would make the job wait behind this; then it is for another time.
  SET lock_timeout = '10s' AS $$
DECLARE
  month_start timestamptz;
  month_end   timestamptz;
  partition   text;
BEGIN
  IF keep IS NULL OR keep < interval '1 day' THEN
    RAISE EXCEPTION 'the history is to be kept for a day at least, not for %', keep
      USING ERRCODE = 'invalid_parameter_value';
  END IF;

  -- Writers wait: a row that came while its month is moved would be in the wrong partition.
  LOCK TABLE public.rollup_history IN SHARE ROW EXCLUSIVE MODE;

  FOR month_start IN
    SELECT date_trunc('month', visible_until) FROM public.rollup_history_other
    UNION
    SELECT date_trunc('month', now()) + ahead * interval '1 month' FROM generate_series(0, 2) AS ahead
    ORDER BY 1
  LOOP
    partition := 'rollup_history_' || to_char(month_start, 'YYYY_MM');
    month_end := month_start + interval '1 month';
    CONTINUE WHEN to_regclass('public.' || partition) IS NOT NULL;
    EXECUTE format('CREATE TABLE public.%I (LIKE public.rollup_history INCLUDING ALL)', partition);
    EXECUTE format(
      'WITH moved AS (DELETE FROM public.rollup_history_other'
        ' WHERE visible_until >= $1 AND visible_until < $2 RETURNING *)'
        ' INSERT INTO public.%I SELECT * FROM moved', partition)
      USING month_start, month_end;
    EXECUTE format(
      'ALTER TABLE public.rollup_history ATTACH PARTITION public.%I FOR VALUES FROM (%L) TO (%L)',
      partition, month_start, month_end);
    EXECUTE format(
      'COMMENT ON TABLE public.%I IS %L', partition,
      'Partition of rollup_history: corrections of ' || to_char(month_start, 'YYYY-MM') || ' (UTC).');
    RETURN NEXT partition || ' created';
  END LOOP;

  FOR partition, month_end IN
    SELECT c.relname, to_timestamp(right(c.relname, 7), 'YYYY_MM') + interval '1 month'
    FROM pg_inherits i
    JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = 'public.rollup_history'::regclass
      AND c.relname ~ '^rollup_history_\d{4}_\d{2}$'
    ORDER BY 1
  LOOP
    EXIT WHEN month_end > now() - keep;
    INSERT INTO public.rollup_history_start AS s (kept_since) VALUES (month_end)
      ON CONFLICT (only_row) DO UPDATE SET kept_since = greatest(s.kept_since, excluded.kept_since);
    EXECUTE format('DROP TABLE public.%I', partition);
    RETURN NEXT partition || ' dropped';
  END LOOP;
END $$;
COMMENT ON FUNCTION keep_rollup_history(interval) IS
  'Gives this month, the next two and every month that has rows a partition of rollup_history, and drops the months that ended longer ago than the interval. Says what it did. For the owner, once a month.';

COMMENT ON INDEX series_by_metric_name IS 'Series of a metric.';
COMMENT ON INDEX chunks_by_start IS 'Chunks of a span of time.';
COMMENT ON CONSTRAINT chunks_one_value_per_offset ON chunks IS 'Each offset has its value.';
COMMENT ON CONSTRAINT chunks_at_most_a_day ON chunks IS 'A chunk is at most 24 hours long; metrics_between relies on it.';
COMMENT ON INDEX late_points_by_timestamp IS 'Late points of a span of time.';
COMMENT ON INDEX rollups_by_interval_and_end IS 'The newest windows of an interval.';
COMMENT ON CONSTRAINT rollups_interval_check ON rollups IS 'The intervals there are.';
COMMENT ON TRIGGER revise_rollup ON rollups IS 'When the values of a final row change.';
COMMENT ON INDEX repair_windows_by_request IS 'The oldest requests first.';
COMMENT ON INDEX events_by_timestamp IS 'Events of a span of time.';
COMMENT ON INDEX rejected_by_reason IS 'The newest rejects of a reason.';
COMMENT ON INDEX alert_transitions_by_alert IS 'The newest transition of an alert.';
COMMENT ON INDEX alert_transitions_by_decision IS 'Transitions of a span of time.';
COMMENT ON INDEX alert_transitions_by_storing IS 'Transitions that the reconciler has to look for.';
COMMENT ON INDEX alert_deliveries_by_time IS 'Notes that are old enough to be let go of.';

-- sql/roles.sql makes the roles, as a superuser. Who migrates and may create roles needs no such file.
DO $$
DECLARE
  missing text;
BEGIN
  FOR missing IN
    SELECT wanted
    FROM unnest(ARRAY['oht50_writer', 'oht50_analyst']) AS wanted
    WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted)
  LOOP
    EXECUTE format('CREATE ROLE %I', missing);
  END LOOP;
EXCEPTION WHEN insufficient_privilege THEN
  RAISE EXCEPTION 'the role % is missing, and % may not create it: run sql/roles.sql as a superuser',
    missing, current_user USING ERRCODE = 'insufficient_privilege';
END $$;

-- What a migration adds later belongs to nobody but the owner until that migration grants it.
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
REVOKE ALL ON FUNCTION from_millis(bigint), to_millis(timestamptz), revise_rollup(), keep_rollup_history(interval)
  FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO oht50_writer, oht50_analyst;

GRANT EXECUTE ON FUNCTION from_millis(bigint), to_millis(timestamptz) TO oht50_writer, oht50_analyst;

-- The writer reads what it upserts, and changes no key and no column that the table itself fills in.
GRANT USAGE ON SEQUENCE write_epochs TO oht50_writer;
GRANT SELECT, INSERT,
  UPDATE (metric_type, kind, incarnation, first_timestamp, epoch, seq)
  ON series TO oht50_writer;
GRANT SELECT, INSERT,
  UPDATE (chunk_end, offsets_ms, point_values, epoch, seq)
  ON chunks TO oht50_writer;
GRANT SELECT, INSERT,
  UPDATE (value, source_id, record_offset, epoch, seq)
  ON late_points TO oht50_writer;
GRANT SELECT,
  INSERT (series_id, "interval", window_start, window_end, count, sum, min, max, first, last, is_final, cause,
    incarnation, epoch, seq),
  UPDATE (window_end, count, sum, min, max, first, last, is_final, cause, epoch, seq, updated_at)
  ON rollups TO oht50_writer;
GRANT SELECT, INSERT, UPDATE (requested_at) ON repair_windows TO oht50_writer;
GRANT SELECT, INSERT,
  UPDATE (entity, type, severity, status, acknowledged, "timestamp", payload, topic, partition, record_offset)
  ON events TO oht50_writer;
GRANT SELECT, INSERT, UPDATE (reason, detail, key, value) ON rejected TO oht50_writer;
GRANT SELECT, INSERT,
  UPDATE (alert_id, rule, state, previous_state, withdrawn, cause, labels, annotations, value, active_at,
    starts_at, ends_at, decided_at, replaces, epoch, seq)
  ON alert_transitions TO oht50_writer;
GRANT SELECT, INSERT, DELETE ON alert_deliveries TO oht50_writer;
GRANT SELECT, INSERT, UPDATE (next_offset) ON alert_topic_positions TO oht50_writer;
GRANT SELECT, INSERT, DELETE, UPDATE (record, published_at, withdrawn_at) ON provisional_alerts TO oht50_writer;

-- The views run with the rights of who asks, so the analyst may read what is below them. Not the
-- notes of the reconciler, the numbers of attempts and the list of migrations.
GRANT SELECT ON series, chunks, late_points, rollups, rollup_history, rollup_history_start, repair_windows, events,
  rejected, alert_transitions, alert_deliveries, metrics_retention
  TO oht50_analyst;
