-- When facts of robots changed: a part of the rows of their minutes. NULL where nothing changed, and in rows of
-- other series and intervals.

ALTER TABLE rollups
  ADD COLUMN change_offsets integer[],
  ADD COLUMN change_values  double precision[];
COMMENT ON COLUMN rollups.change_offsets IS 'Of a minute of a fact series when its value changed, ms since window_start; against what it said before the minute too, unless that is longer ago than series.expiry. NULL when it did not change, and in rows of other series and intervals.';
COMMENT ON COLUMN rollups.change_values IS 'What the series says from each of change_offsets on, in the metric''s own unit; an element is NULL where the series ended.';

ALTER TABLE rollup_history
  ADD COLUMN change_offsets integer[],
  ADD COLUMN change_values  double precision[];
DO $$
DECLARE
  partition regclass;
BEGIN
  FOR partition IN SELECT relid FROM pg_partition_tree('rollup_history') LOOP
    EXECUTE format('COMMENT ON COLUMN %s.change_offsets IS %L', partition, 'As in rollups, ms since window_start.');
    EXECUTE format('COMMENT ON COLUMN %s.change_values IS %L', partition, 'As in rollups, in the metric''s own unit.');
  END LOOP;
END $$;

CREATE INDEX rollups_of_changes ON rollups (series_id, window_start) WHERE change_offsets IS NOT NULL;
COMMENT ON INDEX rollups_of_changes IS 'The minutes in which facts changed.';

COMMENT ON COLUMN series.kind IS 'What the values mean: 1 gauge, 2 counter, 3 delta, 4 state, 5 histogram, 6 summary, 7 fact (a state whose changes are noted).';

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
    boundary_increase, time_weighted_avg, covered_seconds, largest_gap_seconds, change_offsets,
    change_values, is_final, revision, cause, incarnation, epoch, seq, updated_at, visible_from,
    visible_until)
  VALUES (
    OLD.series_id, OLD."interval", OLD.window_start, OLD.window_end, OLD.count, OLD.sum, OLD.min,
    OLD.max, OLD.first, OLD.last, OLD.increase, OLD.boundary_increase, OLD.time_weighted_avg,
    OLD.covered_seconds, OLD.largest_gap_seconds, OLD.change_offsets, OLD.change_values,
    OLD.is_final, OLD.revision, OLD.cause, OLD.incarnation, OLD.epoch, OLD.seq, OLD.updated_at,
    OLD.updated_at, NEW.updated_at);
  RETURN NEW;
END $$;

-- IS DISTINCT FROM: NaN equals NaN, and 0 equals -0.
DROP TRIGGER revise_rollup ON rollups;
CREATE TRIGGER revise_rollup BEFORE UPDATE ON rollups FOR EACH ROW
  WHEN (OLD.is_final
    AND (OLD.window_end, OLD.count, OLD.sum, OLD.min, OLD.max, OLD.first, OLD.last, OLD.increase,
        OLD.boundary_increase, OLD.time_weighted_avg, OLD.covered_seconds, OLD.largest_gap_seconds,
        OLD.change_offsets, OLD.change_values)
      IS DISTINCT FROM (NEW.window_end, NEW.count, NEW.sum, NEW.min, NEW.max, NEW.first, NEW.last,
        NEW.increase, NEW.boundary_increase, NEW.time_weighted_avg, NEW.covered_seconds,
        NEW.largest_gap_seconds, NEW.change_offsets, NEW.change_values))
  EXECUTE FUNCTION revise_rollup();
COMMENT ON TRIGGER revise_rollup ON rollups IS 'When the values of a final row change.';

GRANT
  INSERT (change_offsets, change_values),
  UPDATE (change_offsets, change_values)
  ON rollups TO oht50_writer;
