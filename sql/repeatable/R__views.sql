-- What analysts read. Run again whenever this file changes: columns are only ever added at the end.

CREATE OR REPLACE FUNCTION stable_id(natural_key text) RETURNS bigint
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN ('x' || substr(md5(natural_key), 1, 16))::bit(64)::bigint;
COMMENT ON FUNCTION stable_id(text) IS
  'The first 64 bits of the MD5 of a natural key, as a signed number: the same key has the same id in every query and installation.';

-- a quotient that underflows would be an error of the whole query
CREATE OR REPLACE FUNCTION average_of(sum double precision, count bigint) RETURNS double precision
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN CASE WHEN sum <> 0 AND abs(sum) < 1e-300 THEN 0 ELSE sum / nullif(count, 0) END;
COMMENT ON FUNCTION average_of(double precision, bigint) IS
  'The sum over the count, in the unit of the sum; null when nothing was counted.';

-- The series is joined inside each arm, so that a predicate on its name reaches the primary keys.
CREATE OR REPLACE VIEW points WITH (security_invoker = true) AS
SELECT c.series_id,
       c.chunk_start,
       c.chunk_start + p.offset_ms * interval '1 millisecond' AS "timestamp",
       p.value,
       s.metric_name,
       s.labels,
       s.metric_type
FROM series s
JOIN chunks c ON c.series_id = s.series_id
CROSS JOIN LATERAL unnest(c.offsets_ms, c.point_values) AS p (offset_ms, value)
-- bytes are compared for a NaN only
WHERE (p.value <> 'NaN' OR float8send(p.value) <> '\x7ff0000000000002')
  AND NOT EXISTS (
    SELECT FROM late_points l
    WHERE l.series_id = c.series_id
      AND l."timestamp" = c.chunk_start + p.offset_ms * interval '1 millisecond')
UNION ALL
SELECT l.series_id,
       l."timestamp",
       l."timestamp",
       l.value,
       s.metric_name,
       s.labels,
       s.metric_type
FROM series s
JOIN late_points l ON l.series_id = s.series_id
WHERE (l.value <> 'NaN' OR float8send(l.value) <> '\x7ff0000000000002');
COMMENT ON VIEW points IS
  'Every raw sample: of chunks, and late points, which win over a chunk''s point of the same time. Stale markers are no samples and are left out.';
COMMENT ON COLUMN points.series_id IS 'The series, see series.series_id.';
COMMENT ON COLUMN points.chunk_start IS 'Start of the chunk that holds the sample, at most 24 hours before it; a late point''s own time. Bound it to reach an index.';
COMMENT ON COLUMN points."timestamp" IS 'Event time.';
COMMENT ON COLUMN points.value IS 'Value in the metric''s own unit.';
COMMENT ON COLUMN points.metric_name IS 'Name of the metric.';
COMMENT ON COLUMN points.labels IS 'Labels as an object of strings.';
COMMENT ON COLUMN points.metric_type IS 'counter, gauge, delta, histogram or summary.';

-- Of one backend and endpoint; whoever reports its own throughput has no row here. Added up in one order, so that
-- the same windows have the same sum to the last bit.
CREATE OR REPLACE VIEW api_throughput WITH (security_invoker = true) AS
SELECT s.labels - ARRAY['method', 'status_code', 'path'] AS labels,
       r."interval",
       r.window_start AS start_time,
       r.window_end AS end_time,
       sum(r.increase ORDER BY r.series_id) AS requests,
       sum(r.increase ORDER BY r.series_id)
         / extract(epoch FROM r.window_end - r.window_start)::double precision AS requests_per_second,
       bool_and(r.is_final) AS is_final,
       sum(r.revision)::integer AS revision
FROM series s
JOIN rollups r ON r.series_id = s.series_id
WHERE s.metric_name = 'oht50_http_requests_total'
  AND s.labels ->> 'endpoint' IS NOT NULL
  AND r.count > 0
  AND r.increase IS NOT NULL
  AND r."interval" <> '15m'
  AND NOT EXISTS (
    SELECT FROM series t
    WHERE t.metric_name = 'oht50_api_throughput_requests_per_second'
      AND t.labels = s.labels - ARRAY['method', 'status_code', 'path'])
