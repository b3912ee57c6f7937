-- What did yesterday's report say, made at six this morning, and what is known now?
SELECT coalesce(reported.labels, now_known.labels) ->> 'robot_id' AS robot_id,
       reported.metric_value AS reported_percent,
       now_known.metric_value AS lowest_percent,
       now_known.revision - coalesce(reported.revision, 0) AS corrections_since
FROM (
  SELECT id, labels, metric_value, revision
  FROM metrics_aggregated_as_of('2026-11-25T06:00:00Z')
  WHERE metric_name = 'oht50_robot_battery_percent'
    AND "interval" = '1d'
    AND aggregation_type = 'min'
    AND start_time = '2026-11-24T00:00:00Z'
) AS reported
FULL JOIN (
  SELECT id, labels, metric_value, revision
  FROM metrics_aggregated
  WHERE metric_name = 'oht50_robot_battery_percent'
    AND "interval" = '1d'
    AND aggregation_type = 'min'
    AND start_time = '2026-11-24T00:00:00Z'
    AND is_final
) AS now_known USING (id)
ORDER BY robot_id;
