-- In how many minutes of a day did each robot say how full its battery is, and for how long was it silent at most?
-- How often it should speak is not in the tables yet: a minute counts when it has a sample.
WITH minutes AS (
  SELECT labels ->> 'robot_id' AS robot_id,
         start_time,
         end_time,
         lag(end_time, 1, timestamptz '2026-11-24T00:00:00Z')
           OVER (PARTITION BY labels ->> 'robot_id' ORDER BY start_time) AS heard_until,
         lead(start_time, 1, timestamptz '2026-11-25T00:00:00Z')
           OVER (PARTITION BY labels ->> 'robot_id' ORDER BY start_time) AS heard_again
  FROM metrics_aggregated
  WHERE metric_name = 'oht50_robot_battery_percent'
    AND "interval" = '1m'
    AND aggregation_type = 'count'
    AND start_time >= '2026-11-24T00:00:00Z'
    AND start_time < '2026-11-25T00:00:00Z'
)
SELECT robot_id,
       count(*) AS minutes_with_samples,
       round(100.0 * count(*) / 1440, 1) AS percent_of_day,
       greatest(max(start_time - heard_until), max(heard_again - end_time)) AS longest_silence
FROM minutes
GROUP BY robot_id
ORDER BY percent_of_day, robot_id;