GROUP BY 1, 2, 3, 4;
COMMENT ON VIEW api_throughput IS
  'Requests of each endpoint and backend in each window, and per second of it, from the increase of oht50_http_requests_total; shown in metrics and metrics_aggregated as oht50_api_throughput_requests_per_second. Early rows are shown; windows without requests of the job''s own count have none.';
COMMENT ON COLUMN api_throughput.labels IS 'Those of the requests without method, status_code and path.';
COMMENT ON COLUMN api_throughput."interval" IS 'Length of the window: 1m, 5m, 1h (UTC) or 1d (calendar day of the site''s zone).';
COMMENT ON COLUMN api_throughput.start_time IS 'First instant of the window.';
COMMENT ON COLUMN api_throughput.end_time IS 'First instant after the window.';
COMMENT ON COLUMN api_throughput.requests IS 'Requests in the window, in units of one.';
COMMENT ON COLUMN api_throughput.requests_per_second IS 'These by the length of the window in seconds.';
COMMENT ON COLUMN api_throughput.is_final IS 'Whether the rows that it is made of are.';
COMMENT ON COLUMN api_throughput.revision IS 'How many corrections these rows have had together.';

CREATE OR REPLACE VIEW metrics WITH (security_invoker = true) AS
SELECT stable_id(p.series_id || '|' || to_millis(p."timestamp")) AS id,
       p.metric_name,
       p.value AS metric_value,
       p."timestamp",
       p.labels,
       p.metric_type
FROM points p
UNION ALL
SELECT stable_id('oht50_api_throughput_requests_per_second|' || t.labels::text || '|' || to_millis(t.end_time)),
       'oht50_api_throughput_requests_per_second',
       t.requests_per_second,
       t.end_time,
       t.labels,
       'gauge'
FROM api_throughput t
WHERE t."interval" = '1m'
  AND t.is_final;
COMMENT ON VIEW metrics IS 'Every raw sample, and the throughput of each final minute at its end; of a minute that has not ended, those that came at least series.chunk-cadence and a second ago. For a span of time use metrics_between, which reads only the chunks of that span.';
COMMENT ON COLUMN metrics.id IS 'Stable 64-bit hash of (series, timestamp).';
COMMENT ON COLUMN metrics.metric_name IS 'Name of the metric.';
COMMENT ON COLUMN metrics.metric_value IS 'Value in the metric''s own unit; of a delta series the number of occurrences in that second.';
COMMENT ON COLUMN metrics."timestamp" IS 'Event time.';
COMMENT ON COLUMN metrics.labels IS 'Labels as an object of strings.';
COMMENT ON COLUMN metrics.metric_type IS 'counter, gauge, delta, histogram or summary; a state series is shown as a gauge.';

CREATE OR REPLACE VIEW metrics_aggregated WITH (security_invoker = true) AS
SELECT stable_id(
         r.series_id || '|' || r."interval" || '|' || to_millis(r.window_start) || '|' || a.aggregation_type) AS id,
       s.metric_name,
       a.aggregation_type,
       CASE a.aggregation_type
         WHEN 'avg' THEN average_of(r.sum, r.count)
         WHEN 'sum' THEN r.sum
         WHEN 'min' THEN r.min
         WHEN 'max' THEN r.max
         WHEN 'count' THEN r.count::double precision
       END AS metric_value,
       r.window_start AS start_time,
       r.window_end AS end_time,
       s.labels,
       r."interval",
       r.is_final,
       r.revision
FROM series s
JOIN rollups r ON r.series_id = s.series_id
-- Of constants, so that the one that is asked for is picked once and not in every window.
CROSS JOIN (VALUES ('avg'), ('sum'), ('min'), ('max'), ('count')) AS a (aggregation_type)
WHERE r.count > 0
  AND r."interval" <> '15m'
UNION ALL
SELECT stable_id(
         'oht50_api_throughput_requests_per_second|' || t.labels::text || '|' || t."interval" || '|' || to_millis(t.start_time)),
       'oht50_api_throughput_requests_per_second',
       'avg',
       t.requests_per_second,
       t.start_time,
       t.end_time,
       t.labels,
       t."interval",
       t.is_final,
       t.revision
