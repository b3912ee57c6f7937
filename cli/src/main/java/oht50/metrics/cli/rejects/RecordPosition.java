package oht50.metrics.cli.rejects;

/** Where a record stands, written {@code topic/partition/offset}. */
public record RecordPosition(String topic, int partition, long offset) {
  /** Throws IllegalArgumentException with a message for a person. */
  public static RecordPosition parse(String text) {
    int offset = text.lastIndexOf('/');
    int partition = offset < 1 ? -1 : text.lastIndexOf('/', offset - 1);
    try {
      if (partition > 0) {
        return new RecordPosition(
            text.substring(0, partition),
            Integer.parseInt(text.substring(partition + 1, offset)),
            Long.parseLong(text.substring(offset + 1)));
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(notOne(text), e);
    }
    throw new IllegalArgumentException(notOne(text));
  }

  private static String notOne(String text) {
    return "'" + text + "' is no position; write it as rejects list does: oht50.points/2/41";
  }

  @Override
  public String toString() {
    return topic + '/' + partition + '/' + offset;
  }
}
