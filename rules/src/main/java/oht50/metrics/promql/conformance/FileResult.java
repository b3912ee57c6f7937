package oht50.metrics.promql.conformance;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What became of the evals of a test file.
 *
 * @param name of the file
 * @param fault why it could not be read at all, beginning with its line; else null. Nothing of it
 *     is evaluated then
 */
public record FileResult(String name, List<CaseResult> cases, String fault) {
  public FileResult {
    cases = List.copyOf(cases);
  }

  public long count(CaseResult.Outcome outcome) {
    return cases.stream().filter(result -> result.outcome() == outcome).count();
  }

  public boolean isInOrder() {
    return fault == null && count(CaseResult.Outcome.FAILED) == 0;
  }

  /** Why evals were left out, and how many for each reason. */
  public Map<String, Integer> skippedByReason() {
    Map<String, Integer> byReason = new TreeMap<>();
    for (CaseResult result : cases) {
      if (result.outcome() == CaseResult.Outcome.SKIPPED) {
        byReason.merge(result.reason(), 1, Integer::sum);
      }
    }
    return byReason;
  }
}
