-- The columns and defaults of the design document that this project implements.
CREATE TABLE metrics_retention (
  metric_name          varchar(100) PRIMARY KEY,
  retention_days       integer      NOT NULL DEFAULT 30,
  aggregation_interval varchar(20)  NOT NULL DEFAULT '1h',
  enabled              boolean      DEFAULT TRUE
);

COMMENT ON TABLE metrics_retention IS 'How long a metric''s points are kept, and at which interval its past is kept after that.';
COMMENT ON COLUMN metrics_retention.metric_name IS 'Name of the metric.';
COMMENT ON COLUMN metrics_retention.retention_days IS 'Days for which raw points are kept.';
COMMENT ON COLUMN metrics_retention.aggregation_interval IS 'Shortest interval of the rollups that outlive the raw points: 1m, 5m, 1h or 1d.';
COMMENT ON COLUMN metrics_retention.enabled IS 'Whether the policy is applied.';
