-- How did a hundred series go over a day, every five minutes?
SELECT labels ->> 'robot_id' AS robot_id, start_time, metric_value
FROM metrics_aggregated
WHERE metric_name = 'oht50_robot_metric_01'
  AND labels ->> 'robot_id' BETWEEN 'OHT-50-001' AND 'OHT-50-100'
  AND aggregation_type = 'avg'
  AND start_time >= '2026-11-22T00:00:00Z'
  AND start_time < '2026-11-23T00:00:00Z'
  AND end_time - start_time = interval '5 minutes'
ORDER BY robot_id, start_time
