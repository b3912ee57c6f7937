-- The raw points: a catalog of series, chunks of points as the series operator writes them, and the
-- few points that came after their chunk had left its state.

CREATE SEQUENCE write_epochs;
COMMENT ON SEQUENCE write_epochs IS
  'Numbers of writing attempts. An operator takes the next one when it opens; of two writes of one key the higher (epoch, seq) wins.';

CREATE FUNCTION from_millis(millis bigint) RETURNS timestamptz
  LANGUAGE sql STABLE PARALLEL SAFE
  RETURN timestamptz 'epoch' + millis * interval '1 millisecond';
COMMENT ON FUNCTION from_millis(bigint) IS
  'The instant that is so many milliseconds after 1970-01-01T00:00:00Z; exact, and an error outside the range of timestamptz.';

CREATE FUNCTION to_millis(instant timestamptz) RETURNS bigint
  LANGUAGE sql STABLE PARALLEL SAFE
  RETURN floor(extract(epoch FROM instant) * 1000)::bigint;
COMMENT ON FUNCTION to_millis(timestamptz) IS
  'Milliseconds since 1970-01-01T00:00:00Z; the inverse of from_millis.';

CREATE TABLE series (
  series_id       bigint      PRIMARY KEY,
  metric_name     text        NOT NULL,
  labels          jsonb       NOT NULL,
  metric_type     text        NOT NULL,
  kind            smallint    NOT NULL,
  canonical       text        NOT NULL,
  entity          text        NOT NULL,
  incarnation     bigint      NOT NULL,
  first_timestamp timestamptz NOT NULL,
  epoch           bigint      NOT NULL,
  seq             bigint      NOT NULL
);
-- A hash index, because a name may be longer than a B-tree entry can be.
CREATE INDEX series_by_metric_name ON series USING hash (metric_name);

COMMENT ON TABLE series IS 'Catalog of the series: what a series_id stands for.';
COMMENT ON COLUMN series.series_id IS 'XXH64 (seed 0) of canonical, as a signed 64-bit number.';
COMMENT ON COLUMN series.metric_name IS 'Name of the metric.';
COMMENT ON COLUMN series.labels IS 'Labels as an object of strings; with the name they identify the series.';
COMMENT ON COLUMN series.metric_type IS 'counter, gauge, delta, histogram or summary; a state series is shown as a gauge.';
COMMENT ON COLUMN series.kind IS 'What the values mean: 1 gauge, 2 counter, 3 delta, 4 state, 5 histogram, 6 summary.';
COMMENT ON COLUMN series.canonical IS 'name{a="b",c="d"}, labels sorted by name, values escaped as in the exposition format.';
COMMENT ON COLUMN series.entity IS 'Whose samples these are: robot_id, else instance, else the metric name.';
COMMENT ON COLUMN series.incarnation IS 'The newest life of the series in the job''s state: a hash of the position of its first sample.';
COMMENT ON COLUMN series.first_timestamp IS 'Earliest event time with which a life of the series began.';
COMMENT ON COLUMN series.epoch IS 'Attempt that wrote the row, from write_epochs.';
COMMENT ON COLUMN series.seq IS 'Place of the write within its attempt.';

CREATE TABLE chunks (
  series_id    bigint             NOT NULL,
  chunk_start  timestamptz        NOT NULL,
  chunk_end    timestamptz        NOT NULL,
  offsets_ms   integer[]          NOT NULL,
  point_values double precision[] NOT NULL,
  incarnation  bigint             NOT NULL,
  epoch        bigint             NOT NULL,
  seq          bigint             NOT NULL,
  PRIMARY KEY (series_id, chunk_start),
  CONSTRAINT chunks_one_value_per_offset CHECK (cardinality(offsets_ms) = cardinality(point_values)),
  -- metrics_between relies on it.
  CONSTRAINT chunks_at_most_a_day CHECK (chunk_end > chunk_start AND chunk_end <= chunk_start + interval '24 hours')
);
CREATE INDEX chunks_by_start ON chunks (chunk_start);

-- Not every build of the server has lz4.
DO $$
BEGIN
  ALTER TABLE chunks
    ALTER COLUMN offsets_ms SET COMPRESSION lz4,
    ALTER COLUMN point_values SET COMPRESSION lz4;
EXCEPTION WHEN feature_not_supported THEN
  RAISE NOTICE 'this server has no lz4: chunks are compressed with its default method';
END $$;

COMMENT ON TABLE chunks IS
  'Raw points, one row for a series and a span of time; a row is replaced while its points may still change. Empty arrays say that all its points have been retracted.';
COMMENT ON COLUMN chunks.series_id IS 'The series, see series.series_id.';
COMMENT ON COLUMN chunks.chunk_start IS 'First instant of the span.';
COMMENT ON COLUMN chunks.chunk_end IS 'First instant after the span; at most 24 hours after chunk_start.';
COMMENT ON COLUMN chunks.offsets_ms IS 'Milliseconds of the points since chunk_start, ascending, each once.';
COMMENT ON COLUMN chunks.point_values IS 'Values of the points in the metric''s own unit, one for each offset. The NaN with the bits 7ff0000000000002 is a stale marker: it ends a series and is no sample.';
COMMENT ON COLUMN chunks.incarnation IS 'Life of the series in the job''s state that wrote the row; another life never replaces it.';
COMMENT ON COLUMN chunks.epoch IS 'Attempt that wrote the row, from write_epochs.';
COMMENT ON COLUMN chunks.seq IS 'Place of the write within its attempt.';

CREATE TABLE late_points (
  series_id     bigint           NOT NULL,
  "timestamp"   timestamptz      NOT NULL,
  value         double precision NOT NULL,
  source_id     bigint           NOT NULL,
  record_offset bigint           NOT NULL,
  epoch         bigint           NOT NULL,
  seq           bigint           NOT NULL,
  received_at   timestamptz      NOT NULL DEFAULT now(),
  PRIMARY KEY (series_id, "timestamp")
);
CREATE INDEX late_points_by_timestamp ON late_points ("timestamp");

COMMENT ON TABLE late_points IS
  'Points that came when their chunk had already left the job''s state, and points of a chunk that another life of the series owns. A late point wins over a chunk''s point of the same time.';
COMMENT ON COLUMN late_points.series_id IS 'The series, see series.series_id.';
COMMENT ON COLUMN late_points."timestamp" IS 'Event time.';
COMMENT ON COLUMN late_points.value IS 'Value in the metric''s own unit.';
COMMENT ON COLUMN late_points.source_id IS 'Topic and partition of the record that carried it, as one number; 0 when it comes from a refused chunk.';
COMMENT ON COLUMN late_points.record_offset IS 'Offset of that record; of two late points of one time the higher (source_id, record_offset) wins.';
COMMENT ON COLUMN late_points.epoch IS 'Attempt that wrote the row, from write_epochs.';
COMMENT ON COLUMN late_points.seq IS 'Place of the write within its attempt.';
COMMENT ON COLUMN late_points.received_at IS 'When the first point of that time was stored here.';
