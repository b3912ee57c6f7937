-- What did every series say last, within five minutes?
SELECT DISTINCT ON (metric_name, labels ->> 'robot_id') metric_name, labels, metric_value, "timestamp"
FROM metrics_between('2026-11-24T12:25:00Z', 'infinity')
ORDER BY metric_name, labels ->> 'robot_id', "timestamp" DESC
