-- What the registry says of the robot of a row, as of the row's time.

CREATE OR REPLACE FUNCTION registration_at(robot text, at timestamptz) RETURNS SETOF registrations
  LANGUAGE sql STABLE PARALLEL SAFE ROWS 1
BEGIN ATOMIC
  SELECT r.*
  FROM registrations r
  WHERE r.robot_id = robot
    AND r.effective_from <= at
  ORDER BY r.effective_from DESC
  LIMIT 1;
END;
COMMENT ON FUNCTION registration_at(text, timestamptz) IS
  'What the registry says of a robot at a time: one row, or none for a robot that is not registered. Join it lateral with anything that has a robot and a time.';

CREATE OR REPLACE VIEW metrics_with_robot WITH (security_invoker = true) AS
SELECT m.id,
       m.metric_name,
       m.metric_value,
       m."timestamp",
       m.labels,
       m.metric_type,
       m.labels ->> 'robot_id' AS robot_id,
       r.site,
       r.zone,
       r.model,
       r.interface,
       r.active
FROM metrics m
LEFT JOIN LATERAL registration_at(m.labels ->> 'robot_id', m."timestamp") r ON true;
COMMENT ON VIEW metrics_with_robot IS
  'The rows of metrics with what the registry said of their robot at their time.';
COMMENT ON COLUMN metrics_with_robot.id IS 'As in metrics.';
COMMENT ON COLUMN metrics_with_robot.metric_name IS 'Name of the metric.';
COMMENT ON COLUMN metrics_with_robot.metric_value IS 'Value in the metric''s own unit.';
COMMENT ON COLUMN metrics_with_robot."timestamp" IS 'Event time.';
COMMENT ON COLUMN metrics_with_robot.labels IS 'Labels as an object of strings.';
COMMENT ON COLUMN metrics_with_robot.metric_type IS 'As in metrics.';
COMMENT ON COLUMN metrics_with_robot.robot_id IS 'Robot whose series it is; NULL of other series.';
COMMENT ON COLUMN metrics_with_robot.site IS 'Where the robot ran then; NULL when it is not registered or its registration does not say so, as in the columns below.';
COMMENT ON COLUMN metrics_with_robot.zone IS 'Time zone of its days then.';
COMMENT ON COLUMN metrics_with_robot.model IS 'Its model.';
COMMENT ON COLUMN metrics_with_robot.interface IS 'How it spoke then: oht50 or vda5050.';
COMMENT ON COLUMN metrics_with_robot.active IS 'Whether it was in service then.';

CREATE OR REPLACE VIEW metrics_aggregated_with_robot WITH (security_invoker = true) AS
SELECT a.id,
       a.metric_name,
       a.aggregation_type,
       a.metric_value,
       a.start_time,
       a.end_time,
       a.labels,
       a."interval",
       a.is_final,
       a.revision,
       a.labels ->> 'robot_id' AS robot_id,
       r.site,
       r.zone,
       r.model,
       r.interface,
       r.active
FROM metrics_aggregated a
LEFT JOIN LATERAL registration_at(a.labels ->> 'robot_id', a.start_time) r ON true;
COMMENT ON VIEW metrics_aggregated_with_robot IS
  'The rows of metrics_aggregated with what the registry said of their robot when the window began.';
COMMENT ON COLUMN metrics_aggregated_with_robot.id IS 'As in metrics_aggregated.';
COMMENT ON COLUMN metrics_aggregated_with_robot.metric_name IS 'Name of the metric.';
COMMENT ON COLUMN metrics_aggregated_with_robot.aggregation_type IS 'avg, sum, min, max or count.';
COMMENT ON COLUMN metrics_aggregated_with_robot.metric_value IS 'The aggregate in the metric''s own unit; of count the number of samples.';
COMMENT ON COLUMN metrics_aggregated_with_robot.start_time IS 'First instant of the window.';
COMMENT ON COLUMN metrics_aggregated_with_robot.end_time IS 'First instant after the window.';
COMMENT ON COLUMN metrics_aggregated_with_robot.labels IS 'Labels as an object of strings.';
COMMENT ON COLUMN metrics_aggregated_with_robot."interval" IS 'Length of the window: 1m, 5m, 1h (UTC) or 1d (calendar day of the site''s zone).';
COMMENT ON COLUMN metrics_aggregated_with_robot.is_final IS 'Whether the watermark has passed the end of the window.';
COMMENT ON COLUMN metrics_aggregated_with_robot.revision IS 'How many corrections the final row has had.';
COMMENT ON COLUMN metrics_aggregated_with_robot.robot_id IS 'Robot whose series it is; NULL of other series.';
COMMENT ON COLUMN metrics_aggregated_with_robot.site IS 'Where the robot ran then; NULL when it is not registered or its registration does not say so, as in the columns below.';
COMMENT ON COLUMN metrics_aggregated_with_robot.zone IS 'Time zone of its days then.';
COMMENT ON COLUMN metrics_aggregated_with_robot.model IS 'Its model.';
COMMENT ON COLUMN metrics_aggregated_with_robot.interface IS 'How it spoke then: oht50 or vda5050.';
COMMENT ON COLUMN metrics_aggregated_with_robot.active IS 'Whether it was in service then.';

REVOKE ALL ON FUNCTION registration_at(text, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION registration_at(text, timestamptz) TO oht50_analyst;
GRANT SELECT ON metrics_with_robot, metrics_aggregated_with_robot TO oht50_analyst;