FROM api_throughput t;
COMMENT ON VIEW metrics_aggregated IS
  'Rollups at 1m, 5m, 1h and 1d, one row for each aggregation type; windows without samples have none. Early rows are shown. Of throughput that is computed there is avg only: requests by the length of the window.';
COMMENT ON COLUMN metrics_aggregated.id IS 'Stable 64-bit hash of (series, interval, start_time, aggregation_type).';
COMMENT ON COLUMN metrics_aggregated.metric_name IS 'Name of the metric.';
COMMENT ON COLUMN metrics_aggregated.aggregation_type IS 'avg, sum, min, max or count.';
COMMENT ON COLUMN metrics_aggregated.metric_value IS 'The aggregate in the metric''s own unit; of count the number of samples.';
COMMENT ON COLUMN metrics_aggregated.start_time IS 'First instant of the window.';
COMMENT ON COLUMN metrics_aggregated.end_time IS 'First instant after the window.';
COMMENT ON COLUMN metrics_aggregated.labels IS 'Labels as an object of strings.';
COMMENT ON COLUMN metrics_aggregated."interval" IS 'Length of the window: 1m, 5m, 1h (UTC) or 1d (calendar day of the site''s zone).';
COMMENT ON COLUMN metrics_aggregated.is_final IS 'Whether the watermark has passed the end of the window.';
COMMENT ON COLUMN metrics_aggregated.revision IS 'How many corrections the final row has had.';

CREATE OR REPLACE VIEW metrics_windows WITH (security_invoker = true) AS
SELECT s.metric_name,
       s.labels,
       r."interval",
       r.window_start AS start_time,
       r.window_end AS end_time,
       average_of(r.sum, r.count) AS avg,
       r.sum,
       r.min,
       r.max,
       r.first,
       r.last,
       r.count AS received,
       extract(epoch FROM r.window_end - r.window_start) / s.expected_interval_seconds AS expected,
       r.largest_gap_seconds,
       r.increase,
       r.boundary_increase,
       r.time_weighted_avg,
       r.covered_seconds,
       r.is_final,
       r.revision,
       r.cause,
       r.updated_at,
       r.series_id
FROM series s
JOIN rollups r ON r.series_id = s.series_id
WHERE r.count > 0
  AND r."interval" <> '15m';
COMMENT ON VIEW metrics_windows IS
  'Rollups at 1m, 5m, 1h and 1d, one row for each window with all that is known of it; windows without samples have none. Early rows are shown.';
COMMENT ON COLUMN metrics_windows.metric_name IS 'Name of the metric.';
COMMENT ON COLUMN metrics_windows.labels IS 'Labels as an object of strings.';
COMMENT ON COLUMN metrics_windows."interval" IS 'Length of the window: 1m, 5m, 1h (UTC) or 1d (calendar day of the site''s zone).';
COMMENT ON COLUMN metrics_windows.start_time IS 'First instant of the window.';
COMMENT ON COLUMN metrics_windows.end_time IS 'First instant after the window.';
COMMENT ON COLUMN metrics_windows.avg IS 'Mean of the samples, in the metric''s own unit.';
COMMENT ON COLUMN metrics_windows.sum IS 'Sum of the samples, in the metric''s own unit.';
COMMENT ON COLUMN metrics_windows.min IS 'Least sample, in the metric''s own unit.';
COMMENT ON COLUMN metrics_windows.max IS 'Greatest sample, in the metric''s own unit.';
COMMENT ON COLUMN metrics_windows.first IS 'First sample, in the metric''s own unit.';
COMMENT ON COLUMN metrics_windows.last IS 'Last sample, in the metric''s own unit.';
COMMENT ON COLUMN metrics_windows.received IS 'Number of samples.';
COMMENT ON COLUMN metrics_windows.expected IS 'Number of samples expected in the whole window; null for series that speak when something happens.';
COMMENT ON COLUMN metrics_windows.largest_gap_seconds IS 'Longest time of the window without a sample, its edges included, seconds.';
COMMENT ON COLUMN metrics_windows.increase IS 'Growth of a counter in the window, or sum of a delta series, in the metric''s own unit; null for other kinds.';
COMMENT ON COLUMN metrics_windows.boundary_increase IS 'The part of a counter''s increase that lies over the left edge of the window, in the metric''s own unit.';
COMMENT ON COLUMN metrics_windows.time_weighted_avg IS 'Mean of a state series weighted by how long each value held, in the metric''s own unit; null for other kinds.';
COMMENT ON COLUMN metrics_windows.covered_seconds IS 'Seconds of the window in which the value of a state series is known.';
COMMENT ON COLUMN metrics_windows.is_final IS 'Whether the watermark has passed the end of the window.';
COMMENT ON COLUMN metrics_windows.revision IS 'How many corrections the final row has had.';
COMMENT ON COLUMN metrics_windows.cause IS 'Why the row says this: on_time, late, backfill, definition or replay.';
COMMENT ON COLUMN metrics_windows.updated_at IS 'Since when a reader sees these values.';
COMMENT ON COLUMN metrics_windows.series_id IS 'The series, see series.series_id.';

