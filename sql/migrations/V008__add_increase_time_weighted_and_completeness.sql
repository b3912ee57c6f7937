-- What flows over the edges of windows, and how complete a window is. NULL in rows that were written before.

ALTER TABLE rollups
  ADD COLUMN increase            double precision,
  ADD COLUMN boundary_increase   double precision,
  ADD COLUMN time_weighted_avg   double precision,
  ADD COLUMN covered_seconds     double precision,
  ADD COLUMN largest_gap_seconds double precision;
COMMENT ON COLUMN rollups.increase IS 'Of a counter the growth inside the window and the step over its left boundary, resets included; of a delta series its sum. In the metric''s own unit; NULL for other kinds.';
COMMENT ON COLUMN rollups.boundary_increase IS 'The part of a counter''s increase that is the step from the last sample before the window to the first in it, in the metric''s own unit; 0 after more than series.expiry; NULL for other kinds.';
COMMENT ON COLUMN rollups.time_weighted_avg IS 'Of a state series the average of what held, weighted by how long, carried in from before the window; in the metric''s own unit. NULL for other kinds, and where nothing is covered.';
COMMENT ON COLUMN rollups.covered_seconds IS 'Of a state series the seconds of the window in which its value is known: until the next sample, at most series.expiry. NULL for other kinds.';
COMMENT ON COLUMN rollups.largest_gap_seconds IS 'Longest time of the window without a sample, its edges included, seconds; of an early row as far as time has come. NULL when there is no sample.';

ALTER TABLE rollup_history
  ADD COLUMN increase            double precision,
  ADD COLUMN boundary_increase   double precision,
  ADD COLUMN time_weighted_avg   double precision,
  ADD COLUMN covered_seconds     double precision,
  ADD COLUMN largest_gap_seconds double precision;
DO $$
DECLARE
  partition regclass;
BEGIN
  FOR partition IN SELECT relid FROM pg_partition_tree('rollup_history') LOOP
    EXECUTE format('COMMENT ON COLUMN %s.increase IS %L', partition, 'As in rollups, in the metric''s own unit.');
    EXECUTE format('COMMENT ON COLUMN %s.boundary_increase IS %L', partition, 'As in rollups, in the metric''s own unit.');
    EXECUTE format('COMMENT ON COLUMN %s.time_weighted_avg IS %L', partition, 'As in rollups, in the metric''s own unit.');
    EXECUTE format('COMMENT ON COLUMN %s.covered_seconds IS %L', partition, 'As in rollups, a number of seconds.');
    EXECUTE format('COMMENT ON COLUMN %s.largest_gap_seconds IS %L', partition, 'As in rollups, a number of seconds.');
  END LOOP;
END $$;

ALTER TABLE series ADD COLUMN expected_interval_seconds double precision;
COMMENT ON COLUMN series.expected_interval_seconds IS 'Seconds between two samples, as the configuration expects; NULL for series that speak when something happens.';

CREATE OR REPLACE FUNCTION revise_rollup() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  NEW.revision := OLD.revision + 1;
  NEW.updated_at := greatest(clock_timestamp(), OLD.updated_at);
  IF NEW.cause = 'on_time' THEN
    NEW.cause := 'replay';
  END IF;
  INSERT INTO public.rollup_history (
    series_id, "interval", window_start, window_end, count, sum, min, max, first, last, increase,
    boundary_increase, time_weighted_avg, covered_seconds, largest_gap_seconds, is_final, revision,
    cause, incarnation, epoch, seq, updated_at, visible_from, visible_until)
  VALUES (
    OLD.series_id, OLD."interval", OLD.window_start, OLD.window_end, OLD.count, OLD.sum, OLD.min,
    OLD.max, OLD.first, OLD.last, OLD.increase, OLD.boundary_increase, OLD.time_weighted_avg,
    OLD.covered_seconds, OLD.largest_gap_seconds, OLD.is_final, OLD.revision, OLD.cause,
    OLD.incarnation, OLD.epoch, OLD.seq, OLD.updated_at, OLD.updated_at, NEW.updated_at);
  RETURN NEW;
END $$;

-- IS DISTINCT FROM: NaN equals NaN, and 0 equals -0.
DROP TRIGGER revise_rollup ON rollups;
CREATE TRIGGER revise_rollup BEFORE UPDATE ON rollups FOR EACH ROW
  WHEN (OLD.is_final
    AND (OLD.window_end, OLD.count, OLD.sum, OLD.min, OLD.max, OLD.first, OLD.last, OLD.increase,
        OLD.boundary_increase, OLD.time_weighted_avg, OLD.covered_seconds, OLD.largest_gap_seconds)
      IS DISTINCT FROM (NEW.window_end, NEW.count, NEW.sum, NEW.min, NEW.max, NEW.first, NEW.last,
        NEW.increase, NEW.boundary_increase, NEW.time_weighted_avg, NEW.covered_seconds,
        NEW.largest_gap_seconds))
  EXECUTE FUNCTION revise_rollup();
COMMENT ON TRIGGER revise_rollup ON rollups IS 'When the values of a final row change.';

GRANT
  INSERT (increase, boundary_increase, time_weighted_avg, covered_seconds, largest_gap_seconds),
  UPDATE (increase, boundary_increase, time_weighted_avg, covered_seconds, largest_gap_seconds)
  ON rollups TO oht50_writer;
GRANT UPDATE (expected_interval_seconds) ON series TO oht50_writer;
