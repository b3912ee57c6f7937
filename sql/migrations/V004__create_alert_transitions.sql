CREATE TABLE alert_transitions (
  transition_id  text COLLATE "C" NOT NULL,
  turn           integer          NOT NULL,
  alert_id       text COLLATE "C" NOT NULL,
  rule           text             NOT NULL,
  state          text COLLATE "C" NOT NULL,
  previous_state text COLLATE "C" NOT NULL,
  withdrawn      boolean          NOT NULL,
  cause          text COLLATE "C" NOT NULL,
  labels         jsonb            NOT NULL,
  annotations    jsonb            NOT NULL,
  value          double precision NOT NULL,
  active_at      timestamptz      NOT NULL,
  starts_at      timestamptz,
  ends_at        timestamptz,
  decided_at     timestamptz      NOT NULL,
  replaces       text COLLATE "C",
  epoch          bigint           NOT NULL,
  seq            bigint           NOT NULL,
  stored_at      timestamptz      NOT NULL DEFAULT now(),
  PRIMARY KEY (transition_id, turn)
);
CREATE INDEX alert_transitions_by_alert ON alert_transitions (alert_id, epoch DESC, seq DESC);
CREATE INDEX alert_transitions_by_decision ON alert_transitions (decided_at);

COMMENT ON TABLE alert_transitions IS
  'Every published change of an alert''s state, once its checkpoint has completed; the outbox from which the alerts topic can be completed.';
COMMENT ON COLUMN alert_transitions.transition_id IS 'Hash of the alert, its state, the event time of the change and withdrawn: the same change has the same id in every run.';
COMMENT ON COLUMN alert_transitions.turn IS 'How often the alert had been published by then, from 1.';
COMMENT ON COLUMN alert_transitions.alert_id IS 'Hash of the rule, the labels and active_at.';
COMMENT ON COLUMN alert_transitions.rule IS 'Name of the rule or sequence.';
COMMENT ON COLUMN alert_transitions.state IS 'The state after the change: inactive, pending or firing.';
COMMENT ON COLUMN alert_transitions.previous_state IS 'The state before.';
COMMENT ON COLUMN alert_transitions.withdrawn IS 'Whether this takes back an earlier publication that late data proved wrong.';
COMMENT ON COLUMN alert_transitions.cause IS 'Why it was published then: on_time, late, backfill, definition or replay.';
COMMENT ON COLUMN alert_transitions.labels IS 'Identity of the alert as an object of strings, with alertname.';
COMMENT ON COLUMN alert_transitions.annotations IS 'Text for people as an object of strings.';
COMMENT ON COLUMN alert_transitions.value IS 'Value of the rule''s expression, in its unit; 1 for a sequence.';
COMMENT ON COLUMN alert_transitions.active_at IS 'Event time at which the condition began.';
COMMENT ON COLUMN alert_transitions.starts_at IS 'Event time at which it fires; null when it does not.';
COMMENT ON COLUMN alert_transitions.ends_at IS 'Event time at which it ended; null while it is open.';
COMMENT ON COLUMN alert_transitions.decided_at IS 'When the job decided it.';
COMMENT ON COLUMN alert_transitions.replaces IS 'alert_id of the alert that this one takes the place of.';
COMMENT ON COLUMN alert_transitions.epoch IS 'Attempt that wrote the row, from write_epochs.';
COMMENT ON COLUMN alert_transitions.seq IS 'Place of the write within its attempt.';
COMMENT ON COLUMN alert_transitions.stored_at IS 'When the row was first stored.';
