-- The views as they are between two times, and as they were at one; after the views, which they are made of.
-- The bodies are bound to what they name when they are made: nothing that a session puts on its search_path
-- comes in between, and the planner still sees through them. A file of its own, because the JDBC driver finds
-- no end of a statement after BEGIN ATOMIC; Flyway and psql do.

CREATE OR REPLACE FUNCTION metrics_between(from_time timestamptz, to_time timestamptz)
  RETURNS TABLE (
    id bigint, metric_name text, metric_value double precision, "timestamp" timestamptz,
    labels jsonb, metric_type text)
  LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT stable_id(p.series_id || '|' || to_millis(p."timestamp")),
         p.metric_name,
         p.value,
         p."timestamp",
         p.labels,
         p.metric_type
  FROM points p
  WHERE p.chunk_start > from_time - interval '24 hours'
    AND p.chunk_start < to_time
    AND p."timestamp" >= from_time
    AND p."timestamp" < to_time
  UNION ALL
  SELECT stable_id('oht50_api_throughput_requests_per_second|' || t.labels::text || '|' || to_millis(t.end_time)),
         'oht50_api_throughput_requests_per_second',
         t.requests_per_second,
         t.end_time,
         t.labels,
         'gauge'
  FROM api_throughput t
  WHERE t."interval" = '1m'
    AND t.is_final
    AND t.start_time >= from_time - interval '1 minute'
    AND t.start_time < to_time - interval '1 minute';
END;
COMMENT ON FUNCTION metrics_between(timestamptz, timestamptz) IS
  'The rows of metrics with from_time <= timestamp < to_time, read through the index on the chunks'' start.';

CREATE OR REPLACE FUNCTION history_reaches(as_of timestamptz) RETURNS boolean
  LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  known_since timestamptz := (SELECT kept_since FROM public.rollup_history_start);
BEGIN
  IF as_of < known_since THEN
    RAISE EXCEPTION 'what a reader saw at % is no longer known', as_of
      USING ERRCODE = 'invalid_parameter_value',
        HINT = format('The history has been kept since %s.', known_since);
  END IF;
  RETURN true;
END $$;
COMMENT ON FUNCTION history_reaches(timestamptz) IS
  'True; an error for an instant whose history has been dropped, so that no answer lacks rows silently.';

-- The subquery is evaluated once, also when there are no rows.
CREATE OR REPLACE FUNCTION rollups_as_of(as_of timestamptz) RETURNS SETOF rollups
  LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT r.*
  FROM rollups r
  WHERE (SELECT history_reaches(as_of)) AND r.is_final AND r.updated_at <= as_of
  UNION ALL
  SELECT h.series_id, h."interval", h.window_start, h.window_end, h.count, h.sum, h.min, h.max,
         h.first, h.last, h.is_final, h.revision, h.cause, h.incarnation, h.epoch, h.seq,
         h.updated_at, h.increase, h.boundary_increase, h.time_weighted_avg, h.covered_seconds,
         h.largest_gap_seconds, h.change_offsets, h.change_values
  FROM rollup_history h
  WHERE (SELECT history_reaches(as_of)) AND h.visible_from <= as_of AND as_of < h.visible_until;
END;
COMMENT ON FUNCTION rollups_as_of(timestamptz) IS
  'The final rows of rollups as a reader saw them at that instant. Early rows leave no history and are not in it.';

CREATE OR REPLACE FUNCTION metrics_aggregated_as_of(as_of timestamptz) RETURNS SETOF metrics_aggregated
  LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT stable_id(
           r.series_id || '|' || r."interval" || '|' || to_millis(r.window_start) || '|' || a.aggregation_type),
         r.metric_name,
         a.aggregation_type,
         a.metric_value,
         r.window_start,
         r.window_end,
         r.labels,
         r."interval",
         true,
         r.revision
  FROM (
    SELECT n.series_id, s.metric_name, s.labels, n."interval", n.window_start, n.window_end, n.count, n.sum,
           n.min, n.max, n.revision
    FROM series s
    JOIN rollups n ON n.series_id = s.series_id
    WHERE (SELECT history_reaches(as_of)) AND n.is_final AND n.updated_at <= as_of
    UNION ALL
    SELECT h.series_id, s.metric_name, s.labels, h."interval", h.window_start, h.window_end, h.count, h.sum,
           h.min, h.max, h.revision
    FROM series s
    JOIN rollup_history h ON h.series_id = s.series_id
    WHERE (SELECT history_reaches(as_of)) AND h.visible_from <= as_of AND as_of < h.visible_until
  ) AS r
  CROSS JOIN LATERAL (
    VALUES
      ('avg', average_of(r.sum, r.count)),
      ('sum', r.sum),
      ('min', r.min),
      ('max', r.max),
      ('count', r.count::double precision)
  ) AS a (aggregation_type, metric_value)
  WHERE r.count > 0
    AND r."interval" <> '15m'
  UNION ALL
  SELECT stable_id(
           'oht50_api_throughput_requests_per_second|' || t.labels::text || '|' || t."interval" || '|'
             || to_millis(t.window_start)),
         'oht50_api_throughput_requests_per_second',
         'avg',
         sum(t.increase ORDER BY t.series_id)
           / extract(epoch FROM t.window_end - t.window_start)::double precision,
         t.window_start,
         t.window_end,
         t.labels,
         t."interval",
         true,
         sum(t.revision)::integer
  FROM (
    SELECT r.*, s.labels - ARRAY['method', 'status_code', 'path'] AS labels
    FROM rollups_as_of(as_of) r
    JOIN series s ON s.series_id = r.series_id
    WHERE s.metric_name = 'oht50_http_requests_total'
      AND s.labels ->> 'endpoint' IS NOT NULL
      AND r.count > 0
      AND r.increase IS NOT NULL
      AND r."interval" <> '15m'
  ) AS t
  WHERE NOT EXISTS (
    SELECT FROM series o
    WHERE o.metric_name = 'oht50_api_throughput_requests_per_second' AND o.labels = t.labels)
  GROUP BY t.labels, t."interval", t.window_start, t.window_end;
END;
COMMENT ON FUNCTION metrics_aggregated_as_of(timestamptz) IS
  'The final rows of metrics_aggregated as a reader saw them at that instant; the same answer whenever it is asked. Early rows leave no history and are not in it. An instant whose history has been dropped is an error.';

REVOKE ALL ON FUNCTION metrics_between(timestamptz, timestamptz), history_reaches(timestamptz),
  rollups_as_of(timestamptz), metrics_aggregated_as_of(timestamptz)
  FROM PUBLIC;
GRANT EXECUTE ON FUNCTION metrics_between(timestamptz, timestamptz), history_reaches(timestamptz),
  rollups_as_of(timestamptz), metrics_aggregated_as_of(timestamptz)
  TO oht50_analyst;
