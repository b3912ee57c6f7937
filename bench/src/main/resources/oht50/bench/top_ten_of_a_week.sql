-- Which ten robots had the most in a week?
SELECT labels ->> 'robot_id' AS robot_id, sum(metric_value) AS total
FROM metrics_aggregated
WHERE metric_name = 'oht50_robot_metric_02'
  AND aggregation_type = 'sum'
  AND start_time >= '2026-11-16T00:00:00Z'
  AND start_time < '2026-11-23T00:00:00Z'
  AND end_time - start_time = interval '1 day'
GROUP BY robot_id
ORDER BY total DESC, robot_id
LIMIT 10
