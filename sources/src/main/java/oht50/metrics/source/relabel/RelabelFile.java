package oht50.metrics.source.relabel;

import com.fasterxml.jackson.core.type.TypeReference;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import oht50.metrics.source.InvalidYaml;
import oht50.metrics.source.YamlFile;

/**
 * Reads rules by source: {@code name: {convert: [...], metric_relabel_configs: [...]}}. The form is
 * in docs/relabelling.md.
 */
public final class RelabelFile {
  private record SourceForm(List<ConvertForm> convert, List<RelabelForm> metricRelabelConfigs) {}

  private RelabelFile() {}

  /**
   * @param source of the text, for messages
   * @param known names of the sources that there can be
   * @return source -> rules
   * @throws InvalidRelabelFile with every fault of the file, an unknown key alone
   */
  public static Map<String, SourceRules> parse(String source, String yaml, Collection<String> known)
      throws InvalidRelabelFile {
    Map<String, SourceForm> forms;
    try {
      forms = YamlFile.read(source, yaml, new TypeReference<>() {}, key -> null);
    } catch (InvalidYaml e) {
      throw new InvalidRelabelFile(List.of(e.getMessage()));
    }
    Map<String, SourceRules> rules = new TreeMap<>();
    List<String> faults = new ArrayList<>();
    for (Map.Entry<String, SourceForm> form :
        forms == null ? List.<Map.Entry<String, SourceForm>>of() : List.copyOf(forms.entrySet())) {
      String place = source + ": " + form.getKey();
      if (!known.contains(form.getKey())) {
        faults.add(
            place + " is no source that can be relabelled; known are " + new TreeSet<>(known));
      } else if (form.getValue() != null) {
        rules.put(form.getKey(), rules(place + ": ", form.getValue(), faults));
      }
    }
    if (!faults.isEmpty()) {
      throw new InvalidRelabelFile(faults);
    }
    return rules;
  }

  private static SourceRules rules(String place, SourceForm form, List<String> faults) {
    List<ConvertForm> conversions = form.convert == null ? List.of() : form.convert;
    for (int i = 0; i < conversions.size(); i++) {
      String at = place + "convert[" + i + "]: ";
      if (conversions.get(i) == null) {
        faults.add(at + "an empty conversion");
      } else {
        Conversion.of(conversions.get(i), fault -> faults.add(at + fault));
      }
    }
    Relabeling relabeling =
        Relabeling.of(
            form.metricRelabelConfigs,
            fault -> faults.add(place + "metric_relabel_configs" + fault));
    return faults.isEmpty() ? new SourceRules(conversions, relabeling) : SourceRules.NONE;
  }
}
