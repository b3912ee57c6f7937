-- Which rules were evaluated when.

CREATE TABLE rule_sets (
  version        bigint           PRIMARY KEY,
  effective_from timestamptz      NOT NULL,
  arrived_at     timestamptz      NOT NULL,
  files          jsonb            NOT NULL,
  state          text COLLATE "C" NOT NULL,
  CONSTRAINT rule_sets_state CHECK (state IN ('accepted', 'refused'))
);

COMMENT ON TABLE rule_sets IS
  'Sets of rule files, each of which replaces all those before it. At a time the accepted one is valid that is effective since last, of several the one of the highest version.';
COMMENT ON COLUMN rule_sets.version IS 'Offset of its record in the topic of rules, plus 1; 0 for the newest files of the configuration.';
COMMENT ON COLUMN rule_sets.effective_from IS 'First instant at which its rules are evaluated; -infinity for those of the configuration with which the job began.';
COMMENT ON COLUMN rule_sets.arrived_at IS 'When its record arrived; of the configuration''s when the job began with them.';
COMMENT ON COLUMN rule_sets.files IS 'Texts of the rule files by their names.';
COMMENT ON COLUMN rule_sets.state IS 'accepted, or refused: then those before it stay, and rejected says why (INVALID_RULES).';
COMMENT ON CONSTRAINT rule_sets_state ON rule_sets IS 'What a set can be.';

GRANT SELECT, INSERT, UPDATE (effective_from, arrived_at, files, state) ON rule_sets TO oht50_writer;
GRANT SELECT ON rule_sets TO oht50_analyst;
