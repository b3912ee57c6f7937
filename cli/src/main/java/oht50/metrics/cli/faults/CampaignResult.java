package oht50.metrics.cli.faults;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What came of a campaign.
 *
 * @param digests of the tables, empty if they never came to rest
 * @param alerts null in that case
 * @param looks at the rollups while it ran
 * @param violations check -> what did not hold; empty if all held
 */
record CampaignResult(
    List<ActionResult> actions,
    Map<String, String> digests,
    Map<String, String> undisturbed,
    AlertsWatch.Count alerts,
    long looks,
    Map<String, String> violations,
    double seconds) {

  boolean isGreen() {
    return violations.isEmpty();
  }

  /** Kind and target -> its actions that were done. */
  private Map<String, List<ActionResult>> byKind() {
    Map<String, List<ActionResult>> kinds = new TreeMap<>();
    for (ActionResult result : actions) {
      if (result.skipped() == null) {
        kinds
            .computeIfAbsent(result.action().kindAndTarget(), kind -> new ArrayList<>())
            .add(result);
      }
    }
    return kinds;
  }

  private long aimed() {
    return actions.stream().filter(each -> each.action().isAimed()).count();
  }

  private long hits() {
    return actions.stream().filter(each -> each.action().isAimed() && each.hit() != null).count();
  }

  private long skipped() {
    return actions.stream().filter(each -> each.skipped() != null).count();
  }

  /** The value below or at which so many percent of the recoveries are. */
  private static double percentile(List<ActionResult> results, int percent) {
    double[] sorted =
        results.stream()
            .filter(ActionResult::hasRecovered)
            .mapToDouble(ActionResult::recoverySeconds)
            .sorted()
            .toArray();
    return sorted.length == 0
        ? Double.NaN
        : sorted[(int) Math.max(0, Math.ceil(sorted.length * percent / 100.0) - 1)];
  }

  String text() {
    StringBuilder text = new StringBuilder();
    line(
        text,
        "actions           %d, %d of them aimed, %d hit, %d skipped",
        actions.size(),
        aimed(),
        hits(),
        skipped());
    line(text, "kind                       done  recovery p50    p95");
    byKind()
        .forEach(
            (kind, results) ->
                line(
                    text,
                    "  %-23s %5d %11.1f s %5.1f s",
                    kind,
                    results.size(),
                    percentile(results, 50),
                    percentile(results, 95)));
    if (alerts != null) {
      line(
          text,
          "alert transitions lost %d, doubled %d, not in the table %d, republished %d (%d lost without"
              + " it)",
          alerts.lost().size(),
          alerts.doubled().size(),
          alerts.untold().size(),
          alerts.republished(),
          alerts.swallowed().size());
    }
    line(text, "rollups           looked at %d times", looks);
    undisturbed.forEach(
        (name, digest) ->
            line(
                text,
                "%-17s %s%s",
                name,
                digests.getOrDefault(name, "not at rest"),
                digest.equals(digests.get(name)) ? ", as undisturbed" : ", undisturbed " + digest));
    violations.forEach((check, what) -> line(text, "FAILED %s: %s", check, what));
    line(text, "%s after %.0f s", isGreen() ? "all checks hold" : "checks failed", seconds);
    return text.toString();
  }

  private static void line(StringBuilder text, String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  ObjectNode document(long seed) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("seed", seed);
    document.put("passed", isGreen());
    document.put("seconds", seconds);
    ArrayNode list = document.putArray("actions");
    for (ActionResult result : actions) {
      list.addObject()
          .put("number", result.action().number())
          .put("kind", result.action().kind().word())
          .put("target", result.action().target().word())
          .put("aim", result.action().isAimed() ? result.action().aim().id() : null)
          .put("seconds", result.action().seconds())
          .put("at", result.atSeconds())
          .put("hit", result.hit())
          .put("skipped", result.skipped())
          .put("recoverySeconds", result.hasRecovered() ? result.recoverySeconds() : null)
          .put("heapBefore", result.heap() == null ? null : result.heap().before())
          .put("heapAtItsEnd", result.heap() == null ? null : result.heap().during());
    }
    document.put("aimed", aimed()).put("hits", hits()).put("skipped", skipped());
    ObjectNode kinds = document.putObject("kinds");
    byKind()
        .forEach(
            (kind, results) ->
                kinds
                    .putObject(kind)
                    .put("done", results.size())
                    .put("recoveryP50", percentile(results, 50))
                    .put("recoveryP95", percentile(results, 95)));
    if (alerts != null) {
      document
          .put("lost", alerts.lost().size())
          .put("doubled", alerts.doubled().size())
          .put("untold", alerts.untold().size())
          .put("swallowed", alerts.swallowed().size())
          .put("republished", alerts.republished());
    }
    document.put("looks", looks);
    digests.forEach(document.putObject("digests")::put);
    undisturbed.forEach(document.putObject("undisturbed")::put);
    violations.forEach(document.putObject("failed")::put);
    return document;
  }
}
