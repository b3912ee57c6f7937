package oht50.metrics.job.ruleload;

import java.util.SortedMap;
import oht50.metrics.model.RuleSet;
import oht50.metrics.ruleeval.RuleSettings;
import oht50.metrics.ruleset.InvalidRules;
import oht50.metrics.ruleset.RuleFiles;
import oht50.metrics.ruleset.RuleSetTimes;
import oht50.metrics.sink.kafka.RuleSetRecord;

/**
 * Decides when what is in a folder becomes the rule set: once it was found twice in the same state,
 * can be evaluated, and is not what would be valid anyhow. What is refused is said once.
 */
final class RuleWatch {
  private final RuleSettings settings;
  private FolderContent seen;
  private boolean isRefused; // what was seen

  RuleWatch(RuleSettings settings) {
    this.settings = settings;
  }

  /**
   * What is to be done; both are null if nothing is.
   *
   * @param send files that are to be the rules
   * @param effectiveFrom of these, ms
   * @param refused what is wrong with the files, a line each
   */
  record Decision(SortedMap<String, String> send, long effectiveFrom, String refused) {
    static final Decision NOTHING = new Decision(null, 0, null);
  }

  /**
   * Looks again.
   *
   * @param known sets of the topic and of the configuration
   * @param now ms
   */
  Decision look(FolderContent content, KnownRules known, long now) {
    if (!content.equals(seen)) {
      seen = content;
      isRefused = false;
      return Decision.NOTHING; // files may be half written
    }
    if (isRefused) {
      return Decision.NOTHING;
    }
    long from = RuleSetTimes.next(now);
    RuleSet valid = known.validAt(from);
    if (content.fault() == null && content.files().equals(valid.files())) {
      return Decision.NOTHING;
    }
    String refused = whyNot(content, from);
    isRefused = refused != null;
    return isRefused ? new Decision(null, 0, refused) : new Decision(content.files(), from, null);
  }

  private String whyNot(FolderContent content, long from) {
    if (content.fault() != null) {
      return content.fault();
    }
    if (content.files().isEmpty()) {
      return "there are no rule files; for no rules at all, leave one that says groups: []";
    }
    int bytes = RuleSetRecord.value(from, content.files()).length;
    if (bytes > RuleSetRecord.MAX_BYTES) {
      return "they are " + bytes + " bytes together, " + RuleSetRecord.MAX_BYTES + " are allowed";
    }
    try {
      RuleFiles.check(content.files(), settings);
      return null;
    } catch (InvalidRules e) {
      return e.getMessage();
    }
  }
}