CREATE OR REPLACE VIEW corrections WITH (security_invoker = true) AS
SELECT s.metric_name,
       a.aggregation_type,
       a.old_value,
       a.new_value,
       -- two values of different sign may be further apart than a number can say
       CASE WHEN sign(a.old_value) * sign(a.new_value) < 0
           AND abs(a.new_value) > 1.7976931348623157e308 - abs(a.old_value)
         THEN sign(a.new_value) * float8 'Infinity'
         ELSE a.new_value - a.old_value END AS difference,
       h.window_start AS start_time,
       h.window_end AS end_time,
       s.labels,
       h."interval",
       n.revision,
       n.cause,
       h.visible_from AS old_visible_from,
       h.visible_until AS corrected_at
FROM series s
JOIN rollup_history h ON h.series_id = s.series_id
CROSS JOIN LATERAL (
  SELECT r.count, r.sum, r.min, r.max, r.increase, r.time_weighted_avg, r.covered_seconds,
         r.largest_gap_seconds, r.revision, r.cause
  FROM rollups r
  WHERE r.series_id = h.series_id
    AND r."interval" = h."interval"
    AND r.window_start = h.window_start
    AND r.revision = h.revision + 1
  UNION ALL
  SELECT l.count, l.sum, l.min, l.max, l.increase, l.time_weighted_avg, l.covered_seconds,
         l.largest_gap_seconds, l.revision, l.cause
  FROM rollup_history l
  WHERE l.series_id = h.series_id
    AND l."interval" = h."interval"
    AND l.window_start = h.window_start
    AND l.revision = h.revision + 1
    AND l.visible_until >= h.visible_until
) AS n
CROSS JOIN LATERAL (
  VALUES
    ('avg', average_of(h.sum, h.count), average_of(n.sum, n.count)),
    ('sum', CASE WHEN h.count > 0 THEN h.sum END, CASE WHEN n.count > 0 THEN n.sum END),
    ('min', CASE WHEN h.count > 0 THEN h.min END, CASE WHEN n.count > 0 THEN n.min END),
    ('max', CASE WHEN h.count > 0 THEN h.max END, CASE WHEN n.count > 0 THEN n.max END),
    ('count', h.count::double precision, n.count::double precision),
    ('increase', h.increase, n.increase),
    ('time_weighted_avg', h.time_weighted_avg, n.time_weighted_avg),
    ('covered_seconds', h.covered_seconds, n.covered_seconds),
    ('largest_gap_seconds', h.largest_gap_seconds, n.largest_gap_seconds)
) AS a (aggregation_type, old_value, new_value)
WHERE h."interval" <> '15m'
  AND a.old_value IS DISTINCT FROM a.new_value;
COMMENT ON VIEW corrections IS
  'What has changed in metrics_aggregated and metrics_windows after it was final: one row for each correction and value that changed, as far back as the history is kept.';
