package oht50.metrics.source.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import oht50.metrics.source.relabel.RelabelForm;
import oht50.metrics.source.relabel.Relabeling;

/** Rules as a file writes them. */
final class Rules {
  private static final ObjectMapper YAML =
      new ObjectMapper(new YAMLFactory())
          .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);

  private Rules() {}

  static Relabeling of(String yaml) throws IOException {
    List<String> faults = new ArrayList<>();
    List<RelabelForm> forms = YAML.readValue(yaml, new TypeReference<List<RelabelForm>>() {});
    Relabeling rules = Relabeling.of(forms, faults::add);
    assertThat(faults).isEmpty();
    return rules;
  }
}
