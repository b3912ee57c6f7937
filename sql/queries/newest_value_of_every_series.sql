-- What did every series say last, within the last hour?
SELECT DISTINCT ON (metric_name, labels)
       metric_name,
       labels,
       metric_value,
       "timestamp"
FROM metrics_between(now() - interval '1 hour', now() + interval '1 minute')
ORDER BY metric_name, labels, "timestamp" DESC;
