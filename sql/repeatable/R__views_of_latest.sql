-- What every series said last; after the views, whose functions it uses.

CREATE OR REPLACE VIEW metrics_latest WITH (security_invoker = true) AS
SELECT stable_id(p.series_id || '|' || to_millis(p."timestamp")) AS id,
       s.metric_name,
       -- bytes are compared for a NaN only
       CASE WHEN p.value <> 'NaN' OR float8send(p.value) <> '\x7ff0000000000002' THEN p.value END AS metric_value,
       p."timestamp",
       s.labels,
       s.metric_type,
       p.value = 'NaN' AND float8send(p.value) = '\x7ff0000000000002' AS is_stale,
       s.expected_interval_seconds,
       p.series_id
FROM series s
JOIN latest_points p ON p.series_id = s.series_id;
COMMENT ON VIEW metrics_latest IS
  'What every series said last, one row each, at most series.early-cadence and a second old; a series that has fallen silent keeps its row.';
COMMENT ON COLUMN metrics_latest.id IS 'Stable 64-bit hash of (series, timestamp), as in metrics.';
COMMENT ON COLUMN metrics_latest.metric_name IS 'Name of the metric.';
COMMENT ON COLUMN metrics_latest.metric_value IS 'Value in the metric''s own unit; of a delta series the number of occurrences in that second. NULL when is_stale.';
COMMENT ON COLUMN metrics_latest."timestamp" IS 'Event time of the sample; when is_stale, of the series'' end.';
COMMENT ON COLUMN metrics_latest.labels IS 'Labels as an object of strings.';
COMMENT ON COLUMN metrics_latest.metric_type IS 'counter, gauge, delta, histogram or summary; a state series is shown as a gauge.';
COMMENT ON COLUMN metrics_latest.is_stale IS 'Whether the source has said that the series has ended. One that only fell silent is known by its timestamp.';
COMMENT ON COLUMN metrics_latest.expected_interval_seconds IS 'Seconds between two samples, as the registry or the configuration expects; NULL for series that speak when something happens.';
COMMENT ON COLUMN metrics_latest.series_id IS 'The series, see series.series_id.';

GRANT SELECT ON metrics_latest TO oht50_analyst;
