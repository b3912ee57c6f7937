-- How did one series go over a day, every five minutes?
SELECT start_time, metric_value
FROM metrics_aggregated
WHERE metric_name = 'oht50_robot_metric_01'
  AND labels ->> 'robot_id' = 'OHT-50-042'
  AND aggregation_type = 'avg'
  AND start_time >= '2026-11-22T00:00:00Z'
  AND start_time < '2026-11-23T00:00:00Z'
  AND end_time - start_time = interval '5 minutes'
ORDER BY start_time