COMMENT ON COLUMN corrections.metric_name IS 'Name of the metric.';
COMMENT ON COLUMN corrections.aggregation_type IS 'avg, sum, min, max or count; or increase, time_weighted_avg, covered_seconds or largest_gap_seconds of metrics_windows.';
COMMENT ON COLUMN corrections.old_value IS 'What it said before, in the metric''s own unit, of count the number of samples; null when the window had no samples, and no row.';
COMMENT ON COLUMN corrections.new_value IS 'What it said then, in the metric''s own unit, of count the number of samples; null when the window had no samples any more.';
COMMENT ON COLUMN corrections.difference IS 'new_value - old_value, in the metric''s own unit, of count the number of samples; null when one of them is.';
COMMENT ON COLUMN corrections.start_time IS 'First instant of the window.';
COMMENT ON COLUMN corrections.end_time IS 'First instant after the window, before the correction.';
COMMENT ON COLUMN corrections.labels IS 'Labels as an object of strings.';
COMMENT ON COLUMN corrections."interval" IS 'Length of the window: 1m, 5m, 1h (UTC) or 1d (calendar day of the site''s zone).';
COMMENT ON COLUMN corrections.revision IS 'Which correction of the window this was, from 1.';
COMMENT ON COLUMN corrections.cause IS 'Why: late, backfill, definition or replay (a restart published other values).';
COMMENT ON COLUMN corrections.old_visible_from IS 'Since when a reader had seen the old value.';
COMMENT ON COLUMN corrections.corrected_at IS 'First instant at which a reader saw the new value.';

CREATE OR REPLACE VIEW alerts WITH (security_invoker = true) AS
SELECT DISTINCT ON (t.alert_id)
       t.alert_id,
       t.rule,
       t.state,
       t.withdrawn,
       t.cause,
       t.labels,
       t.annotations,
       t.value,
       t.active_at,
       t.starts_at,
       t.ends_at,
       t.decided_at,
       t.replaces,
       t.turn,
       t.transition_id,
       t.epoch,
       t.seq,
       t.rule_version,
       t.evidence
FROM alert_transitions t
ORDER BY t.alert_id, t.epoch DESC, t.seq DESC;
COMMENT ON VIEW alerts IS 'The newest transition of each alert: what is known of it now.';
COMMENT ON COLUMN alerts.alert_id IS 'Hash of the rule, the labels and active_at.';
COMMENT ON COLUMN alerts.rule IS 'Name of the rule or sequence.';
COMMENT ON COLUMN alerts.state IS 'inactive, pending or firing.';
COMMENT ON COLUMN alerts.withdrawn IS 'Whether the alert has been taken back: it never was.';
COMMENT ON COLUMN alerts.cause IS 'Why its newest transition was published.';
COMMENT ON COLUMN alerts.labels IS 'Identity of the alert as an object of strings, with alertname.';
COMMENT ON COLUMN alerts.annotations IS 'Text for people as an object of strings.';
COMMENT ON COLUMN alerts.value IS 'Value of the rule''s expression, in its unit; 1 for a sequence.';
COMMENT ON COLUMN alerts.active_at IS 'Event time at which the condition began.';
COMMENT ON COLUMN alerts.starts_at IS 'Event time at which it fires; null when it does not.';
COMMENT ON COLUMN alerts.ends_at IS 'Event time at which it ended; null while it is open.';
COMMENT ON COLUMN alerts.decided_at IS 'When the job decided the newest transition.';
COMMENT ON COLUMN alerts.replaces IS 'alert_id of the alert that this one takes the place of.';
COMMENT ON COLUMN alerts.turn IS 'How often the alert has been published, from 1.';
COMMENT ON COLUMN alerts.transition_id IS 'The newest transition, see alert_transitions.';
COMMENT ON COLUMN alerts.epoch IS 'Attempt that wrote it, from write_epochs.';
COMMENT ON COLUMN alerts.seq IS 'Place of the write within its attempt.';
COMMENT ON COLUMN alerts.rule_version IS 'The rule set that said so, see alert_transitions.';
COMMENT ON COLUMN alerts.evidence IS 'What the newest transition rests on, see alert_transitions.';

REVOKE ALL ON FUNCTION stable_id(text), average_of(double precision, bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION stable_id(text), average_of(double precision, bigint) TO oht50_analyst;
GRANT SELECT ON points, api_throughput, metrics, metrics_aggregated, metrics_windows, corrections, alerts TO oht50_analyst;
