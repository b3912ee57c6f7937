package oht50.metrics.source.kafka;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Consumer;
import oht50.metrics.model.RejectReason;
import oht50.metrics.model.Rejected;

/**
 * The messages of one record: a bulk or a history of at most 1,000, each no larger than a message
 * may be. One that cannot be read leaves the others.
 */
final class Elements {
  private static final int MOST = 1_000;

  private Elements() {}

  /** Of a record that is an array; paths begin with {@code [index]}. */
  static void forEach(ArrayNode array, Draft draft, Consumer<Fields> decoder) {
    forEach(null, "", array, draft, decoder);
  }

  /**
   * Of an array field; paths begin with {@code field[index]}.
   *
   * @param parent a whole message, or null if the record is the array
   */
  static void forEach(
      Fields parent, String field, ArrayNode array, Draft draft, Consumer<Fields> decoder) {
    if (array.size() > MOST) {
      draft.reject(
          parent == null ? Rejected.WHOLE : field,
          RejectReason.TOO_LARGE,
          "saw " + array.size() + " elements, " + MOST + " are allowed");
      return;
    }
    for (int i = 0; i < array.size(); i++) {
      String path = field + "[" + i + "]";
      if (!(array.get(i) instanceof ObjectNode object)) {
        JsonDecoder.wrongType(draft, path, array.get(i));
        continue;
      }
      int bytes = LenientJson.bytes(object).length;
      if (bytes > JsonDecoder.MAX_MESSAGE_BYTES) {
        JsonDecoder.tooLarge(draft, path, bytes, JsonDecoder.MAX_MESSAGE_BYTES);
      } else {
        decoder.accept(
            parent == null ? Fields.at(path, object, draft) : parent.element(field, i, object));
      }
    }
  }
}
