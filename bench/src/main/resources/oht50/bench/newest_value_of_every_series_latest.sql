-- What did every series say last, within five minutes?
SELECT metric_name, labels, metric_value, "timestamp"
FROM metrics_latest
WHERE "timestamp" >= '2026-11-24T12:25:00Z'
ORDER BY metric_name, labels ->> 'robot_id'
