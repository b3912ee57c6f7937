package oht50.metrics.rulefile;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import oht50.metrics.yaml.Finding;

/** The rules that ship, {@code deploy/rules/oht50.yml}. */
public final class ShippedRules {
  public static final String NAME = "oht50.yml";

  private ShippedRules() {}

  public static RuleFile read() {
    List<Finding> findings = new ArrayList<>();
    RuleFile file = RuleFileReader.read(NAME, text(), false, findings).file();
    if (!findings.isEmpty()) {
      throw new IllegalStateException("the rules that ship are wrong: " + findings);
    }
    return file;
  }

  /** Name -> text. */
  public static Map<String, String> texts() {
    return Map.of(NAME, text());
  }

  private static String text() {
    try (InputStream in = ShippedRules.class.getResourceAsStream("/oht50/rules/" + NAME)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
