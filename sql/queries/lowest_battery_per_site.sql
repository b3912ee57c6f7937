-- What was the lowest battery at each site on each day, of the robots that it had then?
SELECT site,
       start_time AS day_start,
       min(metric_value) AS lowest_percent,
       count(*) AS robots
FROM metrics_aggregated_with_robot
WHERE metric_name = 'oht50_robot_battery_percent'
  AND "interval" = '1d'
  AND aggregation_type = 'min'
GROUP BY site, start_time
ORDER BY day_start DESC, site;
