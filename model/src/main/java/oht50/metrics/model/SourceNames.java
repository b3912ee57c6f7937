package oht50.metrics.model;

import java.io.Serializable;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** The topics by what {@link Position#sourceId()} tells of them. */
public final class SourceNames implements Serializable {
  private static final long serialVersionUID = 1L;

  public static final SourceNames NONE = new SourceNames(Map.of());

  private final Map<Long, String> topics;

  private SourceNames(Map<Long, String> topics) {
    this.topics = topics;
  }

  public static SourceNames of(Collection<String> topics) {
    Map<Long, String> known = new HashMap<>();
    topics.forEach(topic -> known.put(Position.sourceId(topic, 0), topic));
    return new SourceNames(known);
  }

  /** The position of a record; of what came from no topic it says the id of the source. */
  public Position position(long sourceId, long offset) {
    String topic = topics.get(Position.topicOf(sourceId));
    String name = topic == null ? "source " + Long.toHexString(sourceId >>> 32) : topic;
    return new Position(name, (int) sourceId, offset);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SourceNames names && topics.equals(names.topics);
  }

  @Override
  public int hashCode() {
    return topics.hashCode();
  }
}
