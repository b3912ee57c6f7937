-- How did the battery of one robot go over a day, every five minutes?
SELECT start_time,
       max(metric_value) FILTER (WHERE aggregation_type = 'avg') AS avg_percent,
       max(metric_value) FILTER (WHERE aggregation_type = 'min') AS min_percent,
       max(metric_value) FILTER (WHERE aggregation_type = 'max') AS max_percent,
       bool_and(is_final) AS is_final
FROM metrics_aggregated
WHERE metric_name = 'oht50_robot_battery_percent'
  AND labels = '{"robot_id": "OHT-50-001"}'
  AND "interval" = '5m'
  AND start_time >= '2026-11-24T00:00:00Z'
  AND start_time < '2026-11-25T00:00:00Z'
GROUP BY start_time
ORDER BY start_time;
