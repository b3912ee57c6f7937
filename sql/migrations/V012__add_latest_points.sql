-- What every series said last: one row each, rewritten in place.

CREATE TABLE latest_points (
  series_id     bigint           PRIMARY KEY,
  "timestamp"   timestamptz      NOT NULL,
  value         double precision NOT NULL,
  source_id     bigint           NOT NULL,
  record_offset bigint           NOT NULL,
  incarnation   bigint           NOT NULL,
  known_from    timestamptz      NOT NULL,
  epoch         bigint           NOT NULL,
  seq           bigint           NOT NULL
)
-- Room for a row's next versions on its own page, and no index but the key: then an update touches no index.
WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.05);

COMMENT ON TABLE latest_points IS
  'The newest point of every series, one row each, written beside the chunks and at their cadence. Read the view metrics_latest.';
COMMENT ON COLUMN latest_points.series_id IS 'The series, see series.series_id.';
COMMENT ON COLUMN latest_points."timestamp" IS 'Event time of the point.';
COMMENT ON COLUMN latest_points.value IS 'Value in the metric''s own unit. The NaN with the bits 7ff0000000000002 is a stale marker: the series has ended.';
COMMENT ON COLUMN latest_points.source_id IS 'Topic and partition of a record that carried the point, as one number; of a delta series the life of its counter.';
COMMENT ON COLUMN latest_points.record_offset IS 'Offset of that record; of a delta series how often its second had changed.';
COMMENT ON COLUMN latest_points.incarnation IS 'Life of the series in the job''s state that wrote the row. A newer point wins whatever its life; an older one only within a life, where the newer one is no more.';
COMMENT ON COLUMN latest_points.known_from IS 'First instant from which that life''s points were all known; infinity of a point that came beyond the correction horizon, of whose time nothing else is known.';
COMMENT ON COLUMN latest_points.epoch IS 'Attempt that wrote the row, from write_epochs.';
COMMENT ON COLUMN latest_points.seq IS 'Place of the write within its attempt.';

GRANT SELECT, INSERT,
  UPDATE ("timestamp", value, source_id, record_offset, incarnation, known_from, epoch, seq)
  ON latest_points TO oht50_writer;
GRANT SELECT ON latest_points TO oht50_analyst;

-- What is stored already: the newest of chunks and late points.
INSERT INTO latest_points (
  series_id, "timestamp", value, source_id, record_offset, incarnation, known_from, epoch, seq)
SELECT DISTINCT ON (s.series_id)
  s.series_id, p."timestamp", p.value, p.source_id, p.record_offset, p.incarnation, p.known_from, 0, 0
FROM series s
CROSS JOIN LATERAL (
  (SELECT c.chunk_start + c.offsets_ms[cardinality(c.offsets_ms)] * interval '1 millisecond' AS "timestamp",
          c.point_values[cardinality(c.point_values)] AS value,
          0 AS source_id, 0 AS record_offset, c.incarnation, c.chunk_start AS known_from
   FROM chunks c
   WHERE c.series_id = s.series_id AND cardinality(c.offsets_ms) > 0
   ORDER BY c.chunk_start DESC
   LIMIT 1)
  UNION ALL
  (SELECT l."timestamp", l.value, l.source_id, l.record_offset, s.incarnation, 'infinity'
   FROM late_points l
   WHERE l.series_id = s.series_id
   ORDER BY l."timestamp" DESC
   LIMIT 1)
) AS p
ORDER BY s.series_id, p."timestamp" DESC, p.known_from DESC;
