-- Rollups, what they said before, and the windows that wait for a repair.
-- The table assigns the revision: a writer only says what a window's values are and why.

CREATE TABLE rollups (
  series_id    bigint           NOT NULL,
  "interval"   text COLLATE "C" NOT NULL CHECK ("interval" IN ('1m', '5m', '15m', '1h', '1d')),
  window_start timestamptz      NOT NULL,
  window_end   timestamptz      NOT NULL,
  count        bigint           NOT NULL,
  sum          double precision NOT NULL,
  min          double precision NOT NULL,
  max          double precision NOT NULL,
  first        double precision NOT NULL,
  last         double precision NOT NULL,
  is_final     boolean          NOT NULL,
  revision     integer          NOT NULL DEFAULT 0,
  cause        text COLLATE "C" NOT NULL,
  incarnation  bigint           NOT NULL,
  epoch        bigint           NOT NULL,
  seq          bigint           NOT NULL,
  updated_at   timestamptz      NOT NULL DEFAULT now(),
  PRIMARY KEY (series_id, "interval", window_start)
) WITH (fillfactor = 85); -- room for early rows to be replaced in their page
CREATE INDEX rollups_by_interval_and_end ON rollups ("interval", window_end DESC);

COMMENT ON TABLE rollups IS 'Aggregates of a series over a window [window_start, window_end) of event time.';
COMMENT ON COLUMN rollups.series_id IS 'The series, see series.series_id.';
COMMENT ON COLUMN rollups."interval" IS 'Length of the window: 1m, 5m, 15m (internal), 1h, aligned to UTC; 1d, the calendar day of the site''s zone.';
COMMENT ON COLUMN rollups.window_start IS 'First instant of the window.';
COMMENT ON COLUMN rollups.window_end IS 'First instant after the window.';
COMMENT ON COLUMN rollups.count IS 'Number of samples; 0 when all of them have been retracted.';
COMMENT ON COLUMN rollups.sum IS 'Sum of the values in the order of time, in the metric''s own unit.';
COMMENT ON COLUMN rollups.min IS 'Least value, in the metric''s own unit; NaN if a value is NaN.';
COMMENT ON COLUMN rollups.max IS 'Greatest value, in the metric''s own unit; NaN if a value is NaN.';
COMMENT ON COLUMN rollups.first IS 'Value of the first sample, in the metric''s own unit.';
COMMENT ON COLUMN rollups.last IS 'Value of the last sample, in the metric''s own unit.';
COMMENT ON COLUMN rollups.is_final IS 'Whether the watermark has passed the end of the window; a final row changes only by a correction.';
COMMENT ON COLUMN rollups.revision IS '0 until a final row is corrected, and one more with each correction.';
COMMENT ON COLUMN rollups.cause IS 'Why the row says this: on_time, late, backfill, definition or replay (a restart published other values).';
COMMENT ON COLUMN rollups.incarnation IS 'Life of the series in the job''s state that wrote the row; another life never replaces it.';
COMMENT ON COLUMN rollups.epoch IS 'Attempt that wrote the row, from write_epochs.';
COMMENT ON COLUMN rollups.seq IS 'Place of the write within its attempt.';
COMMENT ON COLUMN rollups.updated_at IS 'Since when a reader sees these values.';

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
  PRIMARY KEY (series_id, "interval", window_start, revision)
);

COMMENT ON TABLE rollup_history IS 'Final rows of rollups that a correction has replaced.';
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

CREATE FUNCTION revise_rollup() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.revision := OLD.revision + 1;
  NEW.updated_at := now();
  IF NEW.cause = 'on_time' THEN
    NEW.cause := 'replay';
  END IF;
  INSERT INTO rollup_history (
    series_id, "interval", window_start, window_end, count, sum, min, max, first, last, is_final,
    revision, cause, incarnation, epoch, seq, updated_at, visible_from, visible_until)
  VALUES (
    OLD.series_id, OLD."interval", OLD.window_start, OLD.window_end, OLD.count, OLD.sum, OLD.min,
    OLD.max, OLD.first, OLD.last, OLD.is_final, OLD.revision, OLD.cause, OLD.incarnation, OLD.epoch,
    OLD.seq, OLD.updated_at, OLD.updated_at, NEW.updated_at);
  RETURN NEW;
END $$;
COMMENT ON FUNCTION revise_rollup() IS
  'Trigger of rollups: when the values of a final row change, counts the revision and keeps the old row in rollup_history.';

-- IS DISTINCT FROM: NaN equals NaN, and 0 equals -0.
CREATE TRIGGER revise_rollup BEFORE UPDATE ON rollups FOR EACH ROW
  WHEN (OLD.is_final
    AND (OLD.window_end, OLD.count, OLD.sum, OLD.min, OLD.max, OLD.first, OLD.last)
      IS DISTINCT FROM (NEW.window_end, NEW.count, NEW.sum, NEW.min, NEW.max, NEW.first, NEW.last))
  EXECUTE FUNCTION revise_rollup();

CREATE TABLE repair_windows (
  series_id    bigint           NOT NULL,
  "interval"   text COLLATE "C" NOT NULL,
  window_start timestamptz      NOT NULL,
  cause        text COLLATE "C" NOT NULL,
  requested_at timestamptz      NOT NULL DEFAULT now(),
  PRIMARY KEY (series_id, "interval", window_start)
);
CREATE INDEX repair_windows_by_request ON repair_windows (requested_at);

COMMENT ON TABLE repair_windows IS
  'Windows that the job''s state can no longer compute: a repair computes them, and the windows above them, from the raw points.';
COMMENT ON COLUMN repair_windows.series_id IS 'The series, see series.series_id.';
COMMENT ON COLUMN repair_windows."interval" IS 'Length of the window, as in rollups.';
COMMENT ON COLUMN repair_windows.window_start IS 'First instant of the window.';
COMMENT ON COLUMN repair_windows.cause IS 'late: a point beyond the correction horizon; incarnation: another life of the series owns what is stored.';
COMMENT ON COLUMN repair_windows.requested_at IS 'When it was last asked for. A repair deletes only the request it has read.';
