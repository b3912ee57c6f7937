-- What a change of an alert rests on.

ALTER TABLE alert_transitions
  ADD COLUMN rule_version bigint NOT NULL DEFAULT 0,
  ADD COLUMN evidence jsonb NOT NULL DEFAULT '[]';

COMMENT ON COLUMN alert_transitions.rule_version IS 'The rule set that said so: the offset of its record plus 1; 0 for that of the configuration, and for a sequence.';
COMMENT ON COLUMN alert_transitions.evidence IS 'The newest samples or events that were looked at, at most ten: objects with series or event, timestamp, value, topic, partition, offset. What other parts of a rule or the job itself said has no topic.';

GRANT UPDATE (rule_version, evidence) ON alert_transitions TO oht50_writer;
