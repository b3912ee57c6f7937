-- Which ten robots had the most safety events in a week?
SELECT labels ->> 'robot_id' AS robot_id,
       sum(metric_value) AS safety_events
FROM metrics_aggregated
WHERE metric_name = 'oht50_safety_events_total'
  AND "interval" = '1d'
  AND aggregation_type = 'sum'
  AND start_time >= '2026-11-16T00:00:00Z'
  AND start_time < '2026-11-23T00:00:00Z'
GROUP BY robot_id
ORDER BY safety_events DESC, robot_id
LIMIT 10;
