-- How did the batteries of a hundred robots go over a day, every five minutes?
SELECT labels ->> 'robot_id' AS robot_id,
       start_time,
       metric_value AS avg_percent
FROM metrics_aggregated
WHERE metric_name = 'oht50_robot_battery_percent'
  AND labels ->> 'robot_id' BETWEEN 'OHT-50-001' AND 'OHT-50-100'
  AND "interval" = '5m'
  AND aggregation_type = 'avg'
  AND start_time >= '2026-11-24T00:00:00Z'
  AND start_time < '2026-11-25T00:00:00Z'
ORDER BY robot_id, start_time;
