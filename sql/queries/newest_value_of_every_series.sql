-- What did every series say last, within the last hour?
SELECT metric_name,
       labels,
       metric_value,
       "timestamp"
FROM metrics_latest
WHERE "timestamp" >= now() - interval '1 hour'
  AND NOT is_stale
ORDER BY metric_name, labels;
