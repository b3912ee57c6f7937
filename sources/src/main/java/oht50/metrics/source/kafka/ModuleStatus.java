package oht50.metrics.source.kafka;

import java.util.Set;

/** Whether a module works, from the words of all sources. */
final class ModuleStatus {
  private static final Set<String> UP = Set.of("healthy", "online", "warning");
  private static final Set<String> DOWN = Set.of("error", "lost", "offline", "maintenance");

  private ModuleStatus() {}

  /**
   * Adds {@code oht50_module_up{module_id}}; an unknown word is rejected, an absent one says
   * nothing.
   */
  static void add(Readings readings, String module, Fields fields, String field) {
    String word = fields.text(field);
    if (word == null) {
      return;
    }
    String known = Text.word(word);
    if (!UP.contains(known) && !DOWN.contains(known)) {
      fields.unknownWord(
          field, word, "healthy, online, warning, error, lost, offline, maintenance");
      return;
    }
    readings.state(UP.contains(known) ? 1 : 0, "oht50_module_up", "module_id", module);
  }
}
