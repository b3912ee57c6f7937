package oht50.metrics.rule;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import oht50.metrics.time.Durations;

/** Reads the YAML file of sequences; its format is described in docs/sequences.md. */
public final class SequenceFile {
  private static final ObjectMapper YAML =
      new ObjectMapper(
              YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT);

  private record FileForm(List<RuleForm> sequences) {}

  private record RuleForm(
      String name,
      MatcherForm begins,
      MatcherForm without,
      String within,
      @JsonProperty("on-arrival") Boolean onArrival,
      Map<String, String> labels,
      Map<String, String> annotations) {}

  private record MatcherForm(@JsonProperty("any-of") List<EventMatcher.Fields> anyOf) {}

  private SequenceFile() {}

  /**
   * @param fileName only for messages
   * @throws InvalidSequences with every fault of the file
   */
  public static List<SequenceRule> parse(String fileName, String yaml) throws InvalidSequences {
    FileForm file;
    try {
      file = YAML.readValue(yaml, FileForm.class);
    } catch (UnrecognizedPropertyException e) {
      throw new InvalidSequences(
          List.of(
              "%s: %s: unknown key; known are %s"
                  .formatted(fileName, path(e), new TreeSet<>(e.getKnownPropertyIds()))));
    } catch (JsonProcessingException e) {
      String place =
          e.getLocation() == null
              ? fileName
              : fileName + ":" + e.getLocation().getLineNr() + ":" + e.getLocation().getColumnNr();
      throw new InvalidSequences(List.of(place + ": " + firstLine(e.getOriginalMessage())));
    }
    if (file == null || file.sequences == null) {
      throw new InvalidSequences(List.of(fileName + ": the key 'sequences' is missing"));
    }
    List<String> faults = new ArrayList<>();
    Set<String> names = new HashSet<>();
    List<SequenceRule> rules = new ArrayList<>();
    for (int i = 0; i < file.sequences.size(); i++) {
      RuleForm form = file.sequences.get(i);
      String name = form.name == null ? "sequences[" + i + "]" : form.name;
      List<String> own = faultsOf(form);
      if (!names.add(name)) {
        own.add("the name is taken by another sequence");
      }
      own.forEach(fault -> faults.add(fileName + ": " + name + ": " + fault));
      if (own.isEmpty()) {
        rules.add(
            new SequenceRule(
                form.name,
                new EventMatcher(List.copyOf(form.begins.anyOf)),
                new EventMatcher(List.copyOf(form.without.anyOf)),
                isOnArrival(form) ? Duration.ZERO : Durations.parse(form.within),
                form.labels == null ? Map.of() : Map.copyOf(form.labels),
                form.annotations == null ? Map.of() : Map.copyOf(form.annotations)));
      }
    }
    if (!faults.isEmpty()) {
      throw new InvalidSequences(faults);
    }
    return rules;
  }

  private static List<String> faultsOf(RuleForm form) {
    List<String> faults = new ArrayList<>();
    if (form.name == null || !form.name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
      faults.add("'name' must be a word of letters, digits and underscores");
    }
    checkMatcher("begins", form.begins, faults);
    checkMatcher("without", form.without, faults);
    if (!isOnArrival(form)) {
      checkWithin(form.within, faults);
    } else if (form.within != null) {
      faults.add("'within' and 'on-arrival' exclude each other");
    }
    if (form.labels != null
        && (form.labels.containsKey("alertname") || form.labels.containsKey("robot_id"))) {
      faults.add("the labels alertname and robot_id are set by the job; leave them out");
    }
    if (form.annotations != null) {
      for (var annotation : form.annotations.entrySet()) {
        String unknown = Placeholders.unknownIn(annotation.getValue());
        if (unknown != null) {
          faults.add(
              "annotation %s: ${%s} is unknown; known are %s"
                  .formatted(annotation.getKey(), unknown, new TreeSet<>(Placeholders.FIELDS)));
        }
      }
    }
    return faults;
  }

  private static boolean isOnArrival(RuleForm form) {
    return Boolean.TRUE.equals(form.onArrival);
  }

  private static void checkMatcher(String key, MatcherForm form, List<String> faults) {
    if (form == null || form.anyOf == null || form.anyOf.isEmpty()) {
      faults.add("'" + key + "' needs 'any-of' with at least one condition");
      return;
    }
    for (EventMatcher.Fields fields : form.anyOf) {
      if (fields == null || fields.isEmpty()) {
        faults.add("'" + key + "' has an empty condition, which every event would meet");
      }
    }
  }

  private static void checkWithin(String within, List<String> faults) {
    if (within == null) {
      faults.add("'within' is missing; write it like 2m, or on-arrival: true");
      return;
    }
    try {
      Duration duration = Durations.parse(within);
      if (duration.isZero()) {
        faults.add(
            "'within' must be longer than nothing; to fire with the event itself write on-arrival: true");
      }
    } catch (IllegalArgumentException e) {
      faults.add("'within': " + e.getMessage());
    }
  }

  /** Like {@code sequences[0].within}. */
  private static String path(JsonMappingException e) {
    StringBuilder path = new StringBuilder();
    for (JsonMappingException.Reference step : e.getPath()) {
      if (step.getFieldName() == null) {
        path.append('[').append(step.getIndex()).append(']');
      } else {
        path.append(path.length() == 0 ? "" : ".").append(step.getFieldName());
      }
    }
    return path.toString();
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse("cannot be read");
  }
}
