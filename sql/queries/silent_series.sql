-- Which series have ended, or said nothing for five of their expected intervals, and what did they say last?
SELECT metric_name,
       labels,
       metric_value AS said_last,
       "timestamp" AS since,
       CASE WHEN is_stale THEN 'ended' ELSE 'silent' END AS why
FROM metrics_latest
WHERE is_stale
   OR "timestamp" < now() - 5 * expected_interval_seconds * interval '1 second'
ORDER BY "timestamp" DESC, metric_name, labels;
