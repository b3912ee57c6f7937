-- What was the lowest battery of each robot on each day of its site?
SELECT labels ->> 'robot_id' AS robot_id,
       start_time AS day_start,
       metric_value AS lowest_percent,
       is_final
FROM metrics_aggregated
WHERE metric_name = 'oht50_robot_battery_percent'
  AND "interval" = '1d'
  AND aggregation_type = 'min'
ORDER BY day_start DESC, lowest_percent;
