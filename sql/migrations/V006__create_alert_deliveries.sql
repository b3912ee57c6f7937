CREATE TABLE alert_deliveries (
  transition_id text COLLATE "C" NOT NULL,
  turn          integer          NOT NULL,
  topic         text COLLATE "C" NOT NULL,
  partition     integer          NOT NULL,
  record_offset bigint           NOT NULL,
  republished   boolean          NOT NULL,
  seen_at       timestamptz      NOT NULL DEFAULT now(),
  PRIMARY KEY (transition_id, turn)
);
CREATE INDEX alert_deliveries_by_time ON alert_deliveries (seen_at);
CREATE INDEX alert_transitions_by_storing ON alert_transitions (stored_at);

COMMENT ON TABLE alert_deliveries IS 'Transitions that were seen on the alerts topic; one of alert_transitions that is not here was swallowed with a refused commit, and is published again.';
COMMENT ON COLUMN alert_deliveries.transition_id IS 'As in alert_transitions.';
COMMENT ON COLUMN alert_deliveries.turn IS 'As in alert_transitions.';
COMMENT ON COLUMN alert_deliveries.topic IS 'Topic of the first record that was seen.';
COMMENT ON COLUMN alert_deliveries.partition IS 'Partition of that record.';
COMMENT ON COLUMN alert_deliveries.record_offset IS 'Offset of that record.';
COMMENT ON COLUMN alert_deliveries.republished IS 'Whether that record was published again by the reconciler.';
COMMENT ON COLUMN alert_deliveries.seen_at IS 'When the reconciler saw it.';

CREATE TABLE alert_topic_positions (
  topic       text COLLATE "C" NOT NULL,
  partition   integer          NOT NULL,
  next_offset bigint           NOT NULL,
  PRIMARY KEY (topic, partition)
);

COMMENT ON TABLE alert_topic_positions IS 'How far the reconciler has read the topics of alerts.';
COMMENT ON COLUMN alert_topic_positions.topic IS 'The topic.';
COMMENT ON COLUMN alert_topic_positions.partition IS 'Its partition.';
COMMENT ON COLUMN alert_topic_positions.next_offset IS 'Offset of the next record to read.';

CREATE TABLE provisional_alerts (
  transition_id text COLLATE "C" NOT NULL,
  turn          integer          NOT NULL,
  record        text             NOT NULL,
  published_at  timestamptz      NOT NULL,
  withdrawn_at  timestamptz,
  PRIMARY KEY (transition_id, turn)
);

COMMENT ON TABLE provisional_alerts IS 'Transitions that are on the fast lane and not yet confirmed: their checkpoint has not completed, or never will.';
COMMENT ON COLUMN provisional_alerts.transition_id IS 'As in alert_transitions.';
COMMENT ON COLUMN provisional_alerts.turn IS 'As in alert_transitions.';
COMMENT ON COLUMN provisional_alerts.record IS 'The record as it was published, JSON.';
COMMENT ON COLUMN provisional_alerts.published_at IS 'Append time of the record.';
COMMENT ON COLUMN provisional_alerts.withdrawn_at IS 'When it was withdrawn, because no attempt that lasted has found it again.';
