-- What is known of missions.

CREATE OR REPLACE VIEW missions WITH (security_invoker = true) AS
SELECT m.mission_id,
       m.attempt,
       m.robot_id,
       m.mission_type,
       m.priority,
       m.status,
       m.since,
       m.queued_at,
       m.left_queue_at,
       m.executing_at,
       m.ended_at,
       extract(epoch FROM m.ended_at - m.executing_at)::double precision AS duration_seconds
FROM mission_attempts m
WHERE m.status IS NOT NULL;
COMMENT ON VIEW missions IS
  'Each try to carry out a mission, joined from all that was said of it: one row each, corrected when late news come.';
COMMENT ON COLUMN missions.mission_id IS 'Id of the mission, as its messages name it.';
COMMENT ON COLUMN missions.attempt IS 'Number of the try, from 1: a mission that failed and began anew has several.';
COMMENT ON COLUMN missions.robot_id IS 'Robot that was named last; NULL when no message named one.';
COMMENT ON COLUMN missions.mission_type IS 'Type of the mission in lower case; NULL when no message named it.';
COMMENT ON COLUMN missions.priority IS 'critical, high, normal or low; NULL when no message named it.';
COMMENT ON COLUMN missions.status IS 'created, validating, queued, executing, paused, completed, failed, cancelled or rejected.';
COMMENT ON COLUMN missions.since IS 'Event time at which it got the status.';
COMMENT ON COLUMN missions.queued_at IS 'Event time at which it was first queued.';
COMMENT ON COLUMN missions.left_queue_at IS 'Event time at which it left the queue, or when the queue''s time-out let it go.';
COMMENT ON COLUMN missions.executing_at IS 'Event time at which it was first carried out.';
COMMENT ON COLUMN missions.ended_at IS 'Event time of its first terminal status; NULL while it goes on.';
COMMENT ON COLUMN missions.duration_seconds IS 'Seconds from executing_at to ended_at, pauses included; NULL when either is not known.';

GRANT SELECT ON missions TO oht50_analyst;
