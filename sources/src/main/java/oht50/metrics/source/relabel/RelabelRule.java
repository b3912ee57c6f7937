package oht50.metrics.source.relabel;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import oht50.metrics.regex.Template;

/**
 * One rule of Prometheus' relabelling. Semantics: {@code model/relabel/relabel.go} of Prometheus 3;
 * expressions are RE2 and match whole values, in time linear in their length.
 */
final class RelabelRule {
  private static final String ANYTHING = "(.*)";
  private static final String FIRST_GROUP = "$1";
  private static final Pattern LABEL = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");

  /** A name of a label, parts of which may be groups. */
  private static final Pattern LABEL_TEMPLATE =
      Pattern.compile("(?:(?:[a-zA-Z_]|\\$(?:\\{\\w+\\}|\\w+))+\\w*)+");

  private final RelabelAction action;
  private final List<String> sources;
  private final String separator;
  private final Pattern regex;
  private final boolean matchesAnything;
  private final String target;
  private final String replacement;
  private final long modulus;

  private RelabelRule(RelabelForm form, RelabelAction action, Pattern regex) {
    this.action = action;
    this.sources = form.sourceLabels() == null ? List.of() : List.copyOf(form.sourceLabels());
    this.separator = form.separator() == null ? ";" : form.separator();
    this.regex = regex;
    this.matchesAnything = form.regex() == null || form.regex().equals(ANYTHING);
    this.target = form.targetLabel() == null ? "" : form.targetLabel();
    this.replacement = form.replacement() == null ? FIRST_GROUP : form.replacement();
    this.modulus = form.modulus() == null ? 0 : form.modulus();
  }

  /** Null after a fault. */
  static RelabelRule of(RelabelForm form, Consumer<String> faults) {
    RelabelAction action =
        form.action() == null ? RelabelAction.REPLACE : RelabelAction.ofWord(form.action());
    if (action == null) {
      List<String> words = new ArrayList<>();
      for (RelabelAction known : RelabelAction.values()) {
        words.add(known.word());
      }
      faults.accept("unknown action '" + form.action() + "'; known are " + words);
      return null;
    }
    String fault = fault(form, action);
    if (fault != null) {
      faults.accept(fault);
      return null;
    }
    String expression = form.regex() == null ? ANYTHING : form.regex();
    try {
      return new RelabelRule(form, action, Pattern.compile("^(?s:" + expression + ")$"));
    } catch (PatternSyntaxException e) {
      faults.accept(
          "regex '" + expression + "' is not RE2: " + e.getDescription() + ": " + e.getPattern());
      return null;
    }
  }

  private static String fault(RelabelForm form, RelabelAction action) {
    boolean hasTarget = form.targetLabel() != null && !form.targetLabel().isEmpty();
    boolean hasReplacement = form.replacement() != null && !form.replacement().equals(FIRST_GROUP);
    for (String source : form.sourceLabels() == null ? List.<String>of() : form.sourceLabels()) {
      if (source == null || !LABEL.matches(source)) {
        return "'" + source + "' of source_labels is not a name of a label";
      }
    }
    if (action == RelabelAction.HASHMOD && (form.modulus() == null || form.modulus() < 1)) {
      return "hashmod needs a modulus of 1 or more";
    }
    if ((action.writesTheTarget() || action.comparesWithTheTarget()) && !hasTarget) {
      return action.word() + " needs a target_label";
    }
    if (hasTarget && !isAllowed(form.targetLabel(), action)) {
      return "target_label '" + form.targetLabel() + "' is not a name of a label";
    }
    boolean changesCase = action == RelabelAction.LOWERCASE || action == RelabelAction.UPPERCASE;
    if (changesCase && hasReplacement) {
      return action.word() + " takes no replacement";
    }
    boolean mayMap = form.replacement() == null || LABEL_TEMPLATE.matches(form.replacement());
    if (action == RelabelAction.LABELMAP && !mayMap) {
      return "replacement '" + form.replacement() + "' of labelmap is not a name of a label";
    }
    boolean hasRegex = form.regex() != null && !form.regex().equals(ANYTHING);
    boolean hasSeparator = form.separator() != null && !form.separator().equals(";");
    boolean hasModulus = form.modulus() != null && form.modulus() != 0;
    if (action.comparesWithTheTarget()
        && (hasRegex || hasModulus || hasSeparator || hasReplacement)) {
      return action.word() + " takes source_labels and target_label only";
    }
    boolean hasSources = form.sourceLabels() != null && !form.sourceLabels().isEmpty();
    if (action.chooses()
        && (hasSources || hasTarget || hasModulus || hasSeparator || hasReplacement)) {
      return action.word() + " takes a regex only";
    }
    return null;
  }

  private static boolean isAllowed(String target, RelabelAction action) {
    return action == RelabelAction.REPLACE ? LABEL_TEMPLATE.matches(target) : LABEL.matches(target);
  }

  /**
   * @param labels name to value; an empty value is that of an absent label. Changed in place
   * @return false when whatever carries the labels is dropped
   */
  boolean apply(Map<String, String> labels) {
    String value = value(labels);
    switch (action) {
      case KEEP -> {
        return regex.matches(value);
      }
      case DROP -> {
        return !regex.matches(value);
      }
      case KEEPEQUAL -> {
        return labels.getOrDefault(target, "").equals(value);
      }
      case DROPEQUAL -> {
        return !labels.getOrDefault(target, "").equals(value);
      }
      case REPLACE -> replace(value, labels);
      case LOWERCASE -> set(target, value.toLowerCase(Locale.ROOT), labels);
      case UPPERCASE -> set(target, value.toUpperCase(Locale.ROOT), labels);
      case HASHMOD ->
          set(target, Long.toString(Long.remainderUnsigned(hash(value), modulus)), labels);
      case LABELMAP -> map(labels);
      case LABELDROP -> labels.keySet().removeIf(regex::matches);
      case LABELKEEP -> labels.keySet().removeIf(name -> !regex.matches(name));
    }
    return true;
  }

  private String value(Map<String, String> labels) {
    if (sources.size() == 1) {
      return labels.getOrDefault(sources.get(0), "");
    }
    StringBuilder value = new StringBuilder();
    for (int i = 0; i < sources.size(); i++) {
      value.append(i == 0 ? "" : separator).append(labels.getOrDefault(sources.get(i), ""));
    }
    return value.toString();
  }

  private void replace(String value, Map<String, String> labels) {
    if (matchesAnything && !Template.hasGroups(target) && !Template.hasGroups(replacement)) {
      set(target, replacement, labels);
      return;
    }
    Matcher match = regex.matcher(value);
    if (!match.find()) {
      return;
    }
    String name = Template.expand(target, match);
    if (LABEL.matches(name)) {
      set(name, Template.expand(replacement, match), labels);
    }
  }

  private void map(Map<String, String> labels) {
    for (Map.Entry<String, String> label : List.copyOf(labels.entrySet())) {
      Matcher match = regex.matcher(label.getKey());
      if (match.find()) {
        set(Template.expand(replacement, match), label.getValue(), labels);
      }
    }
  }

  private static void set(String name, String value, Map<String, String> labels) {
    if (value.isEmpty()) {
      labels.remove(name);
    } else {
      labels.put(name, value);
    }
  }

  /** The last 8 bytes of the MD5, as Prometheus has always taken them. */
  private static long hash(String value) {
    try {
      byte[] digest =
          MessageDigest.getInstance("MD5").digest(value.getBytes(StandardCharsets.UTF_8));
      return ByteBuffer.wrap(digest).getLong(8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has MD5", e);
    }
  }
}
