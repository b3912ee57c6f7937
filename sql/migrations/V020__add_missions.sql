-- What is known of each mission: one row for each try to carry it out.

CREATE TABLE mission_attempts (
  mission_id    text COLLATE "C" NOT NULL,
  attempt       integer          NOT NULL,
  robot_id      text COLLATE "C",
  mission_type  text COLLATE "C",
  priority      text COLLATE "C",
  status        text COLLATE "C",
  since         timestamptz,
  queued_at     timestamptz,
  left_queue_at timestamptz,
  executing_at  timestamptz,
  ended_at      timestamptz,
  incarnation   bigint           NOT NULL,
  epoch         bigint           NOT NULL,
  seq           bigint           NOT NULL,
  PRIMARY KEY (mission_id, attempt)
);
CREATE INDEX mission_attempts_by_end ON mission_attempts (ended_at);
CREATE INDEX mission_attempts_of_robot ON mission_attempts (robot_id, executing_at);

COMMENT ON TABLE mission_attempts IS
  'The tries to carry out each mission, joined from all that was said of it in whatever order; rewritten in place when late news change them. Read the view missions.';
COMMENT ON COLUMN mission_attempts.mission_id IS 'Id of the mission, as its messages name it.';
COMMENT ON COLUMN mission_attempts.attempt IS 'Number of the try, from 1: a mission that failed and began anew has several.';
COMMENT ON COLUMN mission_attempts.robot_id IS 'Robot that was named last; NULL when no message named one.';
COMMENT ON COLUMN mission_attempts.mission_type IS 'Type of the mission in lower case; NULL when no message named it.';
COMMENT ON COLUMN mission_attempts.priority IS 'critical, high, normal or low; NULL when no message named it.';
COMMENT ON COLUMN mission_attempts.status IS 'created, validating, queued, executing, paused, completed, failed, cancelled or rejected; NULL of a row that later news have shown not to have been a try.';
COMMENT ON COLUMN mission_attempts.since IS 'Event time at which it got the status.';
COMMENT ON COLUMN mission_attempts.queued_at IS 'Event time at which it was first queued.';
COMMENT ON COLUMN mission_attempts.left_queue_at IS 'Event time at which it left the queue, or when the queue''s time-out let it go.';
COMMENT ON COLUMN mission_attempts.executing_at IS 'Event time at which it was first carried out.';
COMMENT ON COLUMN mission_attempts.ended_at IS 'Event time of its first terminal status.';
COMMENT ON COLUMN mission_attempts.incarnation IS 'Life of the mission in the job''s state that wrote the row; another one, which may know less, only adds to it.';
COMMENT ON COLUMN mission_attempts.epoch IS 'Attempt of the job that wrote the row, from write_epochs.';
COMMENT ON COLUMN mission_attempts.seq IS 'Place of the write within its attempt.';
COMMENT ON INDEX mission_attempts_by_end IS 'Missions that ended in a span of time.';
COMMENT ON INDEX mission_attempts_of_robot IS 'Missions of a robot in the order of time.';

GRANT SELECT, INSERT,
  UPDATE (robot_id, mission_type, priority, status, since, queued_at, left_queue_at, executing_at, ended_at,
    incarnation, epoch, seq)
  ON mission_attempts TO oht50_writer;
GRANT SELECT ON mission_attempts TO oht50_analyst;
