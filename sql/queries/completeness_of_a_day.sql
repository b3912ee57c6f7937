-- How much of what was expected of each robot on a day came, and for how long was it silent at most?
SELECT labels ->> 'robot_id' AS robot_id,
       received,
       expected,
       round((100.0 * received / expected)::numeric, 1) AS percent_received,
       largest_gap_seconds
FROM metrics_windows
WHERE metric_name = 'oht50_robot_battery_percent'
  AND "interval" = '1d'
  AND start_time = '2026-11-24T00:00:00Z'
ORDER BY percent_received, robot_id;
